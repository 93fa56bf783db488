"""How long somebody at a prompt waits for a server that orders to wait."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, TypeVar

from csc_tui.domain.errors import RateLimited

if TYPE_CHECKING:
    from csc_tui.services.desk import Desk

PATIENCE = 60.0
"""The longest wait by order of the server that is waited out, and the seconds without any movement
after which a script is told that its write waits."""

REFUSED = 30.0
"""Seconds of nothing but refusals after which the next one is not waited out: somebody else takes
every slot that gets free, in three windows of ten seconds."""

T = TypeVar("T")


def limited(desk: Desk) -> RateLimited | None:
    """The server's order to wait for longer than anybody at a prompt does; None for none."""
    pause = desk.pause
    if pause is None or not isinstance(pause.error, RateLimited):
        return None
    seconds = pause.until - desk.clock.now()
    return RateLimited(seconds) if seconds > PATIENCE or pause.refused >= REFUSED else None


async def patiently(desk: Desk, work: Coroutine[None, None, T]) -> T:
    """Do the work. Raises RateLimited where the server orders a wait that is too long."""
    told = asyncio.Event()
    deaf = desk.events.listen(lambda _: told.set())
    task = asyncio.ensure_future(work)
    try:
        while not task.done():
            told.clear()
            if (stuck := limited(desk)) is not None:
                raise stuck
            hearing = asyncio.ensure_future(told.wait())
            await asyncio.wait({task, hearing}, return_when=asyncio.FIRST_COMPLETED)
            hearing.cancel()
        return await task
    finally:
        deaf()
        if not task.done():
            task.cancel()
            await asyncio.wait({task})
