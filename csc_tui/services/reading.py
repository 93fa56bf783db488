"""Reading a list from end to end, page by page, through a filter: for scripts, export, bulk.

The CRM is asked for the shortest list that has all that matches; the filter itself is applied
here, to every record. What comes in is kept in the store on the way.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from csc_tui.domain.errors import Rejected, ServerBroken
from csc_tui.services.desk import parse_raw
from csc_tui.services.overtaken import Asked, id_of
from csc_tui.worker.lane import Lane

if TYPE_CHECKING:
    from csc_tui.crm.adapter import Page, Raw
    from csc_tui.domain.filter import Filter
    from csc_tui.domain.query import Query
    from csc_tui.domain.record import Record
    from csc_tui.services.desk import Desk
    from csc_tui.store.rows import Saved

PIECE = 25
"""Records that are handed on together, so that the first of a page need not wait for the last."""


class Cost(NamedTuple):
    """What reading a list costs, known before it is begun."""

    requests: int
    records: int
    """To be checked here."""


def _pieces(raws: Sequence[Raw], *, first: bool) -> Iterator[Sequence[Raw]]:
    """A page in pieces; the first record of all by itself: somebody may wait for that one only."""
    if first and raws:
        yield raws[:1]
        raws = raws[1:]
    for start in range(0, len(raws), PIECE):
        yield raws[start : start + PIECE]


class Reading:
    """One list, read once."""

    def __init__(self, desk: Desk, query: Query, wanted: Filter | None = None) -> None:
        """`query` is the list as a whole, `wanted` what of it is to come; None: all."""
        self.checked = 0
        """Records that have come in."""
        self.matched = 0
        """Those among them that matched."""
        self._desk = desk
        self._wanted = wanted
        self._whole = query
        self._query = desk.crm.narrow(query, wanted, desk.choices()) if wanted else query
        self._total: int | None = None
        self._seen: set[str] = set()
        self._page: list[str] = []
        """Ids of the page that came last."""

    async def cost(self) -> Cost:
        """What `pages` will cost from here on; asks for the length of the list. Raises CrmError.

        Where that cannot be asked for it is reckoned from what is here.
        """
        desk = self._desk
        request = desk.crm.count(self._query)
        if request is None:
            return self._cost(await desk.store.how_many(self._query.resource))
        try:
            answer = await desk.ask(request, Lane.VISIBLE)
        except Rejected:
            if not self._widened():
                raise
            return await self.cost()
        self._total = desk.crm.read_total(answer)
        if self._total is None:
            raise ServerBroken(answer.status, "shape")
        return self._cost(self._total)

    def _cost(self, records: int) -> Cost:
        pages = -(-records // self._desk.page_rows(self._query.resource))
        return Cost(max(pages, 1), records)

    async def pages(self, limit: int | None = None) -> AsyncGenerator[list[Record], None]:
        """What matches, in the order of the list, at most `limit` records. Raises CrmError.

        It comes in pieces of a page, empty ones among them so that the caller sees how far it is;
        while he works on one page the next is on its way.
        """
        left = limit
        number = 1
        coming = asyncio.create_task(self._fetch(number))
        keeping: asyncio.Task[None] | None = None
        try:
            while True:
                page, last, asked = await coming
                number += 1
                ahead = left is None or bool(self._wanted) or left > len(page.raws)
                if ahead and not last:
                    coming = asyncio.create_task(self._fetch(number))
                saved: list[Saved] = []
                for raws in _pieces(page.raws, first=number == 2):
                    piece = self._read(raws)
                    found = self._matching(piece, left)
                    left = None if left is None else left - len(found)
                    yield found
                    if left == 0:
                        return
                    # Meanwhile keys come first; and a page of records would be 4 MB.
                    saved += await asyncio.to_thread(self._saved, piece, raws)
                if keeping is not None:
                    await keeping
                keeping = asyncio.create_task(self._keep(number - 1, page.rows, asked, saved))
                if last:
                    return
                if not ahead:  # some of the page had come already: the next one is needed too
                    coming = asyncio.create_task(self._fetch(number))
        finally:
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)
            if keeping is not None:
                await keeping

    async def stored(self, limit: int | None = None) -> AsyncGenerator[list[Record], None]:
        """What matches of the records that are here, by name; nothing is asked for."""
        desk, resource = self._desk, self._query.resource
        left = limit
        async for page in desk.store.each(resource, PIECE):
            records = self._read([parse_raw(one.raw) for one in page])
            found = self._matching(records, left)
            left = None if left is None else left - len(found)
            yield found
            if left == 0:
                return

    def _read(self, raws: Sequence[Raw]) -> list[Record]:
        return [self._desk.record(self._query.resource, raw) for raw in raws]

    def _matching(self, records: Sequence[Record], most: int | None) -> list[Record]:
        """Those that match among the ones that have not come yet: rows move meanwhile."""
        found: list[Record] = []
        for one in records:
            if one.id in self._seen:
                continue
            if len(found) == most:
                break
            self._seen.add(one.id)
            self.checked += 1
            shown = self._desk.overlaid(one)
            if self._wanted is None or self._wanted.matches(shown):
                found.append(shown)
        self.matched += len(found)
        return found

    async def _fetch(self, number: int) -> tuple[Page, bool, Asked]:
        """One page as the CRM gives it, whether it is the last one, and when it was asked for.

        What its records need is made ready on the way.
        """
        desk, asked = self._desk, self._desk.records.confirmed.asking()
        desk.preparing.append(desk.resources[self._query.resource].model.model_rebuild)
        lane = Lane.VISIBLE if number == 1 else Lane.SYNC
        try:
            response = await desk.ask(desk.crm.page(self._query, number), lane)
        except Rejected:
            if number > 1 or not self._widened():
                raise
            return await self._fetch(number)
        resource = self._query.resource
        page = desk.crm.read_page(resource, response)
        raws = await desk.received(resource, asked.newer(resource, page.raws))
        if page.total is not None:
            self._total = page.total
        return page._replace(raws=list(raws)), self._is_last(page, number), asked

    def _widened(self) -> bool:
        """Whether the whole list can be asked for where the server refuses the shorter one."""
        narrowed, self._query = self._query != self._whole, self._whole
        return narrowed

    def _is_last(self, page: Page, number: int) -> bool:
        """Whether nothing follows: a page that is not full is the last one.

        Not so where answers should say how long pages are, and this one does not: the server may
        give fewer than it was asked for. Then the end is a page that is empty, or comes again.
        """
        ids = [id_of(raw) for raw in page.raws]
        again, self._page = ids == self._page, ids
        rows = page.rows or self._desk.page_rows(self._query.resource)
        told = page.rows or self._total is not None or not self._desk.crm.limits.pages_count
        if again or not ids or (told and len(ids) < rows):
            return True
        return self._total is not None and number * rows >= self._total

    def _saved(self, records: Sequence[Record], raws: Sequence[Raw]) -> list[Saved]:
        return [self._desk.saved_of(*pair) for pair in zip(records, raws, strict=True)]

    async def _keep(self, number: int, rows: int, asked: Asked, found: Sequence[Saved]) -> None:
        """Put a page into the store; as a page only where it is one of a list that is shown."""
        desk, resource = self._desk, self._query.resource
        at = desk.clock.now()
        if rows:
            await desk.learn_page_rows(self._query, rows)
        saved = await asked.latest(desk, resource, found)  # it came a while ago
        if self._query.whole:
            await desk.store.save_page(resource, self._query.key, number, saved, at)
            if self._total is not None:
                await desk.store.save_total(self._query.key, self._total, at)
        else:
            await desk.store.save_records(resource, saved, at)
