"""What terminals do right, by the names that they give themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_LIKE_VT100 = (
    *("alacritty", "contour", "cygwin", "eterm", "foot", "ghostty", "iterm", "kitty", "konsole"),
    *("linux", "mintty", "mlterm", "ms-terminal", "putty", "rxvt", "screen", "st", "tmux", "vt"),
    *("vte", "wezterm", "xterm"),
)
"""How TERM begins where lines between two margins can be scrolled (DECSTBM, IND, RI)."""
_PLAIN_ERASER = ("screen", "vt")
"""Of those, what may erase in its own colour instead of that of the pen."""


class Skills(NamedTuple):
    """What may be relied on."""

    scrolls: bool = False
    """Lines between two margins are moved by the terminal itself."""
    erases: bool = False
    """What is erased gets the ground of the pen (`bce`), and ECH is known."""


def skills_of(env: Mapping[str, str], wish: str = "auto") -> Skills:
    """What the terminal of this environment can; `wish` is the setting `scroll`."""
    term = env.get("TERM", "").lower()
    known = term.startswith(_LIKE_VT100) and term not in ("vt52", "stv52")
    # GNU screen says what is in it by STY; tmux colours what it erases, whatever TERM it gives.
    screen = "STY" in env or (term.startswith(_PLAIN_ERASER) and "TMUX" not in env)
    scrolls = known if wish == "auto" else wish == "line"
    return Skills(scrolls=scrolls, erases=known and not screen)
