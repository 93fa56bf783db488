"""The store's search at each key of some texts, out of 100,000 people, beside a scan with LIKE.

What the scan finds is less: no folding (`muller` for `Müller`), no numbers in other notations. It
stands here as what anybody could write in a line.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.table import Table
from csc_tui.demo.people import world
from csc_tui.domain.clock import SystemClock
from csc_tui.domain.query import PAGE_ROWS, Query
from csc_tui.store.rows import Saved
from csc_tui.store.store import Store

PEOPLE = 100_000
TEXTS = ("müller", "brandt gmbh", "juergen mu", "+49 221 4710", "xyz")
TIMES = 7
"""Rounds for each text, of which the median of each key counts."""
LIMIT = 30.0
"""Milliseconds that a key may take."""


def measure() -> Table:
    """Milliseconds for each key."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder)))


async def _measure(folder: Path) -> Table:
    people = list(_people())
    store = Store.open(folder, SystemClock())
    begin = perf_counter()
    pages = iter(people)
    number = 0
    while page := list(islice(pages, PAGE_ROWS)):
        number += 1
        await store.save_page("people", Query("people").key, number, page, 1.0)
    filled = perf_counter() - begin
    rows = []
    try:
        with closing(_plain(people)) as plain:
            for text in TEXTS:
                rows.append(await _typed(store, plain, text))  # noqa: PERF401 -- one after the other
    finally:
        await store.close()
    title = (
        f"search as one types, {PEOPLE:,} people; ms per key, median of {TIMES}, limit {LIMIT:.0f}"
        f" (written to the store in {filled:.1f} s)"
    )
    return Table(
        title,
        ("", "first key", "last key", "slowest", "of the limit", "hits", "LIKE, last key"),
        rows,
    )


async def _typed(store: Store, plain: sqlite3.Connection, text: str) -> tuple[object, ...]:
    keys = []
    hits = 0
    for end in range(1, len(text) + 1):
        taken = []
        for _ in range(TIMES):
            begin = perf_counter()
            hits = len(await store.search("people", text[:end]))
            taken.append((perf_counter() - begin) * 1000)
        keys.append(median(taken))
    scans = []
    for _ in range(TIMES):
        begin = perf_counter()
        plain.execute(
            "SELECT id FROM people WHERE text LIKE ? LIMIT 500", (f"%{text}%",)
        ).fetchall()
        scans.append((perf_counter() - begin) * 1000)
    figures = (keys[0], keys[-1], max(keys))
    share = f"{max(keys) / LIMIT:.2f}"
    return (text, *(f"{one:.1f}" for one in figures), share, hits, f"{median(scans):.1f}")


def _plain(people: list[Saved]) -> sqlite3.Connection:
    """The same texts in one column."""
    plain = sqlite3.connect(":memory:")
    plain.execute("CREATE TABLE people (id TEXT, text TEXT)")
    plain.executemany(
        "INSERT INTO people VALUES (?, ?)",
        ((one.id, " ".join((one.names, *one.words, *one.phones))) for one in people),
    )
    return plain


def _people() -> Iterator[Saved]:
    """The demo's people as a service would save them."""
    tables = defaultdict(list)
    for table, rows in world(PEOPLE, PEOPLE // 4, today=date(2026, 11, 21)):
        if table in ("people", "contact_details", "addrs", "positions"):
            tables[table] += rows
    parts: dict[object, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in tables["contact_details"]:
        if row["attachable_type"] == "Person":
            kind = "phones" if row["type"] == "Tel" else "words"
            parts[row["attachable_id"]][kind].append(str(row["name"]))
    for row in tables["addrs"]:
        if row["attachable_type"] == "Person" and row.get("city"):
            parts[row["attachable_id"]]["words"].append(str(row["city"]))
    for row in tables["positions"]:
        if row.get("company_name"):
            parts[row["person_id"]]["words"].append(str(row["company_name"]))
    for row in tables["people"]:
        mine = parts[row["id"]]
        first, last = str(row.get("first_name") or ""), str(row["name"])
        yield Saved(
            id=str(row["id"]),
            cells=(f"{last}, {first}", *mine["words"][:1], *mine["phones"][:1]),
            version="1",
            raw=json.dumps(row, default=str),
            names=f"{first} {last}",
            words=tuple(mine["words"]),
            phones=tuple(mine["phones"]),
        )
