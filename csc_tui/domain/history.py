"""What was written about a record and what is, or was, to be done about it: newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from csc_tui.domain.dates import aware_of
from csc_tui.domain.detail import Line
from csc_tui.domain.due import due_words, span
from csc_tui.domain.note import Note, age
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from csc_tui.domain.record import Record
    from csc_tui.domain.resource import Resource


class Tasks(NamedTuple):
    """What there is to be done about a record, done or not."""

    resource: Resource
    """What they are."""
    all: Sequence[Record] = ()


def history(
    resource: Resource, record: Record, zone: tzinfo, tasks: Tasks | None = None
) -> list[Line]:
    """Everything that is here, a line each; none where records of this kind have no notes.

    The rows of a line are its heading, its words, and what others remarked on it. A task stands
    at the day on which it is due; what is still on its way, or to be done some day, stands first.
    """
    kind = resource.notes
    if kind is None:
        return []
    notes: Sequence[Note] = getattr(record, kind.name)
    found = [(age(one), _note_line(kind.label, kind.name, one, zone)) for one in notes]
    if tasks is not None:
        found += [(_age(tasks, it, zone), _task_line(tasks, it, zone)) for it in tasks.all]
    return [line for _, line in sorted(found, key=lambda one: one[0])]


def _note_line(label: str, kind: str, note: Note, zone: tzinfo) -> Line:
    head = f"{note.heading(zone)}  {note.who()}".rstrip()
    return Line(
        label=label,
        text="\n".join((head, note.text(), *note.remarks())),
        rows=(head, note.text(), *(f"– {it}" for it in note.remarks())),
        part=(kind, note.id),
        copy=note.text(),
        role=Note.role,
    )


def _task_line(tasks: Tasks, task: Record, zone: tzinfo) -> Line:
    """`25 Nov 2026  task  Sabine Krüger`, what is to be done; `⏎` leads to it."""
    due, one = _due(tasks, task), tasks.resource.one
    when = due_words(due, zone) if due else say("task.some_day")
    what = say("task.is_done", one=one) if _done(tasks, task) else one
    head = f"{when}  {what}  {task.head().responsible}".rstrip()
    return Line(
        label=one.capitalize(),
        text=f"{head}\n{task.sort_name()}",
        rows=(head, task.sort_name()),
        target=task.ref,
        copy=task.sort_name(),
    )


def _age(tasks: Tasks, task: Record, zone: tzinfo) -> float:
    """As `note.age`; what was done and never had a day stands where it was changed last."""
    if due := _due(tasks, task):
        return -span(due, zone)[0].timestamp()
    changed = task.updated_at if _done(tasks, task) else None
    return -aware_of(changed).timestamp() if changed else float("-inf")


def _due(tasks: Tasks, task: Record) -> str:
    todo = tasks.resource.todo
    return str(task.value(todo.due) or "") if todo is not None else ""


def _done(tasks: Tasks, task: Record) -> bool:
    todo = tasks.resource.todo
    return todo is not None and bool(task.value(todo.done))
