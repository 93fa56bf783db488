"""Many records at once: reckoned, queued as one, counted, taken back."""

from __future__ import annotations

from dataclasses import replace

from csc_tui.domain.record import Record
from csc_tui.services import bulk
from csc_tui.services.batches import Tally
from csc_tui.ui.bulk import how_far
from tests.live_app import Hands


async def refreshed(hands: Hands, made: Record) -> None:
    """The list has the one who was made last."""
    await hands.press("r")
    listing = hands.app.base.listing  # type: ignore[union-attr]
    await hands.until(lambda: listing.index_of(made.id, 0) is not None)


async def several(hands: Hands, count: int, **values: object) -> list[Record]:
    """People at the top of the list, all of them marked."""
    made = [await hands.person(name="Aaber", first_name=f"Nr. {n}", **values) for n in range(count)]
    await refreshed(hands, made[-1])
    await hands.press("home")
    await hands.sees("› Aaber, Nr. 0")
    await hands.press(*["space"] * count)
    await hands.sees(f"{count} marked")
    hands.demo.forget()
    return made


async def choose(hands: Hands, words: str) -> None:
    """From the menu of what can be done."""
    await hands.press("b")
    await hands.until(lambda: words in hands.screen)
    while f"› {words}" not in hands.screen:
        await hands.press("down")


async def tagged(hands: Hands, *names: str) -> None:
    """Up to the dry run of a tag."""
    await choose(hands, "Tag")
    await hands.press("enter")
    await hands.sees("Save")
    await hands.type(", ".join(names))
    await hands.press("ctrl+s")
    await hands.sees("at the present budget")


def tags(record: Record) -> list[str]:
    return [one.name for one in record.tags]  # type: ignore[attr-defined]


async def test_the_dry_run_counts_without_sending_and_the_run_costs_as_much(listed: Hands) -> None:
    hands = listed
    made = await several(hands, 3)
    one_more = {"tag": {"name": "Messe"}}
    hands.demo.ask("POST", f"/api/people/{made[1].id}/tags", one_more)
    await hands.record(made[1].ref)
    hands.demo.forget()
    await tagged(hands, "Messe")
    await hands.sees("3 people marked")
    await hands.sees("2 will be changed")
    await hands.sees("1 left out: it is so already")
    await hands.sees("6 requests, ~1 s")
    assert hands.desk.outbox == 0
    assert hands.writes() == []
    hands.demo.forget()
    await hands.press("enter")
    await hands.sees("done: 2 saved")
    assert len(hands.demo.log()) == 6
    assert [tags(await hands.record(one.ref)) for one in made] == [["Messe"]] * 3
    assert hands.app.marks.count("people") == 0


async def test_undo_takes_back_what_was_done_and_no_more(listed: Hands) -> None:
    hands = listed
    made = await several(hands, 3)
    await tagged(hands, "Messe")
    # While it is reckoned a colleague tags one of them: that tag is not ours to take away.
    one_more = {"tag": {"name": "Messe"}}
    hands.demo.ask("POST", f"/api/people/{made[0].id}/tags", one_more)
    await hands.press("enter")
    await hands.sees("done: 2 saved, 1 so already")
    await hands.press("u")
    await hands.sees("undo: 2 changes of 2 people? ⏎ does it")
    await hands.press("enter")
    await hands.until(lambda: [it["method"] for it in hands.writes()].count("DELETE") == 2)
    await hands.until(lambda: hands.desk.outbox == 0)
    assert [tags(await hands.record(one.ref)) for one in made] == [["Messe"], [], []]


async def test_what_is_refused_stays_marked(listed: Hands) -> None:
    hands = listed
    made = await several(hands, 3)
    path = f"/people/{made[1].id}/tags"
    hands.demo.fail({"kind": "status", "method": "POST", "path": path, "status": 422})
    await tagged(hands, "Messe")
    await hands.press("enter")
    await hands.sees("done: 2 saved, 1 refused; they stay marked, O says why")
    assert hands.app.marks.of("people") == (made[1].id,)
    hands.demo.fail()
    await hands.press("escape", "u")
    await hands.sees("undo: 2 changes of 2 people?")


async def test_any_field_is_set_and_those_that_have_it_are_left_out(listed: Hands) -> None:
    hands = listed
    made = await several(hands, 2)
    other = await hands.person(name="Aaber", first_name="Nr. 9", title="Dr.")
    await refreshed(hands, other)
    await hands.press("home", "down", "down")
    await hands.sees("› Aaber, Nr. 9")
    await hands.press("space")
    await hands.sees("3 marked")
    await choose(hands, "Set: Title")
    await hands.press("enter")
    await hands.sees("Save")
    await hands.type("Dr.")
    await hands.press("ctrl+s")
    await hands.sees("2 will be changed")
    await hands.press("enter")
    await hands.sees("done: 2 saved")
    assert [(await hands.record(one.ref)).value("title") for one in (*made, other)] == ["Dr."] * 3


