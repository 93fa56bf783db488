"""Phone numbers in any notation, as index words and as questions to the index.

A number is kept without trunk prefix, so `0221 47`, `+49 (0)221 47`, `0049 221 47` and `221 47`
meet. Its index words begin with a letter that says what they are:

- `n` national number: `n2214710123`
- `i` with country: `i492214710123`
- `u` national number of which the country is not known (asked for when a country was typed)
- `r` backwards, for what is typed from the end
"""

from __future__ import annotations

import re
import unicodedata

MOST_DIGITS = 20
"""Digits of a number that are kept; the longest have 15."""
FROM_END = 5
"""Digits that have to be typed to look for them at the end of numbers."""

_TYPED = re.compile(r"[\d+()/.\-\u2010-\u2015\s\u00a0\u202f*]+")
_FULL_LENGTH = 11
"""A number of as many digits without `+` and `0` may begin with its country."""
_TWO_DIGITS = re.compile("2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")
"""Country codes of two digits (ITU-T E.164); 1 and 7 have one digit, all others three."""


def index_phone(number: str) -> tuple[str, ...]:
    """The index words of a number as somebody wrote it; none if there is no digit in it."""
    digits, country_known = _digits(_without_extension(number))
    if country_known:
        country, national = _split(digits)
        full = country + national
        found = [f"i{full}", f"n{national}"] if national else [f"i{full}"]
    else:
        full = digits
        found = [f"n{digits}", f"u{digits}"]
        if len(digits) >= _FULL_LENGTH and not _trunk(number):
            country, national = _split(digits)
            found += [f"i{country}{national}", f"n{national}"]
    return (*found, f"r{full[::-1]}") if full else ()


def ask_phone(typed: str) -> tuple[str, ...]:
    """The prefixes to look for; none if what was typed is no number."""
    if not _TYPED.fullmatch(typed):
        return ()
    digits, country_known = _digits(typed)
    if not digits:
        return ()
    country, national = _split(digits)
    asked = [f"i{country}{national}"]
    if not country_known:
        asked = [f"n{digits}"] if _trunk(typed) else [f"n{digits}", f"i{digits}"]
    if national and (country_known or (len(national) > 2 and not _trunk(typed))):
        asked.append(f"u{national}")
    written = _decimals(typed)
    if len(written) >= FROM_END and "+" not in typed:
        asked.append(f"r{written[::-1]}")
    return tuple(one[: MOST_DIGITS + 1] for one in asked)


def match(asked: tuple[str, ...]) -> str:
    """The question to the full-text index."""
    return f"{{phones}} : ({' OR '.join(f'{chr(34)}{one}{chr(34)} *' for one in asked)})"


def _digits(number: str) -> tuple[str, bool]:
    """The digits after `+`, `00` or `0`, and whether a country stands first."""
    written = _decimals(number)
    if "+" in number.split(written[:1] or "+", 1)[0] or number.strip().startswith("+"):
        return written.lstrip("0"), True
    if written.startswith("00"):
        return written[2:].lstrip("0"), True
    return written.lstrip("0"), False


def _trunk(number: str) -> bool:
    """Whether it was written with a trunk prefix and no country."""
    return _decimals(number).startswith("0") and not _digits(number)[1]


def _decimals(number: str) -> str:
    return "".join(str(unicodedata.decimal(one)) for one in number if one.isdecimal())[:MOST_DIGITS]


def _split(digits: str) -> tuple[str, str]:
    """Country code and national number, of which zeros in front are no part."""
    if digits[:1] in ("1", "7"):
        length = 1
    elif _TWO_DIGITS.match(digits):
        length = 2
    else:
        length = 3
    return digits[:length], digits[length:].lstrip("0")


def _without_extension(number: str) -> str:
    """A number up to the first letter behind enough digits to ring: `… ext. 5`."""
    seen = 0
    for index, character in enumerate(number):
        seen += character.isdecimal()
        if seen >= FROM_END and character.isalpha():
            return number[:index]
    return number
