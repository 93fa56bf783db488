"""Roles and runs: how screens say what a piece of text is, and which style that gets."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from csc_tui.glyphs import clip, drawn, harmless, width, wrap
from csc_tui.ui.signs import plain_signs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Role(StrEnum):
    """What a run of text is. Meaning never hangs on it alone: a mark or a word stands beside."""

    TEXT = "text"
    MUTED = "muted"
    HEAD = "head"
    """Column heads, trail, labels."""
    STRONG = "strong"
    TAB = "tab"
    """The open tab."""
    CURSOR = "cursor"
    """The row under the cursor."""
    GOOD = "good"
    BAD = "bad"
    WARN = "warn"
    BOX = "box"
    """Where one types."""
    CODE = "code"
    """A QR code: dark on light in every theme, or no camera reads it."""


class Run(NamedTuple):
    """A piece of text in one role, made harmless by whoever measures it."""

    text: str
    role: Role = Role.TEXT
    link: str = ""
    """Where it leads, for terminals that make links of OSC 8."""


_TARGET = r"(https?://|mailto:|tel:)[!-~]+"
"""A link that may be written to a terminal."""

Line = tuple[Run, ...]
"""One line of a screen, from the left; what is missing to the right is blank."""


def plain(text: str, role: Role = Role.TEXT) -> Line:
    """A line of one run."""
    return (Run(text, role),)


def spread(left: Line, right: Line, cells: int) -> Line:
    """Two lines in one: `left` at the left edge, cut if need be, `right` at the right one."""
    room = cells - sum(width(run.text) for run in right)
    kept: list[Run] = []
    for run in left:
        text = clip(run.text, room - 1 if right else room)
        if text:
            kept.append(Run(text, run.role, run.link))
        room -= width(text)
        if text != run.text:
            break
    return (*kept, Run(" " * max(room, 0)), *right)


def flow(line: Line, cells: int, most: int) -> list[Line]:
    """What has to be read whole: each run begins a row and has as many as it needs.

    At most `most` rows; what is left then stands cut in the last one.
    """
    rows = [(row, run.role) for run in line for row in wrap(harmless(run.text).strip(), cells - 2)]
    if len(rows) > most:
        rest = " ".join(text for text, _ in rows[most - 1 :])
        rows[most - 1 :] = [(clip(rest, cells - 2), rows[most - 1][1])]
    return [plain(f" {text}", role) for text, role in rows]


class Paint:
    """Styles by role, from the theme."""

    def __init__(self, styles: Mapping[Role, Style]) -> None:
        self._styles = dict(styles)
        self.ascii = False
        """Whether the terminal knows plain signs alone."""
        self.links = False
        """Whether it makes links of OSC 8."""

    def strip(self, line: Iterable[Run], cells: int) -> Strip:
        """A line as textual draws it: exactly `cells` wide, one segment per run of equal style.

        The terminal's edge: whatever a server, a file or a user wrote, nothing gets past here that
        could drive a terminal.
        """
        segments: list[Segment] = []
        used = 0
        last: Role | None = None
        for run in self._plain(line, cells) if self.ascii else line:
            text = clip(harmless(run.text), cells - used)
            if not text:
                continue
            used += width(text)
            _append(segments, drawn(text), self._style(run))
            last = run.role
        if used < cells:
            role = Role.CURSOR if last is Role.CURSOR else Role.TEXT
            _append(segments, " " * (cells - used), self._styles[role])
        return Strip(segments, cells)

    def _style(self, run: Run) -> Style:
        style = self._styles[run.role]
        if self.links and re.fullmatch(_TARGET, run.link):
            return style + Style(link=run.link)
        return style

    def _plain(self, line: Iterable[Run], cells: int) -> list[Run]:
        """The line in plain signs; what it gets longer by is taken from its widest blank."""
        runs = [Run(plain_signs(harmless(run.text)), run.role, run.link) for run in line]
        extra = sum(width(run.text) for run in runs) - cells
        blanks = [n for n, run in enumerate(runs) if run.text and not run.text.strip()]
        if extra > 0 and blanks:
            widest = max(blanks, key=lambda n: len(runs[n].text))
            runs[widest] = Run(runs[widest].text[extra:], runs[widest].role)
        return runs


def _append(segments: list[Segment], text: str, style: Style) -> None:
    """Add text to a line, in one segment with what stands before it in the same style."""
    if segments and segments[-1].style is style:
        segments[-1] = Segment(segments[-1].text + text, style)
    else:
        segments.append(Segment(text, style))
