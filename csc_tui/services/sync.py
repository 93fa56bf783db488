"""Synchronising: an account, or a part of it, into the store, and out of it what is gone there.

A whole resource is fetched in the order of its list, so that the list can be read without a line.
Rows move between pages while that goes on; what slipped through is found by counts and by what
changed meanwhile, else by a sweep over all ids. Later runs fetch what has changed since.
A run that was broken off goes on where it was: its pages are in the store.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from csc_tui.domain.errors import ServerBroken
from csc_tui.domain.query import Query
from csc_tui.services.abreast import ANSWER, Abreast
from csc_tui.services.counting import count
from csc_tui.services.delta import NotServedError, changes
from csc_tui.services.events import RowsChanged, SyncMoved
from csc_tui.services.gone import remove, sweep
from csc_tui.services.overtaken import id_of
from csc_tui.store.sweep import Sweep
from csc_tui.worker.lane import Lane

if TYPE_CHECKING:
    from csc_tui.crm.adapter import Raw
    from csc_tui.http.message import Request, Response
    from csc_tui.services.desk import Desk

Mode = Literal["full", "delta", "filter"]
"""All of it; what has changed since the last time; what a filter leaves."""

WHOLE_AFTER = 7 * 86_400.0
"""Seconds after which all is fetched anew: not every change moves a record's time."""
RESUMED = 86_400.0
"""Seconds for which a run that was broken off can go on."""
MARGIN = timedelta(seconds=60)
"""What is asked for once more before the last run: clocks differ."""
RECORD_BYTES = 3_000
"""Of a record with its parts, where none is here to tell."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be done for one resource, and what it costs as far as that is known."""

    query: Query
    mode: Mode
    records: int
    """To be fetched."""
    requests: int
    seconds: float
    size: int
    """Bytes to come."""
    total: int
    """Records that the list has at the server."""
    begun: float = 0.0
    """When the run began that this one goes on with; 0: it begins now."""


@dataclass(slots=True)
class Outcome:
    """What came of one plan."""

    resource: str
    mode: Mode
    records: int = 0
    """Fetched."""
    removed: int = 0
    """Gone at the server, so taken out here."""
    stored: int = 0
    """Of this resource here afterwards."""
    requests: int = 0
    seconds: float = 0.0
    complete: bool = True
    """False where the account changed so fast that not all could be told apart."""


@dataclass(slots=True)
class Progress:
    """How far the run is."""

    records: int = 0
    of: int = 0
    """To be fetched; 0 where that is not known."""
    requests: int = 0


@dataclass(slots=True)
class _Run:
    """What the store remembers of the runs of one list."""

    begun: float
    """When the run began that is not finished, seconds since the epoch; 0: none."""
    server: datetime
    """The server's time when the last run began that fetched pages or changes."""
    total: int = 0
    """Records that the list had then."""
    whole: float = 0.0
    """When the last complete run over all of it began; 0: never."""


