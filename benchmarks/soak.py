"""Somebody works for half an hour in a pty, on a demo where things go wrong all the time.

Stories are told in an order drawn with a seed; the first round goes from the costliest on, so that
what is loaded once and kept is there after the first minute.
What is promised: the memory that is resident at the end is no more than 3 MiB above that after the
first minute, no file stays open, the server never says 429, and when the hands rest nothing runs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic

from benchmarks.ground import Ground, ground
from benchmarks.table import Table
from tests.terminal.terminal import Terminal

MINUTES = 30.0
FIRST = 60.0
"""Seconds after which the memory is what it is compared with."""
GROWTH = 3 * 2**20
"""Bytes that may be added to it."""
CONNECTIONS = 22
"""Sockets at most: what the client may open to the server, and the loop's own two."""
REST = 10.0
"""Seconds without a key during which nothing may run."""
QUIET = 0.12
"""Seconds without output after which a key has been answered."""
FAULTS: tuple[dict[str, object], ...] = (
    {"kind": "latency", "probability": 0.2, "seconds": 0.4, "seed": 1},
    {
        "kind": "status", "status": 503, "headers": {"Retry-After": "1"}, "probability": 0.02,
        "seed": 2,
    },
    {"kind": "status", "status": 500, "probability": 0.02, "seed": 3},
    {"kind": "drop", "probability": 0.02, "seed": 4},
    {"kind": "drop", "when": "after", "method": "PUT", "probability": 0.1, "seed": 5},
    {"kind": "nonsense", "method": "GET", "probability": 0.01, "seed": 6},
    {"kind": "cut", "method": "GET", "probability": 0.01, "seed": 7},
    {
        "kind": "colleague", "method": "PUT", "path": "/people/*", "probability": 0.1, "seed": 8,
        "changes": {"background": "edited by a colleague"},
    },
)  # fmt: skip


@dataclass(frozen=True)
class Hands:
    """What is done; every story begins and ends in the list."""

    terminal: Terminal
    chance: Random

    def press(self, *keys: str) -> None:
        """Keys, each answered before the next."""
        for key in keys:
            self.terminal.press(key)
            self.terminal.settle(QUIET)

    def hold(self, key: str, times: int) -> None:
        """A key that is held down."""
        for _ in range(times):
            self.terminal.press(key)
            self.terminal.settle(0.03)

    def home(self) -> None:
        """Back to the list, whatever lies above it."""
        for _ in range(8):
            self.press("escape")
            if "row " in self.terminal.line(-2) and self.terminal.cursor_line():
                return

    def walk(self) -> None:
        """Up and down, by rows, pages and ends."""
        self.hold("down", self.chance.randrange(10, 60))
        self.press(*self.chance.choices(["pagedown", "pageup", "end", "home"], k=6))
        self.hold("up", self.chance.randrange(5, 20))

    def read(self) -> None:
        """Open a record, its company, and back along the trail."""
        self.hold("down", self.chance.randrange(1, 8))
        self.press("enter", "down", "down", "end", "enter", "<", "J", "K", "y", "y")

    def look_for(self) -> None:
        """A search as one types it, and what it has found."""
        word = self.chance.choice(["müller", "brandt", "0221 47", "info@", "xyz", "jürgen sch"])
        self.press("/", *word, "enter", "down", "enter", "escape", "escape")

    def write(self) -> None:
        """An edit that is saved."""
        self.hold("down", self.chance.randrange(1, 8))
        self.press("e", "ctrl+g", *"Title", "enter", "ctrl+u")
        self.terminal.type(f"Dr. {self.chance.randrange(1000)}")
        self.press("ctrl+s")

    def drop(self) -> None:
        """A draft that is begun and left, then another record's form that is only looked at."""
        self.press("e", "ctrl+g", *"Background", "enter")
        self.terminal.type("a long story " * 40)
        self.press("escape", "down", "e", "tab", "tab", "escape")

    def undo(self) -> None:
        """Take the last write back."""
        self.press("u", "enter")

    def look_round(self) -> None:
        """Help, palette, outbox, request log, themes, orders, the other list."""
        self.press("?", "pagedown", "escape", ":", *"paint", "escape", "O", "down", "escape")
        self.press(
            "L", "end", "escape", "T", "down", "enter", "s", "down", "enter", "2", "end", "1"
        )

    def resize(self) -> None:
        """Other windows."""
        for columns, rows in ((140, 40), (60, 15), (80, 24)):
            self.terminal.resize(columns, rows)
            self.terminal.settle(QUIET * 2)
            self.press("down", "pagedown")

    def synchronise(self) -> None:
        """All that has changed."""
        self.press(":", *"synchronise", "enter")

    def stories(self) -> list[Callable[[], None]]:
        """All there are, the costliest last."""
        return [
            *(self.walk, self.read, self.look_for, self.write, self.drop, self.undo),
            *(self.look_round, self.resize, self.synchronise),
        ]


