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

    from csc_tui.ui.paint import Line


class Pager(Frame):
    """Rows, paged. Subclasses give them."""

    place = Place.LOG
    follows = False
    """Whether it stands at the end, and stays there while rows are added."""

    def __init__(self) -> None:
        super().__init__()
        self._first = 0
        self._canvas = Canvas(id="rows")

    def body(self) -> list[Widget]:
        """The rows."""
        return [self._canvas]

    def rows(self, columns: int) -> Sequence[Line]:
        """All rows at this width."""
        raise NotImplementedError

    def draw(self) -> None:
        """Draw the rows that are on screen."""
        if self.too_small or not self.is_mounted:
            return
        height = max(1, self._canvas.size.height)
        rows = self.rows(self.app.size.width)
        last = max(0, len(rows) - height)
        self._first = last if self.follows else max(0, min(self._first, last))
        self._total = len(rows)
        self._canvas.draw(rows[self._first : self._first + height])
        super().draw()

    def position(self) -> str:
        """Which rows are on screen."""
        last = min(self._total, self._first + self._canvas.size.height)
        return say("screen.rows", first=min(self._first + 1, last), last=last, total=self._total)

    async def press(self, key: str) -> None:
        """`space` pages, as in every pager."""
        await super().press("pagedown" if key in (" ", "space") else key)

    def _scroll(self, rows: int) -> None:
        before = self._first
        self.follows = False
        self._first += rows
        self.draw()
        self.scrolled(rows, moved=self._first != before)

    def scrolled(self, rows: int, *, moved: bool) -> None:
        """It was scrolled by `rows`; `moved`: it was not at that end before."""

    def do_log_up(self) -> None:
        """One row up."""
        self._scroll(-1)

    def do_log_down(self) -> None:
        """One row down."""
        self._scroll(1)

    def do_log_page_up(self) -> None:
        """A page up."""
        self._scroll(-self._canvas.size.height)

    def do_log_page_down(self) -> None:
        """A page down."""
        self._scroll(self._canvas.size.height)

    def do_log_home(self) -> None:
        """To the first row."""
        self._scroll(-self._total)

    def do_log_end(self) -> None:
        """To the last row."""
        self._scroll(self._total)
