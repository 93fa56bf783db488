"""Time as something that is passed in, so that tests hold it in their hand."""

from __future__ import annotations

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """Wall time, running time and waiting."""

    def now(self) -> float:
        """Seconds since the epoch; what is shown and what other processes share."""

    def monotonic(self) -> float:
        """Seconds that never jump, also those in which the machine slept; for delays."""

    async def sleep(self, seconds: float) -> None:
        """Wait, by running time; 0 lets others run."""


PIECE = 10.0
"""Seconds that are waited at once: an event loop does not count those of a closed lid, so a longer
wait would go on for what was left of it, an hour if the server has said so."""

_RUNNING = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Linux counts what the machine slept in this clock only, macOS in its monotonic one."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds that never jump, also those in which the machine slept."""
        return time.clock_gettime(_RUNNING)

    async def sleep(self, seconds: float) -> None:
        """Wait on the running event loop; what was slept through counts."""
        end = self.monotonic() + seconds
        await asyncio.sleep(min(seconds, PIECE))
        while (left := end - self.monotonic()) > 0:  # noqa: ASYNC110 - time is what is awaited
            await asyncio.sleep(min(left, PIECE))
