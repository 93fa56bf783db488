"""One value alone on the screen: a long text, a number to read out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.glyphs import harmless, wrap
from csc_tui.ui.paint import plain
from csc_tui.ui.screens.pager import Pager

if TYPE_CHECKING:
    from csc_tui.ui.paint import Line


class AloneScreen(Pager):
    """A value in full, paged."""

    def __init__(self, label: str, text: str) -> None:
        super().__init__()
        self._label = harmless(label)
        self._text = text

    def rows(self, columns: int) -> list[Line]:
        """The text, wrapped."""
        return [plain(f"  {row}") for row in wrap(self._text, max(10, columns - 4))]

    def trail(self) -> list[str]:
        """Where it belongs, then its label."""
        return [*self.csc.trail_words(self), self._label]
