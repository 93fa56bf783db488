"""What a dialect's SQLite file consists of, made from its declared tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from csc_tui.demo.attribute import Attribute

Row = dict[str, object]
"""Columns of one row by name, as stored."""

World = Iterable[tuple[str, list[Row]]]
"""Batches of rows with the table they belong to; ids and foreign keys are set."""

_SQL_TYPES = {"int": "INTEGER", "bool": "INTEGER", "time": "INTEGER", "number": "REAL"}

COMMON = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT)",
    "CREATE TABLE sequences (name TEXT PRIMARY KEY, last INTEGER)",
)
"""What every file has: its settings and the last ids."""


class Table(Protocol):
    """A declared kind of record, as the store sees it."""

    @property
    def table(self) -> str:
        """The name in SQL."""
        ...

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """The columns that are shown, in wire order; one of them is `id`."""
        ...

    @property
    def hidden(self) -> tuple[str, ...]:
        """Columns (with SQL type) that are stored and never shown."""
        ...

    @property
    def indexes(self) -> tuple[str, ...]:
        """Column lists."""
        ...

    def computed(self, row: Mapping[str, object]) -> Row:
        """The hidden columns that follow from the others."""
        ...


@dataclass(frozen=True, slots=True)
class Schema:
    """One dialect's file."""

    file: str
    """Its name in the data folder."""
    version: int
    """Kept in `user_version`; a file of another version is made anew."""
    tables: Mapping[str, Table]
    """By SQL name, parents before children."""
    translate: Callable[[World], World]
    """The world's rows as this file's."""
    statements: tuple[str, ...] = ()
    """CREATE TABLE of what is not declared."""
    indexes: tuple[str, ...] = ()
    """CREATE INDEX for those."""
    defaults: Mapping[str, object] = field(default_factory=dict)
    """Values of columns that the world does not name."""


def create_table(table: Table) -> str:
    """The CREATE TABLE of a declared table."""
    columns = [
        f'"{one.name}" '
        + _SQL_TYPES.get(one.kind, "TEXT")
        + (" PRIMARY KEY" if one.name == "id" else "")
        for one in table.attributes
    ]
    return f"CREATE TABLE {table.table} ({', '.join((*columns, *table.hidden))})"


def create_indexes(table: Table) -> list[str]:
    """The CREATE INDEX statements of a table, for after the first filling."""
    return [
        f"CREATE INDEX {table.table}_{number} ON {table.table} ({columns})"
        for number, columns in enumerate(table.indexes)
    ]


def columns(table: Table) -> list[str]:
    """All stored columns: the attributes in wire order, then the hidden ones."""
    return [
        *(one.name for one in table.attributes),
        *(one.split()[0] for one in table.hidden),
    ]


def stored(table: Table, row: Mapping[str, object]) -> Row:
    """A copy of the row with json attributes as text, as they are stored."""
    result = dict(row)
    for one in table.attributes:
        if one.kind == "json" and one.name in result and result[one.name] is not None:
            result[one.name] = json.dumps(result[one.name], ensure_ascii=False)
    return result
