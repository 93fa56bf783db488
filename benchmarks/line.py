"""Bytes written to the terminal, at 80x24 with 256 colours, beside Textual's own table."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from benchmarks.ground import ground
from benchmarks.peers import READY
from benchmarks.table import Table
from tests.terminal.terminal import Terminal

HELD = 48
"""Times that a key is pressed to take the average of holding it."""
QUIET = 0.8
"""Seconds without output after which everything has been said."""


def measure() -> Table:
    """What keys cost, in our program at two sizes and in the others."""
    with ground() as here, ExitStack() as stack:
        ours = stack.enter_context(here.program())
        large = stack.enter_context(here.program("large", size=(140, 40)))
        for one in (ours, large):
            one.wait_for("row 1 of 2,400")
        table = stack.enter_context(here.peer("table"))
        table.wait_for("Name 1 ")
        empty = stack.enter_context(here.peer("empty"))
        empty.wait_for(READY)
        for one in (ours, large, table, empty):
            one.settle(QUIET)
        begun = [len(one.raw) for one in (ours, large, table, empty)]
        rows: list[tuple[object, ...]] = [
            ("start until nothing moves", begun[0], 7_000, *begun[1:])
        ]
        for name, limit, cost, beside in _STEPS:
            other = cost(table) if beside else ""
            rows.append((name, cost(ours), limit, cost(large), other, ""))
    heads = ("", "csc-tui", "limit", "at 140x40", "DataTable", "empty app")
    return Table("bytes at 80x24", heads, rows)


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


_STEPS: list[tuple[str, int, Callable[[Terminal], int], bool]] = [
    ("cursor key inside the page", 260, lambda one: _cost(one, "down"), True),
    (f"cursor key, {HELD} presses, average", 300, _held, True),
    ("page down", 2_700, lambda one: _cost(one, "pagedown"), True),
    ("to the end, which is fetched", 7_000, lambda one: _cost(one, "end"), False),
    ("to the first row", 2_700, lambda one: _cost(one, "home"), False),
    ("paint all anew (ctrl+l)", 7_000, lambda one: _cost(one, "ctrl+l"), False),
    ("open a record", 6_000, lambda one: _cost(one, "enter"), False),
    ("cursor key in a record", 260, lambda one: _cost(one, "down"), False),
    ("back to the list", 6_000, lambda one: _cost(one, "escape"), False),
    ("open a form", 6_000, lambda one: _cost(one, "e"), False),
    ("a letter in a form", 260, lambda one: _cost(one, "x", "y") // 2, False),
]
"""What is done one after the other; its limit at 80x24; what it costs; whether a table has it."""
