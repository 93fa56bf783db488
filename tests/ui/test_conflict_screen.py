"""Conflicts on the screen: seen, chosen field by field, sent."""

from __future__ import annotations

from csc_tui.domain.change import Change, Verb
from csc_tui.store.edit_rows import Edit, State
from csc_tui.ui.screens.conflict import ConflictScreen
from tests.live_app import Hands


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
    await hands.press("ctrl+u")
    await hands.type("mte?")
    await hands.press("enter")
    await hands.sees("•mte?")
    await hands.press("ctrl+s")
    assert await title(hands, edit) == "mte?"


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
