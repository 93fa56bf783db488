"""Search: what the store has, at every key; then what the CRM has besides, marked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from csc_tui.domain.errors import CrmError, NotFound
from csc_tui.services.desk import rows_of
from csc_tui.services.events import Failed, Mended
from csc_tui.worker.lane import Lane

if TYPE_CHECKING:
    from csc_tui.crm.adapter import Raw
    from csc_tui.http.message import Request
    from csc_tui.services.desk import Desk
    from csc_tui.services.layout import Tab
    from csc_tui.store.rows import Hit, Row

ASK_AFTER = 0.3
"""Seconds after the last key from which on the CRM is asked too."""


async def search_there(desk: Desk, resource: str, text: str) -> None:
    """Have the store hold what the CRM finds by a text. Raises CrmError."""
    for request in desk.crm.search(resource, text):
        await desk.records.keep(resource, await _found(desk, resource, request))


async def _found(desk: Desk, resource: str, request: Request) -> list[Raw]:
    """What one of a search's requests finds; nothing where the CRM has no such search.

    Raises CrmError for whatever else goes wrong.
    """
    try:
        response = await desk.ask(request, Lane.CURSOR)
    except NotFound:
        return []
    return desk.crm.read_list(resource, response)


class Search:
    """The hits of one search text; a list source like any other."""

    def __init__(
        self,
        desk: Desk,
        tab: Tab,
        changed: Callable[[], None],
        columns: Callable[[], Iterable[int]],
    ) -> None:
        """`changed` is called when hits have come; `columns` gives those that are on screen."""
        self.tab = tab
        self.text = ""
        self.here: list[Hit] = []
        """Hits in the store, best first."""
        self.there: list[Row] = []
        """Hits that only the server had."""
        self.asked = False
        """Whether the server has answered for this text."""
        self.failed = False
        """Whether it could not be asked for this text."""
        self.stored: int | None = None
        """How many records of this kind the store has; None until it was asked."""
        self._desk = desk
        self._changed = changed
        self._columns = columns
        self._local: asyncio.Task[None] | None = None
        self._remote: asyncio.Task[None] | None = None
        self._asking = False
        desk.events.showing.add(self)

    @property
    def resource(self) -> str:
        """What it lists."""
        return self.tab.name

    def concerned(self, ids: set[str]) -> set[str]:
        """Those among the hits."""
        return {row.id for row in (*(hit.row for hit in self.here), *self.there)} & ids

    # --- a source of rows: hits, a blank, a heading, the server's hits

    @property
    def length(self) -> int:
        """Rows, with the lines between the kinds of hits."""
        return len(self.here) + len(self.there) + self._between

    @property
    def _between(self) -> int:
        """Lines above the server's hits: a blank one, if hits stand above it, and the heading."""
        return (2 if self.here else 1) if self.there else 0

    def headings(self, words: str) -> dict[int, str]:
        """The rows that are no hits."""
        first = len(self.here)
        lines = ("", words)[-self._between :] if self._between else ()
        return {first + number: line for number, line in enumerate(lines)}

    def row(self, index: int) -> Row | None:
        """The hit in a row; None for a heading."""
        if index < len(self.here):
            return self._noted(self.here[index])
        beyond = index - len(self.here) - self._between
        return self.there[beyond] if 0 <= beyond < len(self.there) else None

    def _noted(self, hit: Hit) -> Row:
        """A hit that no column explains says in the age column what it was found by."""
        shown = dict(enumerate(hit.row.cells))  # fewer where an older version has kept them
        if hit.by == "name" or any(hit.found in shown.get(n, "") for n in self._columns()):
            return hit.row
        place = next((n for n, one in enumerate(self.tab.columns) if one.age), None)
        if place is None or hit.by not in ("mail", "tel"):
            return hit.row
        cells = (*hit.row.cells[:place], hit.by, *hit.row.cells[place + 1 :])
        return hit.row._replace(cells=cells)

    def index_of(self, record_id: str, near: int) -> int | None:
        """Where a record stands among the hits."""
        for index in range(self.length):
            row = self.row(index)
            if row is not None and row.id == record_id:
                return index
        return None

    def show(self, first: int, last: int) -> None:
        """All hits are in memory."""

    def on_server(self, record_id: str) -> bool:
        """Whether a hit came from the server alone."""
        return any(row.id == record_id for row in self.there)

    def replace(self, row: Row) -> None:
        """A record has new cells."""
        self.here = [hit._replace(row=row) if hit.row.id == row.id else hit for hit in self.here]
        self.there = [row if one.id == row.id else one for one in self.there]

    def remove(self, record_id: str) -> None:
        """A record is gone."""
        self.here = [hit for hit in self.here if hit.row.id != record_id]
        self.there = [row for row in self.there if row.id != record_id]

    # --- asking

    def look_for(self, text: str) -> None:
        """Another text: what is in the store at once, the server once the keys rest."""
        self.close()
        self.text, self.there = text, []
        self.asked = self.failed = self._asking = False
        if not text.strip():
            self.here, self.asked = [], True
            self._changed()
            return
        self._local = asyncio.create_task(self._look_here(text))
        self._remote = asyncio.create_task(self._look_there(text, ASK_AFTER))

    async def count_here(self) -> None:
        """Ask the store how much of the account it has."""
        self.stored = await self._desk.store.how_many(self.tab.name)
        self._changed()

    def ask_now(self) -> None:
        """Ask the server without waiting, if it was not asked yet."""
        if self.asked or self._asking or not self.text.strip():
            return
        if self._remote is not None:
            self._remote.cancel()
        self._remote = asyncio.create_task(self._look_there(self.text, 0.0))

    async def settle_here(self) -> None:
        """Wait until the hits in the store are those of the text."""
        if self._local is not None:
            await asyncio.wait({self._local})

    def close(self) -> None:
        """Want nothing any more."""
        for task in (self._local, self._remote):
            if task is not None:
                task.cancel()

    async def _look_here(self, text: str) -> None:
        self.here = await self._desk.store.search(self.tab.name, text)
        self._changed()

    async def _look_there(self, text: str, after: float) -> None:
        if after:
            await self._desk.clock.sleep(after)
        self._asking = True
        await self._desk.awake.wait()
        await self.settle_here()
        requests = self._desk.crm.search(self.tab.name, text)
        results = await asyncio.gather(
            *(self._one(request) for request in requests), return_exceptions=True
        )
        failure = next((one for one in results if isinstance(one, CrmError)), None)
        broken = next((one for one in results if isinstance(one, BaseException)), None)
        if broken is not None and failure is None:
            raise broken
        self._asking = False
        self.asked, self.failed = failure is None, failure is not None
        told = Mended("search") if failure is None else Failed(failure, "search")
        self._desk.events.tell(told)
        self._changed()

    async def _one(self, request: Request) -> None:
        desk, name, asked = self._desk, self.tab.name, self._desk.records.confirmed.asking()
        saved = await asked.saved(desk, name, await _found(desk, name, request))
        await desk.store.save_records(name, saved, desk.clock.now())
        known = {hit.row.id for hit in self.here} | {row.id for row in self.there}
        self.there += rows_of(one for one in saved if one.id not in known)
        self._changed()
