"""A command that may have to ask the CRM: the keys are free meanwhile, and `esc` gives it up."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from csc_tui.services.away import Trip
from csc_tui.ui.commands.command import LEAVES, TEXT_PLACES
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.screen import Screen

    from csc_tui.ui.shell import Shell


class Errand:
    """What was begun by a key and waits for the CRM: one thing at a time.

    It belongs to the screen that it was begun on. When another one comes, or that one goes, it is
    given up: what it would open is not to come up over something else.
    """

    def __init__(self, shell: Shell, failed: Callable[[Exception], None]) -> None:
        """`failed` is told of what goes wrong in it."""
        self._shell = shell
        self._failed = failed
        self._trip: Trip | None = None
        self._home: Screen[Any] | None = None

    @property
    def words(self) -> str:
        """That the CRM is waited for, and how to give that up; empty where it is not."""
        from csc_tui.ui.frame import Frame

        if self._trip is None or not self._trip.out:
            return ""
        screen = self._shell.screen
        ends = LEAVES.get(screen.place, "back") if isinstance(screen, Frame) else "back"
        return say("screen.asking", key=self._shell.keymap.of(ends))

    async def run(self, work: Coroutine[Any, Any, object]) -> None:
        """Do it; this is over as soon as it is done, or waits for the CRM.

        So what is typed behind it waits for what it opens, but for no answer of a server.
        """
        self.give_up()
        if (before := self._trip) is not None and before.task not in (None, asyncio.current_task()):
            await asyncio.wait({before.task})  # it has its answer and opens something
        left = asyncio.Event()
        begun = Trip(lambda: self._leaves(left))
        going = asyncio.create_task(left.wait())
        task = begun.start(work)
        self._trip = begun
        try:
            await asyncio.wait({task, going}, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            task.cancel()
            raise
        finally:
            going.cancel()
        if task.done():
            self._over(begun)
            if not task.cancelled():  # given up in this very moment
                await task
        else:
            task.add_done_callback(lambda _: self._ended(begun))

    def _leaves(self, left: asyncio.Event) -> None:
        if self._home not in self._shell.screen_stack:
            self._home = self._shell.screen  # a menu that it was begun on has gone by now
        left.set()

    def open(self, screen: Screen[Any]) -> None:
        """Put up what it leads to, but not over what is done by now instead of waiting for it."""
        from csc_tui.ui.frame import Frame

        top, home = self._shell.screen, self._home
        elsewhere = home in self._shell.screen_stack and home is not top
        typing = home is top and isinstance(top, Frame) and top.here in TEXT_PLACES
        if elsewhere or typing:
            self._shell.messages.success(say("screen.given_up"))
        else:
            self._shell.push_screen(screen)

    def _ended(self, done: Trip) -> None:
        self._over(done)
        task = done.task
        error = task.exception() if task is not None and not task.cancelled() else None
        if isinstance(error, Exception):
            self._failed(error)
        self._shell.redraw_soon()

    def _over(self, done: Trip) -> None:
        if self._trip is done:
            self._trip = self._home = None

    def give_up(self) -> bool:
        """Wait for the CRM no more; False where it is not waited for.

        What is being done with its answer is not stopped half-way.
        """
        from csc_tui.ui.frame import Frame

        waits = self._trip
        if waits is None or waits.task is None or not waits.out:
            return False
        waits.task.cancel()
        self._over(waits)
        screen = self._shell.screen
        if isinstance(screen, Frame):
            screen.hint(say("screen.given_up"))
        return True

    def leave(self, top: Screen[Any]) -> None:
        """Another screen is on top, maybe."""
        if self._home is not top:
            self.give_up()
