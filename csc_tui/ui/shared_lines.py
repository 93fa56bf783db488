"""Lines on every screen: the top line, that there is no room, what the last key is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.glyphs import clip, harmless, width, wrap
from csc_tui.ui.paint import Role, Run, plain, spread
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csc_tui.ui.paint import Line

SMALLEST = (40, 12)
"""Below this many columns or rows there is one line saying so."""


def too_small_lines(cells: int) -> list[Line]:
    """What is missing and how to leave: one line, in rows where it does not fit."""
    columns, rows = SMALLEST
    words = say("screen.too_small", columns=columns, rows=rows)
    return [plain(line) for line in wrap(words, max(1, cells))]


def with_hint(line: Line, hint: str) -> Line:
    """The message line with what the last key is told behind it, if that stands not in it anyway.

    So it does where the line is typed in: no key is silent there, and what is typed stays in sight.
    """
    return line if not hint or any(hint in run.text for run in line) else (*line, Run(f"  {hint}"))


def tabs_line(name: str, tabs: Sequence[tuple[str, bool]], state: str, columns: int) -> Line:
    """Profile, tabs with whether each is the open one, and at the right the state of the line."""
    runs = [Run(f" {clip(harmless(name), 10)} ", Role.STRONG)]
    right = (Run(f"{state} ", Role.TEXT if state == say("screen.online") else Role.WARN),)
    room = columns - width(runs[0].text) - width(right[0].text) - 1
    current = next((text for text, here in tabs if here), "")
    used = width(current)
    for text, here in tabs:
        if not here:
            used += width(text)  # the first that has no room is the end, but for the open one
            if used > room:
                continue
        runs.append(Run(text, Role.TAB if here else Role.TEXT))
    return spread(tuple(runs), right, columns)
