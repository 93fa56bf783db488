"""How long the event loop was held: a key that came then would have waited so long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

BEAT = 0.005
"""Seconds between two heartbeats."""


@asynccontextmanager
async def beating() -> AsyncIterator[list[float]]:
    """The pauses between heartbeats of the event loop beyond what they should be, in seconds."""
    pauses = [0.0]

    async def beat() -> None:
        while True:
            begin = monotonic()
            await asyncio.sleep(BEAT)
            pauses.append(monotonic() - begin - BEAT)

    task = asyncio.create_task(beat())
    yield pauses
    task.cancel()
