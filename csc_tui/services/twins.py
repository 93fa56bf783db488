"""Looking for what a create has made whose answer was lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from csc_tui.domain.dates import aware_of
from csc_tui.domain.twin import (
    EARLIER,
    Found,
    Verdict,
    holds_part,
    holds_record,
    judge,
    resembles,
)
from csc_tui.worker.lane import Lane

if TYPE_CHECKING:
    from csc_tui.domain.record import Node, Part, Record
    from csc_tui.services.desk import Desk
    from csc_tui.store.edit_rows import Edit
    from csc_tui.store.edits import EditStore


class Twins:
    """One search at a time; knows whose key it is."""

    def __init__(
        self, desk: Desk, edits: EditStore, server_offset: Callable[[], float | None]
    ) -> None:
        """`server_offset`: seconds by which the server's clock is ahead; None: not known."""
        self._desk = desk
        self._edits = edits
        self._server_offset = server_offset
        self._me: dict[str, str] = {}
        """Mark of a key -> id of its user."""

    async def record(self, edit: Edit) -> Verdict:
        """Look for a record among those made since it was sent. Raises CrmError."""
        desk, change = self._desk, edit.change
        since = (edit.sent_at or 0.0) - EARLIER
        # A filter by time is strict: what was made in that very second is asked for too.
        request = desk.crm.twins(change.ref.resource, datetime.fromtimestamp(since - 1.0, UTC))
        page = desk.crm.read_page(change.ref.resource, await desk.ask(request, Lane(edit.lane)))
        records = [desk.record(change.ref.resource, raw) for raw in page.raws]
        known = await self._known(edit, [one.id for one in records])
        users, certain = await self._users(edit)
        ours = [
            one
            for one in records
            if one.id not in known and (not certain or one.author("created_at") in users)
        ]
        candidates = [one for one in ours if _not_before(one, since)]
        resource = desk.resources[change.ref.resource]
        # Who is called otherwise is somebody else; what else the CRM demands may have been mended.
        named = change.values.get(resource.called_by)
        fields = [
            it._replace(required=it.name == resource.called_by if named else it.required)
            for it in resource.fields
        ]
        verdict = judge(
            [one.id for one in candidates if holds_record(resource, one, change.values)],
            [one.id for one in candidates if resembles(fields, one, change.values)],
        )
        others = {one.id for one in candidates if one.author("created_at") not in users}
        if verdict.found is Found.ONE and not others.isdisjoint(verdict.ids):
            return Verdict(Found.UNSURE, verdict.ids)
        if verdict.found is Found.NONE:
            # A server's times may mean nothing: what it made last is looked at all the same.
            last = [one for one in ours if one is _made_last(records)]
            if last and holds_record(resource, last[0], change.values):
                return Verdict(Found.UNSURE, (last[0].id,))
        # As far as the page goes: were there older ones that are young enough too?
        size = page.rows or desk.page_rows(change.ref.resource)
        full = len(records) >= size and _not_before(records[-1], since)
        return Verdict(Found.UNSURE) if full and verdict.found is Found.NONE else verdict

    async def part(self, edit: Edit, parent: Record) -> Verdict:
        """Look for a part among those that its record has now."""
        change = edit.change
        kind = self._desk.resources[parent.resource].part(change.ref.resource)
        known = await self._edits.made_ids(kind.name) | set(edit.seen)
        since = (edit.sent_at or 0.0) - EARLIER
        parts: Iterable[Part] = getattr(parent, kind.name, ())
        new = [one for one in parts if one.id not in known]
        candidates = [one for one in new if _not_before(one, since)]
        verdict = judge(
            [one.id for one in candidates if holds_part(kind, one, change.values)],
            [one.id for one in candidates if resembles(kind.fields, one, change.values)],
        )
        if verdict.found is not Found.NONE:
            return verdict
        # Older than the sending by the server's times alone: these may mean nothing.
        late = tuple(one.id for one in new if holds_part(kind, one, change.values))
        return Verdict(Found.UNSURE, late) if late else verdict

    async def _known(self, edit: Edit, ids: list[str]) -> set[str]:
        """Records that other creates have made, or that were in the store before the sending."""
        resource = edit.change.ref.resource
        sent_here = (edit.sent_at or 0.0) - (self._server_offset() or 0.0)
        stored = await self._desk.store.records(resource, ids)
        before = {one.id for one in stored.values() if one.at < sent_here - 1.0}
        return before | await self._edits.made_ids(resource)

    async def _users(self, edit: Edit) -> tuple[set[str], bool]:
        """Who may have made it, where the record says so, and whether nobody else may have.

        The key may have been changed since it was sent, and whose it was then be known to nobody.
        """
        mark = self._desk.key_mark()
        if mark not in self._me:
            crm = self._desk.crm
            answer = await self._desk.ask(crm.whoami(), Lane.WRITE)
            self._me[mark] = crm.read_whoami(answer).user_id
        return {"", *self._me.values()}, edit.sent_by in self._me


def _made_last(records: Sequence[Record]) -> Record | None:
    """The one with the highest id; the first of the list, the newest, where ids are no numbers."""
    return max(records, key=lambda one: int(one.id) if one.id.isdecimal() else -1, default=None)


def _not_before(node: Node, since: float) -> bool:
    """Whether it was made since a moment, as far as it is told."""
    return node.created_at is None or aware_of(node.created_at).timestamp() >= since
