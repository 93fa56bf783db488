"""The first filling of the store: so that search and type-ahead find what was never scrolled to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.errors import CrmError
from csc_tui.domain.query import Query
from csc_tui.services.events import RowsChanged
from csc_tui.worker.lane import Lane

if TYPE_CHECKING:
    from csc_tui.services.desk import Desk
    from csc_tui.services.layout import Tab

KEPT = 86_400.0
"""Seconds for which a page that is in the store is not filled again."""
PAUSE = 60.0
"""Seconds to wait after a failure."""
TRIES = 5
"""Failures in a row after which the filling ends until the next start."""


class Filling:
    """Page after page at the lowest lane, people first, until all or enough is here."""

    def __init__(self, desk: Desk, most: int) -> None:
        """`most`: how many records; 0: none."""
        self._desk = desk
        self._left = most
        self._failures = 0

    async def run(self) -> None:
        """Fill; begins once the first list has been answered.

        Not where the store is in memory alone: nobody would have it at the next start.
        """
        if not self._left or self._desk.store.in_memory:
            return
        await self._desk.answered.wait()
        for tab in self._desk.tabs:
            if self._failures < TRIES:
                await self._fill(tab)

    async def _fill(self, tab: Tab) -> None:
        query = Query(tab.name, tab.sorts[0].sort)
        page = 1
        while self._left > 0:
            rows = await self._known(query, page)
            if rows is None:
                try:
                    rows = await self._fetch(query, page)
                    self._failures = 0
                except CrmError:
                    self._failures += 1
                    if self._failures >= TRIES:
                        return
                    await self._desk.clock.sleep(PAUSE)
                    continue
            self._left -= rows
            if rows < self._desk.page_rows(tab.name):
                return
            page += 1

    async def _known(self, query: Query, page: int) -> int | None:
        """How many rows the store has of a page that is young enough; None for none."""
        stored = await self._desk.store.page(query.key, page)
        young = stored is not None and 0 <= self._desk.clock.now() - stored.at < KEPT
        return len(stored.rows) if stored is not None and young else None

    async def _fetch(self, query: Query, page: int) -> int:
        desk, asked = self._desk, self._desk.records.confirmed.asking()
        response = await desk.ask(desk.crm.listing(query, page), Lane.SYNC)
        found = desk.crm.read_page(query.resource, response)
        if found.rows:
            await desk.learn_page_rows(query, found.rows)
        saved, came = await asked.saved(desk, query.resource, found.raws), len(found.raws)
        del response, found  # nobody needs it while the store writes
        await desk.store.save_page(query.resource, query.key, page, saved, desk.clock.now())
        desk.events.tell(RowsChanged(query))
        return came
