"""Cells as a terminal has them: what stands in each, and the pen it was written with."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rich.color import ColorSystem
from rich.style import Style

from csc_tui.glyphs import glyphs, width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.segment import Segment

_ATTRIBUTES = (
    ("bold", "1"),
    ("dim", "2"),
    ("italic", "3"),
    ("underline", "4"),
    ("blink", "5"),
    ("reverse", "7"),
    ("strike", "9"),
)
"""What of a style has a code of its own (ECMA-48, SGR)."""


class Pen(NamedTuple):
    """How cells are written, as the codes that say so."""

    attributes: tuple[str, ...] = ()
    text: str = "39"
    ground: str = "49"
    link: str = ""
    """What an OSC 8 that opens the link has behind its number; empty for none."""

    @property
    def erases(self) -> bool:
        """Whether an erased cell looks like a blank that was written with it."""
        return not self.link and not {"4", "7", "9"}.intersection(self.attributes)

    def after(self, before: Pen | None) -> str:
        """The bytes that change the pen from `before` to this one; None: unknown."""
        links = f"\x1b]8;{self.link or ';'}\x1b\\" if self.link != (before or Pen()).link else ""
        if before is None or not set(before.attributes) <= set(self.attributes):
            codes = ["", *self.attributes]
            before = Pen()
        else:
            codes = [one for one in self.attributes if one not in before.attributes]
        if self.text != before.text:
            codes.append(self.text)
        if self.ground != before.ground:
            codes.append(self.ground)
        return f"{links}\x1b[{';'.join(codes)}m" if codes else links


Cell = tuple[str, Pen]
"""A glyph and its pen. Behind a wide glyph stands a cell with an empty text."""
Line = list[Cell]
BLANK: Cell = (" ", Pen())


@lru_cache(maxsize=1024)
def pen_of(style: Style | None, colours: ColorSystem | None) -> Pen:
    """The pen of a style where so many colours are known; None: no colours at all."""
    if style is None:
        return Pen()
    attributes = tuple(code for name, code in _ATTRIBUTES if getattr(style, name))
    codes = ["39", "49"]
    if colours is not None:
        for n, colour in enumerate((style.color, style.bgcolor)):
            if colour is not None:
                codes[n] = ";".join(colour.downgrade(colours).get_ansi_codes(foreground=n == 0))
    link = f"id={style.link_id};{style.link}" if style.link else ""
    return Pen(attributes, codes[0], codes[1], link)


def cells_of(segments: Iterable[Segment], colours: ColorSystem | None) -> Line:
    """The cells that segments take."""
    line: Line = []
    for text, style, control in segments:
        if control:
            continue
        pen = pen_of(style, colours)
        found = glyphs(text)
        if found is text:
            line += [(char, pen) for char in text]
            continue
        for glyph in found:
            line.append((glyph, pen))
            line += [("", pen)] * (width(glyph) - 1)
    return line
