"""Duplicates and two records side by side, at the keys."""

from __future__ import annotations

import re
import uuid

from textual import events

from csc_tui.domain.changing import edited
from csc_tui.domain.record import Record
from csc_tui.services.desk import parse_raw
from csc_tui.ui.screens.merge import MergeScreen
from tests.live_app import Hands


async def two(hands: Hands) -> tuple[Record, Record]:
    """Two spellings of one person, in the store."""
    word, number = uuid.uuid4().hex[:6], str(uuid.uuid4().int)[:8]
    one = await hands.person(
        name=f"Zwölf{word}",
        first_name="Jörg",
        title="Dr.",
        background="Prefers mail.",
        tels_attributes=[{"name": f"+49 (0)221 {number}", "atype": "office"}],
        tags_attributes=[{"name": "Messe"}],
    )
    other = await hands.person(
        name=f"ZWOELF{word}",
        first_name="Joerg",
        title="Dr.-Ing.",
        tels_attributes=[{"name": f"0221/{number}", "atype": "office"}],
        emails_attributes=[{"name": f"{word}@example.org", "atype": "office"}],
        tags_attributes=[{"name": "Messe"}, {"name": "VIP"}],
    )
    return one, other


async def dupes(hands: Hands) -> None:
    """Look for them, by the palette."""
    await hands.press(":")
    await hands.sees("All commands")
    await hands.type("list.dupes")
    await hands.press("enter")
    await hands.sees("among the")


async def at_the_pair(hands: Hands) -> tuple[Record, Record]:
    """The list of pairs, the cursor on one of the test's own; the record at the left first."""
    pair = await two(hands)
    hands.demo.forget()
    await dupes(hands)
    await to(hands, pair[0])
    line = hands.line(pair[0].sort_name())
    left, right = sorted(pair, key=lambda it: line.index(it.sort_name()))
    return left, right


async def to(hands: Hands, one: Record) -> None:
    """Put the cursor on the pair of a record."""
    await hands.press("home")
    for _ in range(50):
        if hands.line(one.sort_name()).startswith("› "):
            return
        await hands.press("down")
    raise AssertionError(hands.screen)


async def compared(hands: Hands) -> tuple[Record, Record]:
    """Side by side, the one with the umlaut stays."""
    left, right = await at_the_pair(hands)
    await hands.press("enter")
    await hands.sees(f"(#{left.id}) stays")
    if left.value("first_name") == "Jörg":
        return left, right
    await hands.press("w")
    await hands.sees(f"(#{right.id}) stays")
    return right, left


async def test_pairs_come_out_of_the_store_and_both_records_open(listed: Hands) -> None:
    hands = listed
    left, right = await at_the_pair(hands)
    assert "same name, phone equal" in hands.line(left.sort_name())
    assert hands.demo.requests() == []
    await hands.press("left")
    await hands.sees(f"People › {left.sort_name()}")
    await hands.press("q")
    await hands.sees("People › Duplicates")
    await hands.press("right")
    await hands.sees(f"People › {right.sort_name()}")


async def test_a_pair_that_is_two_is_left_out_from_then_on(listed: Hands) -> None:
    hands = listed
    left, _ = await at_the_pair(hands)
    await hands.press("d")
    await hands.until(lambda: left.sort_name() not in hands.screen)
    await hands.press("q")
    await hands.sees("row 1 of")
    await dupes(hands)
    await hands.sees("1 said to be two")
    assert left.sort_name() not in hands.screen
    await hands.press("a")
    await hands.sees(left.sort_name())
    assert "two, same name" in hands.line(left.sort_name())
    # Taken back.
    await to(hands, left)
    await hands.press("d", "a")
    await hands.until(lambda: "said to be two" not in hands.screen)
    assert "two, same name" not in hands.line(left.sort_name())


async def test_side_by_side_says_what_moves_and_what_is_lost(listed: Hands) -> None:
    hands = listed
    await compared(hands)
    await hands.sees("1 e-mail, 1 tag; there already: 1 phone, 1 tag;")
    assert "notes, tasks, deals and all else" in " ".join(hands.screen.split())
    assert "Title Dr.-Ing., First name Joerg, Last name ZWOELF" in hands.line("Lost")
    assert "4 requests, ~" in hands.screen
    assert "A merge cannot be undone." in " ".join(hands.screen.split())
    # Another title is one write more, and lost no more; the background of nobody is none's loss.
    await hands.press("t")
    await hands.sees("7 requests, ~")
    assert re.search(r"Title +Dr\. +•Dr\.-Ing\.", hands.screen)
    assert "Title" in hands.line("in full")
    assert hands.line("Lost").split()[1:3] == ["First", "name"]
    assert hands.writes() == []


