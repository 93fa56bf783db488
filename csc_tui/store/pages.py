"""Lists in the database: for each page the records that stand on it, and the list's total."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from csc_tui.store.records import clean, row
from csc_tui.store.rows import Boundary, StoredPage, Total


def resource_of(list_key: str) -> str:
    """The resource of a list by its key (`Query.key`)."""
    return list_key.partition("?")[0]


def list_number(db: sqlite3.Connection, list_key: str) -> int:
    """The list's number, in the open transaction; a new list gets one."""
    found = db.execute("SELECT number FROM lists WHERE key = ?", (list_key,)).fetchone()
    if found is not None:
        return int(found[0])
    cursor = db.execute(
        "INSERT INTO lists (key, resource) VALUES (?, ?)", (list_key, resource_of(list_key))
    )
    return int(cursor.lastrowid or 0)


def read_page(db: sqlite3.Connection, list_key: str, page: int) -> StoredPage | None:
    """A page of a list; None if it was never here."""
    head = db.execute(
        "SELECT pages.at, pages.list FROM lists JOIN pages ON pages.list = lists.number"
        " WHERE lists.key = ? AND pages.page = ?",
        (list_key, page),
    ).fetchone()
    if head is None:
        return None
    found = db.execute(
        "SELECT rows.id, rows.cells, rows.version"
        " FROM places JOIN rows ON rows.number = places.record"
        " WHERE places.list = ? AND places.page = ? ORDER BY places.position",
        (head[1], page),
    )
    return StoredPage(tuple(row(*one) for one in found), float(head[0]))


def write_page(
    db: sqlite3.Connection, list_key: str, page: int, records: Sequence[int], at: float
) -> None:
    """Put records on a page, in the open transaction."""
    number = list_number(db, list_key)
    db.execute(
        "INSERT INTO pages (list, page, at) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET at = excluded.at",
        (number, page, at),
    )
    before = db.execute(
        "SELECT record FROM places WHERE list = ? AND page = ? ORDER BY position", (number, page)
    ).fetchall()
    if [one[0] for one in before] == list(records):
        return
    db.execute("DELETE FROM places WHERE list = ? AND page = ?", (number, page))
    db.executemany(
        "INSERT INTO places (list, page, position, record) VALUES (?, ?, ?, ?)",
        [(number, page, position, record) for position, record in enumerate(records)],
    )


def read_total(db: sqlite3.Connection, list_key: str) -> Total | None:
    """A list's total; None if it was never asked for."""
    found = db.execute(
        "SELECT total, total_at FROM lists WHERE key = ? AND total IS NOT NULL", (list_key,)
    ).fetchone()
    return None if found is None else Total(int(found[0]), float(found[1]))


def write_total(db: sqlite3.Connection, list_key: str, total: int, at: float) -> None:
    """Keep a list's total, in the open transaction."""
    number = list_number(db, list_key)
    db.execute("UPDATE lists SET total = ?, total_at = ? WHERE number = ?", (total, at, number))


def make_stale(db: sqlite3.Connection, resource: str) -> None:
    """Mark all pages and totals of a resource's lists out of date, in the open transaction."""
    db.execute("UPDATE lists SET total_at = 0 WHERE resource = ?", (resource,))
    db.execute(
        "UPDATE pages SET at = 0 WHERE list IN (SELECT number FROM lists WHERE resource = ?)",
        (resource,),
    )


def take_out(db: sqlite3.Connection, resource: str, record: int) -> None:
    """Take a record out of all lists, in the open transaction.

    The rows below it on its page move up. The page is then one row short and all later ones begin
    one row late, so they are out of date; so are the totals of the resource.
    """
    places = db.execute(
        "SELECT list, page, position FROM places WHERE record = ? ORDER BY list, page, position",
        (record,),
    ).fetchall()
    db.execute("DELETE FROM places WHERE record = ?", (record,))
    for number, page, position in reversed(places):
        # One statement may pass through a state where two rows have one position: move twice.
        for step in (-1_000_000, 999_999):
            db.execute(
                "UPDATE places SET position = position + ?"
                " WHERE list = ? AND page = ? AND (position > ? OR position < 0)",
                (step, number, page, position),
            )
        db.execute("UPDATE pages SET at = 0 WHERE list = ? AND page >= ?", (number, page))
    for number in {one[0] for one in places}:
        db.execute("UPDATE lists SET total = max(total - 1, 0) WHERE number = ?", (number,))
    db.execute("UPDATE lists SET total_at = 0 WHERE resource = ?", (resource,))


def drop(db: sqlite3.Connection, list_key: str) -> None:
    """Forget the pages of a list, in the open transaction; its records stay."""
    mine = "list IN (SELECT number FROM lists WHERE key = ?)"
    db.execute(f"DELETE FROM places WHERE {mine}", (list_key,))  # noqa: S608 -- our own words
    db.execute(f"DELETE FROM pages WHERE {mine}", (list_key,))  # noqa: S608


def place(db: sqlite3.Connection, list_key: str, id_: str) -> tuple[int, int] | None:
    """Where a record stands in a list: page from 1, row on it from 0; None if on no known page."""
    found = db.execute(
        "SELECT places.page, places.position FROM lists"
        " JOIN resources ON resources.name = lists.resource"
        " JOIN rows ON rows.resource = resources.number AND rows.id = ?"
        " JOIN places ON places.record = rows.number AND places.list = lists.number"
        " WHERE lists.key = ? ORDER BY places.page LIMIT 1",
        (clean(id_), list_key),
    ).fetchone()
    return None if found is None else (int(found[0]), int(found[1]))


def boundaries(db: sqlite3.Connection, list_key: str) -> list[Boundary]:
    """First and last name of every known page that has rows, folded, in order of pages."""
    found = db.execute(
        "SELECT ends.page, first.sort_key, last.sort_key FROM ("
        "  SELECT list, page, min(position) AS low, max(position) AS high FROM places"
        "  WHERE list = (SELECT number FROM lists WHERE key = ?) GROUP BY page"
        " ) AS ends"
        " JOIN places AS top ON top.list = ends.list AND top.page = ends.page"
        "  AND top.position = ends.low"
        " JOIN places AS end ON end.list = ends.list AND end.page = ends.page"
        "  AND end.position = ends.high"
        " JOIN rows AS first ON first.number = top.record"
        " JOIN rows AS last ON last.number = end.record ORDER BY ends.page",
        (list_key,),
    )
    return [Boundary(int(one[0]), one[1], one[2]) for one in found]
