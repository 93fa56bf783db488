"""Doing the same for many pages, several at a time: as many as the line needs, and no more."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Iterable

MOST = 8
"""At once on a slow line. Each page is some megabytes until it is in the store."""
ANSWER = 0.2
"""Seconds that an answer takes, before the first one has come."""


class Abreast:
    """How many go on at once follows from what answers take: so many as spend the budget."""

    def __init__(self, rate: float) -> None:
        """`rate`: requests that the budget allows in a second."""
        self._rate = rate
        self._latency = ANSWER

    def took(self, seconds: float) -> None:
        """An answer took so long; the last ones count most."""
        self._latency += (seconds - self._latency) / 4

    @property
    def breadth(self) -> int:
        """How many go on at once."""
        return min(MOST, 2 + math.ceil(self._rate * self._latency))

    async def each(self, numbers: Iterable[int], work: Callable[[int], Awaitable[None]]) -> None:
        """`work` for every number. What the first one raises ends the others."""
        running: set[asyncio.Task[None]] = set()
        try:
            for number in numbers:
                while len(running) >= self.breadth:
                    running = await _one_less(running)
                running.add(asyncio.create_task(_awaited(work(number))))
            while running:
                running = await _one_less(running)
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)


async def _one_less(running: set[asyncio.Task[None]]) -> set[asyncio.Task[None]]:
    """Those that still run after the next one has ended. Raises what that one raised."""
    done, left = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()
    return left


async def _awaited(work: Awaitable[None]) -> None:
    await work
