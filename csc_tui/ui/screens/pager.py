"""A screen of rows that are only read: scrolled, never chosen from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.ui.commands.command import Place
from csc_tui.ui.frame import Frame
from csc_tui.ui.widgets.canvas import Canvas
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.widget import Widget

    from csc_tui.ui.commands.command import Command
    from csc_tui.ui.paint import Line


class Pager(Frame):
    """Rows, paged. Subclasses give them."""

    place = Place.LOG
    follows = False
    """Whether it stands at the end and stays there while rows are added."""

    def __init__(self) -> None:
        super().__init__()
        self._first = 0
        self._total = 0
        self._canvas = Canvas(id="rows")

    def body(self) -> list[Widget]:
        """The rows."""
        return [self._canvas]

    def rows(self, columns: int) -> Sequence[Line]:
        """All rows at this width."""
        raise NotImplementedError

    def heads(self, columns: int) -> list[Line]:
        """Lines that stay above the rows."""
        return []

    def draw(self) -> None:
        """Draw the rows that are on screen."""
        if self.too_small or not self.is_mounted:
            return
        columns = self.app.size.width
        heads, rows = self.heads(columns), self.rows(columns)
        self._total = len(rows)
        self._first = self._last_first if self.follows else min(self._first, self._last_first)
        self._canvas.draw([*heads, *rows[self._first : self._first + self._height]])
        super().draw()

    @property
    def _height(self) -> int:
        """Rows on screen."""
        return max(1, self._canvas.size.height - len(self.heads(self.app.size.width)))

    @property
    def _last_first(self) -> int:
        """The first row on screen where the last one is at the bottom."""
        return max(0, self._total - self._height)

    def position(self) -> str:
        """Which rows are on screen."""
        last = min(self._total, self._first + self._height)
        return say("screen.rows", first=min(self._first + 1, last), last=last, total=self._total)

    def footer(self) -> list[Command]:
        """How to leave, before what is everywhere."""
        back = [c for c in self.shell.keymap.commands if c.id == "back" and c.keys]
        return [*back, *super().footer()]

    async def press(self, key: str) -> None:
        """`space` pages, as in every pager."""
        await super().press("pagedown" if key in (" ", "space") else key)

    def _scroll(self, rows: int) -> None:
        self._first = min(max(0, self._first + rows), self._last_first)
        self.follows = type(self).follows and self._first == self._last_first
        self.draw()

    def do_log_up(self) -> None:
        """One row up."""
        self._scroll(-1)

    def do_log_down(self) -> None:
        """One row down."""
        self._scroll(1)

    def do_log_page_up(self) -> None:
        """A page up."""
        self._scroll(-self._height)

    def do_log_page_down(self) -> None:
        """A page down."""
        self._scroll(self._height)

    def do_log_home(self) -> None:
        """To the first row."""
        self._scroll(-self._total)

    def do_log_end(self) -> None:
        """To the last row."""
        self._scroll(self._total)
