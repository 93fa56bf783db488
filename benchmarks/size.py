"""What a key costs, and what is resident, by the number of people in the store.

The stores are made once and kept in `benchmarks/made`: a hundred thousand people take half a
minute, a million (`--people 1000000`) six and 1.5 GB. The line is dead, so that all comes from the
store. Times are the program's own on the processor, so that they do not depend on who else runs.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from time import time

from benchmarks.table import Table
from csc_tui.config.account import environment_folder
from csc_tui.config.paths import Paths
from csc_tui.config.secrets import Secret
from csc_tui.domain.clock import SystemClock
from csc_tui.domain.query import PAGE_ROWS, Query
from csc_tui.services.layout import dump, tab_of
from csc_tui.session import adapter_of
from csc_tui.store.rows import Saved
from csc_tui.store.store import Store
from tests.live_demo import ROOT
from tests.terminal.terminal import Terminal, program

SIZES = (1_000, 100_000)
URL, KEY = "http://127.0.0.1:9", "k" * 40
"""Where nobody listens."""
MADE = Path(__file__).parent / "made"
LIMIT = {1_000: 65, 100_000: 65, 1_000_000: 70}
"""MiB that may be resident."""
HELD = 120
"""Times that a key is pressed to take the average."""
WORDS = ("bal", "bab", "balbba an", "gmbh", "+49 221 00", "b.balb")
_LONG = "x" * 400
_LAST = "2026-11-20T10:00:00+01:00"
_FIRST = ("Anna", "Jürgen", "Leonie", "Émile", "Okan", "Ilse", "Piotr", "Zoë", "Björn", "Ruth")
_CITY = ("Köln", "Bonn", "Wien", "Leipzig", "Zürich", "Aachen", "Ulm")
_LETTERS = ("bdfghklmnrst", "aeiouäöü", "lmnrst", "beckmannhofer")


@dataclass(frozen=True)
class Cost:
    """What one size costs."""

    people: int
    down: float
    page: float
    end: float
    letter: float
    """Milliseconds on the processor: a row down, a page down, to the end and back, a letter of a
    search."""
    resident: float
    """MiB."""


def measure(people: int | None = None) -> Table:
    """Costs of each size, beside those of the smallest."""
    sizes = [*SIZES, people] if people and people not in SIZES else list(SIZES)
    costs = [_cost(size) for size in sizes]
    least = costs[0]
    rows = [
        (
            f"{one.people:,} people",
            *(
                f"{mine:.1f} ({mine / theirs:.2f})"
                for mine, theirs in (
                    (one.down, least.down),
                    (one.page, least.page),
                    (one.end, least.end),
                    (one.letter, least.letter),
                )
            ),
            f"{one.resident:.1f}",
            LIMIT.get(one.people, ""),
        )
        for one in costs
    ]
    heads = ("", "row down", "page down", "end, home", "search key", "resident MiB", "limit")
    return Table("processor ms a key (times that of the fewest people), memory", heads, rows)


def _cost(people: int) -> Cost:
    kept = made(people)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        shutil.copytree(kept, home / "cache")
        terminal = Terminal(program(), _environment(home), folder=home)
        try:
            terminal.wait_for(f"row 1 of {people:,}", timeout=60)
            terminal.wait_for("offline", timeout=60)
            terminal.settle(1.0)
            down = _each(terminal, ["down"] * HELD)
            page = _each(terminal, ["pagedown"] * (HELD // 4))
            end = _each(terminal, ["end", "home"] * 10)
            letters = [_search(terminal, word) for word in WORDS]
            resident = _resident(terminal)
        finally:
            terminal.close()
    return Cost(people, down, page, end, sum(letters) / len(letters), resident)


def _search(terminal: Terminal, word: str) -> float:
    terminal.press("/")
    terminal.wait_for("/▏")
    cost = _each(terminal, list(word))
    terminal.press("escape")
    terminal.wait_gone(f"/{word}▏")
    return cost


def _each(terminal: Terminal, keys: list[str]) -> float:
    """Milliseconds on the processor for each of these keys, pressed one after the other."""
    terminal.settle(0.3)
    before = _used(terminal)
    for key in keys:
        terminal.press(key)
        terminal.settle(0.04)
    terminal.settle(0.3)
    return (_used(terminal) - before) / len(keys) * 1000


def _used(terminal: Terminal) -> float:
    """Seconds on the processor so far, of all threads."""
    words = Path(f"/proc/{terminal.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def _resident(terminal: Terminal) -> float:
    pages = int(Path(f"/proc/{terminal.process.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _environment(home: Path) -> dict[str, str]:
    kinds = ("CONFIG", "DATA", "STATE", "CACHE")
    return {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in kinds} | {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "TERM": "xterm-256color",
        "CSC_TUI_URL": URL,
        "CSC_TUI_API_KEY": KEY,
    }


def made(people: int) -> Path:
    """The cache folder with so many people, made if it is not there yet."""
    place = MADE / f"size-{people}"
    if not place.exists():
        fresh = MADE / f"size-{people}.new"
        shutil.rmtree(fresh, ignore_errors=True)
        paths = Paths.of({"XDG_CACHE_HOME": str(fresh)})
        folder = paths.account_cache(environment_folder("centralstation", URL, Secret(KEY)))
        asyncio.run(_fill(folder, people))
        fresh.rename(place)
    return place


async def _fill(folder: Path, people: int) -> None:
    store = Store.open(folder, SystemClock())
    key = Query("people").key
    everybody = islice(_people(), people)
    number = 0
    while page := list(islice(everybody, PAGE_ROWS)):
        number += 1
        await store.save_page("people", key, number, page, time())
    await store.save_total(key, people, time())
    resources = adapter_of("centralstation").resources().values()
    await store.set_value("tabs", dump(map(tab_of, resources)))
    await store.close()


def _people() -> Iterator[Saved]:
    """People without end, in the order of their names."""
    for number, (one, two, three, four, more, five, first) in enumerate(
        product(*_LETTERS, *_LETTERS[:2], _FIRST), start=1
    ):
        last = f"{one}{two}{three}{four}{more}{five}".capitalize()
        company, city = f"{last} & {first} GmbH", _CITY[number % len(_CITY)]
        phone, mail = f"+49 221 {number:07}", f"{first[0]}.{last}@{city}.example".lower()
        yield Saved(
            id=str(number),
            cells=(f"{last}, {first}", company, city, phone, "Messe", _LAST, mail),
            version=_LAST,
            raw=f'{{"id":{number},"name":"{last}","first_name":"{first}","background":"{_LONG}"}}',
            names=f"{first} {last}",
            words=(mail, company, city),
            phones=(phone,),
        )
