"""Conflicts on the screen: seen, chosen field by field, sent."""

from __future__ import annotations

from pathlib import Path

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.form_text import FormText
from csc_tui.services.conflicts import Side
from csc_tui.store.edit_rows import Choice, Edit, State
from csc_tui.ui.ending import keep_typed
from csc_tui.ui.screens.conflict import ConflictScreen
from tests.live_app import Hands, running_app
from tests.live_demo import LiveDemo


async def clash(hands: Hands, mine: dict[str, str], theirs: dict[str, str]) -> Edit:
    """A person whom somebody changed after the user had opened her; the choice is open."""
    record = await hands.person(name="Müller", first_name="Jürgen", title="Dr.")
    hands.demo.ask("PUT", f"/api/people/{record.id}", {"person": theirs})
    hands.demo.forget()
    change = Change(
        Verb.UPDATE, record.ref, None, mine, record.base(mine), version=record.version()
    )
    edits = hands.desk.edits
    made = (await edits.submit([change], None, record))[0]
    await hands.until(lambda: edits.conflicts == 1)
    found = next(one for one in edits.entries() if one.client_id == made.client_id)
    if not isinstance(hands.app.screen, ConflictScreen):
        await hands.open(ConflictScreen(edits, found))
    await hands.sees("Title in full")
    return found


async def both(hands: Hands) -> Edit:
    theirs = {"title": "Prof. Dr.-Ing. E. h.", "first_name": "Georg"}
    return await clash(hands, {"title": "Dr.-Ing."}, theirs)


async def title(hands: Hands, edit: Edit) -> object:
    await hands.until(lambda: hands.desk.outbox == 0)
    return (await hands.record(edit.record)).value("title")


async def test_all_of_it_stands_on_the_screen(hands: Hands) -> None:
    await both(hands)
    assert "People › Müller, Jürgen › Conflict" in hands.screen
    assert "Changed by " in hands.screen or "Changed on " in hands.screen
    row = hands.line("›!Title")
    assert row == "›!Title           Dr.                  Dr.-Ing.             Prof. Dr.-Ing. E. …"
    assert "   Theirs   Prof. Dr.-Ing. E. h." in hands.screen
    assert "Merged without asking" in hands.screen
    assert hands.line("  First name").rstrip().endswith("•Georg")
    assert "• what will be sent. Nothing is sent before ctrl+s." in hands.screen
    await hands.sees("m mine  t theirs  e type  ctrl+s save  ? help")


async def test_nothing_is_sent_before_all_is_chosen(hands: Hands) -> None:
    edit = await both(hands)
    await hands.press("ctrl+s")
    await hands.sees("1 still to choose: m mine, t theirs, e type")
    assert hands.desk.edits.conflicts == 1
    await hands.press("m")
    assert "•Dr.-Ing." in hands.line("›!Title")
    await hands.press("ctrl+s")
    assert await title(hands, edit) == "Dr.-Ing."
    assert (await hands.record(edit.record)).value("first_name") == "Georg"


async def test_theirs_alone_writes_nothing(hands: Hands) -> None:
    edit = await both(hands)
    await hands.press("t", "ctrl+s")
    await hands.sees("theirs stay; nothing is sent")
    assert await title(hands, edit) == "Prof. Dr.-Ing. E. h."
    assert hands.writes() == []


async def test_another_value_can_be_typed(hands: Hands) -> None:
    edit = await both(hands)
    await hands.press("e")
    await hands.sees("Typed    [Dr.-Ing.")
    # Of the keys of forms only those that do something here are named.
    await hands.sees("ctrl+s save  esc leave")
    await hands.press("ctrl+u")
    await hands.type("mte?")
    await hands.press("enter")
    await hands.sees("•mte?")
    await hands.press("ctrl+s")
    assert await title(hands, edit) == "mte?"


def kept(hands: Hands, edit: Edit, path: str) -> Choice:
    """What the edit's row on the disk holds of a field of the conflict."""
    found = next(one for one in hands.desk.edits.entries() if one.client_id == edit.client_id)
    return found.choices.get(path, Choice())


