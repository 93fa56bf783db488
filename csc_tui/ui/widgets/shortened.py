"""A window that is lower for a while: the cursor stays in view, and its rows come back."""

from __future__ import annotations


class Shortened:
    """Where a window began before something above or below it, a long message, took rows of it."""

    def __init__(self) -> None:
        self._height = 0
        self._before: tuple[int, int, int] | None = None
        """Its height and first row before, and the first row that it was given since."""

    def top(self, top: int, height: int, last: int) -> int:
        """The first row of a window of that height, now at `top`, that shows row `last`."""
        if self._before is not None:
            rows, before, after = self._before
            if top != after:  # it was scrolled meanwhile: that is where one wants to be
                self._before = None
            elif height >= rows:
                top, self._before = before, None
        least = last - height + 1
        if top < least:
            if height < self._height:
                rows, before, _ = self._before or (self._height, top, 0)
                self._before = rows, before, least
            top = least
        self._height = height
        return top
