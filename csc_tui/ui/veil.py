"""What hides a new screen until it has been drawn.

Textual paints a screen as soon as it has a layout, still blank, and again for every layout that its
widgets ask for while they come. Over a thin line that is three repaints to open one record.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen

LONGEST = 0.5
"""Seconds after which a screen is shown even if nobody has drawn it."""


class Veil:
    """Before one screen, from its beginning until its first drawing."""

    def __init__(self, screen: Screen[None]) -> None:
        self.down = True
        self._screen = screen
        self._hold = ExitStack()

    def fall(self) -> None:
        """Nothing is painted from now on."""
        self._hold.enter_context(self._screen.app.batch_update())
        self._screen.set_timer(LONGEST, self.lift)

    def lift(self) -> None:
        """What has been drawn is painted."""
        if self.down:
            self.down = False
            self._hold.close()
            self._screen.check_idle()
