"""Having the CRM itself make one record of two: asked once, then looked at until it is done.

Where it cannot, what hangs on the one is linked to the other: written, then read back.

The CRM says yes at once and does it a little later. A merge costs four requests: the record that
goes is read, the merge is asked for, it is looked whether the record is gone, and the one that
stays is read back; each further look is one more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from csc_tui.domain.change import Verb
from csc_tui.domain.errors import Forbidden, NotFound, Unfinished
from csc_tui.services.differences import unseen
from csc_tui.services.hanging import hanging
from csc_tui.store import edit_steps
from csc_tui.store.edit_rows import Answer
from csc_tui.worker.lane import Lane

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csc_tui.crm.adapter import Raw
    from csc_tui.domain.change import Change
    from csc_tui.domain.field import Plain
    from csc_tui.domain.merge import Clash
    from csc_tui.domain.record import Record
    from csc_tui.services.desk import Desk
    from csc_tui.services.pace import Pace
    from csc_tui.store.edit_rows import Edit
    from csc_tui.store.edits import EditStore


class Steps(Protocol):
    """What carrying out a merge has in common with every other change; see `Delivery`."""

    async def read(self, edit: Edit) -> tuple[Raw, Record]:
        """The record that an edit is about, as the server has it."""

    async def clash(
        self,
        edit: Edit,
        now: tuple[Raw, Record],
        clashes: tuple[Clash, ...],
        others: tuple[str, ...],
    ) -> None:
        """Others have changed it: the user has to choose."""

    async def send(self, edit: Edit, change: Change, record: Record | None) -> str:
        """Carry out a change."""

    async def confirm(
        self,
        edit: Edit,
        written: Change,
        after: Mapping[str, Plain],
        answer: Answer,
        raw: Raw | None,
    ) -> None:
        """Into the journal."""


class MergeDelivery:
    """Carries out merges that are claimed."""

    def __init__(
        self,
        desk: Desk,
        edits: EditStore,
        pace: Pace,
        steps: Steps,
        server_now: Callable[[], float],
    ) -> None:
        self._desk = desk
        self._edits = edits
        self._pace = pace
        self._steps = steps
        self._server_now = server_now

    async def deliver(self, edit: Edit) -> None:
        """Take a merge as far as it goes now. Raises CrmError, or NotWrittenError with one."""
        try:
            now = await self._steps.read(edit)
        except NotFound:
            await self._merged(edit)
            return
        if edit.done:
            await self._look_again(edit)
        elif edit.sent_at is not None and edit.looks < len(self._pace.looks):
            # Its answer was lost: if the CRM has heard of it, it needs its time all the same.
            await self._rest(edit, self._pace.looks[edit.looks])
        else:
            await self._ask(edit, now)

    async def link(self, edit: Edit) -> None:
        """Link records to another one, or end that. Raises as `deliver`."""
        if not edit.done:
            left = await self._left(edit)
            told = ""
            if left.values:
                step = edit_steps.sent(edit.change, self._server_now())
                await self._edits.advance(edit.client_id, step)
                told = await self._steps.send(edit, left, None)
            await self._edits.advance(edit.client_id, edit_steps.done(told))
        raw, _ = await self._steps.read(edit)
        await self._steps.confirm(edit, edit.change, {}, Answer(), raw)

    async def _left(self, edit: Edit) -> Change:
        """What of the links is still to be done, where a try may have got through."""
        change = edit.change
        if edit.sent_at is None:
            return change
        there = await hanging(self._desk, change.ref, Lane(edit.lane))
        attach = change.verb is Verb.ATTACH
        left: dict[str, Plain] = {}
        for kind, ids in change.values.items():
            known = there.get(kind, ())
            todo = [it for it in ids if (it in known) != attach] if isinstance(ids, list) else []
            if todo:
                left[kind] = list(todo)
        return replace(change, values=left)

    async def _ask(self, edit: Edit, now: tuple[Raw, Record]) -> None:
        _, record = now
        resource = self._desk.resources[record.resource]
        if clashes := unseen(edit, record, record, resource):
            await self._steps.clash(edit, now, clashes, ())
            return
        step = edit_steps.sent(edit.change, self._server_now())
        await self._edits.advance(edit.client_id, step)
        told = await self._steps.send(edit, edit.change, record)
        await self._edits.advance(edit.client_id, edit_steps.done(told))
        pause = self._desk.clock.now() + self._pace.merging[0]
        await self._edits.advance(edit.client_id, edit_steps.working(1, pause))

    async def _look_again(self, edit: Edit) -> None:
        if edit.looks < len(self._pace.merging):
            await self._rest(edit, self._pace.merging[edit.looks])
        else:
            await self._edits.advance(edit.client_id, edit_steps.given_up(Unfinished()))

    async def _rest(self, edit: Edit, seconds: float) -> None:
        step = edit_steps.working(edit.looks + 1, self._desk.clock.now() + seconds)
        await self._edits.advance(edit.client_id, step)

    async def _merged(self, edit: Edit) -> None:
        """It is gone: by this merge, or by somebody else's doing."""
        ours = edit.done or edit.sent_at is not None
        await self._read_winner(edit)
        answer = Answer(note="" if ours else "gone")
        await self._steps.confirm(edit, edit.change, {}, answer, None)
        await self._desk.store.drop_pages(edit.record.resource)

    async def _read_winner(self, edit: Edit) -> None:
        """With all that has come to it."""
        ref, crm = edit.change.into, self._desk.crm
        try:
            response = await self._desk.ask(crm.show(ref), Lane(edit.lane))
        except (NotFound, Forbidden):
            return
        await self._desk.records.keep(ref.resource, [crm.read_one(ref.resource, response)])
