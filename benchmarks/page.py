"""A list page of 250 people with six includes, out of few and out of 100,000.

Beside it: the same answer made into JSON once more (nothing can be faster than that), its
statements alone, and what the same rows cost by a statement each. The people are made once and
kept in `benchmarks/made`; that takes half a minute.
"""

from __future__ import annotations

import asyncio
import json
from datetime import date
from pathlib import Path
from typing import Any

import httpx

from benchmarks.table import Table, milliseconds
from csc_tui.demo import filling
from csc_tui.demo.application import Demo, Secrets
from csc_tui.demo.centralstation.dialect import CentralStation
from csc_tui.demo.centralstation.schema import SCHEMA
from csc_tui.demo.centralstation.switches import Switches
from csc_tui.demo.exposure import Address
from csc_tui.demo.limits import SlidingWindow
from csc_tui.demo.people import world
from csc_tui.demo.store import Store

SIX = "tels emails tags positions companies addrs"
ROWS = 250
TIMES = 9
KEY = "key"
NOW = 1_795_000_000_000
MADE = Path(__file__).parent / "made"
PARTS = ("contact_details", "contact_details", "tags", "positions", "addrs")
"""Tables that hold a person's parts; companies are looked up by the positions."""


def measure() -> Table:
    """Milliseconds and SQL statements of a page."""
    rows: list[tuple[object, ...]] = []
    for people in (2_400, 100_000):
        statements: list[str] = []
        store = Store(_made(people), statements.append)
        try:
            rows += _pages(store, people, statements)
        finally:
            store.close()
    title = f"a page of {ROWS} people with six includes, median of {TIMES}"
    return Table(title, ("", "ms", "SQL statements"), rows)


def _pages(store: Store, people: int, statements: list[str]) -> list[tuple[object, ...]]:
    client = _client(store)
    rows: list[tuple[object, ...]] = []
    last = people // ROWS
    for page in (1, last) if people > 10_000 else (1,):
        statements.clear()
        answer = _ask(client, page)
        count = len(statements)
        taken = milliseconds(lambda page=page: _ask(client, page), TIMES)  # type: ignore[misc]
        rows.append((f"page {page} of {people:,}", f"{taken:.0f}", count))
    floor = milliseconds(lambda: json.dumps(answer, ensure_ascii=False), TIMES)
    rows.append(("  floor: that answer made into JSON once more", f"{floor:.1f}", 0))
    statements.clear()
    _ask(client, 1)
    asked = list(statements)
    alone = milliseconds(lambda: [store.select(one) for one in asked], TIMES)
    rows.append(("  its statements alone", f"{alone:.1f}", len(asked)))
    ids = [one["person"]["id"] for one in answer]
    statements.clear()
    _row_by_row(store, ids)
    count = len(statements)
    peer = milliseconds(lambda: _row_by_row(store, ids), TIMES)
    rows.append(("  a statement per row and include instead", f"{peer:.0f}", count))
    return rows


def _ask(client: httpx.AsyncClient, page: int) -> Any:
    asked = {"page": page, "perpage": ROWS, "order": "abc-asc", "includes": SIX}
    response = asyncio.run(client.get("/api/people", params=asked))
    response.raise_for_status()
    return response.json()


def _row_by_row(store: Store, ids: list[int]) -> None:
    """The same parts, read as a program without includes would."""
    for id_ in ids:
        for table in PARTS:
            owner = "person_id" if table == "positions" else "attachable_id"
            store.select(f"SELECT * FROM {table} WHERE {owner} = ?", (id_,))
        store.select(
            "SELECT c.* FROM companies c JOIN positions p ON p.company_id = c.id"
            " WHERE p.person_id = ?",
            (id_,),
        )


def _client(store: Store) -> httpx.AsyncClient:
    address = Address("127.0.0.1", 8000)
    switches = Switches()
    user = store.number("SELECT min(id) FROM users")
    demo = Demo(
        CentralStation(store, switches, address.url, lambda: NOW),
        Secrets({KEY: user}, b"nonce"),
        SlidingWindow(1_000_000, 10.0, lambda: 0.0),
        lambda: NOW,
    )
    transport = httpx.ASGITransport(demo.application(address))
    return httpx.AsyncClient(transport=transport, base_url=address.url, headers={"X-apikey": KEY})


def _made(people: int) -> Path:
    """The file with so many people, made if it is not there yet."""
    MADE.mkdir(exist_ok=True)
    path = MADE / f"{people}.sqlite3"
    if not path.exists():
        fresh = path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        made = world(people, people // 4, today=date(2026, 11, 21))
        filling.create(fresh, SCHEMA, made, people, people // 4)
        fresh.rename(path)
    return path