async def test_whose_it_is_stands_first_of_the_fields_and_is_picked(listed: Hands) -> None:
    hands = listed
    made = await several(hands, 2)
    await choose(hands, "Set: ")
    assert "Set: Responsible" in hands.line("› Set: ")
    await hands.press("enter")
    await hands.sees("Save")
    await hands.press("enter")
    await hands.until(lambda: hands.desk.choices().get("users"))
    user = hands.desk.choices()["users"][0]
    await hands.press("escape")
    await hands.type(user.words)
    await hands.press("enter", "ctrl+s")
    await hands.sees(f"Responsible: {user.words}")
    await hands.press("enter")
    await hands.until(lambda: hands.app.bulk.words == "" and hands.desk.outbox == 0)
    assert [(await hands.record(one.ref)).value("responsible") for one in made] == [user.value] * 2


async def test_untagging_leaves_other_tags(listed: Hands) -> None:
    hands = listed
    made = await several(hands, 2)
    for name in ("Messe", "VIP"):
        hands.demo.ask("POST", f"/api/people/{made[0].id}/tags", {"tag": {"name": name}})
    await hands.record(made[0].ref)
    await choose(hands, "Untag")
    await hands.press("enter")
    await hands.sees("Save")
    await hands.type("messe")
    await hands.press("ctrl+s")
    await hands.sees("1 will be changed")
    await hands.press("enter")
    await hands.sees("done: 1 saved")
    assert tags(await hands.record(made[0].ref)) == ["VIP"]


async def test_a_delete_of_many_asks_for_their_number(listed: Hands) -> None:
    hands = listed
    # However slow the machine is, they are still held when they are taken back.
    hands.desk.edits.pace = replace(hands.desk.edits.pace, held=600.0)
    await several(hands, 3)
    await choose(hands, "Delete")
    await hands.press("enter")
    await hands.sees("3 will be deleted")
    await hands.sees("6 requests")
    await hands.press("enter")
    await hands.sees("Type  3  to delete:")
    await hands.quiet()
    await hands.type("2")
    await hands.press("enter")
    await hands.sees("that does not match")
    await hands.press("backspace")
    await hands.type("3")
    await hands.until(lambda: "[3" in hands.screen)
    await hands.press("enter")
    await hands.until(lambda: hands.desk.outbox == 3 or "press ⏎ once more" in hands.screen)
    if hands.desk.outbox != 3:
        await hands.pilot.pause(1.1)
        await hands.press("enter")
        await hands.until(lambda: hands.desk.outbox == 3)
    assert hands.writes() == []
    await hands.press("u")
    await hands.until(lambda: hands.desk.outbox == 0)
    assert hands.writes() == []


async def test_a_batch_is_paused_and_goes_on(listed: Hands) -> None:
    hands = listed
    made = await several(hands, 3)
    hands.demo.fail({"kind": "latency", "path": "/people/*", "method": "GET", "seconds": 1.5})
    await tagged(hands, "Messe")
    await hands.press("enter")
    # A machine that is busy enough may see nothing of it but its end.
    await hands.until(lambda: hands.app.bulk.running or "done:" in hands.screen)
    if hands.app.bulk.running:
        await hands.press("b")
        await hands.sees("Pause what is on its way")
        await hands.press("enter")
    await hands.until(lambda: hands.desk.outbox == 0 or "paused:" in hands.screen)
    hands.demo.fail()
    if hands.desk.outbox:
        await hands.press("b", "enter")
    await hands.sees("done: 3 saved")
    assert [tags(await hands.record(one.ref)) for one in made] == [["Messe"]] * 3


async def test_a_long_menu_is_paged_through(listed: Hands) -> None:
    hands = listed
    await several(hands, 1)
    await hands.press("b")
    await hands.sees("› Tag")
    await hands.press("pagedown")
    await hands.until(lambda: "› Tag" not in hands.screen and "› " in hands.screen)
    await hands.press("end")
    await hands.sees("› Export into a file")
    await hands.press("pageup", "home")
    await hands.sees("› Tag")


def test_what_is_still_on_its_way_is_not_paused_yet() -> None:
    assert how_far(Tally(saved=2, going=4, paused=9), "b") == "pausing: 2 of 15 done"
    assert how_far(Tally(saved=6, paused=9), "b") == "paused: 6 of 15 done; b goes on"


