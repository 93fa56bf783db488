"""QR codes in half blocks, for the phone in the hand to read off the screen."""

from __future__ import annotations

from collections.abc import Sequence

QUIET = (4, 2, 1)
"""Light modules round the code: as the standard wants it, and what phones still read."""

_HALVES = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}
"""(upper, lower) module drawn in the text's colour -> glyph."""


def code_rows(content: str, columns: int, rows: int, *, drawn: int = 1) -> list[str]:
    """The QR code of `content` in at most so many cells, with its quiet zone; empty: no room.

    `drawn`: which modules are in the text's colour, the dark ones (1) or the light ones (0).
    """
    import segno
    from segno.encoder import DataOverflowError

    try:
        code = segno.make(content, micro=False, error="L")
    except DataOverflowError:
        return []
    for quiet in QUIET:
        size = len(code.matrix) + 2 * quiet
        if size <= columns and (size + 1) // 2 <= rows:
            return _halves(_with_border(code.matrix, quiet), drawn)
    return []


def _with_border(matrix: Sequence[Sequence[int]], quiet: int) -> list[list[int]]:
    """The modules with light ones round them, in an even number of rows."""
    size = len(matrix) + 2 * quiet
    blank = [[0] * size for _ in range(quiet)]
    inside = [[0] * quiet + [1 if dark else 0 for dark in row] + [0] * quiet for row in matrix]
    return [*blank, *inside, *blank, *([[0] * size] if size % 2 else [])]


def _halves(modules: list[list[int]], drawn: int) -> list[str]:
    return [
        "".join(
            _HALVES[int(high == drawn), int(low == drawn)]
            for high, low in zip(upper, lower, strict=True)
        )
        for upper, lower in zip(modules[::2], modules[1::2], strict=True)
    ]
