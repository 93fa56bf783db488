"""The outbox on the screen: what stands in it, and what its keys do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.changing import deleted, deleted_part
from csc_tui.domain.record import Record
from csc_tui.domain.ref import Ref
from csc_tui.services.outbox import FormText
from csc_tui.store.edit_rows import Edit, State
from csc_tui.ui.screens.outbox import OutboxScreen
from tests.live_app import Hands

REFUSING = {"kind": "status", "method": "PUT", "status": 403}
KEYS = "⏎ settle  r retry  e edit  d discard  p pause  ? help"
DEAD = {"kind": "drop", "method": "PUT"}


async def submit(hands: Hands, record: Record, **values: str) -> Edit:
    """A save as a form makes it."""
    change = Change(
        Verb.UPDATE, record.ref, None, values, record.base(values), version=record.version()
    )
    form = FormText(f"people/{record.id}", record.sort_name(), hands.app.clock.now(), values)
    return (await hands.desk.edits.submit([change], form, record))[0]


async def state(hands: Hands, edit: Edit, wanted: State) -> None:
    await hands.until(
        lambda: any(
            one.client_id == edit.client_id and one.state is wanted
            for one in hands.desk.edits.entries()
        )
    )


async def refused(hands: Hands) -> Edit:
    hands.demo.fail(REFUSING)
    edit = await submit(hands, await hands.person(name="Müller"), title="Dr.")
    await state(hands, edit, State.REFUSED)
    return edit


async def test_an_empty_outbox_says_so_and_the_same_key_leads_back(hands: Hands) -> None:
    await hands.press("O")
    await hands.sees("All writes are confirmed, and there is no draft.")
    assert "People › Outbox" in hands.screen
    assert "[1 People]" not in hands.screen
    await hands.press("O")
    await hands.until(lambda: not isinstance(hands.app.screen, OutboxScreen))
    assert "[1 People]" in hands.screen


async def test_a_refused_write_is_there_in_full_and_can_be_tried_again(hands: Hands) -> None:
    edit = await refused(hands)
    await hands.press("O")
    await hands.sees("›! refused")
    assert "not allowed (403)" in hands.line("refused")
    assert "Müller: change of 1 field, written" in hands.screen
    assert "   Title        Dr." in hands.screen
    screen = hands.app.screen
    assert isinstance(screen, OutboxScreen)
    assert screen.idle_words() == "1 write not yet confirmed, it needs you"
    assert "1 of 1" in hands.screen
    await hands.sees(KEYS)
    hands.demo.fail()
    await hands.press("r")
    await hands.sees("All writes are confirmed")
    assert (await hands.record(edit.record)).value("title") == "Dr."


async def test_all_its_keys_have_room_also_beside_hundreds(hands: Hands) -> None:
    hands.demo.fail({"kind": "drop", "method": "POST"})
    made = Change(Verb.CREATE, Ref("people", ""), values={"last_name": "Müller"})
    await hands.desk.edits.batches.submit([made] * 100, {})
    await hands.until(lambda: hands.desk.outbox == 100)
    await hands.press("O")
    await hands.sees(KEYS)
    assert "outbox 100" in hands.line(KEYS)


async def test_discarding_asks_and_only_y_does_it(hands: Hands) -> None:
    edit = await refused(hands)
    await hands.press("O")
    await hands.sees("refused")
    await hands.press("d")
    await hands.sees("throw away: Müller, change of 1 field? y/n")
    await hands.press("n")
    assert "refused" in hands.screen
    await hands.press("d", "y")
    await hands.sees("All writes are confirmed")
    hands.demo.fail()
    assert (await hands.record(edit.record)).value("title") is None


async def test_a_waiting_write_says_for_what_and_goes_by_itself(hands: Hands) -> None:
    hands.demo.fail(DEAD)
    record = await hands.person(name="Müller")
    edit = await submit(hands, record, title="Dr.")
    await state(hands, edit, State.WAITING)
    await hands.press("O")
    await hands.sees("~ waiting  change  Müller")
    assert "offline" in hands.line("waiting")
    await hands.press("enter")
    await hands.sees("it goes by itself; r tries it now")
    hands.demo.fail()
    await hands.press("r")
    await hands.sees("All writes are confirmed")


async def test_the_cursor_stays_on_its_entry_when_one_comes_above_it(hands: Hands) -> None:
    form = FormText("people/new", "Neu, Nina", hands.app.clock.now(), {"last_name": "Neu"})
    await hands.desk.edits.save_draft(form)
    await hands.press("O")
    await hands.sees("›  draft    text    Neu, Nina")
    await refused(hands)
    await hands.sees(" ! refused  change  Müller")
    assert "›  draft    text    Neu, Nina" in hands.screen
    await hands.press("up")
    await hands.sees("›! refused  change  Müller")


async def test_editing_opens_the_form_with_what_was_typed(hands: Hands) -> None:
    await refused(hands)
    await hands.press("O")
    await hands.sees("refused")
    await hands.press("e")
    await hands.sees("Edit person")
    await hands.sees("[Dr.")


async def test_editing_a_clash_opens_the_form_with_what_was_typed(hands: Hands) -> None:
    record = await hands.person(name="Müller", title="Frau")
    hands.demo.ask("PUT", f"/api/people/{record.id}", {"person": {"title": "theirs"}})
    await submit(hands, record, title="mine")
    await hands.until(lambda: hands.desk.edits.conflicts == 1)
    await hands.sees("Conflict")
    await hands.press("escape", "O")
    await hands.sees("clash")
    await hands.press("e")
    await hands.sees("[mine")
    # Nothing is typed, so nothing is kept but the entry: the outbox stands as it was.
    await hands.press("escape")
    await hands.sees("› Outbox")
    assert "draft" not in hands.screen
    assert hands.desk.drafts == 0


async def test_a_part_that_undo_makes_again_opens_in_its_form(hands: Hands) -> None:
    tels = [{"name": "+49 221 4710 1", "atype": "mobile"}]
    record = await hands.person(name="Müller", tels_attributes=tels)
    (phone,) = record.phones  # type: ignore[attr-defined]
    hands.desk.edits.pace = replace(hands.desk.edits.pace, held=0.0)
    await hands.desk.edits.submit([deleted_part("phones", record, phone)], None, record)
    await hands.until(lambda: hands.desk.outbox == 0)
    hands.demo.fail({"kind": "status", "method": "POST", "status": 403})
    await hands.press("u")
    await hands.sees("⏎ does it")
    await hands.press("enter", "O")
    await hands.sees("›! refused  phone")
    await hands.press("e")
    await hands.sees("[+49 221 4710 1")
    await hands.fill("number", "+49 221 4710 2")
    hands.demo.fail()
    await hands.press("ctrl+s")
    await hands.sees("All writes are confirmed")
    (made,) = (await hands.record(record.ref)).phones  # type: ignore[attr-defined]
    assert (made.text(), made.kind_words()) == ("+49 221 4710 2", "mobile")


async def test_a_change_that_undo_takes_back_opens_in_the_form_of_its_record(hands: Hands) -> None:
    edit = await submit(hands, await hands.person(name="Müller", title="Frau"), title="Dr.")
    await hands.until(lambda: hands.desk.outbox == 0)
    hands.demo.fail(REFUSING)
    await hands.press("u")
    await hands.sees("⏎ does it")
    await hands.press("enter", "O")
    await hands.sees("›! refused")
    await hands.press("e")
    await hands.sees("[Frau")
    assert "was Dr." in hands.line("Title")
    await hands.fill("title", "Prof.")
    hands.demo.fail()
    await hands.press("ctrl+s")
    await hands.sees("All writes are confirmed")
    assert (await hands.record(edit.record)).value("title") == "Prof."


async def test_what_follows_a_record_that_is_not_made_yet_says_so(hands: Hands) -> None:
    record = await hands.person(name="Müller", first_name="Ida")
    event = {"historic_event": {"atype": "birthday", "name": "1974-03-14"}}
    hands.demo.ask("POST", f"/api/people/{record.id}/historic_events", event)
    record = await hands.record(record.ref)
    hands.desk.edits.pace = replace(hands.desk.edits.pace, held=0.0)
    resource = hands.desk.resources["people"]
    await hands.desk.edits.submit([deleted(resource, record)], None, record)
    await hands.until(lambda: hands.desk.outbox == 0)
    hands.demo.fail({"kind": "status", "method": "POST", "status": 403})
    await hands.press("u")
    await hands.sees("⏎ does it")
    await hands.press("enter", "O")
    await hands.sees("›! refused  new")
    await hands.press("down")
    await hands.hears("e", "it follows its record: edit that first, or d throws it away")


async def test_a_draft_stands_at_the_end_and_can_be_thrown_away(hands: Hands) -> None:
    form = FormText("people/new", "Neu, Nina", hands.app.clock.now(), {"last_name": "Neu"})
    await hands.desk.edits.save_draft(form)
    await hands.press("O")
    await hands.sees("draft    text    Neu, Nina")
    assert "1 draft" in hands.screen
    assert "Last name    Neu" in hands.screen
    await hands.hears("r", "a draft has not been saved")
    await hands.press("d", "y")
    await hands.sees("All writes are confirmed")
    assert hands.desk.drafts == 0


@pytest.mark.parametrize(
    ("key", "title", "typed"),
    [
        ("people/{id}", "Edit person", {"last_name": "Neu"}),
        ("people/{id}/phones/new", "Add phone", {"number": "+49 221 4710 999"}),
        ("people/{id}/tags", "Edit tags", {"tags": "Neu"}),
        ("people/new", "New person", {"last_name": "Neu"}),
    ],
)
async def test_a_draft_opens_the_form_that_it_was_typed_in(
    hands: Hands, key: str, title: str, typed: dict[str, str]
) -> None:
    record = await hands.person(name="Müller")
    now = hands.app.clock.now()
    form = FormText(key.format(id=record.id), "Müller", now, typed)
    await hands.desk.edits.save_draft(form)
    await hands.press("O")
    await hands.sees("draft    text    Müller")
    await hands.press("enter")
    await hands.sees(title)
    await hands.sees(f"[{next(iter(typed.values()))}")


async def unclear(hands: Hands) -> Edit:
    """A create whose answer was lost, beside one that is its equal."""
    person = {"name": "Kühn", "first_name": "Lea"}
    hands.demo.ask("POST", "/api/people", {"person": person})
    hands.demo.fail({"kind": "drop", "method": "POST", "when": "after", "count": 1})
    values = {"last_name": "Kühn", "first_name": "Lea"}
    change = Change(Verb.CREATE, Ref("people", ""), None, values)
    edit = (await hands.desk.edits.submit([change], None, title="New person"))[0]
    await hands.until(lambda: any(one.asks for one in hands.desk.edits.entries()))
    return edit


def posts(hands: Hands) -> int:
    return sum(one["method"] == "POST" for one in hands.writes())


async def test_of_what_is_unclear_the_user_says_which_it_is(hands: Hands) -> None:
    await unclear(hands)
    before = posts(hands)
    await hands.press("O")
    await hands.sees("›! unclear  new     Kühn, Lea")
    await hands.press("enter")
    await hands.sees("this one: Kühn, Lea (#")
    assert "none of these: send it again" in hands.screen
    await hands.press("enter")
    await hands.sees("All writes are confirmed")
    assert posts(hands) == before


async def test_what_is_unclear_is_sent_again_only_after_a_question(hands: Hands) -> None:
    await unclear(hands)
    before = posts(hands)
    await hands.press("O")
    await hands.sees("unclear")
    # What may be there already is not edited as if it were not.
    await hands.hears("e", "it may be at the CRM already: ⏎ settles it first")
    await hands.press("r")
    await hands.sees("send it again although it may be there? y/n")
    await hands.press("enter")
    await hands.sees("kept")
    assert hands.desk.outbox == 1
    await hands.press("r", "y")
    await hands.sees("All writes are confirmed")
    assert posts(hands) == before + 1


async def test_what_is_gone_can_be_made_anew_with_what_was_typed(hands: Hands) -> None:
    person = await hands.person(name="Gone", first_name="Ida")
    hands.demo.ask("DELETE", f"/api/people/{person.id}")
    edit = await submit(hands, person, title="Dr.")
    await state(hands, edit, State.REFUSED)
    await hands.press("O")
    await hands.sees("refused")
    await hands.press("enter")
    await hands.sees("make it anew with these values")
    for choice in ("edit the values", "copy the values", "try again", "throw it away"):
        assert choice in hands.screen
    before = posts(hands)
    await hands.press("enter")
    await hands.sees("All writes are confirmed")
    assert posts(hands) == before + 1
    made = (await hands.desk.edits.journal())[-1]
    record = await hands.record(made.record)
    assert record.ref != person.ref
    assert [record.value(one) for one in ("last_name", "first_name", "title")] == [
        "Gone",
        "Ida",
        "Dr.",
    ]


POSTING = {"kind": "status", "method": "POST", "path": "/people"}


async def wait_unsent(hands: Hands, *names: str) -> None:
    """New people, saved with their form one after the other; all wait for another key."""
    hands.demo.fail({**POSTING, "status": 401})
    for number, name in enumerate(names, 1):
        await hands.press("n")
        await hands.sees("New person")
        assert "[ " in hands.line("Last name"), "it begins empty"
        await hands.fill("last name", name)
        await hands.fill("first name", "Ilse")
        await hands.press("ctrl+s")
        await hands.until(lambda count=number: hands.desk.outbox == count)
        if number == 1:
            await hands.sees("API key")
            await hands.press("escape")
        await hands.until(lambda: hands.app.in_the_open)


async def test_a_new_record_that_waits_opens_with_its_values_and_is_made_once(
    hands: Hands,
) -> None:
    await wait_unsent(hands, "Waits")
    await hands.press("O")
    await hands.sees("Waits, Ilse")
    # Here too it can be said which key is right, though nothing was asked in between.
    await hands.press("enter")
    await hands.sees("With another one what waits goes")
    await hands.sees("ctrl+s save  esc leave")
    await hands.press("ctrl+c")
    await hands.sees("Waits, Ilse")
    await hands.press("e")
    await hands.sees("[Waits")
    await hands.sees("[Ilse")
    await hands.fill("last name", "Mended")
    before = posts(hands)
    await hands.press("ctrl+s")
    await hands.sees("Mended, Ilse")
    assert hands.desk.outbox == 1
    hands.demo.fail()
    await hands.press("r")
    await hands.sees("All writes are confirmed, and there is no draft.")
    assert posts(hands) == before + 1


async def test_of_two_refused_new_records_each_opens_with_its_own_text(hands: Hands) -> None:
    await wait_unsent(hands, "First", "Second")
    hands.demo.fail({**POSTING, "status": 403})
    hands.desk.edits.go_on()
    await hands.until(lambda: hands.desk.edits.drafts == 2)
    await hands.press("O")
    for name in ("First", "Second"):
        await hands.sees(f"{name}, Ilse")
        await hands.press("e")
        await hands.sees(f"[{name}")
        await hands.press("escape")
        await hands.until(lambda: isinstance(hands.app.screen, OutboxScreen))
        await hands.press("down")
    assert hands.desk.outbox == 2
