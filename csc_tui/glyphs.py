"""Text at the terminal's edge: made harmless, measured, cut to cells.

Everything that a server, a file or a user typed passes `harmless` once, here, before a terminal
sees it: escape sequences, C0 and C1 controls, bidi controls and invisible format characters become
visible, harmless text. Widths are counted in cells by grapheme, as terminals draw them.
"""

from __future__ import annotations

import re
from functools import lru_cache

TYPE_CHECKING = False
"""True for type checkers alone; `typing` itself would cost 10 ms at start."""

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNSAFE = (
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e"
    "\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    "\ud800-\udfff]"
)
"""Controls, line and paragraph separators, bidi and invisible format characters, surrogates.

The zero-width joiner and variation selectors stay: emoji and some scripts are made with them.
"""

_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u06d6-\u06ed\u0e31"
    "\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f"
    "\ufe20-\ufe2f\U000e0100-\U000e01ef"
)
"""Accents, vowel signs, joiners, selectors: what stands on a letter and takes no cell."""

_PILED = f"([{_MARKS}]{{4}})[{_MARKS}]+"
"""Marks on one letter, of which no script has more than four: piled up they cover other rows."""

_SIMPLE = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u0391-\u03c9\u0410-\u044f\u2010-\u2026\u2030-\u203a"
    "\u2190-\u2193\u23ce\u2500-\u259f]*"
).fullmatch
"""Whether a text is made of harmless glyphs of one character and one cell alone; most are.

The tables that know the width of all others take a tenth of the start, and the patterns round
here, which `re` compiles when a text first needs them, another hundredth.
"""

_JOINER = "\u200c\u200d"
"""Joiners are only kept where they stand between two visible characters."""

_PICTURE = (
    "\u00a9\u00ae\u203c\u2049\u2100-\u27bf\u2934-\u2b55\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001faff"
)
"""Emoji and what may become one."""
_SHAPED = "\u0900-\u0dff\u1000-\u109f\u1780-\u17ff"
"""Scripts in which a joiner shapes letters: those of India, of Sri Lanka, Burmese, Khmer."""

_IDLE_JOINER = (
    f"(?<![{_PICTURE}{_SHAPED}\ufe0e\ufe0f\U000e0100-\U000e01ef])\u200d"
    f"|\u200d(?![{_PICTURE}{_SHAPED}])"
)
"""A zero-width joiner that joins nothing: terminals do not agree on what stands behind it."""

_DISPUTED = f"\ufe0f|(?<=[{_PICTURE}])[\U0001f3fb-\U0001f3ff]"
"""What makes an emoji of a sign, and what colours its skin: one cell more in some terminals, two
more in others."""

ELLIPSIS = "…"
"""Ends a value that does not fit."""

REMEMBERED = 256
"""Texts that are measured and cut once: more than a screen shows. Whole lines are among them, of a
kilobyte each when they are cut."""
MOST_POINTS = 12
"""Code points that one cell may be made of. Every emoji has fewer; marks piled higher are no
writing, but would make one name as long as a novel."""


def _shown(match: re.Match[str]) -> str:
    char = match.group()
    if char in "\t\n\r\u2028\u2029":
        return " "
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return "\ufffd" if code < 0xA0 or 0xD800 <= code < 0xE000 else ""


def harmless(text: str) -> str:
    """One line of text in which nothing can drive a terminal.

    Line breaks and tabs become spaces, other C0 controls their pictures (`␛`), C1 controls and
    lone surrogates `\ufffd`; bidi controls, invisible characters and piled marks are taken out.
    """
    if _SIMPLE(text):
        return text
    safe = re.sub(_IDLE_JOINER, "", re.sub(_UNSAFE, _shown, text))
    return re.sub(_PILED, r"\1", safe).strip(_JOINER)


def drawn(text: str) -> str:
    """A harmless text without what terminals give different widths; the emoji themselves stay.

    `width` counts the cells of this; the value that is kept, copied and sent is another matter.
    """
    return text if _SIMPLE(text) else re.sub(_DISPUTED, "", text)


def escaped(text: str) -> str:
    """JSON text in which all that could drive or mislead a terminal is an escape of JSON's own."""
    from json import dumps

    return re.sub(
        _UNSAFE, lambda found: found[0] if found[0] == "\n" else dumps(found[0])[1:-1], text
    )


def lines_of(text: str) -> list[str]:
    """The lines of a longer text, each harmless."""
    return [harmless(line) for line in re.split(r"\r\n|\r|\n|\u2028|\u2029", text)]


def width(text: str) -> int:
    """How many cells a harmless text takes."""
    return len(text) if _SIMPLE(text) else _wide_width(text)


@lru_cache(maxsize=REMEMBERED)
def _wide_width(text: str) -> int:
    from wcwidth import width as measure

    return measure(drawn(text))


def glyphs(text: str) -> Sequence[str]:
    """The glyphs of a text: what is one for whoever reads it, of however many characters."""
    return text if _SIMPLE(text) else _glyphs(text)


@lru_cache(maxsize=REMEMBERED)
def _glyphs(text: str) -> tuple[str, ...]:
    from wcwidth import iter_graphemes

    return tuple(iter_graphemes(text))


def clip(text: str, cells: int) -> str:
    """The text in at most `cells` cells, ended by `…` if it was longer; no glyph is cut in two."""
    if cells <= 0:
        return ""
    if _SIMPLE(text):
        return text if len(text) <= cells else text[: cells - 1] + ELLIPSIS
    most = MOST_POINTS * cells
    if len(text) <= most and width(text) <= cells:
        return text
    return _wide_clip(text[:most], cells - 1) + ELLIPSIS


@lru_cache(maxsize=REMEMBERED)
def _wide_clip(text: str, cells: int) -> str:
    kept: list[str] = []
    used = 0
    for glyph in _glyphs(text):
        size = width(glyph)
        if used + size > cells:
            break
        kept.append(glyph)
        used += size
    return "".join(kept)


def fit(text: str, cells: int, *, right: bool = False) -> str:
    """The text clipped and padded to exactly `cells` cells, at the left edge or the right one."""
    text = clip(text, cells)
    pad = " " * (cells - width(text))
    return pad + text if right else text + pad


def wrap(text: str, cells: int) -> list[str]:
    """A harmless text broken into lines of at most `cells` cells, at blanks where there are any."""
    lines: list[str] = []
    most = MOST_POINTS * cells
    for paragraph in lines_of(text):
        line = ""
        for word in paragraph.split(" "):
            joined = f"{line} {word}" if line else word
            if len(joined) <= most and width(joined) <= cells:
                line = joined
                continue
            if line:
                lines.append(line)
            while len(word) > most or width(word) > cells:
                head = word[:cells] if word.isascii() else _wide_clip(word[:most], cells)
                head = head or word[:1]
                lines.append(head)
                word = word[len(head) :]
            line = word
        lines.append(line)
    return lines
