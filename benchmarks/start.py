"""How long a start takes to its first rows, with and without rows in the store.

    python benchmarks/start.py [--times N]

Seconds from the start of the process to rows on a real pty; `--version` beside it shows what the
interpreter alone costs here.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.live_demo import ROOT, LiveDemo, running_demo
from tests.terminal.terminal import Terminal, program


def main() -> None:
    """Prints the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with running_demo(folder / "crm", "--limit", "1000000") as server:
            empty = [first_rows(server, folder / f"empty-{n}") for n in range(times)]
            stored = [first_rows(server, folder / "empty-0") for _ in range(times)]
    for name, took in (
        ("--version", [version() for _ in range(times)]),
        ("empty store", empty),
        ("rows in the store", stored),
    ):
        print(f"{name:18} {statistics.median(took):.3f} s")


def version() -> float:
    """Seconds for `csc-tui --version`."""
    started = time.perf_counter()
    subprocess.run(program("--version"), cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


def first_rows(server: LiveDemo, folder: Path) -> float:
    """Seconds until the first row stands on the screen."""
    folder.mkdir(exist_ok=True)
    env = {f"XDG_{kind}_HOME": str(folder) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    env |= {"CSC_TUI_URL": server.url, "CSC_TUI_API_KEY": server.key, "CSC_TUI_FILL": "0"}
    env |= {"HOME": str(folder), "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "xterm"}
    started = time.perf_counter()
    screen = Terminal(program(), env | {"PYTHONPATH": str(ROOT)}, folder=folder)
    screen.wait_for("› Abel, Frank")
    took = time.perf_counter() - started
    screen.press("q")
    screen.wait_end()
    return took


if __name__ == "__main__":
    main()
