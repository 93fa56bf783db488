"""Asking for what is needed in any case, before there is anything that could read the answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from csc_tui.worker.lane import Lane

if TYPE_CHECKING:
    from csc_tui.http.message import Request
    from csc_tui.services.desk import Desk
    from csc_tui.worker.worker import Worker

LONGEST = 1.0
"""Seconds until the caller goes on even if the request has not left: the budget may be spent."""


async def foresee(desk: Desk, worker: Worker, request: Request) -> None:
    """Send a read; `Desk.ask` for the same one takes this answer, or what went wrong.

    Returns as soon as it has left, so that the time that the server takes can be used.
    """
    coming = asyncio.create_task(worker.send(request, Lane.VISIBLE))
    coming.add_done_callback(_heard)
    desk.foreseen[request] = coming
    left = asyncio.Event()
    desk.preparing.append(left.set)
    leaving = asyncio.create_task(left.wait())
    await asyncio.wait({coming, leaving}, timeout=LONGEST, return_when=asyncio.FIRST_COMPLETED)
    leaving.cancel()


def _heard(coming: asyncio.Task[object]) -> None:
    """A failure that nobody asks for is nobody's business."""
    if not coming.cancelled():
        coming.exception()
