"""The whole history beside a record: every entry in full, one cursor through them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from csc_tui.glyphs import MOST_POINTS, clip, harmless, width, wrap
from csc_tui.ui.paint import Line, Role, Run, plain
from csc_tui.ui.widgets.canvas import Canvas
from csc_tui.ui.widgets.record_view import Stop
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.domain import detail

EDGE = "│"
INDENT = 4
"""Cells before the words of an entry."""
MOST_ROWS = 200
"""Rows of one entry; `⏎` shows a longer one alone."""


class HistoryView(Canvas):
    """Entries, scrolled so that the one under the cursor begins on the screen."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.stops: list[Stop] = []
        self.cursor = 0
        self.top = 0
        self.active = False
        """Whether the cursor is shown."""
        self.more_below = False
        self._rows: list[tuple[int, Line]] = []
        """Number of the stop, and what stands there."""
        self._made_for = (-1, 0)
        """The width that the rows were made for, and how many stops there were."""

    def show(self, entries: Sequence[detail.Line], *, fresh: bool) -> None:
        """Show these; `fresh`: of another record than before."""
        self.stops = [Stop(one.copy, one.target, one) for one in entries]
        if fresh:
            self.top = self.cursor = 0
            self.active = False
        self.cursor = min(self.cursor, max(0, len(self.stops) - 1))
        self._made_for = (-1, 0)

    @property
    def stop(self) -> Stop | None:
        """What the cursor is on."""
        return self.stops[self.cursor] if self.stops else None

    def move(self, stops: int) -> None:
        """Move the cursor by so many entries."""
        self.cursor = min(max(self.cursor + stops, 0), max(0, len(self.stops) - 1))

    def redraw(self) -> None:
        """Draw what is to be seen."""
        height, room = max(1, self.size.height), self.size.width - width(EDGE)
        if self._made_for != (room, len(self.stops)):
            self._rows = list(self._made(room))
            self._made_for = (room, len(self.stops))
        if self.active:
            mine = [number for number, (stop, _) in enumerate(self._rows) if stop == self.cursor]
            if mine:
                self.top = max(self.top, mine[-1] - height + 1)
                self.top = min(self.top, mine[0]) if self.cursor else 0
        self.top = max(0, min(self.top, len(self._rows) - height))
        self.more_below = len(self._rows) > self.top + height
        shown = self._rows[self.top : self.top + height]
        edge = Run(EDGE, Role.MUTED)
        lines: list[Line] = [(edge, *self._lit(stop, runs)) for stop, runs in shown]
        self.draw(lines + [(edge,)] * (height - len(lines)))

    def _lit(self, stop: int, runs: Line) -> Line:
        """The row as it is where the cursor is on its entry."""
        if not self.active or stop != self.cursor or not runs or runs[0].role is Role.TEXT:
            return runs
        return (Run("› "), Run(runs[0].text[2:], Role.CURSOR), *runs[1:])

    def _made(self, room: int) -> Iterator[tuple[int, Line]]:
        yield -1, plain(f"  {say('note.history')}", Role.HEAD)
        for number, stop in enumerate(self.stops):
            line = stop.line
            assert line is not None, "every entry has its line"
            head, *texts = line.rows
            yield -1, ()
            yield number, plain(f"  {clip(harmless(head), room - 3)}", Role.STRONG)
            cells = max(10, room - INDENT - 1)
            rows = (row for text in _seen(texts, cells) for row in wrap(text, cells))
            for count, row in enumerate(rows):
                if count == MOST_ROWS:
                    yield number, plain(" " * INDENT + "…")
                    break
                yield number, plain(" " * INDENT + row)


def _seen(texts: Sequence[str], cells: int) -> Iterator[str]:
    """The texts as far as they can be seen."""
    return (text[: MOST_ROWS * MOST_POINTS * cells] for text in texts if text)
