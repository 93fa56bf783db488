"""What a program wrote to its terminal, taken apart: nothing foreign may be alive in it."""

from __future__ import annotations

import re
import unicodedata

_PIECE = re.compile(
    r"\x1b\[(?P<csi>[0-?]*[ -/]*[@-~])"
    r"|\x1b\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|(?P<other>\x1b(?:[PX^_].*?\x1b\\|.)?)"
    r"|(?P<control>[\x00-\x1a\x1c-\x1f\x7f-\x9f])"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)",
    re.DOTALL,
)

_OWN_CSI = re.compile(
    r"\?(?:1049|25|2004|2026|2048|1004|7|1000|1002|1003|1006|1015|1016)[hl]"
    r"|\?(?:2026|2048)\$p"
    r"|>\d*u|<\d*u"
    r"|\d+(?:;\d+)?H|H|\d*[CGKX]"
    r"|\d+;\d+r|r|5n"
    r"|[0-9;]*m"
)
"""Sequences that the program itself has any use for."""

_OWN_OSC = re.compile(r"22;default")
"""The pointer's shape, which textual sets; copying is looked at where something is copied."""

_FOREIGN_CSI = re.compile(r"47;91H|38;5;213m|5;8m|\?1000h|\?1006h")
"""Such sequences with the numbers that only the payloads have."""

_OWN_FORMATS = "\u200c\u200d"
"""Characters of the category `Cf` that may stand inside words and emoji."""


def alive(raw: bytes, *, copied: bool = False) -> list[str]:
    """Everything in a program's output that it had no business to write; empty if all is well.

    `copied`: something was copied, so OSC 52 is expected.
    """
    found: list[str] = []
    text = raw.decode("utf-8")
    end = 0
    for piece in _PIECE.finditer(text):
        if piece.start() != end:
            found.append(repr(text[end : piece.start()]))
        end = piece.end()
        kind, said = piece.lastgroup, piece.group(piece.lastgroup or 0)
        if kind == "csi":
            bad = not _OWN_CSI.fullmatch(said) or _FOREIGN_CSI.search(said) is not None
        elif kind == "osc":
            bad = not _OWN_OSC.fullmatch(said) and not (copied and said.startswith("52;c;"))
        elif kind == "control":
            bad = said not in "\r\n"
        elif kind == "text":
            bad = any(_invisible(char) for char in said)
        else:
            bad = piece.group() != "\x1bM"  # lines are moved down
        if bad:
            found.append(repr(piece.group())[:200])
    if end != len(text):
        found.append(repr(text[end:]))
    return found


def _invisible(char: str) -> bool:
    """Whether a character steers what stands around it without being seen."""
    if char.isascii() or char in _OWN_FORMATS:
        return False
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
