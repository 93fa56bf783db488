"""What was deleted and can still be had back: a page of the CRM's bin after the other.

Nothing of it goes into the store: a search finds what is there, not what was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.query import Query
from csc_tui.worker.lane import Lane

if TYPE_CHECKING:
    from csc_tui.domain.record import Record
    from csc_tui.services.desk import Desk


class Bin:
    """The bin of one resource, as far as it was looked at."""

    def __init__(self, desk: Desk, resource: str) -> None:
        self.resource = resource
        self.records: list[Record] = []
        self.total: int | None = None
        """How many there are; None before the first answer, or where it does not say."""
        self.whole = False
        """Whether nothing more is to be had."""
        self._desk = desk
        self._page = 0

    async def more(self) -> None:
        """Ask for the next page. Raises CrmError."""
        if self.whole:
            return
        await self._desk.awake.wait()
        crm, query = self._desk.crm, Query(self.resource, deleted=True)
        response = await self._desk.ask(crm.page(query, self._page + 1), Lane.VISIBLE)
        page = crm.read_page(self.resource, response)
        self._page += 1
        known = {one.id for one in self.records}
        found = (self._desk.record(self.resource, raw) for raw in page.raws)
        self.records += [one for one in found if one.id not in known]
        self.total = page.total
        size = page.rows or self._desk.page_rows(self.resource)
        self.whole = len(page.raws) < size

    async def restore(self, record: Record) -> None:
        """Have a record back. Raises ReadOnly, OutboxUnusableError."""
        await self._submit(record, Change(Verb.RESTORE, record.ref))

    def forget(self, record: Record) -> None:
        """It is in the bin no more."""
        self.records = [one for one in self.records if one.id != record.id]
        self.total = None if self.total is None else max(0, self.total - 1)

    async def _submit(self, record: Record, change: Change) -> None:
        await self._desk.edits.submit([change], None, title=record.sort_name())
        self.forget(record)
