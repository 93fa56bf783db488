"""Bytes written to the terminal, at 80x24 with 256 colours, beside Textual's own table."""

from __future__ import annotations

from contextlib import ExitStack

from benchmarks.ground import ground
from benchmarks.peers import READY
from benchmarks.table import Table
from tests.terminal.terminal import Terminal

HELD = 48
"""Times that a key is pressed to take the average of holding it."""
WHOLE = 9_000
"""What painting everything may cost; the other limits stand in the table."""
QUIET = 0.8
"""Seconds without output after which everything has been said."""


def measure() -> Table:
    """What keys cost, in our program and in the others."""
    with ground() as here, ExitStack() as stack:
        ours = stack.enter_context(here.program())
        ours.wait_for("row 1 of 2,400")
        table = stack.enter_context(here.peer("table"))
        table.wait_for("Name 1 ")
        empty = stack.enter_context(here.peer("empty"))
        empty.wait_for(READY)
        for one in (ours, table, empty):
            one.settle(QUIET)
        rows = [
            ("start until nothing moves", len(ours.raw), "", len(table.raw), len(empty.raw)),
            ("cursor key inside the page", _cost(ours, "down"), 400, _cost(table, "down")),
            (f"cursor key, {HELD} presses, average", _held(ours), 700, _held(table)),
            ("page down", _cost(ours, "pagedown"), WHOLE, _cost(table, "pagedown")),
            ("to the end, which is fetched", _cost(ours, "end"), WHOLE),
            ("to the first row", _cost(ours, "home"), WHOLE),
            ("paint all anew (ctrl+l)", _cost(ours, "ctrl+l"), WHOLE),
            ("open a record", _cost(ours, "enter"), WHOLE),
            ("cursor key in a record", _cost(ours, "down")),
            ("back to the list", _cost(ours, "escape"), WHOLE),
            ("open a form", _cost(ours, "e"), WHOLE),
            ("a letter in a form", _cost(ours, "x", "y") // 2),
        ]
    filled = [(*row, "", "", "")[:5] for row in rows]
    return Table("bytes at 80x24", ("", "csc-tui", "limit", "DataTable", "empty app"), filled)


def _cost(program: Terminal, *keys: str) -> int:
    before = len(program.raw)
    for key in keys:
        program.press(key)
        program.settle(QUIET)
    return len(program.raw) - before


def _held(program: Terminal) -> int:
    """One press at a time: what comes while a frame is drawn would be drawn together."""
    before = len(program.raw)
    for _ in range(HELD):
        program.press("down")
        program.settle(0.08)
    program.settle(QUIET)
    return (len(program.raw) - before) // HELD
