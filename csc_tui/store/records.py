"""Records out of the database: rows, bodies, notes. How they get there: `record_saving`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from csc_tui.domain.ref import Ref
from csc_tui.store.rows import Indexed, Row, StoredNotes, StoredRecord

SHIFT = 40
"""A record's number is its resource's number shifted by as many bits, plus its own."""


def resource_number(db: sqlite3.Connection, resource: str) -> int | None:
    """The resource's number; None as long as it has no records."""
    found = db.execute("SELECT number FROM resources WHERE name = ?", (resource,)).fetchone()
    return None if found is None else int(found[0])


def number_range(number: int) -> tuple[int, int]:
    """The first and last number that a record of this resource can have."""
    return number << SHIFT, ((number + 1) << SHIFT) - 1


def record_number(db: sqlite3.Connection, ref: Ref) -> int | None:
    """The number of a record; None if it is not here."""
    found = db.execute(
        "SELECT rows.number FROM rows JOIN resources ON resources.number = rows.resource"
        " WHERE resources.name = ? AND rows.id = ?",
        (ref.resource, clean(ref.id)),
    ).fetchone()
    return None if found is None else int(found[0])


def clean(text: str) -> str:
    """Text that SQLite can hold: halves of surrogate pairs, which JSON can name, become `?`."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text


def row(id_: str, cells: str, version: str) -> Row:
    """A row out of its columns."""
    return Row(id_, tuple(json.loads(cells)), version)


def read_rows(db: sqlite3.Connection, numbers: Iterable[int]) -> Mapping[int, Row]:
    """The rows of these records."""
    found = db.execute(
        "SELECT number, id, cells, version FROM rows"
        " WHERE number IN (SELECT value FROM json_each(?))",
        (json.dumps(list(numbers)),),
    )
    return {int(one[0]): row(*one[1:]) for one in found}


def read_records(
    db: sqlite3.Connection, resource: str, ids: Sequence[str]
) -> dict[str, StoredRecord]:
    """The records that are here, by id."""
    found = db.execute(
        "SELECT rows.id, bodies.raw, rows.version, bodies.at"
        " FROM resources JOIN rows ON rows.resource = resources.number"
        " JOIN bodies ON bodies.number = rows.number"
        " WHERE resources.name = ? AND rows.id IN (SELECT value FROM json_each(?))",
        (resource, json.dumps([clean(one) for one in ids])),
    )
    return {one[0]: StoredRecord(*one) for one in found}


def read_after(
    db: sqlite3.Connection, resource: str, after: tuple[str, int], limit: int
) -> list[tuple[tuple[str, int], StoredRecord]]:
    """Records by name, those behind a place, each with its own place; `("", -1)` is the start."""
    found = db.execute(
        "SELECT rows.sort_key, rows.number, rows.id, bodies.raw, rows.version, bodies.at"
        " FROM resources JOIN rows ON rows.resource = resources.number"
        " JOIN bodies ON bodies.number = rows.number"
        " WHERE resources.name = ? AND (rows.sort_key, rows.number) > (?, ?)"
        " ORDER BY rows.sort_key, rows.number LIMIT ?",
        (resource, *after, limit),
    )
    return [((one[0], int(one[1])), StoredRecord(*one[2:])) for one in found]


def read_indexed(
    db: sqlite3.Connection, resource: str, after: int, limit: int
) -> list[tuple[int, Indexed]]:
    """What lists and search have of the records behind a number (-1: of all), by number."""
    found = db.execute(
        "SELECT rows.number, rows.id, rows.cells, bodies.found_by"
        " FROM rows JOIN bodies ON bodies.number = rows.number"
        " WHERE rows.resource = ? AND rows.number > ? ORDER BY rows.number LIMIT ?",
        (resource_number(db, resource), after, limit),
    )
    return [(int(one[0]), _indexed(*one[1:])) for one in found]


def _indexed(id_: str, cells: str, found_by: str) -> Indexed:
    names, words, phones = json.loads(found_by)
    return Indexed(id_, tuple(json.loads(cells)), names, tuple(words), tuple(phones))


def read_names(db: sqlite3.Connection, resource: str, ids: Sequence[str]) -> dict[str, str]:
    """The first cell of the records that are here, by id."""
    found = db.execute(
        "SELECT rows.id, rows.cells FROM resources JOIN rows ON rows.resource = resources.number"
        " WHERE resources.name = ? AND rows.id IN (SELECT value FROM json_each(?))",
        (resource, json.dumps([clean(one) for one in ids])),
    )
    return {one[0]: next(iter(json.loads(one[1])), "") for one in found}


def count(db: sqlite3.Connection, resource: str) -> int:
    """How many records of a resource are here."""
    found = db.execute("SELECT records FROM resources WHERE name = ?", (resource,)).fetchone()
    return 0 if found is None else int(found[0])


def read_notes(db: sqlite3.Connection, ref: Ref) -> StoredNotes | None:
    """The notes of a record; None if they were never read."""
    found = db.execute(
        "SELECT raw, more, at FROM notes WHERE number = ?", (record_number(db, ref),)
    ).fetchone()
    return StoredNotes(found[0], bool(found[1]), found[2]) if found else None


def write_notes(db: sqlite3.Connection, ref: Ref, notes: StoredNotes) -> None:
    """Keep them, in the open transaction; nothing is kept of a record that is not here."""
    number = record_number(db, ref)
    if number is not None:
        db.execute(
            "INSERT OR REPLACE INTO notes (number, at, more, raw) VALUES (?,?,?,?)",
            (number, notes.at, notes.more, clean(notes.raw)),
        )
