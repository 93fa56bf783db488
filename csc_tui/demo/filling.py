"""Makes the demo's file: the world's rows in big transactions, the indexes afterwards."""

# ruff: noqa: S608 -- only names that the code itself declares stand in SQL, values never do
from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from itertools import chain
from pathlib import Path

from csc_tui.demo import schema
from csc_tui.demo.schema import Row, Schema, Table, World


def create(path: Path, kind: Schema, world: World, people: int, companies: int) -> None:
    """Writes a new file at path (0600), replacing one that is there only when it is complete.

    people and companies are noted as what was asked for. Raises OSError and sqlite3.Error.
    """
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with closing(sqlite3.connect(fresh, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode = OFF")
            db.execute("PRAGMA synchronous = OFF")
            db.execute("BEGIN")
            _fill(db, kind, world)
            counts = {"people": str(people), "companies": str(companies)}
            db.executemany("INSERT INTO meta VALUES (?, ?)", list(counts.items()))
            db.execute(f"PRAGMA user_version = {kind.version}")
            db.execute("COMMIT")
            db.execute("ANALYZE")
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def _fill(db: sqlite3.Connection, kind: Schema, world: World) -> None:
    tables = (schema.create_table(one) for one in kind.tables.values())
    for statement in chain(schema.COMMON, kind.statements, tables):
        db.execute(statement)
    for name, batch in kind.translate(world):
        if table := kind.tables.get(name):
            _insert(db, table, batch, kind.defaults)
        elif batch:
            _insert_plain(db, name, batch)
    indexes = chain.from_iterable(schema.create_indexes(one) for one in kind.tables.values())
    for statement in chain(kind.indexes, indexes):
        db.execute(statement)
    for name in kind.tables:
        db.execute(f"INSERT INTO sequences SELECT ?, coalesce(max(id), 0) FROM {name}", [name])


def _insert(
    db: sqlite3.Connection, table: Table, batch: list[Row], defaults: Mapping[str, object]
) -> None:
    names = schema.columns(table)
    marks = ", ".join("?" for _ in names)
    db.executemany(
        f"INSERT INTO {table.table} VALUES ({marks})",
        (_values(table, names, {**defaults, **row}) for row in batch),
    )


def _values(table: Table, names: list[str], row: Row) -> list[object]:
    filled = schema.stored(table, row)
    filled |= table.computed(filled)
    return [filled.get(name) for name in names]


def _insert_plain(db: sqlite3.Connection, name: str, batch: list[Row]) -> None:
    """Rows of a table that is not declared; all have the same columns, known twins are skipped."""
    marks = ", ".join("?" for _ in batch[0])
    db.executemany(
        f"INSERT OR IGNORE INTO {name} ({', '.join(batch[0])}) VALUES ({marks})",
        (list(row.values()) for row in batch),
    )