@dataclass(frozen=True)
class State:
    """What the program uses at one moment."""

    minute: float
    resident: int
    """Bytes."""
    files: int
    connections: int
    """Sockets: those to the server come and go, the loop has two."""

    @classmethod
    def of(cls, process: int, minute: float) -> State:
        """Read it off the system (Linux)."""
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        handles = []
        for one in Path(f"/proc/{process}/fd").iterdir():
            with suppress(FileNotFoundError):  # closed meanwhile
                handles.append(os.readlink(one))
        sockets = sum(one.startswith("socket:") for one in handles)
        resident = pages * os.sysconf("SC_PAGE_SIZE")
        return cls(minute, resident, len(handles) - sockets, sockets)


def measure(minutes: float = MINUTES) -> Table:
    """Memory and files minute by minute, refusals, and what runs while nobody does anything."""
    with ground("--today", "2026-11-21") as here:
        here.demo.fail(*FAULTS)
        env = {"CSC_TUI_FILL": "25000"}
        with here.program(env=env) as terminal:
            terminal.wait_for("row 1 of", timeout=60)
            refused = 0
            states = []
            for state, more in _work(Hands(terminal, Random(1)), here, minutes):
                states.append(state)
                refused += more
            idle = _idle(terminal)
            assert terminal.process.poll() is None, "the program has ended"
    return _table(states, refused, idle)


def _work(hands: Hands, here: Ground, minutes: float) -> Iterator[tuple[State, int]]:
    """Story after story; what is used after every minute, and how many 429 there were in it."""
    begin = monotonic()
    told = 0
    todo = hands.stories()
    while (elapsed := monotonic() - begin) < minutes * 60:
        if elapsed >= (told + 1) * FIRST:
            told += 1
            yield State.of(hands.terminal.process.pid, elapsed / 60), _refused(here)
            hands.terminal.raw.clear()
        if not todo:
            todo = hands.stories()
            hands.chance.shuffle(todo)
        todo.pop()()
        hands.home()
    hands.terminal.settle(1.0)
    yield State.of(hands.terminal.process.pid, minutes), _refused(here)


def _refused(here: Ground) -> int:
    count = sum(entry["status"] == 429 for entry in here.demo.log())
    here.demo.forget()
    return count


def _idle(terminal: Terminal) -> float:
    """Share of a processor in percent that is used while nobody does anything."""
    here = Path(f"/proc/{terminal.process.pid}/stat")

    def used() -> int:
        words = here.read_text().rpartition(")")[2].split()
        return int(words[11]) + int(words[12])

    terminal.settle(5.0, timeout=120)
    before, begin = used(), monotonic()
    terminal.settle(REST)
    ticks = os.sysconf("SC_CLK_TCK")
    return (used() - before) / ticks / (monotonic() - begin) * 100


def _table(states: list[State], refused: int, idle: float) -> Table:
    first, last = states[0], states[-1]
    shown = [one for number, one in enumerate(states) if number % 5 == 0 or one is last]
    rows: list[tuple[object, ...]] = [
        (f"minute {one.minute:.0f}", f"{one.resident / 2**20:.1f}", one.files, one.connections, "")
        for one in shown
    ]
    grown = last.resident - first.resident
    leaked = last.files > first.files or last.connections > CONNECTIONS
    rows += [
        ("grown since the first minute", f"{grown / 2**20:+.1f}", last.files - first.files,
         last.connections - first.connections,
         "ok" if grown <= GROWTH and not leaked else "TOO MUCH"),
        ("answers 429", refused, "", "", "ok" if not refused else "TOO MANY"),
        ("processor while idle, %", f"{idle:.1f}", "", "", "ok" if idle < 0.1 else "TOO MUCH"),
    ]  # fmt: skip
    heads = ("", "resident MiB", "files", "connections", "")
    return Table(f"{last.minute:.0f} minutes of use", heads, rows)
