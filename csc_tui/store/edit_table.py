"""Rows of the table of edits: read, added, written over; always inside a transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from csc_tui.domain.ref import Ref
from csc_tui.store.edit_rows import COLUMNS, UNMADE, Edit, State, read, written


class GarbledError(sqlite3.DatabaseError):
    """A row does not hold what was written into it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.sqlite_errorcode = sqlite3.SQLITE_CORRUPT


_INSERT = (
    f"INSERT INTO edits ({', '.join(COLUMNS)})"  # noqa: S608 - names of our own
    f" VALUES ({', '.join(f':{name}' for name in COLUMNS)})"
)
_UPDATE = (
    f"UPDATE edits SET {', '.join(f'{name} = :{name}' for name in COLUMNS)}"  # noqa: S608 - as above
    " WHERE number = :number"
)
_OPEN = "state <> 'confirmed'"


def select(db: sqlite3.Connection, where: str, *arguments: object, tail: str = "") -> list[Edit]:
    """The edits that a condition of our own holds for, in the order of saving."""
    found = db.execute(
        f"SELECT * FROM edits WHERE {where} ORDER BY number {tail}",  # noqa: S608 - of our own
        arguments,
    )
    names = [one[0] for one in found.description]
    return [decoded(dict(zip(names, row, strict=True))) for row in found]


def decoded(row: Mapping[str, Any]) -> Edit:
    """An edit out of its row. Raises GarbledError."""
    try:
        return read(row)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise GarbledError(type(error).__name__) from None


def open_edits(db: sqlite3.Connection) -> list[Edit]:
    """All but the journal."""
    return select(db, _OPEN)


def about(db: sqlite3.Connection, record: Ref) -> list[Edit]:
    """The open edits of a record and of its parts, but no drafts; none of one without an id."""
    if not record.id:
        return []
    open_ones = f"{_OPEN} AND state <> '{State.DRAFT}'"
    found = select(
        db, f"{open_ones} AND resource = ? AND record_id = ?", record.resource, record.id
    )
    if record.id.startswith(UNMADE):
        maker = select(db, f"{open_ones} AND client_id = ?", record.id.removeprefix(UNMADE))
        found = sorted([*maker, *found], key=lambda one: one.number)
    return [edit for edit in found if edit.record == record]


def confirmed(db: sqlite3.Connection, batch: str) -> dict[str, bool]:
    """Client id of each edit of a batch that is in the journal -> `Edit.idle`."""
    where = f"batch = ? AND state = '{State.CONFIRMED}'"
    return {one.client_id: one.idle for one in select(db, where, batch)}


def pause(db: sqlite3.Connection, batch: str) -> None:
    """Stop what of a batch has not gone yet."""
    sql = "UPDATE edits SET state = ? WHERE batch = ? AND state IN (?, ?)"
    db.execute(sql, (State.PAUSED, batch, State.QUEUED, State.WAITING))


def go_on(db: sqlite3.Connection, batch: str) -> None:
    """Let a batch go on that was stopped."""
    sql = "UPDATE edits SET state = ?, not_before = 0 WHERE batch = ? AND state = ?"
    db.execute(sql, (State.QUEUED, batch, State.PAUSED))


def one(db: sqlite3.Connection, client_id: str) -> Edit | None:
    """One edit."""
    return next(iter(select(db, "client_id = ?", client_id)), None)


def insert(db: sqlite3.Connection, edit: Edit) -> None:
    """Add an edit at the end."""
    db.execute(_INSERT, written(edit))


def write(db: sqlite3.Connection, edit: Edit) -> None:
    """Write an edit over its former row."""
    db.execute(_UPDATE, {**written(edit), "number": edit.number})


def delete(db: sqlite3.Connection, edits: Iterable[Edit]) -> None:
    """Remove edits."""
    db.executemany("DELETE FROM edits WHERE number = ?", [(edit.number,) for edit in edits])


def journal(db: sqlite3.Connection, limit: int) -> list[Edit]:
    """The latest confirmed edits, oldest first."""
    newest = f"number IN (SELECT number FROM edits WHERE state = '{State.CONFIRMED}'"  # noqa: S608
    return select(db, f"{newest} ORDER BY updated DESC, number DESC LIMIT ?)", limit)
