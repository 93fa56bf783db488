"""Lines for a person or a pipe: on a terminal nothing in them can drive it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from csc_tui.glyphs import escaped, harmless

TYPE_CHECKING = False
"""True for type checkers alone; `typing` itself would cost 10 ms at start."""

if TYPE_CHECKING:
    from typing import TextIO


def put(text: str = "", stream: TextIO | None = None) -> None:
    """One line to `stream` (stdout), made harmless where that is a terminal."""
    stream = stream or sys.stdout
    print(harmless(text) if stream.isatty() else text, file=stream)


def put_json(data: object) -> None:
    """A value as JSON to stdout; C0, C1 and bidi controls in it are escaped, letters are not."""
    import json

    print(escaped(json.dumps(data, ensure_ascii=False, indent=1)))


def complain(text: str) -> None:
    """One line to stderr, beginning with the program's name."""
    put(f"csc-tui: {text}", sys.stderr)


def put_table(rows: Iterable[Sequence[str]]) -> None:
    """Rows with their columns, all but the last, padded to one width."""
    kept = [tuple(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*kept, strict=True)][:-1]
    for row in kept:
        padded = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        put("  ".join((*padded, row[-1])).rstrip())
