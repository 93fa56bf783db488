"""The background worker: the best job, a lease, the request, the answer or another try."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable

from csc_tui.domain.clock import Clock, SystemClock
from csc_tui.domain.errors import (
    CertificateError,
    CrmError,
    Offline,
    RateLimited,
    Timeout,
)
from csc_tui.http import retry
from csc_tui.http.budget import Budget, Lease
from csc_tui.http.message import Request, Response
from csc_tui.http.transport import Transport
from csc_tui.worker.lane import Lane
from csc_tui.worker.queue import Check, Job, Judge, Pause, Queue, Waiter

AT_ONCE = 6
"""Requests under way at once; browsers open as many connections to one host."""

LAST_WRITES = 0.5
"""Seconds that `stop` leaves to saves that are under way."""


class Worker:
    """Sends requests in the order of their lanes; owned by the session, never by a screen."""

    def __init__(
        self,
        transport: Transport,
        budget: Budget,
        clock: Clock | None = None,
        judge: Judge = lambda _: None,
        *,
        concurrency: int = AT_ONCE,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """`judge` tells what an answer means in the CRM's dialect, None for a good one.

        429 and 503 are recognised here. `chance` spreads new tries, see `retry.decide`.
        """
        self.online: bool | None = None
        """Whether the last request reached the server; None before the first."""
        self._transport = transport
        self._budget = budget
        self._clock: Clock = clock or SystemClock()
        self._judge = judge
        self._concurrency = concurrency
        self._chance = chance
        self._queue = Queue()
        self._changed = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._loop: asyncio.Task[None] | None = None
        self._flights: dict[asyncio.Task[None], Job] = {}
        self._callbacks: list[Callable[[], None]] = []
        self._telling = False
        self._limited: RateLimited | None = None
        self._refused_since: float | None = None
        """When the first of the 429s came that no other answer has come between."""

    def start(self) -> None:
        """Begin to work, on the running event loop."""
        if self._loop is None:
            self._loop = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """End: reads are broken off, saves under way get half a second, waiters are cancelled."""
        if self._loop is not None:
            self._loop.cancel()
            await asyncio.wait({self._loop})
            self._loop = None
        saves = {task for task, job in self._flights.items() if job.request.writes}
        for task in set(self._flights) - saves:
            task.cancel()
        if saves:
            _, late = await asyncio.wait(saves, timeout=LAST_WRITES)
            for task in late:
                task.cancel()
        if self._flights:
            await asyncio.wait(set(self._flights))
        for job in self._queue.drain():
            for waiter in job.waiters:
                waiter.cancel()
        self._note_change()

    async def send(
        self,
        request: Request,
        lane: Lane,
        *,
        judge: Judge | None = None,
        check: Check | None = None,
    ) -> Response:
        """The answer that `judge` (else the worker's own) found good; raises CrmError.

        `check` is asked in the moment before a write is sent: what it raises ends it unsent.
        Cancelling drops an unsent request that nobody else awaits; a save that is under way
        goes on. RuntimeError if the worker does not run.
        """
        if self._loop is None:
            raise RuntimeError("the worker does not run")
        waiter: Waiter = asyncio.get_running_loop().create_future()
        job = self._queue.put(request, lane, waiter, judge, check)
        self._note_change()
        try:
            return await waiter
        except asyncio.CancelledError:
            self._queue.leave(job, waiter)
            self._note_change()
            raise

    def promote(self, request: Request, lane: Lane) -> None:
        """A read that waits is needed sooner."""
        self._queue.promote(request, lane)
        self._note_change()

    @property
    def waiting(self) -> int:
        """Requests not yet sent."""
        return self._queue.waiting

    @property
    def in_flight(self) -> int:
        """Requests whose answer is awaited."""
        return self._queue.in_flight

    def eta(self) -> float:
        """Seconds until the last waiting request can be sent, as well as is known."""
        seconds = self._budget.eta(self.waiting)
        pause = self.pause
        return max(seconds, pause.until - self._clock.now()) if pause else seconds

    @property
    def pause(self) -> Pause | None:
        """What is waited for by order of the server or after a failure; None for nothing."""
        gate = self._budget.gate_until
        if gate is not None:
            since = self._refused_since
            refused = self._clock.monotonic() - since if since is not None else 0.0
            return Pause(gate, self._limited or RateLimited(None), 1, refused)
        now = self._clock.now()
        coming = (pause for pause in self._queue.pauses() if pause.until > now)
        return min(coming, key=lambda pause: pause.until, default=None)

    async def idle(self) -> None:
        """Wait until nothing is queued and nothing under way."""
        await self._idle.wait()

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` soon after every change of what is shown; returns what ends that.

        Several changes within one turn of the event loop make one call.
        """
        self._callbacks.append(callback)

        def unsubscribe() -> None:
            if callback in self._callbacks:
                self._callbacks.remove(callback)

        return unsubscribe

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            self._changed.clear()
            now = self._clock.monotonic()
            best = self._queue.best(now)
            if best is None or len(self._flights) >= self._concurrency:
                await self._until_changed(self._queue.next_time(now) if best is None else None)
                continue
            lane = best.lane
            lease = await self._lease(lane)
            if lease is None:
                continue
            job = self._queue.best(self._clock.monotonic())
            if job is None or (job.lane.yields and not lane.yields):
                self._budget.given_back(lease)
                continue
            self._queue.start(job)
            flight = loop.create_task(self._fly(job, lease))
            self._flights[flight] = job
            flight.add_done_callback(self._landed)
            self._note_change()

    async def _lease(self, lane: Lane) -> Lease | None:
        """A lease for the best job; None when another lane became the best one meanwhile."""
        asked = asyncio.get_running_loop().create_task(self._budget.acquire(lane))
        try:
            while not asked.done():
                self._changed.clear()
                await self._until_changed(None, asked)
                best = self._queue.best(self._clock.monotonic())
                if not asked.done() and (best is None or best.lane != lane):
                    asked.cancel()
                    return None
        except asyncio.CancelledError:
            if not asked.cancel():
                self._budget.given_back(asked.result())
            raise
        return asked.result()

    async def _until_changed(
        self, at: float | None = None, asked: asyncio.Task[Lease] | None = None
    ) -> None:
        """Wait for a change, until running time `at`, or for the lease that was asked for."""
        loop = asyncio.get_running_loop()
        own: set[asyncio.Task[object]] = {loop.create_task(self._changed.wait())}
        if at is not None:
            delay = max(at - self._clock.monotonic(), 0.0)
            own.add(loop.create_task(self._clock.sleep(delay)))
        try:
            await asyncio.wait(
                own if asked is None else own | {asked}, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            for wait in own:
                wait.cancel()

    async def _fly(self, job: Job, lease: Lease) -> None:
        held = [lease]

        async def before_hop() -> None:
            self._budget.answered(held.pop())
            held.append(await self._budget.acquire(job.lane))

        failure: Exception | None = None
        response = Response(0)
        sent = True
        try:
            if job.check is not None:
                job.check()
            response = await self._transport.send(
                job.request,
                lane=job.lane.name.lower(),
                attempt=job.attempt,
                before_hop=before_hop,
            )
            failure = self._judged(response, job.judge or self._judge)
        except CrmError as error:
            failure, sent = error, error.sent
        except Exception as error:  # noqa: BLE001 - a bug in one job must not end all others
            failure = error
        finally:
            for last in held:
                if sent:
                    self._budget.answered(last, response.headers)
                else:
                    self._budget.given_back(last)
        self._note_line(failure)
        self._note_refusal(failure)
        if isinstance(failure, CrmError):
            self._settle(job, failure)
        else:
            self._end(job, response if failure is None else failure)

    def _judged(self, response: Response, judge: Judge) -> CrmError | None:
        """What an answer means."""
        return retry.not_now(response, self._server_now) or judge(response)

    def _server_now(self) -> float:
        return self._clock.now() + (self._transport.server_time_offset or 0.0)

    def _settle(self, job: Job, error: CrmError) -> None:
        """Another try, or the bad news."""
        decision = retry.decide(
            job.request.method, error, job.attempt, self._chance, self._budget.untold
        )
        if not isinstance(decision, retry.Wait):
            self._end(job, decision.error)
            return
        if isinstance(error, RateLimited):
            self._limited = error
            self._budget.close_gate(decision.seconds)
        else:
            job.attempt += 1
        pause = Pause(self._clock.now() + decision.seconds, error, job.attempt)
        self._queue.back(job, self._clock.monotonic() + decision.seconds, pause)

    def _end(self, job: Job, result: Response | Exception) -> None:
        self._queue.finish(job)
        # The loop has the last job at hand until the next one; not its answer, megabytes of it.
        waiters, job.waiters = job.waiters, []
        for waiter in waiters:
            if waiter.done():
                continue
            if isinstance(result, Exception):
                waiter.set_exception(result)
            else:
                waiter.set_result(result)

    def _note_line(self, failure: Exception | None) -> None:
        if failure is None or isinstance(failure, CrmError):
            self.online = not isinstance(failure, Offline | Timeout | CertificateError)

    def _note_refusal(self, failure: Exception | None) -> None:
        if not isinstance(failure, RateLimited):
            self._refused_since = None
        elif self._refused_since is None:
            self._refused_since = self._clock.monotonic()

    def _landed(self, flight: asyncio.Task[None]) -> None:
        del self._flights[flight]
        self._note_change()

    def _note_change(self) -> None:
        self._changed.set()
        if self._queue.idle:
            self._idle.set()
        else:
            self._idle.clear()
        if self._callbacks and not self._telling:
            self._telling = True
            asyncio.get_running_loop().call_soon(self._tell)

    def _tell(self) -> None:
        self._telling = False
        for callback in tuple(self._callbacks):
            callback()
