"""What every benchmark gives: a table of words and figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Table:
    """Rows under heads; the first column is words, the others are figures."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]

    def text(self) -> str:
        """The table in columns."""
        lines = [[str(cell) for cell in row] for row in (self.heads, *self.rows)]
        widths = [max(len(line[n]) for line in lines) for n in range(len(self.heads))]
        shown = [
            "  ".join(
                cell.ljust(width) if n == 0 else cell.rjust(width)
                for n, (cell, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
            for line in lines
        ]
        return "\n".join((self.title, "", *shown, ""))


def milliseconds(work: Callable[[], object], times: int) -> float:
    """The median of so many runs."""
    taken = []
    for _ in range(times):
        begin = perf_counter()
        work()
        taken.append((perf_counter() - begin) * 1000)
    return median(taken)
