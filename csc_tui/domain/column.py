"""Columns and orders of a list: what it shows before anything else of its resource is known."""

# No postponed annotations: for a named tuple each text would be compiled while it is imported.

from typing import NamedTuple

from csc_tui.domain.query import Sort


class Column(NamedTuple):
    """One column of a list. Plain strings and numbers: it is kept in the store for first paint."""

    name: str
    title: str
    width: int
    """Cells it has at least."""
    at: int = 0
    """From which terminal width on it is shown; 0: always; 999: only when chosen."""
    grow: int = 0
    """How wide left-over space may make it; 0: never."""
    age: bool = False
    """The cell holds an ISO time and is shown as `2d`, at the right edge."""


class SortOption(NamedTuple):
    """One order that the server has, with its words."""

    sort: Sort
    words: str
    """`by name`, as the message line says it."""
    column: str = ""
    """The column that carries the arrow."""


def task_columns(name: str, whose: str) -> tuple[Column, ...]:
    """The columns of things to be done, with what the CRM calls two of them."""
    return (
        Column("name", name, 26, grow=40),
        Column("due", "Due", 17),
        Column("about", "About", 20, at=70, grow=30),
        Column("done", "Done", 4, at=60),
        Column("kind", "Type", 11, at=90),
        Column("whose", whose, 16, at=104, grow=24),
    )
