"""The picture that the terminal shows, the one that it should show, and the way between.

Textual hands over what it has drawn anew; here it becomes cells, and what differs from the cells
that were written is written, once the terminal has shown what came before. What was drawn while
it had not is never sent: only the latest picture is.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from rich.console import COLOR_SYSTEMS
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App

from csc_tui.ui.terminal.cells import BLANK, cells_of
from csc_tui.ui.terminal.difference import Picture, difference

if TYPE_CHECKING:
    from csc_tui.ui.terminal.cells import Pen
    from csc_tui.ui.terminal.pace import Pace
    from csc_tui.ui.terminal.skills import Skills

SYNC = ("\x1b[?2026h", "\x1b[?2026l")
"""Between them a terminal shows nothing (synchronized output)."""
TORN = 400
"""From so many bytes on a picture could be seen half drawn."""


def is_understood() -> bool:
    """Whether this textual hands over its drawing in the shape that is read here.

    The names are its own and may change; where they have, it writes for itself.
    """
    shapes = (
        (App._display, ("self", "screen", "renderable")),
        (LayoutUpdate.__init__, ("self", "strips", "region")),
        (ChopsUpdate.__init__, ("self", "chops", "spans", "chop_ends")),
    )
    return all(tuple(inspect.signature(call).parameters) == names for call, names in shapes)


class Output:
    """The terminal, as a picture that is brought up to date."""

    def __init__(self, skills: Skills, pace: Pace) -> None:
        self._skills = skills
        self._pace = pace
        self._wanted: Picture = []
        self._shown: Picture | None = None
        """What the terminal shows; None where that is not known."""
        self._pen: Pen | None = None
        self.waits = False
        """Whether something was drawn that the terminal does not show yet."""
        self.whole = False
        """Whether all of the picture was drawn since it has its size; what was not is blank."""

    def take(self, update: object, size: tuple[int, int], colours: str | None) -> bool:
        """Take over what was drawn anew, on so many columns and rows; False: not understood.

        `colours` is what rich calls the terminal's colour system.
        """
        system = COLOR_SYSTEMS[colours] if colours else None
        columns, rows = size
        if len(self._wanted) != rows or (rows and len(self._wanted[0]) != columns):
            self._wanted = [[BLANK] * columns for _ in range(rows)]
            self.whole = False
            self.forget()
        if isinstance(update, LayoutUpdate):
            self.whole = self.whole or update.region == (0, 0, columns, rows)
            for y, strips in enumerate(update.strips, update.region.y):
                x = update.region.x
                for strip in strips:
                    x += self._put(y, x, cells_of(strip, system))
        elif isinstance(update, ChopsUpdate):
            for y in {y for y, _, _ in update.spans}:
                for x, chop in update.chops[y].items():
                    if chop is not None:
                        self._put(y, x, cells_of(chop, system))
        else:
            return False
        self.waits = True
        return True

    def _put(self, y: int, x: int, cells: list[tuple[str, Pen]]) -> int:
        if y < len(self._wanted):
            line = list(self._wanted[y])
            room = max(0, len(line) - x)
            line[x : x + len(cells)] = cells[:room]
            self._wanted[y] = line
        return len(cells)

    def forget(self) -> None:
        """Whatever the terminal shows, write every cell anew the next time."""
        self._shown = self._pen = None
        self.waits = True

    def next(self, *, sync: bool) -> str:
        """What to write now; empty where nothing differs or the terminal is not ready for more.

        `sync`: it knows synchronized output.
        """
        if not self.waits or not self._wanted or not self._pace.free:
            return ""
        self.waits = False
        text, self._pen = difference(self._shown, self._wanted, self._skills, self._pen)
        self._shown = list(self._wanted)
        if not text:
            return ""
        if sync and len(text) >= TORN:
            text = text.join(SYNC)
        return text + self._pace.written(len(text.encode()))
