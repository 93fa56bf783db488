"""Records in the database: rows, bodies and what the search index holds of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from csc_tui.domain.folding import fold
from csc_tui.domain.ref import Ref
from csc_tui.store.phones import index_phone
from csc_tui.store.rows import Indexed, Row, Saved, StoredNotes, StoredRecord
from csc_tui.store.tokens import LONGEST_TEXT, index_name, index_word

SHIFT = 40
"""A record's number is its resource's number shifted by as many bits, plus its own."""
OVERTAKEN = 60.0
"""Seconds within which an older answer does not replace a newer one."""


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


def upsert(
    db: sqlite3.Connection, resource: str, saved: Sequence[Saved], at: float
) -> dict[str, int]:
    """Save records in the open transaction; their numbers by id."""
    number = resource_number(db, resource)
    if number is None:
        cursor = db.execute("INSERT INTO resources (name) VALUES (?)", (resource,))
        number = int(cursor.lastrowid or 0)
    latest = {clean(one.id): one for one in saved}
    known = {
        str(row[0]): row[1:]
        for row in db.execute(
            "SELECT rows.id, rows.number, rows.sort_key, rows.cells, rows.version,"
            " bodies.found_by, bodies.at"
            " FROM rows JOIN bodies ON bodies.number = rows.number"
            " WHERE rows.resource = ? AND rows.id IN (SELECT value FROM json_each(?))",
            (number, json.dumps(list(latest))),
        )
    }
    first, last = number_range(number)
    top = db.execute(
        "SELECT max(number) FROM rows WHERE number BETWEEN ? AND ?", (first, last)
    ).fetchone()[0]
    following = first if top is None else int(top)
    numbers: dict[str, int] = {}
    new: list[tuple[int, Saved]] = []
    for id_, one in latest.items():
        before = known.get(id_)
        if before is None:
            following += 1
            numbers[id_] = following
            new.append((following, one))
        else:
            numbers[id_] = int(before[0])
            if not 0 < before[5] - at <= OVERTAKEN:
                _update(db, before, one, at)
    _insert(db, number, new, at)
    return numbers


def _count_up(db: sqlite3.Connection, resource: int, change: int) -> None:
    db.execute("UPDATE resources SET records = records + ? WHERE number = ?", (change, resource))


def _insert(
    db: sqlite3.Connection, resource: int, new: Sequence[tuple[int, Saved]], at: float
) -> None:
    db.executemany(
        "INSERT INTO rows (number, resource, id, sort_key, cells, version) VALUES (?,?,?,?,?,?)",
        [(number, resource, clean(one.id), *_row_values(one)) for number, one in new],
    )
    db.executemany(
        "INSERT INTO bodies (number, at, found_by, raw) VALUES (?,?,?,?)",
        [(number, at, _found_by(one), clean(one.raw)) for number, one in new],
    )
    db.executemany(
        "INSERT INTO finds (rowid, names, words) VALUES (?,?,?)",
        [(number, *_index_values(one)) for number, one in new],
    )
    _add_phones(db, [(number, one.phones) for number, one in new])
    _count_up(db, resource, len(new))


def _update(db: sqlite3.Connection, before: tuple[Any, ...], one: Saved, at: float) -> None:
    """Replace what is known of a record; row and index only where they changed."""
    number, sort_key, cells, version, found_before, _ = before
    if (values := _row_values(one)) != (sort_key, cells, version):
        db.execute(
            "UPDATE rows SET sort_key = ?, cells = ?, version = ? WHERE number = ?",
            (*values, number),
        )
    found_by = _found_by(one)
    db.execute(
        "UPDATE bodies SET at = ?, found_by = ?, raw = ? WHERE number = ?",
        (at, found_by, clean(one.raw), number),
    )
    if found_by != found_before:
        _remove_phones(db, number, found_before)
        _add_phones(db, [(number, one.phones)])
        db.execute(
            "UPDATE finds SET names = ?, words = ? WHERE rowid = ?", (*_index_values(one), number)
        )


def _add_phones(db: sqlite3.Connection, phones: Sequence[tuple[int, Sequence[str]]]) -> None:
    forms = {
        (form.digits, number, form.country)
        for number, written in phones
        for phone in written
        for form in index_phone(phone)
    }
    # In the order of the index: neighbours are on one page of the file.
    db.executemany("INSERT INTO phones (digits, record, country) VALUES (?,?,?)", sorted(forms))


def _remove_phones(db: sqlite3.Connection, number: int, found_by: str) -> None:
    """Take the numbers of a record out of the index, by what was kept of it."""
    forms = {form for phone in json.loads(found_by)[2] for form in index_phone(phone)}
    db.executemany(
        "DELETE FROM phones WHERE digits = ? AND record = ?",
        [(form.digits, number) for form in forms],
    )


def _row_values(one: Saved) -> tuple[str, str, str]:
    name = one.cells[0] if one.cells else ""
    return fold(name[:LONGEST_TEXT]), json.dumps(one.cells), clean(one.version)


def _found_by(one: Saved) -> str:
    return json.dumps([one.names, one.words, one.phones])


def _index_values(one: Saved) -> tuple[str, str]:
    words: dict[str, None] = {}
    for text in one.words:
        words.update(dict.fromkeys(index_word(text)))
    return " ".join(index_name(one.names)), " ".join(words)


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


def delete(db: sqlite3.Connection, number: int) -> None:
    """Take a record out, in the open transaction; its places in lists are the caller's."""
    found = db.execute("SELECT found_by FROM bodies WHERE number = ?", (number,)).fetchone()
    _remove_phones(db, number, found[0])
    db.execute("DELETE FROM finds WHERE rowid = ?", (number,))
    db.execute("DELETE FROM bodies WHERE number = ?", (number,))
    db.execute("DELETE FROM notes WHERE number = ?", (number,))
    db.execute("DELETE FROM rows WHERE number = ?", (number,))
    _count_up(db, number >> SHIFT, -1)


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
