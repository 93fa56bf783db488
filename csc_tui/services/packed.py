"""Many rows in memory, for lists that hold all of theirs: each takes 300 bytes instead of 800."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from csc_tui.store.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator


class PackedRows:
    """A list of rows, each unpacked when it is looked at."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        """Of each row; only to be read."""
        self._packed: list[str] = []
        """Cells and version of each as JSON: one text instead of nine objects."""

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[Row]:
        return map(self.__getitem__, range(len(self.ids)))

    def __getitem__(self, place: int) -> Row:
        cells, version = json.loads(self._packed[place])
        return Row(self.ids[place], tuple(cells), version)

    def __setitem__(self, place: int, row: Row) -> None:
        self.ids[place], self._packed[place] = row.id, _packed(row)

    def __delitem__(self, place: int) -> None:
        del self.ids[place], self._packed[place]

    def insert(self, place: int, row: Row) -> None:
        """Put a row before that at `place`."""
        self.ids.insert(place, row.id)
        self._packed.insert(place, _packed(row))


def _packed(row: Row) -> str:
    return json.dumps((row.cells, row.version), separators=(",", ":"), ensure_ascii=False)
