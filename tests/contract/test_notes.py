"""Notes and calls on every CRM: written, read, changed and taken back; the newest first."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.changing import begun
from csc_tui.domain.errors import NotFound
from csc_tui.domain.note import latest_first
from csc_tui.domain.ref import Ref
from tests.contract.conftest import Colleague, Ground
from tests.contract.dialects import DIALECTS, Dialect
from tests.live_app import Hands, running_app
from tests.live_demo import LiveDemo

TEXT = "Bodenfräse  1 < 2 & 3\n\nmit Lieferung\n  nach Köln"
"""Blanks, lines and characters that a careless writer would lose in HTML."""


async def settled(ground: Ground) -> None:
    await ground.terminal.settled()
    assert ground.terminal.box.outbox == 0, ground.terminal.box.entries()


async def read(ground: Ground, ref: Ref) -> list[Any]:
    """The notes as the screen has them, asked for now, the newest first."""
    await ground.shown(ref)
    await ground.terminal.desk.records.notes.fetch(ref)
    return latest_first((await ground.shown(ref)).notes)


async def call(ground: Ground) -> dict[str, Any]:
    """What a call has to have beside its words."""
    desk = ground.terminal.desk
    kind = desk.resources[ground.dialect.people].notes
    assert kind is not None
    asked = {one.name: None for one in kind.fields if one.goes_with == ("kind", "call")}
    needed = {name: (await desk.lookups.need(it))[0].value
              for name, it in ground.dialect.call.items()}  # fmt: skip
    return begun(kind.fields, {"kind": "call", **asked, **needed}, desk.clock.now())


async def record_of(ground: Ground, resource: str) -> Ref:
    """A record of the test's own."""
    if resource == ground.dialect.people:
        return ground.person()
    if resource == "companies":
        return ground.company()
    deal, lookups = ground.dialect.deal, ground.terminal.desk.lookups
    values = {"name": f"Werk {uuid.uuid4().hex[:10]}", deal.closes: "2026-12-11"}
    if resource == "deals":
        values |= {name: (await lookups.need(it))[0].value for name, it in deal.lookups.items()}
        values["amount"] = "100"
    return ground.colleague.make(resource, **values)


@pytest.mark.parametrize("which", range(max(len(one.noted) for one in DIALECTS)))
async def test_a_note_and_a_call_about_every_kind_of_record(ground: Ground, which: int) -> None:
    if which >= len(ground.dialect.noted):
        pytest.skip("this CRM has no such resource")
    ref = await record_of(ground, ground.dialect.noted[which])
    other = await record_of(ground, ground.dialect.noted[which])
    ground.colleague.note(other, kind="note", content="about somebody else")
    ground.colleague.note(ref, kind="note", content="the first")
    await ground.terminal.add(ref, "notes", **await call(ground), content=TEXT)
    await settled(ground)
    for notes in (ground.colleague.notes(ref), latest_first((await ground.shown(ref)).notes)):
        said = {(one.kind, one.text()) for one in notes}
        assert said == {("call", TEXT), ("note", "the first")}
        assert all(one.when() is not None for one in notes)
    assert [one.text() for one in ground.colleague.notes(other)] == ["about somebody else"]


async def test_what_a_note_and_taking_it_back_cost(ground: Ground) -> None:
    """What is there before, the write, what has become of it: with the record, in one or in two."""
    ref, values = ground.person(), await call(ground)
    history = ground.colleague.crm.history
    assert history is not None
    read = ["GET"] if history.brings_record else ["GET", "GET"]
    await ground.shown(ref)
    ground.demo.forget()
    await ground.terminal.add(ref, "notes", **values, content="falsch")
    (waiting,) = (await ground.shown(ref)).notes
    assert (waiting.kind, waiting.text(), waiting.when()) == ("call", "falsch", None)
    await settled(ground)
    assert [one.split()[0] for one in ground.demo.requests()] == ["GET", "POST", *read]
    undo = await ground.terminal.box.undoing.latest()
    assert undo is not None
    ground.demo.forget()
    await ground.terminal.box.undoing.take_back(undo)
    await settled(ground)
    said = [one.split()[0] for one in ground.demo.requests()]
    assert said == [*read, "DELETE", *read]
    assert ground.colleague.notes(ref) == []
    assert (await ground.shown(ref)).notes == ()


async def test_what_is_only_words_is_changed_and_a_colleagues_newer_words_are_kept(
    ground: Ground,
) -> None:
    ref, values = ground.person(), await call(ground)
    for one in ({"kind": "note"}, values):
        ground.colleague.note(ref, **one, content=TEXT)
    for note in await read(ground, ref):
        assert note.allows(Verb.UPDATE)
        await ground.terminal.edit_part(ref, note, "notes", content="neu\n\nund kurz")
        await settled(ground)
    assert [one.text() for one in ground.colleague.notes(ref)] == ["neu\n\nund kurz"] * 2
    assert {one.kind for one in ground.colleague.notes(ref)} == {"note", "call"}


async def test_one_that_is_deleted_leaves_the_others_of_its_number(ground: Ground) -> None:
    """Two kinds of entry may have the same number; and an undo brings back what was written."""
    ref, values = ground.person(), await call(ground)
    ground.colleague.note(ref, kind="note", content="bleibt")
    ground.colleague.note(ref, **values, content="geht")
    (first,) = [one for one in await read(ground, ref) if one.kind == "call"]
    await ground.terminal.remove_part(ref, first, "notes")
    await settled(ground)
    assert [one.text() for one in ground.colleague.notes(ref)] == ["bleibt"]
    undo = await ground.terminal.box.undoing.latest()
    assert undo is not None
    await ground.terminal.box.undoing.take_back(undo)
    await settled(ground)
    back = ground.colleague.notes(ref)
    assert {(one.kind, one.text()) for one in back} == {("call", "geht"), ("note", "bleibt")}


