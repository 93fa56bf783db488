"""How records are printed: JSON, JSON Lines, CSV, a table for a terminal, plain lines for a pipe.

All write page by page. On a terminal nothing in a value can drive it; in JSON that is so anywhere.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from csc_tui.domain.dump import json_text
from csc_tui.glyphs import harmless

if TYPE_CHECKING:
    import argparse

    from csc_tui.cli.columns import Shown
    from csc_tui.domain.record import Record

Packed = Callable[["Record"], Mapping[str, object]]
"""A record as an object for a program."""


class Writer(Protocol):
    """One format."""

    def write(self, records: Sequence[Record]) -> None:
        """Print the records of a page, at once."""

    def end(self) -> None:
        """Print what belongs at the end."""


def writer_of(found: argparse.Namespace, columns: Sequence[Shown], packed: Packed) -> Writer:
    """The format that the options ask for; `packed` makes the objects of JSON."""
    if found.jsonl:
        return JsonLines(packed)
    if found.json:
        return JsonArray(packed)
    if found.csv:
        return Csv(columns, raw=found.raw)
    return Table(columns) if sys.stdout.isatty() else Plain(columns)


class JsonLines:
    """One object a line."""

    def __init__(self, packed: Packed) -> None:
        self._packed = packed

    def write(self, records: Sequence[Record]) -> None:
        """Every record a line."""
        _print(json_text(self._packed(one)) for one in records)

    def end(self) -> None:
        """Nothing."""


class JsonArray:
    """One array, one record a line of it."""

    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        self._before = "["

    def write(self, records: Sequence[Record]) -> None:
        """The records, with commas between."""
        texts = []
        for one in records:
            texts.append(self._before + json_text(self._packed(one)))
            self._before = ",\n"
        sys.stdout.write("".join(texts))
        sys.stdout.flush()

    def end(self) -> None:
        """Close the array."""
        _print(["[]" if self._before == "[" else "]"])


class Csv:
    """RFC 4180, headed by the columns' names."""

    def __init__(self, columns: Sequence[Shown], *, raw: bool) -> None:
        """`raw`: also what a spreadsheet takes for a formula stays as it is."""
        import csv

        from csc_tui.domain.csv_text import guarded

        self._columns = columns
        self._guard = str if raw else guarded
        self._out = csv.writer(sys.stdout, lineterminator="\r\n")
        self._out.writerow(one.name for one in columns)

    def write(self, records: Sequence[Record]) -> None:
        """Every record a row."""
        for record in records:
            self._out.writerow(self._guard(one.text(record)) for one in self._columns)
        sys.stdout.flush()

    def end(self) -> None:
        """Nothing."""
        sys.stdout.flush()


class Plain:
    """A line for each record, tabs between: for `cut`, `sort`, `grep`."""

    def __init__(self, columns: Sequence[Shown]) -> None:
        self._columns = columns

    def write(self, records: Sequence[Record]) -> None:
        """Every record a line."""
        _print("\t".join(harmless(one.text(it)) for one in self._columns) for it in records)

    def end(self) -> None:
        """Nothing."""


class Table:
    """Columns as wide as the terminal has room for, with heads."""

    def __init__(self, columns: Sequence[Shown]) -> None:
        from time import time

        from csc_tui.ui.columns import GUTTER, heads, place

        self._columns = columns
        self._now = time()
        width = shutil.get_terminal_size().columns + GUTTER
        self._placed = place([one.column for one in columns], width)
        _print([heads(self._placed)[GUTTER:].rstrip()])

    def write(self, records: Sequence[Record]) -> None:
        """Every record a row."""
        from csc_tui.ui.columns import cells

        _print(
            cells(self._placed, [one.text(it) for one in self._columns], self._now).rstrip()
            for it in records
        )

    def end(self) -> None:
        """Nothing."""


def _print(lines: Iterable[str]) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()
