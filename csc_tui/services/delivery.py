"""Carrying one edit out: read again, merge, send what still differs, read back, compare.

A save of a record that nobody else has touched costs three requests: GET, PUT, GET. A new record
costs two (POST, GET), a new part three, a deleted record two.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.errors import (
    Ambiguous,
    CrmError,
    Forbidden,
    NotFound,
    OtherAccount,
    ServerBroken,
)
from csc_tui.domain.field import Plain
from csc_tui.domain.merge import Clash, agrees
from csc_tui.domain.record import Record
from csc_tui.domain.ref import Ref
from csc_tui.domain.twin import Found
from csc_tui.services.belonging import check_account
from csc_tui.services.differences import base_of, merged, others_in, read_back, unseen
from csc_tui.services.events import RecordGone
from csc_tui.services.merge_delivery import MergeDelivery
from csc_tui.services.not_written import NotWrittenError
from csc_tui.services.notes import Told
from csc_tui.services.signing import signed
from csc_tui.services.snapshots import node_of, parts_there, renamed, snapshot_of
from csc_tui.services.twins import Twins
from csc_tui.store import edit_steps
from csc_tui.store.edit_rows import Answer, Edit
from csc_tui.worker.lane import Lane

if TYPE_CHECKING:
    from csc_tui.crm.adapter import Raw
    from csc_tui.domain.record import Node
    from csc_tui.domain.resource import Resource
    from csc_tui.http.message import Request, Response
    from csc_tui.services.desk import Desk
    from csc_tui.services.pace import Pace
    from csc_tui.store.edits import EditStore


class Delivery:
    """Carries out edits that are claimed; every step is in the store before the next is taken."""

    def __init__(
        self,
        desk: Desk,
        edits: EditStore,
        pace: Pace,
        server_offset: Callable[[], float | None],
        refresh: Callable[[], Awaitable[object]],
    ) -> None:
        """`server_offset`: seconds by which the server's clock is ahead; None: not known.

        `refresh` reads the open edits anew, as screens lay them over records.
        """
        self._desk = desk
        self._edits = edits
        self._pace = pace
        self._server_offset = server_offset
        self._refresh = refresh
        self._twins = Twins(desk, edits, server_offset)
        self._merges = MergeDelivery(desk, edits, pace, self, self._server_now)

    async def deliver(self, edit: Edit) -> None:
        """Take an edit as far as it goes now. Raises CrmError, or NotWrittenError with one."""
        await check_account(self._desk, edit)
        verb = edit.change.verb
        if verb is Verb.MERGE:
            await self._merges.deliver(edit)
        elif verb in (Verb.ATTACH, Verb.DETACH):
            await self._merges.link(edit)
        elif edit.done:
            await self._read_back(edit, "")
        elif verb is Verb.CREATE:
            await self._create(await signed(self._desk, self._edits, edit))
        elif verb is Verb.DELETE:
            await self._delete(edit)
        elif verb is Verb.RESTORE:
            await self._restore(edit)
        elif verb is Verb.DESTROY:
            await self._destroy(edit)
        else:
            await self._update(edit)

    # --- changes

    async def _update(self, edit: Edit) -> None:
        raw, record = await self.read(edit)
        # A part that is named by its value: what an earlier try has made of it.
        change = renamed(edit.change, record, self._resource(edit.change))
        edit, node = replace(edit, change=change), node_of(change, record)
        if node is None:
            raise NotFound
        result = merged(change, node, self._resource(change))
        others = others_in(edit, record, self._resource(change))
        if result.clashes:
            await self.clash(edit, (raw, record), result.clashes, others)
            return
        mine = dict.fromkeys(path.partition("/")[0] for path in result.mine_only)
        todo = {name: result.merged[name] for name in mine}
        if not todo:
            await self._confirm_unsent(edit, raw, node, others)
            return
        wanted = replace(change, values=todo, base=base_of(node, todo), version=record.version())
        await self._edits.advance(edit.client_id, edit_steps.sent(wanted, self._server_now()))
        told = await self.send(edit, wanted, record)
        await self._edits.advance(edit.client_id, edit_steps.done(told))
        await self._read_back(replace(edit, sent=wanted), "", others)

    async def clash(
        self,
        edit: Edit,
        now: tuple[Raw, Record],
        clashes: tuple[Clash, ...],
        others: tuple[str, ...],
    ) -> None:
        """The user has to choose; theirs is shown from now on. `others`: what merged by itself."""
        raw, record = now
        change, node = edit.change, node_of(edit.change, record)
        there = snapshot_of(self._desk.resources[record.resource], record)
        theirs: dict[str, Plain] = dict(there.fields if change.parent is None else {})
        if change.removes:
            theirs = there.as_values()
        elif node is not None:
            theirs |= base_of(node, change.values)
        answer = Answer(
            clashes=clashes,
            merged=others,
            theirs=theirs,
            author=record.author("updated_at"),
            at=record.version(),
        )
        await self._desk.records.keep(record.resource, [raw])
        await self._edits.advance(edit.client_id, edit_steps.clashing(answer))

    async def _confirm_unsent(
        self, edit: Edit, raw: Raw, node: Node, others: tuple[str, ...]
    ) -> None:
        """The server has it so already: from a try whose answer was lost, or from somebody else."""
        ours: dict[str, Plain] = {}
        if edit.sent is not None and edit.sent_at is not None:
            # Of an earlier try that got through: what nobody has changed since.
            found = edit.sent.values.items()
            ours = {name: sent for name, sent in found if agrees(sent, node.value(name))}
        base = edit.sent.base if edit.sent and ours else {}
        written = replace(edit.change, values=ours, base=base)
        after = {name: node.value(name) for name in ours}
        answer = Answer(merged=others, note="" if ours else "vanished")
        await self.confirm(edit, written, after, answer, raw)

    # --- deleting

    async def _delete(self, edit: Edit) -> None:
        try:
            raw, record = await self.read(edit)
        except NotFound:
            await self._gone(edit, None)
            return
        node = node_of(edit.change, record)
        if node is None:
            await self._gone(edit, raw)
            return
        clashes = unseen(edit, record, node, self._resource(edit.change))
        if clashes:
            await self.clash(edit, (raw, record), clashes, ())
            return
        snapshot = snapshot_of(self._desk.resources[record.resource], record)
        base = base_of(node, ()) if edit.change.parent else snapshot.as_values()
        wanted = replace(edit.change, base=base, version=record.version())
        await self._edits.advance(edit.client_id, edit_steps.sent(wanted, self._server_now()))
        try:
            told = await self.send(edit, wanted, record)
        except NotWrittenError as failed:
            if not isinstance(failed.error, NotFound):
                raise
            told = ""
        await self._edits.advance(edit.client_id, edit_steps.done(told))
        await self._read_back(replace(edit, sent=wanted), "")

    async def _gone(self, edit: Edit, raw: Raw | None) -> None:
        """It is deleted already: by a try whose answer was lost, or by somebody else."""
        ours = edit.sent if edit.sent_at is not None else None
        written = ours or replace(edit.change, base={})
        await self.confirm(edit, written, {}, Answer(note="" if ours else "gone"), raw)

    async def _restore(self, edit: Edit) -> None:
        step = edit_steps.sent(edit.change, self._server_now())
        await self._edits.advance(edit.client_id, step)
        try:
            told = await self.send(edit, edit.change, None)
        except NotWrittenError as failed:
            if not isinstance(failed.error, NotFound):
                raise
            # Not in the bin: back already, by a try whose answer was lost, or gone for good.
            await self.read(edit)
            told = ""
        await self._edits.advance(edit.client_id, edit_steps.done(told))
        await self._read_back(replace(edit, sent=edit.change), "")

    async def _destroy(self, edit: Edit) -> None:
        step = edit_steps.sent(edit.change, self._server_now())
        await self._edits.advance(edit.client_id, step)
        try:
            await self.send(edit, edit.change, None)
        except NotWrittenError as failed:
            if not isinstance(failed.error, NotFound):
                raise
        await self.confirm(edit, edit.change, {}, Answer(), None)

    # --- creating

    async def _create(self, edit: Edit) -> None:
        parent: Record | None = None
        if edit.change.parent is not None:
            raw, parent = await self._parent(edit)
        if parent is not None and (made := self._there(edit.change, parent)):
            if edit.sent_at is None:  # not ours, so nothing that undo may take away
                wanted = replace(edit.change, ref=Ref(edit.change.ref.resource, made))
                _, altered = read_back(wanted, parent, self._resource(wanted))
                answer = Answer(note="vanished", altered=altered)
                await self.confirm(edit, replace(wanted, values={}), {}, answer, raw)
                return
            await self._edits.mark_made(edit.client_id, made)
            await self._read_back_made(edit, "adopted")
            return
        if edit_steps.maybe_made(edit):
            again = await self._look(edit, parent)
            if not again:
                return
        seen = ()
        if parent is not None:
            kind = edit.change.ref.resource
            seen = tuple(one.id for one in getattr(parent, kind, ()) if one.id)
        step = edit_steps.sent(edit.change, self._server_now(), seen, self._desk.key_mark())
        await self._edits.advance(edit.client_id, step)
        made, told = await self._send_create(edit, parent)
        await self._edits.mark_made(edit.client_id, made, told)
        await self._read_back_made(edit, "")

    def _there(self, change: Change, parent: Record) -> str:
        """The id of the part that a create would make, where its record has it already."""
        kind = self._resource(change).part(change.ref.resource)
        if not kind.model.inline and self._desk.crm.write(change, self._resource(change), parent):
            return ""
        return next((it.id for it in parts_there(parent, kind, change.values)), "")

    async def _send_create(self, edit: Edit, parent: Record | None) -> tuple[str, str]:
        """The id of what was made, and the request's own. Raises NotWrittenError."""
        crm, change = self._desk.crm, edit.change
        made, told = "", ""
        for request in crm.write(change, self._resource(change), parent):
            response = await self._write(edit, change, request)
            made, told = crm.read_created(response, change), _request_id(response)
            if not made:
                raise NotWrittenError(Ambiguous(ServerBroken(response.status, "shape")))
        return made, told

    async def _look(self, edit: Edit, parent: Record | None) -> bool:
        """Look for what was made, its answer being lost; True if it has to be sent again."""
        if parent is None:
            verdict = await self._twins.record(edit)
        else:
            verdict = await self._twins.part(edit, parent)
        if verdict.found is Found.ONE:
            await self._edits.mark_made(edit.client_id, verdict.ids[0])
            await self._read_back_made(edit, "adopted")
            return False
        if verdict.found is Found.UNSURE:
            await self._edits.advance(edit.client_id, edit_steps.unclear(verdict.ids))
            return False
        if edit.looks >= len(self._pace.looks):
            return True
        again = self._desk.clock.now() + self._pace.looks[edit.looks]
        await self._edits.advance(edit.client_id, edit_steps.looking(edit.looks + 1, again))
        return False

    async def _read_back_made(self, edit: Edit, note: str) -> None:
        await self._refresh()  # else a new part would be seen twice, under its old id and its own
        made = await self._edits.edit(edit.client_id)
        if made is not None:
            await self._read_back(made, note)

    # --- both ends of it

    async def _parent(self, edit: Edit) -> tuple[Raw, Record]:
        """The record that a part is made for, with what is there of its kind. Raises CrmError."""
        notes = self._desk.records.notes
        if not notes.is_about(edit):
            return await self.read(edit)
        # Nothing else of the record matters yet, and it is read back with the note in the end.
        told = await notes.fetch_for(edit)
        raw = {"id": edit.record.id}
        return raw, notes.on(self._desk.record(edit.record.resource, raw), told)

    async def read(self, edit: Edit, *, deleted: bool = False) -> tuple[Raw, Record]:
        """The record as the server has it; `deleted`: its part is gone. Raises CrmError."""
        ref, crm, notes = edit.record, self._desk.crm, self._desk.records.notes
        noted = await notes.fetch_for(edit, deleted=deleted) if notes.is_about(edit) else Told()
        raw = noted.record
        if raw is None:
            raw = crm.read_one(ref.resource, await self._desk.ask(crm.show(ref), Lane(edit.lane)))
        await self._desk.check_account([raw])
        told = self._desk.account_of(raw)
        if told and edit.account and told != edit.account:
            raise OtherAccount(edit.account, told)
        return raw, notes.on(self._desk.record(ref.resource, raw), noted)

    async def send(self, edit: Edit, change: Change, record: Record | None) -> str:
        """Carry out a change; gives the last request's id. Raises NotWrittenError."""
        told = ""
        for request in self._desk.crm.write(change, self._resource(change), record):
            told = _request_id(await self._write(edit, change, request)) or told
        return told

    def _resource(self, change: Change) -> Resource:
        return self._desk.resources[change.record.resource]

    async def _write(self, edit: Edit, change: Change, request: Request) -> Response:
        judge = self._desk.crm.refused

        def check() -> None:
            if self._desk.foreign is not None:
                raise self._desk.foreign
            present = self._desk.account_id
            if edit.account and present and present != edit.account:  # the key is another since
                raise OtherAccount(edit.account, present)

        try:
            return await self._desk.worker.send(
                request, Lane(edit.lane), judge=lambda answer: judge(answer, change), check=check
            )
        except CrmError as error:
            raise NotWrittenError(error) from error

    async def _read_back(self, edit: Edit, note: str, others: tuple[str, ...] = ()) -> None:
        """The server has said yes: see what it has made of it."""
        change = edit.change if edit.change.verb is Verb.CREATE else edit.sent or edit.change
        if change.verb is Verb.DELETE and change.parent is None:
            await self.confirm(edit, change, {}, Answer(), None)
            return
        try:
            raw, record = await self.read(edit, deleted=change.verb is Verb.DELETE)
        except (NotFound, Forbidden):
            await self.confirm(edit, change, change.values, Answer(note="unread"), None)
            return
        change = renamed(change, record, self._resource(change))
        after, altered = read_back(change, record, self._resource(change))
        answer = Answer(merged=others, altered=altered, note=note)
        await self.confirm(edit, change, after, answer, raw)

    async def confirm(
        self,
        edit: Edit,
        written: Change,
        after: Mapping[str, Plain],
        answer: Answer,
        raw: Raw | None,
    ) -> None:
        """Into the store and into the journal; `raw` is None where the record is gone."""
        ref = Ref(edit.record.resource, written.record.id)
        self._desk.records.confirmed.note(ref, raw)
        if raw is not None:
            await self._desk.records.keep(ref.resource, [raw])
        else:
            await self._desk.store.forget(ref)
        if written.verb in (Verb.CREATE, Verb.RESTORE) and written.parent is None:
            await self._desk.store.drop_pages(ref.resource)
        await self._edits.confirm(edit.client_id, written, after, answer)
        if raw is None:
            self._desk.events.tell(RecordGone(ref))

    def _server_now(self) -> float:
        return self._desk.clock.now() + (self._server_offset() or 0.0)


def _request_id(response: Response) -> str:
    return response.headers.get("x-request-id", "")[:200]
