"""Lists: rows by page as they come into view, from the store first, then from the CRM."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import NamedTuple

from csc_tui.domain.errors import CrmError
from csc_tui.domain.query import Query
from csc_tui.services.ahead import page_ahead
from csc_tui.services.desk import Desk, rows_of
from csc_tui.services.events import Failed, Mended, RowsChanged
from csc_tui.services.layout import Tab
from csc_tui.services.pages import Pages
from csc_tui.store.rows import Row
from csc_tui.worker.lane import Lane

STALE = 60.0
"""Seconds after its answer from which on a page is asked for again when it is shown."""
EMPTY = 3
"""Empty pages behind each other after which only rows that are known count: a CRM whose count is
nonsense is not asked page after page for where the list really ends."""
RETRY = 5.0
"""Seconds after a failure during which showing the same page does not ask again."""


class _Failure(NamedTuple):
    error: CrmError
    at: float


class Listing:
    """One list in one order, any length, of which only what is looked at is in memory."""

    def __init__(self, desk: Desk, query: Query, tab: Tab) -> None:
        self.query = query
        self.tab = tab
        self.total: int | None = None
        """How many rows there are as far as is known; None before the first answer."""
        self.failure: CrmError | None = None
        """Why rows or the total could not be had; None again once they could."""
        self.stored = 0
        """Records of this kind that the store had when rows could not be had."""
        self.answered_at = 0.0
        """When the CRM last gave rows or a total, epoch seconds."""
        self._desk = desk
        self._pages = Pages(tab.page_rows)
        self._loading: dict[int, asyncio.Task[None]] = {}
        self._ahead: tuple[int, asyncio.Task[None]] | None = None
        """The page that is fetched before anybody looks at it."""
        self._counting: asyncio.Task[None] | None = None
        self._counted_at = 0.0
        self._failures: dict[int, _Failure] = {}
        self._empty: set[int] = set()
        self._wish = 0
        """How often everything was asked for anew: what was begun before that and fails, is
        asked again."""
        self._looked = True
        self._shown = (0, 0)
        desk.events.showing.add(self)

    # --- what the screen reads

    @property
    def page_rows(self) -> int:
        """Rows of a page; the server's answer has the last word on it."""
        return self._pages.rows

    def row(self, index: int) -> Row | None:
        """Row `index` (0-based) if it is in memory."""
        return self._pages.row(index)

    @property
    def length(self) -> int:
        """Rows to show: the total; while that is unknown those at hand, and one more to come."""
        return self._pages.length if self.total is None else self.total

    def index_of(self, record_id: str, near: int) -> int | None:
        """Where a record stands now among the rows in memory, the page of `near` first."""
        return self._pages.index_of(record_id, near)

    def loading(self) -> tuple[int, int] | None:
        """First and last row (0-based) of what is awaited for the screen, None if nothing is."""
        if not self._loading:
            return None
        first, last = min(self._loading), max(self._loading)
        end = last * self.page_rows - 1
        return (first - 1) * self.page_rows, end if self.total is None else min(end, self.total - 1)

    # --- what the screen asks for

    def prime(self) -> None:
        """Take the first page and the total out of the store, at once; for the first paint."""
        page, total = self._desk.store.first_page(self.query.key, 1)
        self.total = total
        if page is not None:
            self._pages.keep(1, page.rows, page.at)

    def look(self) -> None:
        """Somebody is there: what is shown next is asked for again if it is stale or has failed.

        Without that, rows that are merely drawn again ask for nothing but what was never here.
        """
        self._looked = True

    def show(self, first: int, last: int) -> None:
        """Rows `first` to `last` are on screen: load what is missing or stale, drop the rest."""
        last = max(first, last if self.total is None else min(last, self.total - 1))
        before, self._shown = self._shown, (first, last)
        again = self._looked or (first, last) != before
        self._looked = False
        wanted = range(first // self.page_rows + 1, last // self.page_rows + 2)
        for number, task in list(self._loading.items()):
            if number not in wanted:
                task.cancel()
        for number in wanted:
            self._want(number, again=again)
        count = again and self._stale(self._counted_at) and 0 not in self._recent()
        if count and self._counting is None:
            self._counting = asyncio.create_task(self._count(self._wish))
        if (first, last) != before:
            self._look_ahead(page_ahead(before, (first, last), self.page_rows, self.total))

    def refresh(self) -> None:
        """Ask again for everything that is shown from now on."""
        self._pages.ask_again()
        self._counted_at = 0.0
        self._empty.clear()
        self._failures.clear()
        self._wish += 1
        self._looked = True

    def forget_pages(self) -> None:
        """Rows have moved: what is in memory is of no use any more."""
        self._pages.clear()

    @property
    def resource(self) -> str:
        """What it lists."""
        return self.query.resource

    def concerned(self, ids: set[str]) -> set[str]:
        """Those whose rows are in memory."""
        return self._pages.ids() & ids

    def replace(self, row: Row) -> bool:
        """Show a record's new cells wherever it stands in memory; False if it is nowhere."""
        if found := self._pages.replace(row):
            self._tell()
        return found

    def remove(self, record_id: str) -> None:
        """A record is gone: the rows behind it close up, later pages are asked for again."""
        if not self._pages.remove(record_id):
            return
        if self.total is not None:
            self.total -= 1
        self._tell()

    async def load_page(self, number: int, lane: Lane = Lane.CURSOR) -> tuple[Row, ...]:
        """Rows of page `number` (1-based), from memory, store or CRM. Raises CrmError."""
        if (page := self._pages.get(number)) is not None:
            return page.rows
        stored = await self._desk.store.page(self.query.key, number)
        if stored is not None:
            return stored.rows
        return await self._fetch(number, lane)

    async def renew(self, index: int) -> None:
        """Ask the CRM for the page of row `index`, whatever is known of it. Raises CrmError."""
        await self._fetch(index // self.page_rows + 1, Lane.CURSOR)

    async def boundaries(self) -> list[tuple[int, str, str]]:
        """First and last folded name of each page that the store has, as (page, first, last)."""
        return [(*one,) for one in await self._desk.store.boundaries(self.query.key)]

    async def known_place(self, text: str) -> int | None:
        """Where the store has a name that begins with `text`, spelt in whatever way; else None."""
        from csc_tui.domain.folding import coarse, spelled

        wanted = coarse(spelled(text))
        for hit in await self._desk.store.search(self.query.resource, text):
            if hit.row.cells and coarse(spelled(hit.row.cells[0])).startswith(wanted):
                place = await self._desk.store.place(self.query.key, hit.row.id)
                if place is not None:
                    return (place[0] - 1) * self.page_rows + place[1]
        return None

    def close(self) -> None:
        """Stop everything that was asked for."""
        for task in self._loading.values():
            task.cancel()
        if self._counting is not None:
            self._counting.cancel()
        self._look_ahead(None)

    # --- how it is done

    def _stale(self, at: float) -> bool:
        return not 0 <= self._desk.clock.now() - at < STALE

    def _recent(self) -> set[int]:
        now = self._desk.clock.now()
        return {n for n, failure in self._failures.items() if 0 <= now - failure.at < RETRY}

    def _want(self, number: int, *, again: bool) -> None:
        page = self._pages.looked_at(number)
        if number in self._loading or number in (self._recent() if again else self._failures):
            return
        if page is None and self._ahead is not None and self._ahead[0] == number:
            (_, task), self._ahead = self._ahead, None
            self._desk.hurry(self._desk.crm.listing(self.query, number), Lane.VISIBLE)
        elif page is None or (again and self._stale(page.at)):
            task = asyncio.create_task(self._load(number, self._wish))
        else:
            return
        self._loading[number] = task
        wish = self._wish
        task.add_done_callback(lambda done: self._loaded(number, done, wish))

    def _look_ahead(self, number: int | None) -> None:
        """Fetch a page that will probably be wanted, if nothing else is to be done."""
        if self._ahead is not None:
            if self._ahead[0] == number and not self._ahead[1].done():
                return
            self._ahead[1].cancel()
            self._ahead = None
        known = number is None or number in self._pages or number in self._loading
        if number is not None and not known and self._desk.at_leisure:
            self._ahead = number, asyncio.create_task(self._fetch_ahead(number))

    async def _fetch_ahead(self, number: int) -> None:
        stored = await self._desk.store.page(self.query.key, number)
        if stored is not None:
            self._pages.keep(number, stored.rows, stored.at)
            return
        with suppress(CrmError):  # whoever comes to look at it asks again, and hears of it
            await self._fetch(number, Lane.PREFETCH)

    def _loaded(self, number: int, task: asyncio.Task[None], wish: int) -> None:
        if self._loading.get(number) is task:
            del self._loading[number]
        self._looked |= wish != self._wish  # what was wished meanwhile found it still on its way
        if not task.cancelled():
            task.result()
        self._tell()

    async def _load(self, number: int, wish: int) -> None:
        if number not in self._pages:
            stored = await self._desk.store.page(self.query.key, number)
            if stored is not None:
                self._pages.keep(number, stored.rows, stored.at)
                self._tell()
                if not self._stale(stored.at):
                    return
        try:
            await self._fetch(number, Lane.VISIBLE)
        except CrmError as error:
            self.stored = await self._desk.store.how_many(self.query.resource)
            if wish != self._wish:  # looked at last: one may ask anew while the store is asked
                await self._load(number, self._wish)
                return
            self._failed(number, error)

    async def _fetch(self, number: int, lane: Lane) -> tuple[Row, ...]:
        await self._desk.awake.wait()
        crm, resource = self._desk.crm, self.query.resource
        asked = self._desk.records.confirmed.asking()
        page = crm.read_page(resource, await self._desk.ask(crm.listing(self.query, number), lane))
        if page.rows and page.rows != self.page_rows:
            await self._reshape(page.rows)
        saved = await asked.saved(self._desk, resource, page.raws)
        at = self._desk.clock.now()
        rows = rows_of(saved)
        whole = len(rows) == len(page.raws)
        page = page._replace(raws=[])  # nobody needs it while the store writes
        with self._desk.keeping(resource, saved, at):
            self._pages.keep(number, rows, at if whole else 0.0)
            if page.total is not None:
                self.total, self._counted_at = page.total, at
            self._learn_total(number, len(rows))
            self._succeeded(number, at)
            self._desk.answered.set()
            self._tell()
            await self._desk.store.save_page(resource, self.query.key, number, saved, at)
        if page.total is not None:
            await self._desk.store.save_total(self.query.key, page.total, at)
        return rows

    async def _reshape(self, rows: int) -> None:
        """The server's pages have another length than was thought: what is here fits no more."""
        self._pages = Pages(rows)
        self._empty.clear()
        await self._desk.learn_page_rows(self.query, rows)

    async def _count(self, wish: int) -> None:
        try:
            await self._desk.awake.wait()
            crm = self._desk.crm
            request = crm.count(self.query)
            if crm.limits.pages_count or request is None:
                return
            response = await self._desk.ask(request, Lane.VISIBLE)
            total = crm.read_total(response)
            self._counted_at = self._desk.clock.now()
            if total is not None and len(self._empty) < EMPTY:  # else it is known to be nonsense
                self.total = min([total, *((n - 1) * self.page_rows for n in self._empty)])
                self._succeeded(0, self._counted_at)
                await self._desk.store.save_total(self.query.key, total, self._counted_at)
        except CrmError as error:
            if wish == self._wish:
                self._failed(0, error)
            else:
                await self._count(self._wish)
        finally:
            self._counting = None
        self._tell()

    def _learn_total(self, number: int, length: int) -> None:
        """A page that is not full tells where the list ends, if the count does not fit it."""
        reached = (number - 1) * self.page_rows + length
        uncounted = self._desk.crm.count(self.query) is None
        if uncounted and self.total is not None and length >= self.page_rows:
            self.total = None if reached >= self.total else self.total
        self._empty = {n for n in self._empty if n > number} if length else self._empty | {number}
        if self.total is None:
            if reached == 0 or (uncounted and 0 < length < self.page_rows):
                self.total = reached
            return
        if not length and len(self._empty) >= EMPTY:
            reached = self._pages.end_before(number)
        last = number * self.page_rows >= self.total
        ends_here = last and 0 < length < self.page_rows
        if reached > self.total or ends_here or (number == 1 and not length):
            self.total = reached
        elif not length:
            self.total = min(self.total, reached)
            self._counted_at = 0.0

    def _succeeded(self, number: int, at: float) -> None:
        self.answered_at = at
        self._failures.pop(number, None)
        if not self._failures and self.failure is not None:
            self.failure = None
            self._desk.events.tell(Mended(f"list.{self.query.resource}"))

    def _failed(self, number: int, error: CrmError) -> None:
        self._failures[number] = _Failure(error, self._desk.clock.now())
        self.failure = error
        self._desk.events.tell(Failed(error, f"list.{self.query.resource}"))
        self._tell()

    def _tell(self) -> None:
        self._desk.events.tell(RowsChanged(self.query))
