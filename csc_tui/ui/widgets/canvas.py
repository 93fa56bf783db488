"""A widget that is given whole lines and repaints only what changed in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from csc_tui.glyphs import harmless, width
from csc_tui.ui.paint import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csc_tui.ui.paint import Paint
    from csc_tui.ui.shell import Shell


class Canvas(Widget, can_focus=False):
    """Lines of runs on the Line API."""

    DEFAULT_CSS = "Canvas { width: 1fr; height: 1fr; } Canvas.line { height: 1; }"

    def __init__(self, *, id: str | None = None, line: bool = False) -> None:  # noqa: A002
        """`line`: one line high, else all the room there is."""
        super().__init__(id=id, classes="line" if line else None)
        self._lines: list[Line] = []
        self._paint: Paint | None = None
        """The colours that it was last drawn with."""

    def draw(self, lines: Sequence[Line]) -> None:
        """Show these lines from the top; what did not change is not painted again."""
        old, self._lines = self._lines, list(lines)
        paint = cast("Shell", self.app).paint
        if paint is not self._paint:
            self._paint = paint
            self.refresh()
            return
        for y in range(max(len(old), len(self._lines))):
            before = old[y] if y < len(old) else ()
            after = self._lines[y] if y < len(self._lines) else ()
            if before != after:
                self.refresh(Region(0, y, end_of_change(before, after, self.size.width), 1))

    def take(self, lines: Sequence[Line]) -> None:
        """Show these lines and be as high as they are."""
        if self.size.height != len(lines):
            self.styles.height = len(lines)
        self.draw(lines)

    def on_resize(self) -> None:
        """Have drawn anew what was drawn for another width or height."""
        cast("Shell", self.app).redraw_soon()

    def render_line(self, y: int) -> Strip:
        """One line as textual asks for it."""
        paint = cast("Shell", self.app).paint
        return paint.strip(self._lines[y] if y < len(self._lines) else (), self.size.width)


def end_of_change(before: Line, after: Line, cells: int) -> int:
    """The cell behind the last one that differs between two lines, at most `cells`.

    Where the change begins would not help: textual paints a widget's line from its first cell.
    """
    if _width(before) != _width(after) or _width(after) > cells:
        return cells
    kept = 0
    for one, other in zip(reversed(before), reversed(after), strict=False):
        if one != other:
            break
        kept += width(harmless(one.text))
    return _width(after) - kept if kept else cells


def _width(line: Line) -> int:
    return sum(width(harmless(run.text)) for run in line)
