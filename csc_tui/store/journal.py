"""The journal of confirmed writes, read without opening the outbox for writing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from csc_tui.store import edit_table
from csc_tui.store.edit_rows import Edit
from csc_tui.store.edits_file import FILE, WAIT, reason_of
from csc_tui.store.edits_thread import OutboxUnusableError


def read_journal(folder: Path, limit: int) -> list[Edit]:
    """The latest confirmed edits of an account's data folder, oldest first; none without a file.

    Raises OutboxUnusableError where the file cannot be read; it is left as it is.
    """
    file = folder / FILE
    if not file.exists():
        return []
    address = f"{file.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=WAIT)) as db:
            return edit_table.journal(db, limit)
    except sqlite3.DatabaseError as error:
        raise OutboxUnusableError(reason_of(error)) from error
