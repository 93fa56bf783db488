"""Records into the database: rows, bodies and what the search index holds of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from csc_tui.domain.folding import fold
from csc_tui.store.phones import index_phone
from csc_tui.store.records import SHIFT, clean, number_range, resource_number
from csc_tui.store.rows import Saved
from csc_tui.store.tokens import LONGEST_TEXT, index_name, index_word

OVERTAKEN = 60.0
"""Seconds within which an older answer does not replace a newer one."""


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


def delete(db: sqlite3.Connection, number: int) -> None:
    """Take a record out, in the open transaction; its places in lists are the caller's."""
    found = db.execute("SELECT found_by FROM bodies WHERE number = ?", (number,)).fetchone()
    _remove_phones(db, number, found[0])
    db.execute("DELETE FROM finds WHERE rowid = ?", (number,))
    db.execute("DELETE FROM bodies WHERE number = ?", (number,))
    db.execute("DELETE FROM notes WHERE number = ?", (number,))
    db.execute("DELETE FROM rows WHERE number = ?", (number,))
    _count_up(db, number >> SHIFT, -1)
