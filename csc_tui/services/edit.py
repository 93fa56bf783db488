"""Saving: from a form's changes to the record as the CRM has it afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.errors import CrmError, ReadOnly
from csc_tui.domain.ref import Ref
from csc_tui.services.events import EditRefused, EditSaved, Noticed, RecordChanged, RecordGone
from csc_tui.services.overlay import overlaid
from csc_tui.store.rows import Row
from csc_tui.store.unsent import FormText, Unsent
from csc_tui.worker.lane import Lane

if TYPE_CHECKING:
    from csc_tui.domain.record import Record
    from csc_tui.services.desk import Desk
    from csc_tui.services.lookup import Lookups

__all__ = ["Edits", "FormText"]


@dataclass(slots=True, eq=False)
class _Edit:
    """One save on its way."""

    changes: tuple[Change, ...]
    text: FormText | None
    """What stood in the form; None for a delete, which has no text to lose."""
    record: Record | None
    """The record before it; None for a new one."""
    file: str
    """Where the text is kept; empty where it could not be."""
    sent: int = 0
    """Changes that the CRM has carried out."""

    @property
    def ref(self) -> Ref:
        """The record that it is about; without an id for a new one."""
        return self.changes[0].record


class Edits:
    """All saves of one account: what is on its way, and what came back and needs somebody."""

    def __init__(self, desk: Desk, lookups: Lookups, unsent: Unsent) -> None:
        """Nothing is read before `load`."""
        self.desk = desk
        self.lookups = lookups
        self._unsent = unsent
        self._loaded = False
        self._edits: list[_Edit] = []
        self._drafts: dict[str, FormText] = {}
        """File name -> text that is not on its way (any more), oldest first."""
        self._last: dict[Ref, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def load(self) -> None:
        """Read what an earlier session left unconfirmed."""
        if not self._loaded:
            found = await asyncio.to_thread(self._unsent.read_all)
            mine = {edit.file for edit in self._edits}
            left = {name: text for name, text in found.items() if name not in mine}
            self._drafts = left | self._drafts
            self._loaded = True

    # --- what screens show

    @property
    def outbox(self) -> int | None:
        """Saves not yet confirmed; None until the folder of unconfirmed ones has been read."""
        return len(self._edits) if self._loaded else None

    @property
    def drafts(self) -> int:
        """Forms whose text is kept because the CRM did not confirm it."""
        return len(self._drafts)

    def draft(self, key: str) -> FormText | None:
        """The latest kept text of a form; None if there is none."""
        return next((it for it in reversed(self._drafts.values()) if it.key == key), None)

    def discard(self, key: str) -> None:
        """Throw the kept texts of a form away."""
        for name in [name for name, text in self._drafts.items() if text.key == key]:
            del self._drafts[name]
            self._drop(name)

    def mark(self, ref: Ref) -> str:
        """The gutter's sign of a record: `~` on its way, `!` came back, else empty."""
        if any(edit.ref == ref for edit in self._edits):
            return "~"
        own = f"{ref.resource}/{ref.id}"
        return (
            "!" if any(f"{it.key}/".startswith(f"{own}/") for it in self._drafts.values()) else ""
        )

    def overlay(self, record: Record) -> Record:
        """The record with the values that are on their way to the CRM."""
        return overlaid(record, [one for edit in self._edits for one in edit.changes])

    # --- saving

    def submit(
        self, changes: Sequence[Change], text: FormText | None, record: Record | None = None
    ) -> None:
        """Save one or more changes of one record as one edit. Raises ReadOnly.

        Returns once the text is kept on the disk; what comes of it is told by events: `queued`,
        then EditSaved or EditRefused. `record` is the record before it, for what rows show.
        """
        if self.desk.read_only:
            raise ReadOnly
        if text is not None:
            replaced = [name for name, it in self._drafts.items() if it.key == text.key]
            file = self._keep(text)
            for name in replaced if file else ():
                del self._drafts[name]
                self._drop(name)
        edit = _Edit(tuple(changes), text, record, file if text is not None else "")
        self._edits.append(edit)
        before = self._last.get(edit.ref) if edit.ref.id else None
        task = asyncio.create_task(self._carry_out(edit, before))
        self._tasks.add(task)
        if edit.ref.id:
            self._last[edit.ref] = task
        task.add_done_callback(lambda done: self._over(edit, done))
        self._tell_row(edit)
        self.desk.events.tell(Noticed("edit.queued"))

    def _keep(self, text: FormText) -> str:
        try:
            return self._unsent.keep(text)
        except OSError as error:
            why = error.strerror or str(error)
            self.desk.events.tell(Noticed("edit.unkept", (("why", why),)))
            return ""

    def _drop(self, name: str) -> None:
        try:
            self._unsent.drop(name)
        except OSError as error:
            why = error.strerror or str(error)
            self.desk.events.tell(Noticed("edit.undropped", (("why", why),)))

    async def _carry_out(self, edit: _Edit, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait({before})
        await self.desk.awake.wait()
        created = ""
        try:
            for change in edit.changes:
                created = await self._send(change) or created
                edit.sent += 1
        except CrmError as error:
            await self._came_back(edit, error)
        else:
            await self._confirmed(edit, created)

    async def _send(self, change: Change) -> str:
        """Carry out one change; the id of what it made. Raises CrmError."""
        crm = self.desk.crm
        made = ""
        for request in crm.write(change):
            if self.desk.foreign is not None:
                raise self.desk.foreign
            response = await self.desk.worker.send(
                request, Lane.WRITE, judge=lambda answer: crm.refused(answer, change)
            )
            if change.verb is Verb.CREATE and change.parent is None:
                made = crm.read_created(response)
        return made

    async def _confirmed(self, edit: _Edit, created: str) -> None:
        """The CRM has said yes to all of it."""
        ref = Ref(edit.ref.resource, edit.ref.id or created)
        first = edit.changes[0]
        gone = first.verb is Verb.DELETE and first.parent is None
        words = "edit.deleted" if gone else "edit.saved"
        if gone:
            await self.desk.store.forget(ref)
        elif ref.id:
            try:
                await self.desk.records.fetch(ref, Lane.WRITE)
            except CrmError:
                words = "edit.saved_unread"
        if not edit.ref.id:
            await self.desk.store.drop_pages(ref.resource)
        self._edits.remove(edit)
        self._drop(edit.file)
        if gone:
            self.desk.events.tell(RecordGone(ref))
        else:
            self.desk.events.tell(RecordChanged(ref))
        self.desk.events.tell(EditSaved(edit.changes, ref))
        self.desk.events.tell(Noticed(words))

    async def _came_back(self, edit: _Edit, error: CrmError) -> None:
        """Some of it was not carried out, or nobody knows."""
        if edit.sent:
            with suppress(CrmError):
                await self.desk.records.fetch(edit.ref, Lane.WRITE)
        self._edits.remove(edit)
        if edit.text is not None:
            self._drafts[edit.file or edit.text.key] = edit.text
        self._tell_row(edit)
        self.desk.events.tell(EditRefused(edit.changes, error, edit.text))

    def _over(self, edit: _Edit, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if self._last.get(edit.ref) is task:
            del self._last[edit.ref]
        if not task.cancelled():
            task.result()

    def _tell_row(self, edit: _Edit) -> None:
        """Have the record's row and screen drawn with or without what is on its way."""
        if edit.record is None:
            return
        record = self.overlay(edit.record)
        row = Row(record.id, self.desk.cells(record), record.version())
        self.desk.events.tell(RecordChanged(edit.ref, row))
