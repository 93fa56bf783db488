"""One terminal of an account on a live demo server: real store, worker, adapter and outbox.

Its line can be stopped before or after any request, and the terminal can die there.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from csc_tui.config.secrets import Secret
from csc_tui.domain.change import Change, Verb
from csc_tui.domain.clock import SystemClock
from csc_tui.domain.errors import Offline
from csc_tui.domain.ref import Ref
from csc_tui.domain.request_log import RequestLog
from csc_tui.http.book import Limits
from csc_tui.http.budget import Budget
from csc_tui.http.memory_ledger import MemoryLedger
from csc_tui.http.message import Request, Response
from csc_tui.http.transport import Transport
from csc_tui.http.transport_settings import TransportSettings
from csc_tui.services.desk import Desk
from csc_tui.services.lookup import Lookups
from csc_tui.services.outbox import Outbox, Pace
from csc_tui.services.outbox_events import OutboxEvent
from csc_tui.services.records import Records
from csc_tui.session import adapter_of
from csc_tui.store.edit_rows import Edit, State
from csc_tui.store.store import Store
from csc_tui.worker.worker import Worker
from tests.live_demo import PATIENCE, LiveDemo

FAST = Pace(
    looks=(0.01, 0.02), first=0.02, longest=0.05, merging=(0.05,) * 400, held=0.01, poll=0.05
)
"""The same order of things, in no time."""


PATIENT = replace(FAST, first=600.0, longest=600.0, held=600.0)
"""A dead line is not tried again before somebody says `go_on`."""

SECOND = replace(FAST, poll=2.0)
"""Leaves what another terminal saved to that one, also where the machine is slow."""


class FastClock:
    """For what waits between tries and for the budget: a hundred times as fast."""

    RATE = 100.0

    def __init__(self) -> None:
        self._real = SystemClock()

    def now(self) -> float:
        return self._real.monotonic() * self.RATE

    def monotonic(self) -> float:
        return self._real.monotonic() * self.RATE

    async def sleep(self, seconds: float) -> None:
        await self._real.sleep(seconds / self.RATE)


@dataclass(frozen=True)
class Stop:
    """Where the line hangs for ever: at the how manieth request from now, before or after it."""

    request: int
    after: bool
    writes: bool = False
    """Whether only writes are counted."""


class Line(Transport):
    """The real transport; may be dead, or hang at a request."""

    def __init__(self, settings: TransportSettings) -> None:
        super().__init__(settings, RequestLog(), SystemClock())
        self.dead = False
        self.stop: Stop | None = None
        self.hangs = asyncio.Event()
        self._dropped = asyncio.Event()
        self.sent: list[str] = []
        self.wording: Callable[[Request, Response], Response] = lambda _, response: response
        """How the CRM says what the demo says."""
        self._writes = 0

    async def send(self, request: Request, **options: Any) -> Response:
        if self.dead:
            raise Offline("demo", "unreachable")
        number = len(self.sent)
        self.sent.append(f"{request.method} {request.path}")
        stop, write = self.stop, request.method != "GET"
        self._writes += write
        here = stop is not None and (
            (write and self._writes - 1 == stop.request) if stop.writes else number == stop.request
        )
        if stop is not None and here and not stop.after:
            await self._hang()
        response = await super().send(request, **options)
        if stop is not None and here and stop.after:
            await self._hang()
        return self.wording(request, response)

    def hang_at_write(self, *, after: bool) -> None:
        """Hang at the next request that is to change something."""
        self.stop = Stop(self._writes, after, writes=True)

    def hang_at(self, requests: int, *, after: bool) -> None:
        """Hang at the request after `requests` others."""
        self.stop = Stop(len(self.sent) + requests, after)

    def drop(self) -> None:
        """What hangs comes to an end, its answer is lost; nothing hangs any more."""
        self.stop = None
        self._dropped.set()

    async def _hang(self) -> None:
        self.hangs.set()
        await self._dropped.wait()
        raise Offline("demo", "dropped", sent=True)


class Terminal:
    """One process of the program, as far as writing goes."""

    def __init__(
        self, demo: LiveDemo, folder: Path, *, read_only: bool = False, pace: Pace = FAST
    ) -> None:
        self._demo = demo
        self._folder = folder
        self.events: list[OutboxEvent] = []
        self.over = False
        adapter = adapter_of(demo.dialect)
        self._key = demo.key
        self.line = Line(TransportSettings(demo.url, headers=lambda: adapter.headers(self._key)))
        fast = FastClock()
        allowed = adapter.limits
        limits = Limits(allowed.slots, allowed.window, told=allowed.told)
        budget = Budget(limits, MemoryLedger(), fast)
        chance = random.Random(1).random
        worker = Worker(self.line, budget, fast, adapter.error, chance=chance)
        store = Store.open(folder / "cache", SystemClock())
        self.desk = Desk(store, SystemClock(), RequestLog(), name="test", read_only=read_only)
        self.desk.records, self.desk.lookups = Records(self.desk), Lookups(self.desk)
        self.box = Outbox(
            self.desk,
            folder / "data",
            self.events.append,
            server_offset=lambda: self.line.server_time_offset,
            pace=pace,
        )
        self.desk.key_mark = lambda: Secret(self._key).fingerprint()
        self.desk.edits = self.box  # type: ignore[assignment]
        worker.start()
        self.desk.bring_in(adapter, worker, budget)

    async def open(self) -> Terminal:
        await self.box.load()
        return self

    async def close(self) -> None:
        """The program is left; nothing more happens where it is over already."""
        if self.over:
            return
        self.over = True
        await self.box.close()
        await self.desk.close()
        await self.line.aclose()

    async def die(self) -> None:
        """kill -9: nothing is written any more, the kernel closes files and lines."""
        self.over = True
        sender = self.box._sender
        for task in (sender._loop, *sender._flights.values()):
            if task is not None:
                task.cancel()
        sender._turn.release()
        await self.box._edits.close()
        self.box.read.clear()
        await self.desk.close()
        await self.line.aclose()

    # --- what a person does

    def use_key(self, key: str) -> None:
        """Everything is asked with another key from now on."""
        self._key = key

    async def save(self, ref: Ref, **values: Any) -> list[Edit]:
        """`e`, type, `ctrl+s`: with what the screen shows as the base."""
        record = await self.shown(ref)
        base = record.base(values)
        change = Change(Verb.UPDATE, ref, values=values, base=base, version=record.version())
        return await self.box.submit([change], None, record, title="x")

    async def create(self, resource: str, **values: Any) -> list[Edit]:
        change = Change(Verb.CREATE, Ref(resource, ""), values=values)
        return await self.box.submit([change], None, title="x")

    async def add(self, ref: Ref, part: str, /, **values: Any) -> list[Edit]:
        change = Change(Verb.CREATE, Ref(part, ""), ref, values)
        record = None if ref.id.startswith("~") else await self.shown(ref)
        return await self.box.submit([change], None, record, title="x")

    async def edit_part(self, ref: Ref, part: Any, kind: str, /, **values: Any) -> list[Edit]:
        """`e` on a part."""
        record = await self.shown(ref)
        change = Change(Verb.UPDATE, Ref(kind, part.id), ref, values, part.base(), record.version())
        return await self.box.submit([change], None, record, title="x")

    async def remove_part(self, ref: Ref, part: Any, kind: str) -> list[Edit]:
        """`D` on a part."""
        record = await self.shown(ref)
        change = Change(Verb.DELETE, Ref(kind, part.id), ref, {}, part.base(), record.version())
        return await self.box.submit([change], None, record, title="x")

    async def delete(self, ref: Ref) -> list[Edit]:
        record = await self.shown(ref)
        names = [one.name for one in self.desk.resources[ref.resource].fields]
        base = record.base(names)
        change = Change(Verb.DELETE, ref, base=base, version=record.version())
        return await self.box.submit([change], None, record)

    async def shown(self, ref: Ref) -> Any:
        """The record as the screen has it; fetched if it is not here."""
        card = await self.desk.records.card(ref)
        if card is None:
            await self.desk.records.fetch(ref)
            card = await self.desk.records.card(ref)
            assert card is not None
        return card.record

    # --- waiting

    async def until(self, wanted: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Wait for something that the outbox shows."""
        async with asyncio.timeout(seconds):
            while not wanted():
                await asyncio.sleep(0.005)
                await self.box.refresh()

    async def settled(self) -> None:
        """Wait until nothing goes on by itself."""
        await self.until(lambda: not any(one.moves for one in self.box.entries()))

    async def idle(self, seconds: float = PATIENCE) -> bool:
        """Wait until it is settled or hangs; True if it hangs."""
        hang = asyncio.create_task(self.line.hangs.wait())
        settled = asyncio.create_task(self.settled())
        done, left = await asyncio.wait(
            {hang, settled}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED
        )
        for task in left:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        assert done, [(e.state, e.answer) for e in self.box.entries()]
        return hang in done

    def state(self, client_id: str) -> State | None:
        """The state of an open edit; None if it is not open."""
        return next((e.state for e in self.box.entries() if e.client_id == client_id), None)
