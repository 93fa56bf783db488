"""What lists and the search hold of a record: plain texts that need no model to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csc_tui.domain.column import Column
    from csc_tui.domain.record import Record

LONGEST_CELL = 500
"""Characters of a cell that are kept: wider than any terminal."""


class Digest(NamedTuple):
    """A record as far as lists and the search look at it."""

    id: str
    cells: tuple[str, ...]
    """In the order of the resource's columns; the first is the name that it is listed by."""
    version: str
    """As `Record.version` gives it."""
    names: str
    """What the search finds first: first and last name, a company's name."""
    words: tuple[str, ...]
    """E-mails, companies, cities."""
    phones: tuple[str, ...]
    """Phone numbers as written."""


def digest(record: Record, columns: Iterable[Column]) -> Digest:
    """The digest of a record, for a list with these columns."""
    found = record.found_by()
    return Digest(
        record.id, cells(record, columns), record.version(), found.names, found.words, found.phones
    )


def cells(record: Record, columns: Iterable[Column]) -> tuple[str, ...]:
    """The texts of a record's list columns."""
    return tuple([record.cell(column.name)[:LONGEST_CELL] for column in columns])