async def test_what_is_typed_and_chosen_outlives_the_program(
    demo_server: LiveDemo, tmp_path: Path
) -> None:
    mine, theirs = {"title": "Dr.-Ing.", "background": "mine"}, {"title": "Ph.D."}
    async with running_app(demo_server, tmp_path) as hands:
        edit = await clash(hands, mine, theirs | {"background": "theirs"})
        await hands.press("e", "ctrl+u")
        await hands.type("Taken")
        await hands.press("enter", "down", "e")
        await hands.type(" and more")
        # At a pause it is on the disk: a kill would not take it.
        await hands.until(lambda: kept(hands, edit, "background").text == "mine and more")
        await hands.type(" still")
        await keep_typed(hands.app.screen_stack)
        assert kept(hands, edit, "background").text == "mine and more still"
    async with running_app(demo_server, tmp_path) as hands:
        await hands.press("O", "enter")
        await hands.sees("Typed    [mine and more still")
        assert "•Taken" in hands.line(" !Title")
        await hands.press("escape")
        await hands.sees("2 fields differ, 1 still to choose")
        # The text is offered again, also after esc; what was not taken is not sent.
        await hands.press("e")
        await hands.sees("Typed    [mine and more still")
        await hands.press("escape", "t", "ctrl+s")
        assert await title(hands, edit) == "Taken"
        assert (await hands.record(edit.record)).value("background") == "theirs"


async def test_a_choice_against_a_value_that_is_no_more_is_asked_anew(hands: Hands) -> None:
    edit = await both(hands)
    await hands.press("m")
    await hands.until(lambda: kept(hands, edit, "title").side == Side.MINE)
    # They change it once more, and it goes again with another field; the choice is kept with it.
    at = f"/api/people/{edit.record.id}"
    hands.demo.ask("PUT", at, {"person": {"title": "Third"}})
    record, more = await hands.record(edit.record), {"background": "more"}
    change = Change(Verb.UPDATE, record.ref, None, more, record.base(more), record.version())
    await hands.desk.edits.submit([change], None, record)
    await hands.until(
        lambda: any(one.answer.theirs.get("title") == "Third" for one in hands.desk.edits.entries())
    )
    found = next(one for one in hands.desk.edits.entries() if one.client_id == edit.client_id)
    assert found.choices["title"].side == Side.MINE
    assert not await hands.desk.edits.resolve(edit.client_id, {"title": "Dr."}, edit.answer)
    await hands.open(ConflictScreen(hands.desk.edits, found))
    await hands.sees("1 field differs, 1 still to choose")
    assert "Third" in hands.line("›!Title")


async def test_a_refusal_opens_the_form_with_what_was_typed_in_the_conflict(hands: Hands) -> None:
    record = await hands.person(name="Müller", first_name="Jürgen", title="Dr.")
    hands.demo.ask("PUT", f"/api/people/{record.id}", {"person": {"title": "Ph.D."}})
    mine = {"title": "Dr.-Ing."}
    change = Change(Verb.UPDATE, record.ref, None, mine, record.base(mine), record.version())
    form = FormText(f"people/{record.id}", "Müller, Jürgen", hands.app.clock.now(), mine)
    await hands.desk.edits.submit([change], form, record)
    await hands.sees("Title in full")
    refusal = {"kind": "status", "method": "PUT", "path": "/people/*", "status": 422, "count": 1}
    hands.demo.fail({**refusal, "body": {"title": ["is not a title"]}})
    await hands.press("e", "ctrl+u")
    await hands.type("Typed")
    await hands.press("enter", "ctrl+s")
    await hands.sees("is not a title")
    await hands.sees("[Typed")


async def test_what_merged_can_be_taken_back(hands: Hands) -> None:
    edit = await both(hands)
    await hands.press("t", "down", "m", "ctrl+s")
    await hands.until(lambda: hands.desk.outbox == 0)
    record = await hands.record(edit.record)
    assert (record.value("title"), record.value("first_name")) == ("Prof. Dr.-Ing. E. h.", "Jürgen")


async def test_later_leaves_it_in_the_outbox(hands: Hands) -> None:
    await both(hands)
    await hands.press("escape")
    await hands.until(lambda: not isinstance(hands.app.screen, ConflictScreen))
    assert hands.desk.edits.conflicts == 1
    await hands.press("O")
    await hands.sees("›! clash    change  Müller, Jürgen")
    assert "1 field differs" in hands.screen
    assert "⏎ opens the choice." in hands.screen
    await hands.press("enter")
    await hands.sees("Title in full")


async def test_what_is_settled_elsewhere_closes(hands: Hands) -> None:
    edit = await both(hands)
    await hands.desk.edits.discard_edit(edit.client_id)
    hands.app.redraw_soon()
    await hands.until(lambda: not isinstance(hands.app.screen, ConflictScreen))
    assert hands.desk.outbox == 0
    assert edit.state is State.CONFLICT
