"""`csc-tui list people --jsonl | head -1`: from the command to its first line.

again: the account was opened before, as it mostly was; first: nothing is kept yet. Processor time
is what the program had used when its line had come; it is ended at that moment. Beside it: a Python
that imports what any such program does, and one that asks by httpx for the same page.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from signal import SIGKILL
from statistics import median
from time import perf_counter, sleep

from benchmarks.ground import Ground, ground
from benchmarks.table import Table
from tests.terminal.terminal import program

ROUNDS = 15

_NOTHING = "print()"
_IMPORTS = "import asyncio, httpx, pydantic; pydantic.BaseModel; print()"
_ASKED = """
import os, httpx
answer = httpx.get(
    os.environ["CSC_TUI_URL"] + "/api/people?perpage=250&includes=tels+emails+addrs+tags",
    headers={"X-apikey": os.environ["CSC_TUI_API_KEY"]}, trust_env=False, verify=False,
)
print(answer.json()[0])
"""


def measure() -> Table:
    """Milliseconds until the first line."""
    listed = program("list", "people", "--jsonl")
    commands = {
        "Python": [sys.executable, "-c", _NOTHING],
        "Python with asyncio, httpx and pydantic": [sys.executable, "-c", _IMPORTS],
        "a page by httpx": [sys.executable, "-c", _ASKED],
        "csc-tui, again": listed,
        "csc-tui, first": listed,
    }
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    with ground() as here:
        _first_line(here, listed, "again")
        for _ in range(ROUNDS):
            for name, command in commands.items():
                home = name.rpartition(" ")[2]
                if home == "first":
                    shutil.rmtree(here.folder / home, ignore_errors=True)
                times[name].append(_first_line(here, command, home))
                sleep(0.1)  # until the server has noticed that nobody listens any more
    rows = [
        (
            name,
            f"{median(wall for wall, _ in told):.0f}",
            f"{min(wall for wall, _ in told):.0f}",
            f"{median(used for _, used in told):.0f}",
        )
        for name, told in times.items()
    ]
    title = f"list people --jsonl | head -1, {ROUNDS} rounds"
    return Table(title, ("", "ms", "at least", "processor"), rows)


def _first_line(here: Ground, command: list[str], home: str) -> tuple[float, float]:
    """Milliseconds until the first line has come, and those of processor time."""
    environment = here.environment(home)
    begin = perf_counter()
    process = subprocess.Popen(command, env=environment, cwd=here.folder, stdout=subprocess.PIPE)
    with process:
        assert process.stdout is not None
        line = process.stdout.readline()
        taken = (perf_counter() - begin) * 1000
        os.kill(process.pid, SIGKILL)  # Popen.kill would take the end of one that has ended
        _, status, spent = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert line, command
    return taken, (spent.ru_utime + spent.ru_stime) * 1000
