"""The task that a telephone call may leave behind: typed in the call's form, saved with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from csc_tui.domain.form import Entry
from csc_tui.domain.note import Note
from csc_tui.services.todo import made_about, tasks_about
from csc_tui.store.edit_rows import UNMADE
from csc_tui.store.edit_saving import Seen
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.domain.change import Change
    from csc_tui.domain.field import Field, Plain
    from csc_tui.domain.form_text import FormText
    from csc_tui.domain.record import Record
    from csc_tui.domain.ref import Ref
    from csc_tui.domain.resource import PartKind, Resource
    from csc_tui.services.desk import Desk

BEFORE = "task."
"""Stands before the names of the task's fields in the form of the call."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is to be done about a record, and when; it is the task of whoever made the call."""

    desk: Desk
    record: Record
    tasks: Resource
    what: Field
    due: Field

    @classmethod
    def of(cls, desk: Desk, record: Record, kind: PartKind) -> FollowUp | None:
        """The follow-up of a new part of a record; None where that is no note, or no task can be.

        A record that is not at the CRM yet cannot be linked to.
        """
        tasks = tasks_about(desk, record.resource)
        unmade = not record.id or record.id.startswith(UNMADE)
        if tasks is None or tasks.todo is None or unmade or not issubclass(kind.model, Note):
            return None
        return cls(desk, record, tasks, tasks.field(tasks.called_by), tasks.field(tasks.todo.due))

    def entries(self) -> Iterable[Entry]:
        """What to do; once there is anything of that, when."""
        what = self.what._replace(required=False, goes_with=Note.call)
        label, note = say("note.follow_up"), say("note.follow_up_note")
        yield Entry(BEFORE + what.name, what, label=label, gap=True, note=note)
        due = self.due._replace(required=True, goes_with=(BEFORE + what.name, ""))
        note = say("form.note.due")
        yield Entry(BEFORE + due.name, due, label=due.label, note=note)

    def parted(self, values: Mapping[str, Plain]) -> tuple[dict[str, Plain], list[Change]]:
        """The values of the note, and what makes the task: nothing if none is wanted."""
        mine = {name: one for name, one in values.items() if not name.startswith(BEFORE)}
        typed = {name.removeprefix(BEFORE): one for name, one in values.items() if name not in mine}
        if not typed.get(self.what.name):
            return mine, []
        return mine, [made_about(self.record, self.tasks, typed)]

    def seen(self, changes: Sequence[Change]) -> dict[Ref, Seen]:
        """What the task is called."""
        mine = (one for one in changes if one.ref.resource == self.tasks.name)
        return {one.record: Seen(str(one.values[self.what.name])) for one in mine}

    def without(self, text: FormText) -> FormText:
        """The text of the note alone: the task has its own form if it comes back."""
        texts = {path: one for path, one in text.texts.items() if not path.startswith(BEFORE)}
        return replace(text, texts=texts)