async def test_many_that_were_deleted_are_in_the_list_again_once_it_is_undone(
    listed: Hands,
) -> None:
    hands = listed
    hands.desk.edits.pace = replace(hands.desk.edits.pace, held=0.0)
    await several(hands, 2)
    await choose(hands, "Delete")
    await hands.press("enter")
    await hands.sees("2 will be deleted")
    await hands.press("enter")
    await hands.sees("Type  2  to delete:")
    await hands.quiet()
    await hands.type("2")
    await hands.until(lambda: "[2" in hands.screen)
    await hands.press("enter")
    await hands.until(lambda: "done: 2" in hands.screen or "press ⏎ once more" in hands.screen)
    if "done: 2" not in hands.screen:
        await hands.pilot.pause(1.1)
        await hands.press("enter")
        await hands.sees("done: 2 saved")
    await hands.until(lambda: "Aaber, Nr. 1" not in hands.screen)
    await hands.press("u")
    await hands.sees("⏎ does")
    await hands.press("enter")
    await hands.until(lambda: "Aaber, Nr. 0" in hands.screen and "Aaber, Nr. 1" in hands.screen)


async def test_a_note_is_written_about_each(listed: Hands) -> None:
    hands = listed
    made = await several(hands, 2)
    await choose(hands, "Write a note")
    await hands.press("enter")
    await hands.sees("Confidential")
    assert "Write a note about 2 people" in hands.screen
    await hands.fill("text", "Stand 4")
    await hands.press("ctrl+s")
    await hands.sees("note: Stand 4")
    await hands.sees("2 will get it")
    await hands.press("enter")
    await hands.sees("done: 2 saved")
    told = [one["body"]["protocol"]["content"] for one in hands.writes()]
    assert told == ["Stand 4"] * 2
    assert {one["path"] for one in hands.writes()} == {
        f"/api/people/{one.id}/protocols" for one in made
    }


async def test_a_task_is_made_about_each_and_nobody_stays_marked(listed: Hands) -> None:
    hands = listed
    made = await several(hands, 2)
    await choose(hands, "Something to do")
    await hands.press("enter")
    await hands.sees("Something to do about 2 people")
    await hands.fill("task", "send the catalogue")
    await hands.press("ctrl+s")
    await hands.sees("2 will be made, one about each")
    await hands.press("enter")
    await hands.sees("done: 2 saved")
    assert hands.app.marks.count("people") == 0
    (mine,) = {one["body"]["task"]["user_id"] for one in hands.writes()}
    assert str(mine) == await hands.desk.store.value("me")
    assert [one["method"] for one in hands.writes()] == ["POST"] * len(made)


async def test_whose_task_is_refused_stays_marked_and_is_named(listed: Hands) -> None:
    hands = listed
    made = await several(hands, 3)
    refusal = {"kind": "status", "method": "POST", "path": "/tasks", "status": 422, "count": 1}
    hands.demo.fail(refusal)
    await choose(hands, "Something to do")
    await hands.press("enter")
    await hands.sees("Something to do about 3 people")
    await hands.fill("task", "send the catalogue")
    await hands.press("ctrl+s")
    await hands.sees("3 will be made, one about each")
    await hands.press("enter")
    await hands.sees("done: 2 saved, 1 refused; they stay marked, O says why")
    (one,) = hands.desk.edits.entries()
    link = one.change.values["people"][0]["record"]  # type: ignore[index,call-overload]
    assert hands.app.marks.of("people") == (str(link["id"]),)
    await hands.press("escape")
    await hands.sees("1 marked; ")
    await hands.press("O")
    await hands.sees(f"send the catalogue: {link['name']}")
    assert link["name"] in {record.sort_name() for record in made}
    await hands.press("escape")
    await hands.app.bulk.resume()  # as after a restart
    assert hands.app.marks.of("people") == (str(link["id"]),)


async def test_what_came_of_each_is_said_where_one_begins_before_the_other_is_over(
    listed: Hands,
) -> None:
    hands = listed
    made = [await hands.person(name=f"Aaber {n}") for n in range(2)]
    hands.demo.fail({"kind": "latency", "method": "POST", "path": "/people/*/tags", "seconds": 1.0})
    for one in made:
        tag = bulk.Task(bulk.Action.TAG, names=("Messe",))
        await bulk.queue(hands.desk, await bulk.dry_run(hands.desk, "people", [one.id], tag))
        await hands.quiet()
    await hands.until(lambda: not hands.desk.outbox and not hands.app.bulk.running)
    said = [one.text for one in hands.app.request_log.entries()]
    assert said.count("done: 1 saved") == 2
