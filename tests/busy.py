"""Whether what a test has started still works: a starved program is silent too, but not done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
WORKING = frozenset("RD")
"""Running or about to, or waiting for the disk."""


def anybody_works() -> bool:
    """Whether a thread of any process below this one has something to do now.

    Where the system does not tell (there is no /proc) nobody does.
    """
    return any(
        _stat(thread)[0] in WORKING
        for process in _below(os.getpid())
        for thread in PROC.glob(f"{process}/task/*/stat")
    )


def _below(parent: int) -> Iterator[int]:
    children: dict[int, list[int]] = {}
    for one in PROC.glob("[0-9]*/stat"):
        children.setdefault(int(_stat(one)[1]), []).append(int(one.parent.name))
    left = [parent]
    while left:
        found = children.get(left.pop(), [])
        left += found
        yield from found


def _stat(path: Path) -> tuple[str, str]:
    """State and parent; of one that has just ended, that nobody is its parent."""
    with suppress(OSError):
        # The name, in brackets, may hold anything.
        state, parent, *_ = path.read_text("utf-8", "replace").rpartition(")")[2].split()
        return state, parent
    return "X", "-1"