async def test_nothing_is_sent_before_the_name_is_typed_and_then_it_costs_as_much(
    listed: Hands,
) -> None:
    hands = listed
    stays, goes = await compared(hands)
    await hands.press("t")
    await hands.sees("7 requests, ~")
    await hands.press("ctrl+s")
    await hands.sees("CentralStationCRM cannot take a merge back")
    await hands.type("Somebody")
    await hands.press("enter")
    await hands.sees("that does not match")
    assert hands.desk.outbox == 0
    await hands.press("escape")
    await hands.sees("nothing is sent before ctrl+s")
    await hands.press("ctrl+s")
    await hands.sees("cannot take a merge back")
    await hands.type(goes.sort_name())  # as it is shown; the last name does, too
    hands.demo.forget()
    await hands.press("enter")
    await hands.sees(f"merged; {goes.sort_name()} is no more")
    looks = sum(f"GET /api/people/{goes.id}?" in one for one in hands.demo.requests())
    assert len(hands.demo.requests()) - (looks - 2) == 7
    await hands.until(lambda: stays.sort_name() not in hands.screen.replace("merged", ""))
    merged = await hands.record(stays.ref)
    assert merged.value("title") == "Dr.-Ing."
    assert [one.name for one in merged.tags] == ["Messe", "VIP"]  # type: ignore[attr-defined]


async def test_what_is_not_confirmed_comes_first(listed: Hands) -> None:
    hands = listed
    left, _ = await at_the_pair(hands)
    hands.demo.fail({"kind": "status", "status": 503, "path": f"/people/{left.id}"})
    await hands.desk.edits.submit(edited(left, {"title": "Prof."}), None, left)
    await hands.press("enter")
    await hands.sees("One of them has a write that is not confirmed")
    await hands.press("ctrl+s")
    await hands.pilot.pause()
    assert "Type" not in hands.screen
    hands.demo.fail()


async def test_esc_ends_the_looking_and_r_begins_again(listed: Hands) -> None:
    hands = listed
    record = await hands.person(name="Zwölf")
    stored = await hands.desk.store.record(record.ref)
    assert stored is not None
    saved = hands.desk.saved("people", parse_raw(stored.raw))
    raw = stored.raw.replace(f'"id":{record.id}', '"id":X', 1)
    many = [saved._replace(id=f"x{n}", raw=raw.replace("X", f'"x{n}"', 1)) for n in range(3_000)]
    await hands.desk.store.save_records("people", many, hands.desk.clock.now())
    hands.app.open_dupes(hands.app.desk.tabs[0])
    hands.app.post_message(events.Key("escape", None))
    await hands.sees("stopped; r looks again")
    await hands.press("q")
    await hands.sees("row 1 of")


async def test_two_that_are_marked_are_compared_without_looking(listed: Hands) -> None:
    hands = listed
    one, other = await two(hands)
    hands.app.marks.put("people", (one.id, other.id))
    hands.app.redraw_soon()
    await hands.sees("2 marked")
    await hands.press("b")
    await hands.sees("Merge the two")
    while "› Merge the two" not in hands.screen:
        await hands.press("down")
    await hands.press("enter")
    await hands.sees(f"(#{one.id}) stays")
    assert f"(#{other.id}) goes" in hands.screen
    assert "People › Merge" in hands.screen
    hands.app.marks.put("people", (one.id, other.id, "1"))
    await hands.press("q", "b")
    await hands.sees("3 people")
    assert "Merge the two" not in hands.screen


async def test_a_chain_that_is_refused_is_thrown_away_as_a_whole(listed: Hands) -> None:
    hands = listed
    stays, goes = await compared(hands)
    words = {"title": ["is not allowed here"]}
    hands.demo.fail({"kind": "status", "status": 422, "path": f"/people/{stays.id}",
                     "method": "PUT", "body": words})  # fmt: skip
    await hands.press("t")
    await hands.sees("7 requests, ~")
    await hands.press("ctrl+s")
    await hands.sees("cannot take a merge back")
    await hands.type(str(goes.value("last_name")))
    await hands.press("enter")
    await hands.sees("outbox 2")
    await hands.sees("The merge has stopped; O leads there.")
    await hands.press("O")
    await hands.sees("is not allowed here")
    assert f"after {stays.sort_name()}" in hands.line("merge")
    await hands.press("d")
    await hands.sees("change of 1 field, and 1 that waits for")
    await hands.press("y")
    await hands.sees("outbox 0")
    hands.demo.fail()
    assert [one["method"] for one in hands.writes()] == ["PUT"]


async def test_custom_fields_are_known_before_anything_is_said_to_be_lost(listed: Hands) -> None:
    hands = listed
    types = hands.demo.ask("GET", "/api/custom_fields_types")
    kinds = [one["custom_fields_type"] for one in types]
    text = next(it for it in kinds if it["category"] == "Person" and it["ftype"] == "string")
    value = {"custom_fields_type_id": text["id"], "name": "K-4711"}
    one = await hands.person(name="Zwölf")
    other = await hands.person(name="Zwölf", custom_fields_attributes=[value])
    await hands.open(MergeScreen(one.ref, other.ref))
    await hands.sees("•K-4711")
    assert text["name"][:10] in hands.line("•K-4711")
    # Not taken, it is lost, and that is said.
    await hands.press("m")
    await hands.until(lambda: "•K-4711" not in hands.screen)
    assert "K-4711" in hands.line("Lost")
