"""What is here of a resource beside what the server has: for a synchronisation."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from csc_tui.store import pages, record_saving, records

_PLACE = (1 << records.SHIFT) - 1
UNNAMED = "SELECT number FROM bodies INDEXED BY bodies_at WHERE at < ? AND number BETWEEN ? AND ?"
FRESH = "SELECT count(*) FROM bodies INDEXED BY bodies_at WHERE at >= ? AND number BETWEEN ? AND ?"
"""Both read the index of ages alone, never a body."""


class Sweep:
    """Which of the stored records the server has named; one byte each, whatever their number."""

    def __init__(self, resource: str) -> None:
        self.resource = resource
        self.named = 0
        """Different records that the server named, those that are not here among them."""
        self._marks = bytearray()
        self._strangers: set[str] = set()

    def note(self, db: sqlite3.Connection, ids: Sequence[str]) -> list[str]:
        """The server named these; gives those that are not here and were not named before."""
        number = records.resource_number(db, self.resource)
        cleaned = list(dict.fromkeys(records.clean(one) for one in ids))
        found = db.execute(
            "SELECT id, number FROM rows WHERE resource = ?"
            " AND id IN (SELECT value FROM json_each(?))",
            (number, json.dumps(cleaned)),
        )
        here = {str(one[0]): int(one[1]) for one in found}
        for one in here.values():
            self._mark(one)
        strangers = [one for one in cleaned if one not in here and one not in self._strangers]
        self._strangers.update(strangers)
        self.named += len(strangers)
        return strangers

    def _mark(self, number: int) -> None:
        place = number & _PLACE
        if place >= len(self._marks):
            self._marks.extend(bytes(place + 1 - len(self._marks)))
        if not self._marks[place]:
            self._marks[place] = 1
            self.named += 1

    def unnamed(self, db: sqlite3.Connection, before: float) -> list[str]:
        """Ids of records that the server gave last before a moment and did not name here."""
        number = records.resource_number(db, self.resource)
        if number is None:
            return []
        found = db.execute(UNNAMED, (before, *records.number_range(number)))
        lost = [one for (one,) in found if not self._named(one)]
        ids = db.execute(
            "SELECT id FROM rows WHERE number IN (SELECT value FROM json_each(?))",
            (json.dumps(lost),),
        )
        return [str(one[0]) for one in ids]

    def _named(self, number: int) -> bool:
        place = number & _PLACE
        return place < len(self._marks) and bool(self._marks[place])


def fresh(db: sqlite3.Connection, resource: str, since: float) -> int:
    """How many records of a resource the server has given since a moment."""
    number = records.resource_number(db, resource)
    if number is None:
        return 0
    found = db.execute(FRESH, (since, *records.number_range(number)))
    return int(found.fetchone()[0])


def pages_since(db: sqlite3.Connection, list_key: str, since: float) -> set[int]:
    """The pages of a list that were fetched at a moment or later."""
    found = db.execute(
        "SELECT pages.page FROM lists JOIN pages ON pages.list = lists.number"
        " WHERE lists.key = ? AND pages.at >= ?",
        (list_key, since),
    )
    return {int(one[0]) for one in found}


def cut_off(db: sqlite3.Connection, list_key: str, last: int) -> None:
    """Forget the pages of a list behind page `last`, in the open transaction."""
    for table in ("places", "pages"):
        db.execute(
            f"DELETE FROM {table} WHERE page > ?"  # noqa: S608 -- one of the two names above
            " AND list = (SELECT number FROM lists WHERE key = ?)",
            (last, list_key),
        )


def forget(db: sqlite3.Connection, resource: str, ids: Sequence[str]) -> int:
    """Take records out of rows, index and lists, in the open transaction; how many there were."""
    number = records.resource_number(db, resource)
    found = db.execute(
        "SELECT number FROM rows WHERE resource = ? AND id IN (SELECT value FROM json_each(?))",
        (number, json.dumps([records.clean(one) for one in ids])),
    ).fetchall()
    for (one,) in found:
        pages.take_out(db, resource, one)
        record_saving.delete(db, one)
    return len(found)


def body_size(db: sqlite3.Connection, resource: str) -> int | None:
    """Bytes of a record as the server sends it, by a few that are here; None for none."""
    number = records.resource_number(db, resource)
    if number is None:
        return None
    found = db.execute(
        "SELECT avg(length(raw)) FROM"
        " (SELECT raw FROM bodies WHERE number BETWEEN ? AND ? LIMIT 100)",
        records.number_range(number),
    ).fetchone()[0]
    return None if found is None else round(found)
