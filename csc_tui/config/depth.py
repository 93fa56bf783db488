"""A theme in no more colours than a terminal has.

A toolkit takes the nearest of the palette for each colour alone: text and ground may then meet,
and neighbouring dark shades become one. Here a theme is reduced as a whole: grounds that differ
still differ, and what could be read on its ground still can.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache

from csc_tui.config.colour import channels, contrast
from csc_tui.config.terminal import Depth
from csc_tui.config.theme import GROUNDS, READABLE, Theme

_CUBE = (0, 95, 135, 175, 215, 255)
"""What a channel may be in the palette's cube of 216 colours."""
_GREYS = range(8, 239, 10)
"""What all channels are in its ramp of 24 greys."""

LAST_OF_CUBE = 231
"""Number of the cube's last colour, white; the greys follow it."""

_DARK = {
    "background": "black",
    "foreground": "white",
    "accent": "bright_cyan",
    "muted": "white",
    "warning": "bright_yellow",
    "error": "bright_red",
    "success": "bright_green",
    "bar": "black",
    "bar_text": "white",
    "cursor": "cyan",
    "cursor_text": "black",
    "field": "black",
    "selection": "blue",
    "selection_text": "bright_white",
}
_LIGHT = {
    "background": "bright_white",
    "foreground": "black",
    "accent": "blue",
    "muted": "black",
    "warning": "magenta",
    "error": "red",
    "success": "black",
    "bar": "bright_white",
    "bar_text": "black",
    "cursor": "blue",
    "cursor_text": "bright_white",
    "field": "bright_white",
    "selection": "blue",
    "selection_text": "bright_white",
}
"""All that sixteen colours are enough for; of the terminal's own drawing only the names are known.

Each pair can be read with the colours of xterm and with those of the Linux console.
"""


@cache
def palette() -> Mapping[str, int]:
    """`#rrggbb` -> its number, for what is the same in all terminals with 256 colours.

    The greys inside of the cube are left out: the ramp has their like.
    """
    cube = [(r, g, b) for r in _CUBE for g in _CUBE for b in _CUBE]
    greys = [(level, level, level) for level in _GREYS]
    return {
        _text(*rgb): number
        for number, rgb in enumerate((*cube, *greys), 16)
        if number > LAST_OF_CUBE or len(set(rgb)) > 1 or rgb[0] in (0, 255)
    }


def _text(*rgb: int) -> str:
    return "#{:02x}{:02x}{:02x}".format(*rgb)


def reduced(theme: Theme, depth: Depth) -> Theme:
    """The theme in the colours that a terminal has; the same one where it has enough."""
    if theme.ansi or theme.monochrome or depth is Depth.TRUE:
        return theme
    if depth is Depth.SIXTEEN:
        few = _DARK if theme.dark else _LIGHT
        return theme.recoloured({role: f"ansi_{name}" for role, name in few.items()}, ansi=True)
    made: dict[str, str] = {}
    for role in GROUNDS:
        colour = getattr(theme, role)
        same = next((made[one] for one in made if getattr(theme, one) == colour), "")
        made[role] = same or _nearest(colour, _other_than(made.values()))
    for text, *grounds in theme.texts():
        made[text] = _nearest(getattr(theme, text), _readable_on([made[one] for one in grounds]))
    return theme.recoloured({role: _as_sent(colour) for role, colour in made.items()})


def _other_than(taken: Collection[str]) -> Callable[[str], bool]:
    return lambda colour: colour not in taken


def _readable_on(grounds: Collection[str]) -> Callable[[str], bool]:
    return lambda colour: all(contrast(colour, ground) >= READABLE for ground in grounds)


def _as_sent(colour: str) -> str:
    """A colour of the palette as rich has to be told it, which finds the number by itself.

    It takes a grey for the next darker one of its ramp from `#9e9e9e` on.
    """
    number = palette().get(colour, 0)
    if number <= LAST_OF_CUBE:
        return colour
    level = round((number - LAST_OF_CUBE) * 255 / (len(_GREYS) + 1))
    return _text(level, level, level)


def _nearest(colour: str, fits: Callable[[str], bool]) -> str:
    """The colour of the palette that looks most like `colour` among those that fit.

    First those round about it, which are nearly always enough, then all.
    """
    wanted = channels(colour)

    def unlike(one: str) -> float:
        return _distance(wanted, channels(one))

    for some in (_round_about(wanted), palette()):
        for one in sorted(some, key=unlike):
            if fits(one):
                return one
    return min(palette(), key=unlike)


def _round_about(rgb: tuple[int, int, int]) -> list[str]:
    """The corners of the cube and the greys round a colour."""
    sides = []
    for one in rgb:
        above = next(n for n, step in enumerate(_CUBE) if step >= one)
        sides.append(_CUBE[max(0, above - 1) : above + 1])
    cube = [_text(r, g, b) for r in sides[0] for g in sides[1] for b in sides[2]]
    middle = sum(rgb) // 3
    greys = [_text(one, one, one) for one in _GREYS if abs(one - middle) <= 20]
    return [one for one in (*cube, *greys) if one in palette()]


def _distance(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """How unlike two colours look, in no unit (weights by CompuPhase's `redmean`)."""
    red = (one[0] + other[0]) / 2
    dr, dg, db = (a - b for a, b in zip(one, other, strict=True))
    return (2 + red / 256) * dr * dr + 4 * dg * dg + (2 + (255 - red) / 256) * db * db