async def test_a_record_that_is_gone_says_so_also_by_its_notes(ground: Ground) -> None:
    ref, desk = ground.person(), ground.terminal.desk
    await ground.shown(ref)
    ground.colleague.write(Change(Verb.DELETE, ref))
    with pytest.raises(NotFound):
        await desk.records.notes.fetch(ref)
    kept = await desk.store.record(ref)
    # Where only the notes were asked for it is the record's own answer that counts.
    assert (kept is None) is ground.colleague.crm.history.brings_record  # type: ignore[union-attr]


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_call_is_there_once(ground: Ground, when: str) -> None:
    ref, values = ground.person(), await call(ground)
    ground.demo.fail({"kind": "drop", "method": "POST", "count": 1, "when": when})
    await ground.terminal.add(ref, "notes", **values, content="Bitte anrufen.")
    await settled(ground)
    assert [one.text() for one in ground.colleague.notes(ref)] == ["Bitte anrufen."]


async def test_opening_a_record_asks_once_for_its_notes(
    serving: tuple[Dialect, LiveDemo], tmp_path: Path
) -> None:
    _, demo = serving
    demo.fail()
    colleague, firm = Colleague(demo), f"Zeche {uuid.uuid4().hex[:8]}"
    company = colleague.make("companies", name=firm)
    colleague.note(company, kind="note", content="Messe in Halle 7")
    async with running_app(demo, tmp_path) as hands:
        for name in ("users", "fields"):
            await hands.desk.lookups.need(name)
        await hands.desk.records.fetch(company)  # else opening it would ask for itself too
        await hands.press("2")
        await hands.sees("[2 Companies]")
        await hands.press("slash")
        await hands.type(firm)
        await hands.press("enter")
        await hands.sees("1 here")
        await hands.until(
            lambda: any(one[:1] == "›" and firm in one for one in hands.screen.split("\n"))
        )
        demo.forget()
        await hands.press("enter")
        await hands.sees("Messe in Halle 7")
        assert len(demo.requests()) == 1
    colleague.close()


async def type_a_call(hands: Hands, dialect: Dialect, name: str) -> None:
    """Find the person, and type a call with what is to be done about it."""
    await hands.press("slash")
    await hands.type(name)
    await hands.press("enter")
    await hands.sees(f"{name}, Anna")
    await hands.press("N")
    await hands.sees("› Add note")
    assert "Follow-up" not in hands.screen
    await hands.fill("kind", "call")
    await hands.sees("Follow-up")
    for field, lookup in dialect.call.items():
        options = await hands.desk.lookups.need(lookup)
        await hands.fill(field, options[0].words)
    await hands.fill("text", "will den Kran")
    assert " Due " not in hands.screen
    await hands.fill("follow-up", "Angebot schicken")
    await hands.sees(" Due ")
    await hands.fill("due", "+3d")


TOO_SHORT = {
    "centralstation": {"name": ["zu kurz"]},
    "concord": {"message": "zu kurz", "errors": {"title": ["zu kurz"]}},
}
"""What a CRM says of the words of a task."""


async def test_a_refused_task_is_mended_and_its_call_is_not_written_again(
    serving: tuple[Dialect, LiveDemo], tmp_path: Path
) -> None:
    dialect, demo = serving
    colleague, name = Colleague(demo), f"Zzz{uuid.uuid4().hex[:8]}"
    demo.fail()
    person = colleague.make(dialect.people, first_name="Anna", last_name=name)
    refusal = {"kind": "status", "status": 422, "body": TOO_SHORT[dialect.backend]}
    demo.fail({**refusal, "count": 1, "method": "POST", "path": f"/{dialect.task.resource}"})
    async with running_app(demo, tmp_path) as hands:
        await type_a_call(hands, dialect, name)
        await hands.press("ctrl+s")
        # The task comes back in a form of its own, with the server's words at its field.
        await hands.sees(f"New {hands.desk.resources[dialect.task.resource].one}")
        await hands.sees("! zu kurz")
        await hands.sees("[Angebot schicken")
        await hands.until(lambda: hands.desk.outbox == 1)
        assert [one.text() for one in colleague.notes(person)] == ["will den Kran"]
        # Left alone it stands in the outbox, from where it is mended.
        await hands.press("escape")
        await hands.until(lambda: "[Angebot" not in hands.screen)
        await hands.press("O")
        await hands.sees("Outbox")
        await hands.press("e")
        await hands.sees("[Angebot schicken")
        await hands.type(" an Anna")
        await hands.press("ctrl+s")
        await hands.sees("saved")
        await hands.until(lambda: hands.desk.outbox == 0)
        assert [one.text() for one in colleague.notes(person)] == ["will den Kran"]
        last = (await hands.desk.edits.journal())[-1].record
        task = colleague.record(last)
        assert task.sort_name() == "Angebot schicken an Anna"
        assert [one.target() for one in getattr(task, dialect.people)] == [person]
        # Taken back: both of them.
        await hands.press("escape", "u")
        await hands.sees("undo: 2 changes")
        await hands.press("enter")
        await hands.until(lambda: not colleague.there(last))
        await hands.until(lambda: hands.desk.outbox == 0)
        assert colleague.notes(person) == []
    colleague.close()
