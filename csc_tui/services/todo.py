"""What is to be done about records: by which resource, how it is made, what of it is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.ref import Ref, word_for
from csc_tui.services.desk import parse_raw

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csc_tui.domain.field import Plain
    from csc_tui.domain.record import Record
    from csc_tui.domain.resource import Resource
    from csc_tui.services.desk import Desk


def tasks_about(desk: Desk, resource: str) -> Resource | None:
    """What is to be done about records of a resource; None where there is no such thing."""
    return next((it for it in desk.resources.values() if it.tells_of(resource)), None)


def made_about(record: Record, tasks: Resource, values: Mapping[str, Plain]) -> Change:
    """What makes a task with these values that is linked to a record."""
    link = {"record": {"id": record.id, "name": record.sort_name()}}
    made = {**values, record.resource: [link]}
    return Change(Verb.CREATE, Ref(tasks.name, ""), values=made)


def made_for(change: Change) -> tuple[Ref, str] | None:
    """The record that a change makes a task about, as `made_about` has it, and its name."""
    if change.verb is not Verb.CREATE or change.parent is not None:
        return None
    for resource, links in change.values.items():
        first = links[0] if isinstance(links, list) and links else None
        link = first.get("record") if isinstance(first, dict) else None
        if isinstance(link, dict):
            return Ref(resource, str(link["id"])), str(link.get("name") or "")
    return None


async def tasks_of(desk: Desk, ref: Ref) -> list[Record]:
    """All tasks here that name a record, the soonest due first, those without a day last."""
    tasks = tasks_about(desk, ref.resource)
    if tasks is None or tasks.todo is None:
        return []
    todo = tasks.todo
    hits = await desk.store.search(tasks.name, word_for(ref))
    stored = await desk.store.records(tasks.name, [hit.row.id for hit in hits])
    found = (desk.overlaid(desk.record(tasks.name, parse_raw(it.raw))) for it in stored.values())
    mine = (it for it in found if any(part.target() == ref for part in getattr(it, ref.resource)))
    return sorted(mine, key=lambda it: (not it.value(todo.due), str(it.value(todo.due))))


def is_open(desk: Desk, task: Record) -> bool:
    """Whether a task is not done."""
    todo = desk.resources[task.resource].todo
    return todo is not None and not task.value(todo.done)
