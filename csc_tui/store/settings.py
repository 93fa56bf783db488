"""Small things in the database: settings and lookups."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from csc_tui.store.records import clean
from csc_tui.store.rows import StoredChoice, StoredLookup


def read_value(db: sqlite3.Connection, key: str) -> str | None:
    """A setting; None if it was never made."""
    found = db.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
    return None if found is None else str(found[0])


def write_value(db: sqlite3.Connection, key: str, value: str) -> None:
    """Keep a setting."""
    db.execute(
        "INSERT INTO settings (key, value) VALUES (?, ?)"
        " ON CONFLICT DO UPDATE SET value = excluded.value",
        (key, clean(value)),
    )


def read_lookup(db: sqlite3.Connection, name: str) -> StoredLookup | None:
    """The options of a lookup; None if it was never fetched."""
    found = db.execute("SELECT choices, at FROM lookups WHERE name = ?", (name,)).fetchone()
    if found is None:
        return None
    return StoredLookup(tuple(StoredChoice(*one) for one in json.loads(found[0])), float(found[1]))


def write_lookup(
    db: sqlite3.Connection, name: str, choices: Sequence[tuple[str, str, str]], at: float
) -> None:
    """Keep the options of a lookup."""
    db.execute(
        "INSERT INTO lookups (name, at, choices) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET at = excluded.at, choices = excluded.choices",
        (name, at, json.dumps([tuple(one) for one in choices])),
    )
