"""How words are compared: the collation and search keys that are computed when a row is written."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th"})


def fold(text: object) -> str:
    """Lower case without accents: ä is a, ß is ss, NFC and NFD are the same; None is empty.

    Used for the order `abc` and for the search, which ignores case
    (CentralStationCRM fact sheet §3, people/search; the exact rules are an open question there).
    """
    if text is None:
        return ""
    lowered = str(text).casefold()
    if lowered.isascii():
        return lowered.strip()
    spread = unicodedata.normalize("NFKD", lowered).translate(_LETTERS)
    return "".join(sign for sign in spread if not unicodedata.combining(sign)).strip()


def digits(text: object) -> str:
    """Only the ASCII digits of a phone number."""
    return "".join(sign for sign in str(text) if sign in "0123456789")


def clean_number(text: object) -> str | None:
    """A phone number as `name_clean` shows it: `+` and digits, Germany if no country is named.

    None for a text without digits.
    """
    number = str(text).strip()
    found = digits(number.replace("(0)", ""))
    if not found:
        return None
    if number.startswith("+"):
        return f"+{found}"
    return f"+{found[2:]}" if found.startswith("00") else f"+49{found.removeprefix('0')}"
