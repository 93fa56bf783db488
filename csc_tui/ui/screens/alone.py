"""One value alone on the screen: a long text, a number to read out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.glyphs import ELLIPSIS, harmless, wrap
from csc_tui.ui.paint import plain
from csc_tui.ui.screens.pager import Pager

if TYPE_CHECKING:
    from csc_tui.ui.paint import Line

LONGEST = 100_000
"""Characters that are shown; whoever needs more of one value reads it elsewhere."""


class AloneScreen(Pager):
    """A value in full, paged."""

    def __init__(self, label: str, text: str, why: str = "") -> None:
        """`why` it is shown to be selected: then from the first column on, without a margin."""
        super().__init__()
        self._margin = 0 if why else 2
        self._why = why
        self._label = harmless(label)
        self._text = text if len(text) <= LONGEST else text[:LONGEST] + ELLIPSIS
        self._rows: dict[int, list[Line]] = {}

    def rows(self, columns: int) -> list[Line]:
        """The text, wrapped."""
        if columns not in self._rows:
            rows = wrap(self._text, max(10, columns - 2 * self._margin))
            self._rows = {columns: [plain(" " * self._margin + row) for row in rows]}
        return self._rows[columns]

    def trail(self) -> list[str]:
        """Where it belongs, then its label."""
        return [*self.csc.trail_words(self), self._label]

    def idle_words(self) -> str:
        """Why it is shown so."""
        return self._why
