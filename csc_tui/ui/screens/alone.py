"""One value alone on the screen: a long text, a number to read out."""

from __future__ import annotations

from textual.widget import Widget

from csc_tui.glyphs import harmless, wrap
from csc_tui.ui.commands.command import Place
from csc_tui.ui.frame import Frame
from csc_tui.ui.paint import plain
from csc_tui.ui.widgets.canvas import Canvas
from csc_tui.words import say


class AloneScreen(Frame):
    """A value in full, paged."""

    place = Place.LOG

    def __init__(self, label: str, text: str) -> None:
        super().__init__()
        self._label = harmless(label)
        self._text = text
        self._top = 0
        self._canvas = Canvas(id="alone")

    def body(self) -> list[Widget]:
        """The text."""
        return [self._canvas]

    def _rows(self) -> list[str]:
        return wrap(self._text, max(10, self.app.size.width - 4))

    def draw(self) -> None:
        """Draw the rows that are on screen."""
        if self.too_small or not self.is_mounted:
            return
        height = max(1, self._canvas.size.height)
        rows = self._rows()
        self._top = max(0, min(self._top, len(rows) - height))
        self._canvas.draw([plain(f"  {row}") for row in rows[self._top : self._top + height]])
        super().draw()

    def trail(self) -> list[str]:
        """Where it belongs, then its label."""
        return [*self.csc.trail_words(self), self._label]

    def position(self) -> str:
        """Which rows are on screen."""
        total = len(self._rows())
        last = min(total, self._top + self._canvas.size.height)
        return say("screen.rows", first=self._top + 1, last=last, total=total)

    def typed(self, key: str) -> bool:
        """Nothing is typed here."""
        return False

    async def press(self, key: str) -> None:
        """`space` pages, as in every pager."""
        await super().press("pagedown" if key in (" ", "space") else key)

    def _scroll(self, rows: int) -> None:
        self._top += rows
        self.draw()

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
        self._scroll(-len(self._rows()))

    def do_log_end(self) -> None:
        """To the last row."""
        self._scroll(len(self._rows()))
