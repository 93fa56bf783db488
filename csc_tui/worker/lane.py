"""Lanes: what goes first when the budget is scarce."""

from __future__ import annotations

from enum import IntEnum


class Lane(IntEnum):
    """Smaller is sooner."""

    CURSOR = 0
    """What the user is looking at this moment."""
    VISIBLE = 1
    """Rows on screen."""
    WRITE = 2
    """Saves."""
    PREFETCH = 3
    """What will probably be wanted."""
    SYNC = 4
    """Filling the store."""

    @property
    def yields(self) -> bool:
        """Whether it leaves slots free for the person at the keys."""
        return self >= Lane.PREFETCH
