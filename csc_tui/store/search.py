"""Search in what is here: names first, then e-mail, company and city, then phones."""

from __future__ import annotations

import json
import sqlite3

from csc_tui.store import phones
from csc_tui.store.records import number_range, read_rows, resource_number
from csc_tui.store.rows import FoundIn, Hit, Row, Suggestion
from csc_tui.store.tokens import Typed, index_mail, index_words, joined

_LAST = "\U0010ffff"
"""Sorts behind everything that a prefix can go on with."""


def search(db: sqlite3.Connection, resource: str, text: str, limit: int) -> list[Hit]:
    """The records that `text` finds, best first; within a kind by name."""
    number = resource_number(db, resource)
    if number is None:
        return []
    typed = Typed(text)
    found: dict[int, FoundIn] = dict.fromkeys(_by_name(db, number, typed, limit), "name")
    if typed and len(found) < limit:
        for record in _matching(db, number, typed.match("names words"), limit + len(found)):
            found.setdefault(record, "word")
    asked = phones.ask_phone(text)
    if asked and len(found) < limit:
        for record in _matching(db, number, phones.match(asked), limit + len(found)):
            found.setdefault(record, "tel")
    kept = dict(list(found.items())[:limit])
    return _hits(db, kept, typed, asked)


def suggest(
    db: sqlite3.Connection, resource: str, text: str, limit: int, linked: str
) -> list[Suggestion]:
    """Records whose name `text` finds, each with how many records of `linked` name it."""
    number = resource_number(db, resource)
    if number is None:
        return []
    numbers = _by_name(db, number, Typed(text), limit)
    rows = read_rows(db, numbers)
    return [Suggestion(rows[one], _linked(db, linked, rows[one])) for one in numbers if one in rows]


def _by_name(db: sqlite3.Connection, resource: int, typed: Typed, limit: int) -> list[int]:
    """Names that begin with the text, then those with a word that does."""
    if not typed:
        return []
    begin: list[tuple[str, int]] = []
    for beginning in typed.begins:
        begin += db.execute(
            "SELECT sort_key, number FROM rows"
            " WHERE resource = ? AND sort_key >= ? AND sort_key < ?"
            " ORDER BY sort_key, number LIMIT ?",
            (resource, beginning, beginning + _LAST, limit),
        ).fetchall()
    found = dict.fromkeys(number for _, number in sorted(begin))
    if len(found) < limit:
        more = _matching(db, resource, typed.match("names"), limit + len(found))
        found.update(dict.fromkeys(more))
    return list(found)[:limit]


def _matching(db: sqlite3.Connection, resource: int, match: str, limit: int) -> list[int]:
    """The records of a resource that a full-text question finds, by name."""
    found = db.execute(
        "SELECT rows.number FROM finds JOIN rows ON rows.number = finds.rowid"
        " WHERE finds MATCH ? AND finds.rowid BETWEEN ? AND ?"
        " ORDER BY rows.sort_key, rows.number LIMIT ?",
        (match, *number_range(resource), limit),
    )
    return [int(one[0]) for one in found]


def _hits(
    db: sqlite3.Connection, found: dict[int, FoundIn], typed: Typed, asked: tuple[str, ...]
) -> list[Hit]:
    rows = read_rows(db, found)
    others = [number for number, by in found.items() if by != "name"]
    sources = {
        int(one[0]): json.loads(one[1])
        for one in db.execute(
            "SELECT number, found_by FROM bodies WHERE number IN (SELECT value FROM json_each(?))",
            (json.dumps(others),),
        )
    }
    hits = []
    for number, by in found.items():
        if number in rows:
            _, words, numbers = sources.get(number, ("", (), ()))
            told = _by_phone(numbers, asked) if by == "tel" else _by_word(words, typed)
            hits.append(Hit(rows[number], "name") if by == "name" else Hit(rows[number], *told))
    return hits


def _by_word(words: list[str], typed: Typed) -> tuple[FoundIn, str]:
    for word in words:
        if "@" in word and typed.finds(index_mail(word)):
            return "mail", word
        if "@" not in word and typed.finds(index_words(word)):
            return "word", word
    return "word", ""


def _by_phone(numbers: list[str], asked: tuple[str, ...]) -> tuple[FoundIn, str]:
    for number in numbers:
        if any(form.startswith(asked) for form in phones.index_phone(number)):
            return "tel", number
    return "tel", ""


def _linked(db: sqlite3.Connection, resource: str, row: Row) -> int:
    number = resource_number(db, resource) if resource else None
    name = joined(row.cells[0]) if row.cells else ""
    if number is None or not name:
        return 0
    found = db.execute(
        "SELECT count(*) FROM finds WHERE finds MATCH ? AND rowid BETWEEN ? AND ?",
        (f'words : "{name}"', *number_range(number)),
    )
    return int(found.fetchone()[0])
