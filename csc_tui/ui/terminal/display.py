"""Between textual, which draws, and the output, which writes when the terminal is ready."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from csc_tui.ui.terminal.output import Output, is_understood
from csc_tui.ui.terminal.pace import Pace, far_away
from csc_tui.ui.terminal.skills import skills_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.timer import Timer

STALLED = 0.05
"""Seconds after which it is tried again to show what the terminal could not take."""


class Display:
    """What an app's drawing goes through."""

    def __init__(self, app: App[int], monotonic: Callable[[], float], scroll: str) -> None:
        """`scroll` is the setting of that name."""
        env = os.environ
        self.skills = skills_of(env, scroll)
        self.pace = Pace(monotonic, away=far_away(env))
        self._app = app
        self._output = Output(self.skills, self.pace)
        self._understood = is_understood()
        self._stalled: Timer | None = None

    def take(self, update: object) -> bool:
        """Show what was drawn anew; False: textual has to write it itself."""
        app = self._app
        drawn = update is not None and app._driver is not None and not app._batch_count
        if not self._understood or not drawn or app.is_headless:
            return False
        if not self._output.take(update, app.size, app.console.color_system):
            self._output.forget()
            return False
        if not self._output.whole and app.screen.outer_size == app.size:
            # A line that was drawn between a window's new size and the screen's: textual, for
            # which the rest has not changed, would leave it blank. Where the screen still has
            # another size it will be drawn as a whole.
            app.screen.refresh()
        self.show()
        return True

    def show(self) -> None:
        """Write what differs, now or as soon as the terminal has shown what came before."""
        if self._stalled is not None:
            self._stalled.stop()
            self._stalled = None
        text = self._output.next(sync=self._app._sync_available)
        if text and self._app._driver is not None:
            self._app._driver.write(text)
        if self._output.waits:
            self._stalled = self._app.set_timer(STALLED, self.show)

    def answered(self) -> None:
        """The terminal has shown what it was sent."""
        if self._output.waits:
            self.show()

    def forget(self) -> None:
        """Whatever the terminal shows, write every cell anew the next time."""
        self._output.forget()
