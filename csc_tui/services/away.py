"""What waits for the CRM says so, for whoever holds something up until it is done: keys."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any


class Trip:
    """Something that is done in a task of its own, and whether the CRM is what it waits for."""

    def __init__(self, left: Callable[[], object]) -> None:
        """`left` is called whenever it begins to wait for the CRM."""
        self.left = left
        self.out = False
        """Whether it waits for the CRM now: nothing is half done, so it may be given up."""
        self.task: asyncio.Task[object] | None = None

    def start(self, work: Coroutine[Any, Any, object]) -> asyncio.Task[object]:
        """Begin to do it, in its task."""
        token = trip.set(self)
        self.task = asyncio.create_task(work)
        trip.reset(token)
        return self.task


trip: ContextVar[Trip | None] = ContextVar("trip", default=None)
"""What the present code is done for."""


@contextmanager
def away() -> Iterator[None]:
    """In this block the CRM is waited for. What a trip has only started counts for nobody."""
    present = trip.get()
    if present is None or present.task is not asyncio.current_task():
        yield
        return
    present.out = True
    present.left()
    try:
        yield
    finally:
        present.out = False
