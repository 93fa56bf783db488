"""What has changed in the table of edits since it was last read, by whichever process."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from csc_tui.store import edit_table
from csc_tui.store.edit_rows import Edit

KEPT = 10_000
"""Changes for which is remembered that an edit is gone; whoever is further behind reads all."""


class Mark(NamedTuple):
    """How far somebody has read the changes of a file."""

    db: sqlite3.Connection
    """To which it belongs: a file that was set aside has had another connection."""
    serial: int


class News(NamedTuple):
    """Edits as they are now, in the order of saving."""

    mark: Mark
    """From where to read on, once these are taken in."""
    edits: Sequence[Edit] = ()
    """Those that are new or another than before; confirmed ones too."""
    gone: frozenset[int] = frozenset()
    """Numbers of those that are there no more."""
    whole: bool = False
    """Whether `edits` is all that is open, and everything else is gone or confirmed."""


def news(db: sqlite3.Connection, since: Mark | None) -> News:
    """What has changed since somebody read; all that is open for None."""
    # Read before the edits: what changes in between is read once more the next time.
    mark = Mark(db, _newest(db))
    if since is None or db is not since.db or not 0 <= mark.serial - since.serial < KEPT:
        return News(mark, edit_table.open_edits(db), whole=True)
    if mark.serial == since.serial:
        return News(mark)
    changed = "SELECT number FROM edit_changes WHERE serial > ?"
    numbers = {int(row[0]) for row in db.execute(changed, (since.serial,))}
    edits = edit_table.select(db, f"number IN ({changed})", since.serial)
    return News(mark, edits, frozenset(numbers - {one.number for one in edits}))


def prune(db: sqlite3.Connection, before: float) -> None:
    """Forget confirmed edits from before a moment, and what is gone for so long that all read anew.

    Whoever has not read of it by then is too far behind to read only what is new.
    """
    db.execute("DELETE FROM edits WHERE state = 'confirmed' AND updated < ?", (before,))
    db.execute(
        "DELETE FROM edit_changes WHERE serial <= ?"
        " AND NOT EXISTS (SELECT 1 FROM edits WHERE edits.number = edit_changes.number)",
        (_newest(db) - KEPT,),
    )


def _newest(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT coalesce(max(serial), 0) FROM edit_changes").fetchone()[0])
