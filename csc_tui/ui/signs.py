"""Signs for a terminal that knows ASCII alone: `>` for `›`, `^` for `↑`, `...` for `…`."""

from __future__ import annotations

import codecs
import re

from csc_tui.glyphs import width

_SIGNS = str.maketrans(
    dict(zip("›‹↑↓←→│─┌┐└┘├┤┬┴┼▏·–’‘“”", "><^v<>|-+++++++++|.-''\"\"", strict=True))
    | {"⏎": "enter", "🛈": "i"}
)
"""Our signs to those that every terminal has. Only `⏎` gets longer."""

_CUT = re.compile("(.?)(.?)…")


def plain_signs(text: str) -> str:
    """`text` (harmless) with plain signs. `…` takes the place of what stands before it as well."""
    return _CUT.sub(_dots, text).translate(_SIGNS)


def _dots(match: re.Match[str]) -> str:
    """Three dots in the cells of `…` and of the two before it, fewer where they are not two."""
    one, two = match.groups()
    if width(two) == 2:
        return f"{one}..."
    if (width(one), width(two)) == (1, 1) and two != " ":
        return "..."
    return f"{one}{two}."


def only_ascii(setting: str, encoding: str) -> bool:
    """Whether plain signs are wanted: by the setting `glyphs`, else by the terminal's encoding."""
    if setting != "auto":
        return setting == "ascii"
    try:
        return codecs.lookup(encoding).name not in ("utf-8", "utf-16", "utf-32")
    except LookupError:
        return False
