"""What is still to be done about a record, out of the store, with what is on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.ref import Ref, word_for
from csc_tui.services.desk import parse_raw

if TYPE_CHECKING:
    from csc_tui.domain.record import Record
    from csc_tui.domain.resource import ToDo
    from csc_tui.services.desk import Desk


async def open_tasks(desk: Desk, ref: Ref) -> list[Record]:
    """The open tasks that name a record, the soonest due first, those without a day last."""
    found: list[Record] = []
    for resource in desk.resources.values():
        if resource.todo is None or not resource.tells_of(ref.resource):
            continue
        hits = await desk.store.search(resource.name, word_for(ref))
        stored = await desk.store.records(resource.name, [hit.row.id for hit in hits])
        tasks = (desk.record(resource.name, parse_raw(one.raw)) for one in stored.values())
        mine = [one for task in tasks if _is_open(resource.todo, one := desk.overlaid(task), ref)]
        due = resource.todo.due
        found += sorted(mine, key=lambda it: (not it.value(due), str(it.value(due))))
    return found


def _is_open(todo: ToDo, task: Record, ref: Ref) -> bool:
    """Whether a task is not done and names a record."""
    named = any(part.target() == ref for part in getattr(task, ref.resource))
    return named and not task.value(todo.done)
