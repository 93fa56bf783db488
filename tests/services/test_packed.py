"""Rows that are held all of them: as they were, in little memory."""

from __future__ import annotations

import gc
import sys

from csc_tui.services.packed import PackedRows
from csc_tui.store.rows import Row

MANY = 2_000


def row(number: int) -> Row:
    """One of which no piece is shared."""
    return Row(f"id{number}", tuple(f"cell {number} {n}" for n in range(7)), f"v{number}")


def test_a_row_comes_out_as_it_went_in() -> None:
    rows = PackedRows()
    odd = Row("1", ("Ä\0\x1f\n", '"]', "\ud83d", "漢字", ""), "\u2028")
    for one in (odd, row(2)):
        rows.insert(0, one)

    assert list(rows) == [row(2), odd]
    assert rows.ids == ["id2", "1"]
    assert rows[-1] == odd

    rows[0] = row(3)
    del rows[1]
    assert list(rows) == [row(3)]
    assert len(rows) == 1


def test_a_row_is_kept_in_two_pieces() -> None:
    rows = PackedRows()
    gc.collect()
    before = sys.getallocatedblocks()
    for number in range(MANY):
        rows.insert(number, row(number))
    gc.collect()
    assert sys.getallocatedblocks() - before < 3 * MANY
