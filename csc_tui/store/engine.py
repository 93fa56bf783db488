"""The SQLite that this Python brings, for `csc-tui doctor`."""

from __future__ import annotations

import sqlite3
from contextlib import closing


def engine() -> tuple[str, bool]:
    """Its version, and whether it can search full text (FTS5)."""
    with closing(sqlite3.connect(":memory:")) as db:
        row = db.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()
    return sqlite3.sqlite_version, bool(row[0])
