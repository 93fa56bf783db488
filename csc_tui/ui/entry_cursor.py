"""A cursor that stays on its entry while others come, go and change their places."""

from __future__ import annotations

from collections.abc import Sequence


class EntryCursor:
    """Which of some entries one is on, by its id; where it is gone, the next one that is left."""

    def __init__(self) -> None:
        self.id = ""
        """Of the entry; empty where there is none."""
        self.row = 0
        """Its place, from 0, when it was last looked for."""
        self._ids: Sequence[str] = ()

    def place(self, ids: Sequence[str]) -> None:
        """Find it among what there is now, in the order in which it stands there."""
        if self.id not in ids:
            left = set(ids)
            around = (*self._ids[self.row + 1 :], *reversed(self._ids[: self.row]))
            least = ids[min(self.row, len(ids) - 1)] if ids else ""
            self.id = next((one for one in around if one in left), least)
        self.row = ids.index(self.id) if ids else 0
        self._ids = ids

    def move(self, ids: Sequence[str], rows: int) -> None:
        """So many rows down (up: below 0) from where it is now, not from where it was drawn."""
        self.place(ids)
        if ids:
            self.row = min(max(0, self.row + rows), len(ids) - 1)
            self.id = ids[self.row]
