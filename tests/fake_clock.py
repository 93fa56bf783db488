"""A clock that a test holds in its hand, and an event loop whose time costs nothing."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import selectors
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

START = 1_760_000_000.0
"""When it is, to begin with: seconds since the epoch."""


class FakeClock:
    """Time stands still until `advance`; both times move together."""

    def __init__(self, start: float = START) -> None:
        self._now = start
        self._begin = start
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()

    def now(self) -> float:
        return self._now

    def monotonic(self) -> float:
        return self._now - self._begin

    def set_back(self, seconds: float) -> None:
        """The machine's clock is corrected; nobody's sleep is over because of that."""
        self._now -= seconds
        self._begin -= seconds
        self._sleepers = [(at - seconds, number, nap) for at, number, nap in self._sleepers]

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        nap: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + seconds, next(self._numbers), nap))
        await nap

    async def advance(self, seconds: float) -> None:
        """Let time pass; everybody whose sleep ends wakes in order, and what follows happens."""
        end = self._now + seconds
        await self.settle()
        while self._sleepers and self._sleepers[0][0] <= end:
            at, _, nap = heapq.heappop(self._sleepers)
            self._now = max(self._now, at)
            if not nap.done():
                nap.set_result(None)
                await self.settle()
        self._now = end
        await self.settle()

    async def settle(self) -> None:
        """Let everything happen that needs no time."""
        for _ in range(50):
            await asyncio.sleep(0)


class _NoWaiting:
    """A selector for which waiting takes no time: the loop's own clock jumps instead."""

    def __init__(self, jump: Callable[[float], None]) -> None:
        self._real = selectors.DefaultSelector()
        self._jump = jump

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = self._real.select(0)
        if not ready:
            if timeout is None:
                raise RuntimeError("everybody waits for somebody else")
            self._jump(timeout)
        return ready

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop that never waits: when nothing is ready, its time jumps to the next timer.

    Work for threads is done at once, in the loop's own, so that every run is the same.
    """

    def __init__(self) -> None:
        self._virtual = 0.0
        super().__init__(_NoWaiting(self._jump))  # type: ignore[arg-type]

    def _jump(self, seconds: float) -> None:
        self._virtual += seconds

    def time(self) -> float:
        return self._virtual

    def run_in_executor(  # type: ignore[override]
        self, executor: object, func: Callable[..., T], *args: Any
    ) -> asyncio.Future[T]:
        done: asyncio.Future[T] = self.create_future()
        done.set_result(func(*args))
        return done


class VirtualClock:
    """The clock of a VirtualLoop."""

    def now(self) -> float:
        return START + asyncio.get_running_loop().time()

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def run_virtual(main: Coroutine[Any, Any, T]) -> T:
    """Run `main` to its end in no time."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(main)
