"""Our program beside others that show long lists, those of them that are installed.

100,000 people in the store for ours; for visidata as many rows, for harlequin as many in SQLite,
for neomutt 10,000 mails. Rounds alternate; each figure is the median of the rounds.
"""

from __future__ import annotations

import csv
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path
from statistics import median

from benchmarks.bare import Bare
from benchmarks.ground import UNLIMITED, Ground, ground
from benchmarks.peers import READY
from benchmarks.table import Table
from tests.terminal.terminal import program

ROUNDS = 5
PEOPLE = 100_000
MAILS = 10_000
STEPS = 5
"""Cursor keys of which the median is taken."""
HELD = 40
DOWN = b"\x1b[B"
EMPTY = "empty Textual program"


@dataclass(frozen=True)
class Other:
    """A program, what stands in its first rows, and whether it can be measured moving in them."""

    name: str
    command: list[str]
    rows: bytes
    moves: bool = True
    home: str = "other"


def measure() -> Table:
    """The table of programs."""
    options = ("--people", str(PEOPLE), "--companies", "1000", *UNLIMITED)
    with ground(*options) as here:
        subprocess.run(
            program("sync"),
            env=here.environment("ours"),
            cwd=here.folder,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        others = list(_others(here))
        found: dict[str, list[list[float]]] = {one.name: [] for one in others}
        for _ in range(ROUNDS):
            for one in others:
                try:
                    found[one.name].append(_round(here, one))
                except TimeoutError as error:
                    print(f"{one.name}: {error}", file=sys.stderr)
    floor = median(start for start, *_ in found[EMPTY])
    rows = [(name, *_cells(rounds, floor)) for name, rounds in found.items() if rounds]
    heads = (
        "80x24",
        "start (times the empty one)",
        "down in the page",
        "down scrolling",
        "down held",
        "RSS",
    )
    return Table(f"beside others, median of {ROUNDS}", heads, rows)


def _others(here: Ground) -> Iterator[Other]:
    """Ours, the empty one, and what is installed."""
    yield Other("csc-tui", program(), b"row 1 of", home="ours")
    empty = [sys.executable, "-m", "benchmarks.peers", "empty"]
    yield Other(EMPTY, empty, READY.encode(), moves=False)
    if neomutt := shutil.which("neomutt"):
        mails = here.folder / "mails"
        _mails(mails)
        rc = here.folder / "neomuttrc"
        rc.write_text(f"set folder={here.folder}\nset sort=mailbox-order\npush <first-entry>\n")
        command = [neomutt, "-n", "-F", str(rc), "-R", "-f", str(mails)]
        yield Other(f"neomutt, {MAILS:,}", command, b"Subject 1 ")
    if visidata := shutil.which("vd"):
        file = here.folder / "people.csv"
        with file.open("w", newline="") as opened:
            csv.writer(opened).writerows([("name", "company", "city", "phone"), *_rows()])
        yield Other(f"visidata, {PEOPLE:,}", [visidata, "-N", str(file)], b"Name 1")
    if harlequin := shutil.which("harlequin"):
        base = here.folder / "people.sqlite"
        with closing(sqlite3.connect(base)) as connection, connection:
            connection.execute("CREATE TABLE people (name, company, city, phone)")
            connection.executemany("INSERT INTO people VALUES (?, ?, ?, ?)", _rows())
        command = [harlequin, "-a", "sqlite", "--no-download-tzdata", str(base)]
        yield Other("harlequin (start alone)", command, b"Data Catalog", moves=False)


def _rows() -> Iterator[tuple[str, str, str, str]]:
    for n in range(1, PEOPLE + 1):
        yield f"Name {n}", f"Company {n % 977}", f"City {n % 89}", f"+49 221 {n:07}"


def _mails(file: Path) -> None:
    with file.open("w") as opened:
        for n in range(1, MAILS + 1):
            opened.write(
                f"From name{n}@example.org Thu Jan  1 00:00:00 2026\n"
                f"From: Name {n} <name{n}@example.org>\nTo: me@example.org\n"
                f"Date: {formatdate(1_767_225_600 + n)}\nMessage-ID: <{n}@example.org>\n"
                f"Subject: Subject {n} of many\nStatus: RO\n\nText.\n\n"
            )


def _round(here: Ground, one: Other) -> list[float]:
    """Start, bytes and ms in the page, bytes and ms at its edge, bytes held, memory."""
    bare = Bare(one.command, here.environment(one.home), here.folder)
    try:
        start = bare.until(one.rows)
        bare.settle(1.0)
        if not one.moves:
            return [start, bare.memory()]
        inside = [bare.press(DOWN) for _ in range(STEPS)]
        bare.hold(DOWN, 40)  # over the edge
        edge = [bare.press(DOWN) for _ in range(STEPS)]
        held = bare.hold(DOWN, HELD)
        return [start, *_medians(inside), *_medians(edge), held, bare.memory()]
    finally:
        bare.close()


def _medians(presses: list[tuple[int, float]]) -> list[float]:
    return [median(size for size, _ in presses), median(taken for _, taken in presses)]


def _cells(rounds: list[list[float]], floor: float) -> tuple[str, ...]:
    """`floor`: the milliseconds of the empty program's start."""
    values = [median(column) for column in zip(*rounds, strict=True)]
    start = f"{values[0]:,.0f} ms ({values[0] / floor:.2f})"
    memory = f"{values[-1]:.0f} MiB"
    if len(values) == 2:
        return start, "", "", "", memory
    inside, edge = (f"{values[n]:,.0f} B, {values[n + 1]:.1f} ms" for n in (1, 3))
    return start, inside, edge, f"{values[5]:,.0f} B", memory
