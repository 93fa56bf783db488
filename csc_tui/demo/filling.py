"""Makes the demo's file: the world's rows in big transactions, the indexes afterwards."""

# ruff: noqa: S608 -- only names that the code itself declares stand in SQL, values never do
from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from itertools import chain
from pathlib import Path

from csc_tui.demo import schema
from csc_tui.demo.resource import Resource
from csc_tui.demo.resources import RESOURCES

World = Iterable[tuple[str, list[dict[str, object]]]]
"""Batches of rows with the table they belong to; ids and foreign keys are set."""

ACCOUNT_ID = 77
"""The only account of this server."""
GROUP_ID = 5
"""The permission group of all its people and companies."""

_DEFAULTS = {
    "account_id": ACCOUNT_ID,
    "group_id": GROUP_ID,
    "api_input": 0,
    "active": 1,
    "data_hash": "{}",
    "attachments_count": 0,
    "comments_count": 0,
}


def create(path: Path, world: World, people: int, companies: int) -> None:
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
            _fill(db, world)
            counts = {"people": str(people), "companies": str(companies)}
            db.executemany("INSERT INTO meta VALUES (?, ?)", list(counts.items()))
            db.execute(f"PRAGMA user_version = {schema.VERSION}")
            db.execute("COMMIT")
            db.execute("ANALYZE")
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def _fill(db: sqlite3.Connection, world: World) -> None:
    tables = (schema.create_table(one) for one in RESOURCES.values())
    for statement in chain(schema.TABLES, tables):
        db.execute(statement)
    for table, batch in world:
        _insert(db, RESOURCES[table], batch)
        if table == "protocols":
            _link(db, batch)
    indexes = chain.from_iterable(schema.create_indexes(one) for one in RESOURCES.values())
    for statement in chain(schema.INDEXES, indexes):
        db.execute(statement)
    for table in RESOURCES:
        db.execute(f"INSERT INTO sequences SELECT ?, coalesce(max(id), 0) FROM {table}", [table])


def _insert(db: sqlite3.Connection, resource: Resource, batch: list[dict[str, object]]) -> None:
    names = schema.columns(resource)
    marks = ", ".join("?" for _ in names)
    db.executemany(
        f"INSERT INTO {resource.table} VALUES ({marks})",
        (_values(resource, names, row) for row in batch),
    )


def _values(resource: Resource, names: list[str], row: Mapping[str, object]) -> list[object]:
    filled = {**_DEFAULTS, **schema.stored(resource, row)}
    filled |= schema.computed(resource.table, filled)
    return [filled.get(name) for name in names]


def _link(db: sqlite3.Connection, batch: list[dict[str, object]]) -> None:
    for key, class_name in (("person_ids", "Person"), ("company_ids", "Company")):
        db.executemany(
            "INSERT OR IGNORE INTO protocol_links VALUES (?, ?, ?)",
            [(row["id"], class_name, one) for row in batch for one in _ids(row.get(key))],
        )


def _ids(value: object) -> list[object]:
    return value if isinstance(value, list) else []
