"""Tasks on every CRM: made about a person, ticked off and taken back, moved, handed on, deleted."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.ref import Ref
from tests.contract.conftest import Ground

AT_NINE = "2026-12-11T08:00:00+00:00"


async def settled(ground: Ground) -> None:
    await ground.terminal.settled()
    assert ground.terminal.box.outbox == 0, ground.terminal.box.entries()


async def made(ground: Ground, about: Ref | None = None, **values: Any) -> Ref:
    """A task of the test's own, made at the terminal."""
    task, users = ground.dialect.task, await ground.terminal.desk.lookups.need("users")
    links = {about.resource: [{"record": {"id": about.id, "name": ""}}]} if about else {}
    name = f"Task {uuid.uuid4().hex[:10]}"
    values = {"name": name, "due": "2026-12-11", task.whose: users[0].value, **links, **values}
    await ground.terminal.create(task.resource, **values)
    await settled(ground)
    return (await ground.terminal.box.journal())[-1].record


@pytest.mark.parametrize("due", ["2026-12-11", AT_NINE])
async def test_a_new_task_is_one_post_with_what_it_is_about(ground: Ground, due: str) -> None:
    person = ground.person()
    await ground.terminal.desk.lookups.need("users")
    ground.demo.forget()
    ref = await made(ground, person, due=due)
    assert [one.split()[0] for one in ground.demo.requests()].count("POST") == 1
    one = ground.colleague.record(ref)
    assert not one.unreadable
    assert one.value("due") == due
    assert one.value("done") is False
    (link,) = getattr(one, ground.dialect.people)
    assert link.target() == person


async def test_a_task_is_ticked_off_and_taken_back(ground: Ground) -> None:
    ref = await made(ground, due=AT_NINE)
    for done in (True, False):
        await ground.terminal.save(ref, done=done)
        await settled(ground)
        assert ground.colleague.record(ref).value("done") is done
    assert ground.colleague.record(ref).value("due") == AT_NINE


@pytest.mark.parametrize(
    "moves",
    [
        ("2026-12-14", "2026-12-15T07:30:00+00:00", "2026-12-16"),
        ("2026-12-01T09:00:00+00:00", "2026-12-02T09:00:00+00:00"),
    ],
)
async def test_a_task_is_moved_from_day_to_moment_and_back(
    ground: Ground, moves: tuple[str, ...]
) -> None:
    ref = await made(ground)
    for due in moves:
        await ground.terminal.save(ref, due=due)
        await settled(ground)
        assert ground.colleague.record(ref).value("due") == due


async def test_a_task_is_handed_on(ground: Ground) -> None:
    whose, ref = ground.dialect.task.whose, await made(ground)
    users = await ground.terminal.desk.lookups.need("users")
    await ground.terminal.save(ref, **{whose: users[1].value})
    await settled(ground)
    one = ground.colleague.record(ref)
    assert (one.value(whose), one.head().responsible) == (users[1].value, users[1].words)


async def test_what_a_task_is_about_comes_and_goes(ground: Ground) -> None:
    kind, person, ref = ground.dialect.people, ground.person(), await made(ground)
    link = {"record": {"id": person.id, "name": ""}}
    await ground.terminal.add(ref, kind, **link)
    await settled(ground)
    (part,) = getattr(await ground.shown(ref), kind)
    assert part.target() == person
    await ground.terminal.remove_part(ref, part, kind)
    await settled(ground)
    assert getattr(ground.colleague.record(ref), kind) == ()


async def test_a_lost_answer_makes_no_second_task(ground: Ground) -> None:
    person = ground.person()
    ground.demo.fail({"kind": "drop", "method": "POST", "count": 1, "when": "after"})
    ref = await made(ground, person)
    crm, name = ground.colleague.crm, ground.colleague.record(ref).name
    newest = crm.twins(ref.resource, datetime(2026, 1, 1, tzinfo=UTC))
    raws = crm.read_list(ref.resource, ground.colleague.send(newest))
    assert [str(raw["id"]) for raw in raws if name in raw.values()] == [ref.id]


async def test_a_deleted_task_is_gone_and_can_be_had_back(ground: Ground) -> None:
    person = ground.person()
    ref = await made(ground, person, due=AT_NINE)
    await ground.shown(ref)
    await ground.terminal.delete(ref)
    await settled(ground)
    assert not ground.colleague.there(ref)
    undo = await ground.terminal.box.undoable()
    assert undo is not None
    await ground.terminal.box.undo(undo)
    await settled(ground)
    back = (await ground.terminal.box.journal())[-1].record
    one = ground.colleague.record(back)
    assert one.value("due") == AT_NINE
    assert [it.target() for it in getattr(one, ground.dialect.people)] == [person]


async def test_a_colleague_who_ticked_it_off_first_is_no_conflict(ground: Ground) -> None:
    ref = await made(ground)
    record = await ground.shown(ref)
    ground.colleague.change(ref, done=True)
    change = Change(Verb.UPDATE, ref, None, {"done": True}, record.base(["done"]))
    await ground.terminal.box.submit([change], None, record)
    await settled(ground)
    assert ground.colleague.record(ref).value("done") is True
