"""From the command to the first rows, beside an empty Textual program.

cold: nothing is stored, so the rows come from the server. store: a second start, the rows are
there. Rounds alternate, so that whatever else the machine does falls on all of them alike.
Modules are those whose import was begun before the rows stood on the screen.

Processor time is what the program had used when they had been written, in it and in the kernel; it
is ended at that moment. On a machine that does something else as well it says more than the clock.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import monotonic

from benchmarks.ground import Ground, ground
from benchmarks.peers import READY
from benchmarks.table import Table
from tests.live_demo import ROOT
from tests.terminal.terminal import Terminal, program

ROUNDS = 5
"""At most; fewer where they would take longer than `LONGEST` seconds."""
LONGEST = 30.0

LIMIT = {
    "csc-tui --version": "60 ms",
    "csc-tui keys": "60 ms",
    "csc-tui, rows from the store": "1.30 times",
}

FIRST = "Abel, Frank"
"""Stands in the first row."""

_COUNTED = """
import sys, time
told = open(sys.argv.pop(1), "w", buffering=1)
sys.addaudithook(
    lambda event, args: event == "import" and told.write(f"{time.monotonic()} {args[0]}\\n")
)
import runpy
name = sys.argv.pop(1)
sys.argv[0] = name
runpy.run_module(name, run_name="__main__", alter_sys=True)
"""
"""Runs a module and writes down what is imported, and when."""


def measure() -> Table:
    """Milliseconds and modules until the first rows."""
    with ground() as here:
        _ready(here, "stored", FIRST)
        kinds: dict[str, Callable[[], float]] = {
            "csc-tui --version": lambda: _printed(here, "--version"),
            "csc-tui keys": lambda: _printed(here, "keys"),
            "an empty Textual program": lambda: _ready(here, "peer", READY),
            "csc-tui, rows from the store": lambda: _ready(here, "stored", FIRST),
            "csc-tui, rows from the server": lambda: _cold(here),
        }
        busy: dict[str, Callable[[], float]] = {
            "an empty Textual program": lambda: _busy(here, "peer", READY),
            "csc-tui, rows from the store": lambda: _busy(here, "stored", FIRST),
        }
        used: dict[str, list[float]] = {name: [] for name in busy}
        times: dict[str, list[float]] = {name: [] for name in kinds}
        enough = monotonic() + LONGEST
        while monotonic() < enough and len(times["an empty Textual program"]) < ROUNDS:
            for name, start in kinds.items():
                times[name].append(start())
            for name, start in busy.items():
                used[name].append(start())
        modules = {
            "an empty Textual program": _modules(here, "peer", READY),
            "csc-tui, rows from the store": _modules(here, "stored", FIRST),
        }
    floor = median(times["an empty Textual program"])
    rows = [
        (name, *_beside(floor, *all_), LIMIT.get(name, ""), modules.get(name, ""))
        for name, all_ in times.items()
    ]
    idle = median(used["an empty Textual program"])
    rows += [(f"processor time: {of}", *_beside(idle, *all_), "", "") for of, all_ in used.items()]
    rows += [(f"imports: {of}", *_beside(floor, ms), "", "") for of, ms in _imports()]
    heads = ("", "ms", "times the empty one", "limit", "modules")
    return Table(f"start, median of {ROUNDS}", heads, rows)


def _beside(floor: float, *times: float) -> tuple[str, str]:
    """The median of times, and how many times the floor that is."""
    middle = median(times)
    return f"{middle:.0f}", f"{middle / floor:.2f}"


def _imports() -> list[tuple[str, float]]:
    """What `-X importtime` says of all that is loaded before the first rows, in milliseconds."""
    code = "import csc_tui.cli.screen, csc_tui.session, csc_tui.ui.app, csc_tui.store.store"
    ours, toolkit, rest = "csc-tui", "textual and rich", "Python's own"
    kinds = {"csc_tui": ours, "textual": toolkit, "rich": toolkit}
    runs = []
    for _ in range(ROUNDS):
        command = [sys.executable, "-X", "importtime", "-c", code]
        told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stderr
        spent = dict.fromkeys((ours, toolkit, rest), 0.0)
        for line in told.splitlines():
            own, _, name = line.removeprefix("import time:").split("|")
            if own.strip().isdecimal():
                spent[kinds.get(name.strip().partition(".")[0], rest)] += int(own) / 1000
        runs.append(spent)
    return [(name, median(run[name] for run in runs)) for name in runs[0]]


def _printed(here: Ground, command: str) -> float:
    """Milliseconds of what paints nothing: the interpreter and the command line."""
    begin = monotonic()
    subprocess.run(
        program(command),
        env=here.environment("stored"),
        cwd=here.folder,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return (monotonic() - begin) * 1000


def _cold(here: Ground) -> float:
    shutil.rmtree(here.folder / "cold", ignore_errors=True)
    return _ready(here, "cold", FIRST)


def _command(home: str) -> list[str]:
    return ["benchmarks.peers", "empty"] if home == "peer" else ["csc_tui"]


def _ready(here: Ground, home: str, words: str) -> float:
    """Milliseconds until `words` have been written."""
    begin = monotonic()
    terminal = Terminal(
        [sys.executable, "-m", *_command(home)], here.environment(home), folder=here.folder
    )
    try:
        terminal.wait_raw(words.encode())
        taken = (monotonic() - begin) * 1000
        terminal.settle(0.5)
    finally:
        terminal.close()
    return taken


class _Watched(Terminal):
    """A terminal whose program is ended when it has written the words that are waited for."""

    words = b""
    used: float | None = None
    """Seconds of processor time that it had used by then."""

    def _take(self, data: bytes) -> None:
        if self.used is None and self.words in self.raw + data:
            self.process.send_signal(signal.SIGKILL)
            _, status, spent = os.wait4(self.process.pid, 0)
            self.process.returncode = os.waitstatus_to_exitcode(status)
            self.used = spent.ru_utime + spent.ru_stime
        super()._take(data)


def _busy(here: Ground, home: str, words: str) -> float:
    """Milliseconds of processor time until `words` have been written."""
    command = [sys.executable, "-m", *_command(home)]
    terminal = _Watched(command, here.environment(home), folder=here.folder)
    terminal.words = words.encode()
    try:
        terminal.wait_raw(terminal.words)
    finally:
        terminal.close()
    assert terminal.used is not None
    return terminal.used * 1000


def _modules(here: Ground, home: str, words: str) -> int:
    """How many modules had been asked for when `words` had been written."""
    told = Path(here.folder / "imports")
    command = [sys.executable, "-c", _COUNTED, str(told), *_command(home)]
    terminal = Terminal(command, here.environment(home), folder=here.folder)
    try:
        terminal.wait_raw(words.encode())
        seen = monotonic()
        terminal.settle(0.5)
    finally:
        terminal.close()
    lines = (line.split() for line in told.read_text().splitlines())
    return len({name for at, name in lines if float(at) <= seen})
