"""What was typed on its way to the screens, one key after the other."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING

from textual import events

from csc_tui.ui.key_parser import behind_esc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
        self._end_wait: Callable[[], None] | None = None

    @property
    def busy(self) -> bool:
        """Whether a key is still being answered."""
        return self._running is not None and not self._running.done()

    def take(self, event: events.Key | events.Paste) -> None:
        """A key or a paste has come."""
        if isinstance(event, events.Key) and self._is_end(event) and self.give_up():
            self._shell.key_pressed()
            behind = behind_esc(event)
            if not behind:
                return
            event = events.Key(behind, behind if len(behind) == 1 else None)
        self._typed.append(event)
        self.go_on()

    def go_on(self) -> None:
        """Hand on what waits; a screen says so when it is there."""
        if not self.busy:
            self._running = asyncio.get_running_loop().create_task(self._deliver())
            self._running.add_done_callback(self._done)

    @contextmanager
    def holding(self, end: Callable[[], None]) -> Iterator[Callable[[], None]]:
        """In this block the keys wait for what the last one leads to; `esc` calls `end`.

        Gives what forgets them: where it leads nowhere they are about nothing.
        """
        self._end_wait = end
        try:
            yield self._typed.clear
        finally:
            if self._end_wait == end:
                self._end_wait = None

    def give_up(self) -> bool:
        """Wait no more for what holds the keys; False where nothing does.

        What was typed behind it was meant for what it would have led to.
        """
        if self._end_wait is None:
            return False
        end, self._end_wait = self._end_wait, None
        self._typed.clear()
        end()
        return True

    def _is_end(self, event: events.Key) -> bool:
        """Whether a key is one that leaves what is typed."""
        from csc_tui.ui.frame import GIVES_UP, Frame

        screen = self._shell.screen
        if self._end_wait is None or not isinstance(screen, Frame):
            return False
        key = "escape" if behind_esc(event) else event.key
        command = self._shell.keymap.find(screen.here, key)
        return command is not None and command.id in GIVES_UP

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
