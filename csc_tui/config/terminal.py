"""What a terminal says of itself: whether it can show a screen, and in how many colours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum


class Depth(StrEnum):
    """What colours a terminal has; the values are textual's words for it."""

    SIXTEEN = "standard"
    PALETTE = "256"
    TRUE = "truecolor"


_TRUE_TERMS = re.compile(
    r".*-direct\d*|(xterm-)?(kitty|ghostty)|(alacritty|foot|wezterm|contour).*"
)
"""Values of TERM of terminals with true colours: COLORTERM does not come along by SSH."""

_UNFIT = re.compile(r"|dumb|unknown|emacs|network|(dec-)?vt\d.*")
"""Values of TERM that name a terminal without what the screen needs."""


def can_show(env: Mapping[str, str]) -> bool:
    """Whether TERM names a terminal that has what the screen needs."""
    return _UNFIT.fullmatch(env.get("TERM", "")) is None


def depth_of(env: Mapping[str, str]) -> Depth:
    """The colours of the terminal that `env` describes; what it does not say it has, it has not.

    tmux turns what it is sent into what the terminal outside has. screen passes no true colours
    on, though the variable of the terminal outside still promises them.
    """
    term = env.get("TERM", "").lower()
    in_tmux = bool(env.get("TMUX"))
    if not (env.get("STY") and not in_tmux) and (
        env.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit")
        or _TRUE_TERMS.fullmatch(term)
    ):
        return Depth.TRUE
    return Depth.PALETTE if in_tmux or term.endswith("256color") else Depth.SIXTEEN