class Sync:
    """One synchronisation at a time, of one desk."""

    def __init__(
        self, desk: Desk, server_offset: Callable[[], float | None] = lambda: None
    ) -> None:
        """`server_offset`: seconds by which the server's clock is ahead, None if unknown."""
        self.progress: Progress | None = None
        """Of the run that goes on; None where none does."""
        self._desk = desk
        self._server_offset = server_offset
        self._made = Progress()
        self._pages: Abreast | None = None
        self._hand = asyncio.Lock()
        """Held while a page is made ready for the store: one at a time."""
        self._going = asyncio.Event()
        self._going.set()

    # --- from outside

    @property
    def paused(self) -> bool:
        """Whether a run waits to be let go on."""
        return not self._going.is_set()

    def pause(self) -> None:
        """Ask for nothing more until `go_on`; what is under way comes in."""
        self._going.clear()
        self._tell()

    def go_on(self) -> None:
        """End a pause."""
        self._going.set()
        self._tell()

    async def plan(self, queries: Iterable[Query], *, whole: bool = False) -> list[Plan]:
        """What `run` would do, at a request or two each. `whole`: never only what changed.

        Raises CrmError.
        """
        return [await self._plan(query, whole=whole) for query in queries]

    async def run(self, plans: Sequence[Plan]) -> list[Outcome]:
        """Carry plans out, one after the other. Raises CrmError; a later run goes on from there."""
        self.progress = self._made = Progress(of=sum(plan.records for plan in plans))
        try:
            return [await self._run(plan) for plan in plans]
        finally:
            self.progress = None
            self._going.set()
            self._tell()

    # --- planning

    async def _plan(self, query: Query, *, whole: bool) -> Plan:
        desk = self._desk
        await desk.awake.wait()
        total = await self._count(query)
        now = desk.clock.now()
        run = await self._recall(query)
        mode: Mode = "full" if query.whole else "filter"
        if not whole and 0 <= now - run.begun < RESUMED:
            done = len(await desk.store.pages_since(query.key, run.begun))
            left = max(total - done * desk.page_rows(query.resource), 0)
            return await self._priced(query, mode, left, total, run.begun)
        if whole or not query.whole or not 0 <= now - run.whole < WHOLE_AFTER:
            return await self._priced(query, mode, total, total)
        changed = 0
        if "since" in desk.crm.narrows and desk.crm.count(query) is not None:
            changed = await self._count(query._replace(since=run.server - MARGIN))
        # As many as there are: the server does not know that parameter, or it is a forecast.
        return await self._priced(query, "delta", changed if changed < total else 0, total)

    async def _priced(
        self, query: Query, mode: Mode, records: int, total: int, begun: float = 0.0
    ) -> Plan:
        desk = self._desk
        requests = -(-records // desk.page_rows(query.resource)) + 3
        size = records * (await desk.store.body_size(query.resource) or RECORD_BYTES)
        seconds = desk.budget.eta(requests) + ANSWER
        return Plan(query, mode, records, requests, seconds, size, total, begun=begun)

    # --- running

    async def _run(self, plan: Plan) -> Outcome:
        desk, query = self._desk, plan.query
        outcome = Outcome(query.resource, plan.mode)
        start, before = desk.clock.monotonic(), self._made.requests
        if plan.mode == "delta":
            await self._run_delta(plan, outcome)
        else:
            await self._run_pages(plan, outcome)
        outcome.stored = await desk.store.how_many(query.resource)
        outcome.requests = self._made.requests - before
        outcome.seconds = desk.clock.monotonic() - start
        desk.events.tell(RowsChanged(query))
        return outcome

    async def _run_pages(self, plan: Plan, outcome: Outcome) -> None:
        """Page after page, then what slipped through."""
        desk, query = self._desk, plan.query
        outcome.mode = "full" if query.whole else "filter"
        run = await self._recall(query)
        if not plan.begun:
            run = _Run(desk.clock.now(), self._server_now(), plan.total)
        await self._remember(query, run)
        await self._fetch_pages(query, plan.total, run.begun, outcome)
        if query.whole:
            await self._settle(query, run, outcome)
            run.whole = run.begun if outcome.complete else 0.0
        else:
            # Nobody looks at that list: its pages only told how far the run was.
            await desk.store.cut_off(query.key, 0)
        run.begun = 0.0
        await self._remember(query, run)

    async def _fetch_pages(self, query: Query, total: int, begun: float, outcome: Outcome) -> None:
        done = await self._desk.store.pages_since(query.key, begun)
        rows = self._desk.page_rows(query.resource)
        last = max(-(-total // rows), 1)

        async def fetch(number: int) -> None:
            fetched = await self._fetch_page(query, number, total)
            outcome.records += fetched

        await self._abreast().each((one for one in range(1, last + 1) if one not in done), fetch)
        if self._desk.page_rows(query.resource) != rows:
            await self._fetch_pages(query, total, begun, outcome)
            return
        await self._desk.store.cut_off(query.key, last)

    async def _fetch_page(self, query: Query, number: int, total: int) -> int:
        desk, asked = self._desk, self._desk.records.confirmed.asking()
        response = await self._ask(desk.crm.listing(query, number))
        page = desk.crm.read_page(query.resource, response)
        given = page.rows or (len(page.raws) if number == 1 else 0)
        if given and given < max(total, page.rows):  # a page that says nothing may be a short one
            await desk.learn_page_rows(query, given)
        at = desk.clock.now()
        async with self._hand:
            saved = await asked.saved(desk, query.resource, page.raws)
            del response, page  # nobody needs it while the store writes
            await desk.store.save_page(query.resource, query.key, number, saved, at)
        self._made.records += len(saved)
        desk.events.tell(RowsChanged(query))
        self._tell()
        return len(saved)

    async def _settle(self, query: Query, run: _Run, outcome: Outcome) -> None:
        """Find what slipped through while rows moved, and take out what is gone.

        Nothing did if the list has now what it had, and what was created meanwhile, and all of it
        was given: a record that is deleted moves another one past the page that is fetched next.
        """
        desk = self._desk
        created: set[str] = set()

        async def keep(raws: Sequence[Raw]) -> None:
            await self._keep(query.resource, raws)
            for record in (desk.record(query.resource, raw) for raw in raws):
                if record.created_at is None or record.created_at > run.server:
                    created.add(record.id)

        try:
            await changes(desk.crm, self._ask, query.resource, run.server - MARGIN, keep)
        except NotServedError:
            created.clear()
        total = await self._count(query)
        fresh = await desk.store.fresh(query.resource, run.begun)
        if fresh == total == run.total + len(created):
            old = await desk.store.unnamed(Sweep(query.resource), run.begun)
            outcome.removed = await remove(
                desk, self._ask, query.resource, old, self._keep_of(query)
            )
            await desk.store.save_total(query.key, total, desk.clock.now())
        else:
            await self._sweep(query, outcome)

    async def _run_delta(self, plan: Plan, outcome: Outcome) -> None:
        """What has changed, and if the numbers differ then, what is gone."""
        desk, query = self._desk, plan.query
        run = await self._recall(query)
        since, run.server = run.server - MARGIN, self._server_now()
        found: set[str] = set()
        confirmed = desk.records.confirmed
        asked = confirmed.asking()

        async def keep(raws: Sequence[Raw]) -> None:
            nonlocal asked
            await self._keep(query.resource, asked.newer(query.resource, raws))
            found.update(map(id_of, raws))
            asked = confirmed.asking()  # for the next page

        try:
            await changes(desk.crm, self._ask, query.resource, since, keep)
        except NotServedError:
            await self._run_pages(plan, outcome)
            return
        outcome.records = len(found)
        if found:
            await desk.store.drop_pages(query.resource)
        total = await self._count(query)
        if await desk.store.how_many(query.resource) != total:
            await self._sweep(query, outcome)
        await desk.store.save_total(query.key, total, desk.clock.now())
        if outcome.complete:
            await self._remember(query, run)

    async def _sweep(self, query: Query, outcome: Outcome) -> None:
        """Compare all ids; the pages of the lists are out of date then."""
        desk = self._desk
        swept = await sweep(desk, self._ask, query, self._abreast().each, self._keep_of(query))
        outcome.removed += swept.removed
        outcome.complete = swept.settled
        await desk.store.drop_pages(query.resource)

    # --- small steps

    async def _ask(self, request: Request) -> Response:
        await self._going.wait()
        self._made.requests += 1
        response = await self._desk.ask(request, Lane.SYNC)
        if (last := self._desk.log.last) is not None:
            self._abreast().took(last.seconds)
        return response

    def _abreast(self) -> Abreast:
        """How pages are fetched beside each other."""
        if self._pages is None:
            limits = self._desk.budget.limits
            self._pages = Abreast(limits.slots / limits.window)
        return self._pages

    async def _count(self, query: Query) -> int:
        """How many records a list has. Raises CrmError, also where the server cannot tell."""
        desk = self._desk
        total = await count(desk.crm, self._ask, query, desk.page_rows(query.resource))
        if total is None:
            raise ServerBroken(200, "shape")
        return total

    async def _keep(self, resource: str, raws: Sequence[Raw]) -> None:
        """Put records into the store and tell of them."""
        await self._desk.records.keep(resource, raws)
        self._made.records += len(raws)
        self._tell()

    def _keep_of(self, query: Query) -> Callable[[Sequence[Raw]], Awaitable[None]]:
        return lambda raws: self._keep(query.resource, raws)

    def _server_now(self) -> datetime:
        now = self._desk.clock.now() + (self._server_offset() or 0.0)
        return datetime.fromtimestamp(now, UTC)

    def _tell(self) -> None:
        self._desk.events.tell(SyncMoved())

    async def _recall(self, query: Query) -> _Run:
        """What is known of the last run; a run that never was where nothing is."""
        text = await self._desk.store.value(f"sync:{query.key}")
        try:
            found = json.loads(text or "")
            server = datetime.fromisoformat(found["server"])
            return _Run(found["begun"] + 0.0, server, found["total"] + 0, found["whole"] + 0.0)
        except (ValueError, TypeError, KeyError):
            return _Run(0.0, datetime.fromtimestamp(0, UTC))

    async def _remember(self, query: Query, run: _Run) -> None:
        known = asdict(run) | {"server": run.server.isoformat()}
        await self._desk.store.set_value(f"sync:{query.key}", json.dumps(known))
