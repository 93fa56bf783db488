"""Waiting until nothing is left to do but what the server or time will bring.

Textual's own `Pilot.pause` takes a process that gets no processor for one that is idle; here it is
looked at what there is to do, so a loaded machine waits longer and sees the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

_in_threads: set[Future[Any]] = set()
"""What was given to a thread and has not come back to the event loop."""


@contextmanager
def threads_watched() -> Iterator[None]:
    """Within this block `quiet` knows of what is done in threads."""
    submit = ThreadPoolExecutor.submit

    def watched(pool: ThreadPoolExecutor, *work: Any, **more: Any) -> Future[Any]:
        future = submit(pool, *work, **more)
        with suppress(RuntimeError):  # not from the event loop
            loop = asyncio.get_running_loop()
            _in_threads.add(future)
            # After whoever waits for it has said so: he is to hear of its end first.
            loop.call_soon(future.add_done_callback, lambda _: _back(loop, future))
        return future

    ThreadPoolExecutor.submit = watched  # type: ignore[assignment,method-assign]
    try:
        yield
    finally:
        ThreadPoolExecutor.submit = submit  # type: ignore[method-assign]
        _in_threads.clear()


def _back(loop: asyncio.AbstractEventLoop, future: Future[Any]) -> None:
    with suppress(RuntimeError):  # the loop is closed
        loop.call_soon_threadsafe(_in_threads.discard, future)


async def quiet() -> None:
    """Let everything happen that can happen now, in threads too."""
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(0)
        if loop._ready:  # type: ignore[attr-defined]
            continue
        if not _in_threads:
            return
        await asyncio.sleep(0.001)
