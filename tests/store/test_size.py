"""What is asked of the file costs the same however many records are in it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from csc_tui.domain.query import PAGE_ROWS
from csc_tui.store import pages, record_saving, records, search, sweep
from csc_tui.store.database import Database, transaction
from tests.fake_clock import FakeClock
from tests.store.made import PEOPLE, person

AT = 100.0
TABLES = "rows|bodies|places|pages|phones|resources|lists"


def filled(folder: Path, people: int) -> sqlite3.Connection:
    """A file with so many people, in the order of their names."""
    db = Database(folder, FakeClock()).connection
    for number in range(1, people // PAGE_ROWS + 1):
        first = (number - 1) * PAGE_ROWS
        saved = [
            person(n, f"Name{n:07}, Anna", f"anna{n}@example.org", "Köln", phones=[f"+49 221 {n}"])
            for n in range(first, first + PAGE_ROWS)
        ]
        with transaction(db):
            numbers = record_saving.upsert(db, "people", saved, AT)
            pages.write_page(db, PEOPLE, number, [numbers[one.id] for one in saved], AT)
    return db


WORK: dict[str, Callable[[sqlite3.Connection, int], object]] = {
    "a page": lambda db, people: pages.read_page(db, PEOPLE, people // PAGE_ROWS),
    "a record's place": lambda db, people: pages.place(db, PEOPLE, str(people - 1)),
    "a record": lambda db, people: records.read_records(db, "people", [str(people - 1)]),
    "how many there are": lambda db, people: records.count(db, "people"),
    "a name": lambda db, people: search.search(db, "people", f"name{people - 1:07}", 200),
    "a mail": lambda db, people: search.search(db, "people", f"anna{people - 1}@ex", 200),
    "a number": lambda db, people: search.search(db, "people", f"0221 {people - 1:04}", 200),
    "what all have": lambda db, people: search.search(db, "people", "köln", 200),
    "who is gone": lambda db, people: sweep.Sweep("people").unnamed(db, AT),
    "what a page's ids are": lambda db, people: sweep.Sweep("people").note(
        db, [str(people - 1), "x"]
    ),
}
"""What screens and synchronising ask for, of the end of the list."""


def instructions(db: sqlite3.Connection, work: Callable[[], object]) -> int:
    """How many of SQLite's own instructions it takes, in hundreds."""
    count = 0

    def one_more() -> int:
        nonlocal count
        count += 1
        return 0

    db.set_progress_handler(one_more, 100)
    work()
    db.set_progress_handler(None, 0)
    return count


def test_no_question_costs_more_where_there_are_more_people(tmp_path: Path) -> None:
    few, many = 2_500, 10_000
    small, large = filled(tmp_path / "few", few), filled(tmp_path / "many", many)
    costs = {
        name: (
            instructions(small, lambda work=work: work(small, few)),  # type: ignore[misc]
            instructions(large, lambda work=work: work(large, many)),  # type: ignore[misc]
        )
        for name, work in WORK.items()
    }
    small.close()
    large.close()
    assert {name: cost for name, cost in costs.items() if cost[1] > cost[0] * 1.5 + 20} == {}


@pytest.mark.parametrize("name", WORK)
def test_every_question_goes_by_an_index(tmp_path: Path, name: str) -> None:
    db = filled(tmp_path, PAGE_ROWS)
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    WORK[name](db, PAGE_ROWS)
    db.set_trace_callback(None)
    selects = [one for one in asked if one.lstrip().startswith("SELECT")]
    assert selects
    for one in selects:
        assert "OFFSET" not in one
        plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {one}")]
        assert [step for step in plan if re.match(rf"SCAN ({TABLES})\b", step)] == [], one
    db.close()
