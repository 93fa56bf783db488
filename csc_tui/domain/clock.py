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
        """Seconds that never jump; for delays inside this process."""

    async def sleep(self, seconds: float) -> None:
        """Wait; 0 lets others run."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds that never jump."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait on the running event loop."""
        await asyncio.sleep(seconds)
