"""What was typed on its way to the screens, one key after the other."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

from textual import events

if TYPE_CHECKING:
    from collections.abc import Callable

    from csc_tui.ui.shell import Shell


class Delivery:
    """Hands on what was typed, each key to the screen that the one before it has led to.

    Textual would put all of them into the queue of the screen that is on top when they are read:
    what is typed fast would be commands of the list and not text of the form.
    """

    def __init__(self, shell: Shell, failed: Callable[[Exception], None]) -> None:
        """`failed` is told of what goes wrong in a command."""
        self._shell = shell
        self._failed = failed
        self._typed: deque[events.Key | events.Paste] = deque()
        self._running: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        """Whether a key is still being answered."""
        return self._running is not None and not self._running.done()

    def take(self, event: events.Key | events.Paste) -> None:
        """A key or a paste has come."""
        self._typed.append(event)
        self.go_on()

    def go_on(self) -> None:
        """Hand on what waits; a screen says so when it is there."""
        if not self.busy:
            self._running = asyncio.get_running_loop().create_task(self._deliver())
            self._running.add_done_callback(self._done)

    async def _deliver(self) -> None:
        from csc_tui.ui.frame import Frame

        while self._typed:
            screen = self._shell.screen
            if not (isinstance(screen, Frame) and screen.is_mounted):
                return
            event = self._typed.popleft()
            if isinstance(event, events.Paste):
                screen.on_paste(event)
            else:
                await screen.on_key(event)

    def _done(self, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception):
            self._failed(error)
