"""Texts for a spreadsheet: what it would take for a formula is made a text."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"[=+\-@\t\r]")
"""What a spreadsheet begins to calculate by."""

_NUMBER = re.compile(r"\+?[0-9 ()/.,-]+")
"""Numbers and phone numbers: nearly every phone begins with a plus."""


def guarded(text: str) -> str:
    """The text with a `'` before it where a spreadsheet would run it."""
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text
