"""How much of a line is painted when it changes."""

from __future__ import annotations

import pytest

from csc_tui.ui.paint import Line, Role, Run, plain
from csc_tui.ui.widgets.canvas import end_of_change

END = Run(" ? help")


@pytest.mark.parametrize(
    ("before", "after", "end"),
    [
        ((Run("budget 48"), Run("  "), END), (Run("budget 47"), Run("  "), END), 9),
        ((Run("48"), Run("  "), END), (Run("4"), Run("   "), END), 4),
        # What is wider or narrower moves what stands behind it.
        ((Run("48"), END), (Run("5"), END), 20),
        # A glyph of two cells counts two.
        ((Run("東"), Run("x"), END), (Run("ab"), Run("x"), END), 2),
        # Nothing the same at the end: the blank behind it may be lit up too.
        (plain("row", Role.CURSOR), plain("row"), 20),
        ((), plain("row"), 20),
        # What does not fit ends in an ellipsis.
        (plain("x" * 19), plain("x" * 21), 20),
    ],
)
def test_what_stays_at_the_end_is_not_painted(before: Line, after: Line, end: int) -> None:
    assert end_of_change(before, after, 20) == end
