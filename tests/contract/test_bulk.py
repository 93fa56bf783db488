"""Many records at once on every CRM: the dry run's figure is what it costs."""

from __future__ import annotations

from typing import Any

from csc_tui.domain.field import Kind
from csc_tui.domain.ref import CUSTOM, Ref
from csc_tui.services.bulk import Action, Task, dry_run, queue
from csc_tui.services.todo import tasks_about
from tests.contract.conftest import Ground


async def people(ground: Ground, count: int = 3, **values: Any) -> list[Ref]:
    """People of the test's own that the terminal has seen."""
    refs = [ground.person(**values) for _ in range(count)]
    for ref in refs:
        await ground.shown(ref)
    return refs


async def done(ground: Ground, refs: list[Ref], task: Task) -> None:
    """Reckon it and do it; it costs as many requests as were reckoned."""
    desk = ground.terminal.desk
    run = await dry_run(desk, ground.dialect.people, [one.id for one in refs], task)
    assert run.count + len(run.skipped) == len(refs)
    ground.demo.forget()
    await queue(desk, run)
    await ground.terminal.settled()
    assert ground.terminal.box.outbox == 0, ground.terminal.box.entries()
    assert len(ground.demo.requests()) == run.requests


async def test_tags_come_and_go(ground: Ground) -> None:
    refs = await people(ground)
    await done(ground, refs, Task(Action.TAG, names=("Messe", "VIP")))
    for ref in refs:
        assert {one.name for one in ground.colleague.record(ref).tags} == {"Messe", "VIP"}
    await done(ground, refs, Task(Action.UNTAG, names=("messe",)))
    for ref in refs:
        assert [one.name for one in ground.colleague.record(ref).tags] == ["VIP"]
    run = await dry_run(
        ground.terminal.desk,
        ground.dialect.people,
        [one.id for one in refs],
        Task(Action.TAG, names=("VIP",)),
    )
    assert (run.count, run.requests, len(run.skipped)) == (0, 0, len(refs))


async def test_whose_they_are(ground: Ground) -> None:
    desk, refs = ground.terminal.desk, await people(ground)
    resource = desk.resources[ground.dialect.people]
    whose = next(one for one in resource.fields if one.lookup == "users" and one.writable)
    user = (await desk.lookups.need("users"))[1]
    await done(ground, refs, Task(Action.FIELD, field=whose, value=user.value))
    for ref in refs:
        assert ground.colleague.record(ref).value(whose.name) == user.value


async def test_a_custom_field(ground: Ground) -> None:
    desk, refs = ground.terminal.desk, await people(ground, 2)
    await desk.lookups.need("fields")
    resource = desk.resources[ground.dialect.people]
    made = next(
        one for one in resource.fields if one.name.startswith(CUSTOM) and one.kind is Kind.DATE
    )
    await done(ground, refs, Task(Action.FIELD, field=made, value="2026-12-11"))
    for ref in refs:
        assert str((await ground.shown(ref)).value(made.name)).startswith("2026-12-11")


async def test_a_note_about_each(ground: Ground) -> None:
    refs = await people(ground)
    note = {"kind": "note", "content": "Stand 4, Halle 7"}
    await done(ground, refs, Task(Action.NOTE, made=note))
    for ref in refs:
        (one,) = ground.colleague.notes(ref)
        assert one.text() == "Stand 4, Halle 7"


async def test_something_to_do_about_each(ground: Ground) -> None:
    desk, refs = ground.terminal.desk, await people(ground)
    tasks = tasks_about(desk, ground.dialect.people)
    assert tasks is not None
    whose = (await desk.lookups.need("users"))[0].value
    todo = {tasks.called_by: "Katalog", "due": "2026-12-11", ground.dialect.task.whose: whose}
    await done(ground, refs, Task(Action.TASK, made=todo))
    made = [one.record for one in await ground.terminal.box.journal()]
    found = [ground.colleague.record(one) for one in made]
    assert [one.sort_name() for one in found] == ["Katalog"] * 3
    linked = [part.target() for one in found for part in getattr(one, ground.dialect.people)]
    assert sorted(linked, key=str) == sorted(refs, key=str)


async def test_all_of_them_go(ground: Ground) -> None:
    refs = await people(ground)
    await done(ground, refs, Task(Action.DELETE))
    assert not any(ground.colleague.there(ref) for ref in refs)
