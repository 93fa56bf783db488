"""A number large enough to be read from where the telephone stands, an address, their QR codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.glyphs import harmless, lines_of, width, wrap
from csc_tui.ui.links import tel
from csc_tui.ui.paint import Line, Role, Run
from csc_tui.ui.qr import code_rows
from csc_tui.ui.screens.alone import AloneScreen
from csc_tui.ui.screens.pager import Pager
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.domain import detail

MARGIN = 2
"""Blank cells at the left, and between text and code."""
_DIGIT = 4
"""Cells of a large digit with the blank behind it."""

_SHAPES = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": ("## ", " # ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    "+": ("   ", " # ", "###", " # ", "   "),
}
"""Large digits: five rows of three cells."""


class LargeScreen(Pager):
    """A phone number or an address, with what a phone's camera can make of it."""

    def __init__(self, line: detail.Line) -> None:
        super().__init__()
        self._line = line
        self._number = line.role == "phone"
        self._content = tel(line.text).upper() if self._number else "\n".join(self._lines())
        self._code: list[str] = []

    def _lines(self) -> list[str]:
        """The value as it is written: a number in one line, an address in post form."""
        return [harmless(self._line.text)] if self._number else lines_of(self._line.copy)

    def rows(self, columns: int) -> list[Line]:
        """The text, large if it is a number; the code at the right of it where there is room."""
        self._code = self._code_rows(columns)
        room = columns - MARGIN - (len(self._code[0]) + MARGIN if self._code else 0)
        texts = self._texts(room - 1)
        lines: list[Line] = []
        for number in range(max(len(texts), len(self._code))):
            text, role = texts[number] if number < len(texts) else ("", Role.TEXT)
            row: Line = (Run(" " * MARGIN), Run(text, role))
            if number < len(self._code):
                row = (*row, Run(" " * (room - width(text))), Run(self._code[number], Role.CODE))
            lines.append(row)
        return lines

    def _texts(self, room: int) -> list[tuple[str, Role]]:
        """What stands at the left, row by row."""
        rows = [(row, Role.STRONG) for text in self._lines() for row in wrap(text, max(10, room))]
        block = "#" if self.shell.paint.ascii else "█"
        large = large_rows(self._line.text, room, block) if self._number else []
        return [*rows, ("", Role.TEXT), *((row, Role.TEXT) for row in large)]

    def _code_rows(self, columns: int) -> list[str]:
        """The code, if there is one, the terminal has the glyphs and the room for it."""
        if not self._content or self.shell.paint.ascii:
            return []
        least = MARGIN + max((width(row) for row in self._lines()), default=0) + MARGIN
        drawn = 0 if self.shell.theme_used.monochrome else 1
        room = max(columns // 2, columns - least - MARGIN)
        return code_rows(self._content, room, self._height, drawn=drawn)

    def trail(self) -> list[str]:
        """Where it belongs, then its label."""
        return [*self.csc.trail_words(self), harmless(self._line.label)]

    def idle_words(self) -> str:
        """What the code is for, or why there is none."""
        if self._code:
            return say("large.code_number" if self._number else "large.code_text")
        if not self._content:
            return say("large.no_number")
        return say("large.ascii" if self.shell.paint.ascii else "large.no_room")


def value_screen(line: detail.Line) -> Pager:
    """What shows one value of a record in full."""
    large = line.role in ("phone", "address")
    return LargeScreen(line) if large else AloneScreen(line.label, line.text)


def large_rows(number: str, columns: int, block: str) -> list[str]:
    """A phone number in large digits, as many groups a line as there is room for.

    Empty where one of its groups has no room.
    """
    groups = ["".join(sign for sign in group if sign in _SHAPES) for group in number.split()]
    lines: list[str] = []
    for group in filter(None, groups):
        joined = f"{lines[-1]} {group}" if lines else group
        if lines and len(joined) * _DIGIT - 1 <= columns:
            lines[-1] = joined
        else:
            lines.append(group)
    if any(len(line) * _DIGIT - 1 > columns for line in lines):
        return []
    return [row for line in lines for row in (*_drawn(line, block), "")]


def _drawn(line: str, block: str) -> list[str]:
    """Five rows of large digits."""
    blank = ("   ",) * 5
    shapes = [_SHAPES.get(sign, blank) for sign in line]
    return [" ".join(shape[row] for shape in shapes).replace("#", block) for row in range(5)]
