"""The demo's SQLite file: one connection, one thread at a time, whole transactions."""

# ruff: noqa: S608 -- only names that the code itself declares stand in SQL, values never do
from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from csc_tui.demo import schema
from csc_tui.demo.folding import fold
from csc_tui.demo.schema import Row, Table


class Store:
    """An open file. Every method may raise sqlite3.Error."""

    def __init__(self, path: Path, trace: Callable[[str], object] | None = None) -> None:
        """Opens the file at path, which holds the schema; trace is told every SQL statement."""
        self._db = sqlite3.connect(path, timeout=5.0, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA trusted_schema = OFF")
        self._db.execute("PRAGMA journal_mode = TRUNCATE")
        # Commits survive the end of this process; a power cut may cost a demo its data.
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.create_function("fold", 1, fold, deterministic=True)
        self._db.set_trace_callback(trace)
        self._depth = 0

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    def select(self, sql: str, arguments: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """All rows of a query as tuples."""
        return self._db.execute(sql, arguments).fetchall()

    def number(self, sql: str, arguments: Sequence[object] = ()) -> int:
        """The single integer that a query gives; 0 for NULL and for no row."""
        rows = self.select(sql, arguments)
        value = rows[0][0] if rows else 0
        return value if isinstance(value, int) else 0

    def write(self, sql: str, arguments: Sequence[object] = ()) -> None:
        """Executes one statement."""
        self._db.execute(sql, arguments)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; a nested one belongs to the outer."""
        if self._depth:
            yield
            return
        self._db.execute("BEGIN IMMEDIATE")
        self._depth = 1
        try:
            yield
            self._db.execute("COMMIT")
        finally:
            self._depth = 0
            # A full disk may have rolled it back already.
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def rows(
        self, table: Table, where: str, arguments: Sequence[object], tail: str = ""
    ) -> list[Row]:
        """Rows of a resource with all their columns; tail is ORDER BY and LIMIT."""
        names = schema.columns(table)
        listed = ", ".join(f'"{name}"' for name in names)
        sql = f"SELECT {listed} FROM {table.table} WHERE {where} {tail}"
        return [dict(zip(names, row, strict=True)) for row in self.select(sql, arguments)]

    def find(self, table: Table, record_id: int) -> Row | None:
        """The row of this id, or None."""
        found = self.rows(table, "id = ?", [record_id])
        return found[0] if found else None

    def insert(self, table: Table, values: Mapping[str, object]) -> int:
        """Adds a row with its computed columns; gives its new id."""
        record_id = self._next_id(table.table)
        row = {**schema.stored(table, values), "id": record_id}
        row |= table.computed(row)
        names = [name for name in schema.columns(table) if name in row]
        listed = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" for _ in names)
        self.write(
            f"INSERT INTO {table.table} ({listed}) VALUES ({marks})",
            [row[name] for name in names],
        )
        return record_id

    def update(self, table: Table, old: Row, changes: Mapping[str, object]) -> None:
        """Writes changed columns of the row old, and the columns computed from them."""
        values = schema.stored(table, changes)
        values |= table.computed({**old, **values})
        if not values:
            return
        listed = ", ".join(f'"{name}" = ?' for name in values)
        self.write(f"UPDATE {table.table} SET {listed} WHERE id = ?", [*values.values(), old["id"]])

    def delete(self, table: Table, record_id: int) -> None:
        """Removes one row, nothing that hangs on it."""
        self.write(f"DELETE FROM {table.table} WHERE id = ?", [record_id])

    def meta(self, name: str) -> str:
        """A setting of the file; empty if unset."""
        rows = self.select("SELECT value FROM meta WHERE name = ?", [name])
        return str(rows[0][0]) if rows else ""

    def _next_id(self, name: str) -> int:
        """Ids are unique, never used again, and not consecutive (fact sheet §1.1)."""
        last = self.number("SELECT last FROM sequences WHERE name = ?", [name])
        following = last + 2 + last % 7
        self.write(
            "INSERT INTO sequences (name, last) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET last = excluded.last",
            [name, following],
        )
        return following


def listed(ids: Sequence[object]) -> str:
    """Ids as the one argument of `IN (SELECT value FROM json_each(?))`."""
    return json.dumps(ids)
