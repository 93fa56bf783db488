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
                first, end = changed(before, after, self.size.width)
                self.refresh(Region(first, y, end - first, 1))

    def on_resize(self) -> None:
        """Have drawn anew what was drawn for another width or height."""
        cast("Shell", self.app).redraw_soon()

    def render_line(self, y: int) -> Strip:
        """One line as textual asks for it."""
        paint = cast("Shell", self.app).paint
        return paint.strip(self._lines[y] if y < len(self._lines) else (), self.size.width)


def changed(before: Line, after: Line, cells: int) -> tuple[int, int]:
    """First cell that differs between two lines, and the one behind the last, within `cells`.

    Text is only cut between ASCII characters: anything else might join what stands beside it.
    """
    if _width(before) > cells or _width(after) > cells:
        return 0, cells  # what is cut off has an ellipsis
    ahead = 0
    while ahead < min(len(before), len(after)) and before[ahead] == after[ahead]:
        ahead += 1
    rest, other = before[ahead:], after[ahead:]
    behind = 0
    while behind < min(len(rest), len(other)) and rest[-1 - behind] == other[-1 - behind]:
        behind += 1
    first, end = _width(after[:ahead]), cells
    if rest and other and rest[0].role is other[0].role:
        first += _shared(rest[0].text, other[0].text)
    if behind and _width(rest) == _width(other):
        end = _width(after) - _width(other[len(other) - behind :])
    return first, max(first, end)


def _width(line: Line) -> int:
    return sum(width(harmless(run.text)) for run in line)


def _shared(one: str, other: str) -> int:
    """How many characters both begin with, all ASCII and with ASCII behind them in both."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if not (left.isascii() and right.isascii()):
            return max(0, count - 1)
        if left != right:
            return count
        count += 1
    return max(0, count - 1)
