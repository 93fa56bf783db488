"""Search in what is here: names first, then e-mail, company and city, then phones."""

from __future__ import annotations

import json
import sqlite3
from itertools import islice

from csc_tui.store.phones import Asked, ask_phone, index_phone
from csc_tui.store.records import number_range, read_rows, resource_number
from csc_tui.store.rows import FoundIn, Hit, Row, Suggestion
from csc_tui.store.tokens import Typed, index_word, joined

LOOKED_AT = 2_000
"""Records that a question finds of which the first by name are shown. Where a question finds more,
those that came first are looked at: lists are filled by name, so they are nearly the same."""

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
    asked = ask_phone(text)
    if asked and len(found) < limit:
        for record in _by_phone(db, number, asked, limit + len(found)):
            found.setdefault(record, "tel")
    return _hits(db, dict(list(found.items())[:limit]), typed, asked)


def suggest(
    db: sqlite3.Connection, resource: str, text: str, limit: int, linked: str
) -> list[Suggestion]:
    """Records whose name `text` finds, each with how many records of `linked` name it."""
    number = resource_number(db, resource)
    if number is None:
        return []
    numbers = _by_name(db, number, Typed(text), limit)
    rows = read_rows(db, numbers)
    return [Suggestion(rows[one], _linked(db, linked, rows[one])) for one in numbers]


def values(db: sqlite3.Connection, resource: str, column: int, text: str, limit: int) -> list[str]:
    """What stands in a column of rows that `text` finds by it, what most of them have first.

    `column` counts the cells of a row from 0; without a word in `text` that is of any rows.
    """
    number = resource_number(db, resource)
    if number is None:
        return []
    typed = Typed(text)
    what = "number FROM rows WHERE resource = ?"
    facts: list[str | int] = [number]
    if typed:
        what = "rowid FROM finds WHERE finds MATCH ? AND rowid BETWEEN ? AND ?"
        facts = [typed.match("words"), *number_range(number)]
    found = db.execute(
        f"SELECT json_extract(cells, ?) AS value FROM rows WHERE number IN"  # noqa: S608
        f" (SELECT {what} LIMIT ?) GROUP BY value HAVING value <> '' ORDER BY count(*) DESC, value",
        (f"$[{column}]", *facts, LOOKED_AT),
    )
    words = len(typed)
    mine = (str(one) for (one,) in found if not words or typed.count(index_word(one)) == words)
    return list(islice(mine, limit))


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
        "SELECT rows.number FROM ("
        "  SELECT rowid FROM finds WHERE finds MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?"
        " ) AS found JOIN rows ON rows.number = found.rowid"
        " ORDER BY rows.sort_key, rows.number LIMIT ?",
        (match, *number_range(resource), LOOKED_AT, limit),
    )
    return [int(one[0]) for one in found]


def _by_phone(db: sqlite3.Connection, resource: int, asked: list[Asked], limit: int) -> list[int]:
    """The records of a resource with such a number, by name."""
    found: set[tuple[str, int]] = set()
    for digits, country in asked:
        found.update(
            db.execute(
                "SELECT rows.sort_key, rows.number FROM ("
                "  SELECT DISTINCT record FROM phones WHERE digits >= ?1 AND digits < ?1 || ':'"
                "  AND record BETWEEN ?2 AND ?3 AND CASE WHEN ?4 IS NULL THEN 1 WHEN ?1 = ''"
                "  THEN country LIKE ?4 || '%' ELSE country IN ('', ?4) END LIMIT ?5"
                " ) AS found JOIN rows ON rows.number = found.record"
                " ORDER BY rows.sort_key, rows.number LIMIT ?6",
                (digits, *number_range(resource), country, LOOKED_AT, limit),
            )
        )
    return [number for _, number in sorted(found)]


def _hits(
    db: sqlite3.Connection, found: dict[int, FoundIn], typed: Typed, asked: list[Asked]
) -> list[Hit]:
    """The found records as rows, each with what it was found by."""
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
        if by == "name":
            hits.append(Hit(rows[number], by))
        elif by == "tel":
            hits.append(Hit(rows[number], by, _number_of(sources[number][2], asked)))
        else:
            word = _word_of(sources[number][1], typed)
            hits.append(Hit(rows[number], "mail" if "@" in word else by, word))
    return hits


def _word_of(words: list[str], typed: Typed) -> str:
    """The text in which most of the typed words are."""
    return max(words, key=lambda word: typed.count(index_word(word)), default="")


def _number_of(numbers: list[str], asked: list[Asked]) -> str:
    """The first number that was looked for."""
    for number in numbers:
        kept = index_phone(number)
        if any(question.finds(form) for question in asked for form in kept):
            return number
    return ""


def _linked(db: sqlite3.Connection, resource: str, row: Row) -> int:
    number = resource_number(db, resource)
    name = joined(row.cells[0]) if row.cells else ""
    if number is None or not name:
        return 0
    found = db.execute(
        "SELECT count(*) FROM finds WHERE finds MATCH ? AND rowid BETWEEN ? AND ?",
        (f'words : "{name}"', *number_range(number)),
    )
    return int(found.fetchone()[0])
