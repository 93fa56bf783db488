"""Phone numbers in any notation: how they are kept, and what is looked for.

A number is kept as its national digits, without trunk prefix, beside its country if that is known:
`0221 47`, `+49 (0)221 47`, `0049 221 47` and `221 47` meet at `22147`. All its digits are kept once
more backwards behind an `r`, for what is typed from the end.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

MOST_DIGITS = 20
"""Digits of a number that are kept; the longest have 15."""
LONGEST = 100
"""Characters of a number that are looked at."""
FROM_END = 5
"""Digits that have to be typed to look for them at the end of numbers."""

_TYPED = r"[\d+()/.*\-\u2010-\u2015\s\u00a0\u202f]+"
_FULL_LENGTH = 11
"""A number of as many digits without `+` and `0` may begin with its country."""
_LEAST_NATIONAL = 3
"""Digits behind what may be a country that was typed without `+` or `00`."""
_TWO_DIGITS = re.compile("2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")
"""Country codes of two digits (ITU-T E.164); 1 and 7 have one digit, all others three."""
_LETTER = re.compile(r"[^\W\d_]")
_NO_DIGIT = re.compile("[^0-9]+")


class Kept(NamedTuple):
    """One form of a number in the index."""

    digits: str
    """What a prefix is looked for in."""
    country: str
    """The country code, empty where it is not known; of the form backwards always empty."""


class Asked(NamedTuple):
    """One thing to look for."""

    digits: str
    """A prefix of `Kept.digits`."""
    country: str | None
    """None: of any country. Else a prefix of the country, or (with digits) its code."""

    def finds(self, kept: Kept) -> bool:
        """Whether this form is looked for; without a known country it is, too."""
        if not kept.digits.startswith(self.digits):
            return False
        if self.country is None:
            return True
        if not self.digits:
            return kept.country.startswith(self.country)
        return kept.country in ("", self.country)


class _Number(NamedTuple):
    """A number as written."""

    digits: str
    """Without `+`, `00` and trunk prefix."""
    international: bool
    """Whether a country stands first."""
    trunk: bool
    """Whether a trunk prefix stood before it."""


def index_phone(number: str) -> set[Kept]:
    """The forms of a number as somebody wrote it; none if there is no digit in it."""
    read = _read(_without_extension(number[:LONGEST]))
    if not read.digits:
        return set()
    country, national = _split(read.digits)
    found = {Kept(f"r{read.digits[::-1]}", "")}
    if read.international:
        found |= {Kept(national, country), Kept(f"r{(country + national)[::-1]}", "")}
    else:
        found.add(Kept(read.digits, ""))
        if len(read.digits) >= _FULL_LENGTH and not read.trunk:
            found.add(Kept(national, country))
    return found


def national(number: str) -> str:
    """A number without country and trunk prefix, as far as they can be told; empty for none."""
    forms = (one.digits for one in index_phone(number) if not one.digits.startswith("r"))
    return min(forms, key=len, default="")


def ask_phone(typed: str) -> list[Asked]:
    """What to look for; nothing if what was typed is no number."""
    if not re.fullmatch(_TYPED, typed):
        return []
    asked: list[Asked] = []
    written = _decimals(typed)
    if len(written) >= FROM_END and "+" not in typed:
        asked.append(Asked(f"r{written[::-1]}", None))
    read = _read(typed)
    if not read.digits:
        return asked
    country, national = _split(read.digits)
    if not read.international:
        asked.append(Asked(read.digits, None))
    if read.international or (not read.trunk and len(national) >= _LEAST_NATIONAL):
        asked.append(Asked(national, country))
    return asked


def _read(number: str) -> _Number:
    written = _decimals(number)
    plus = number.find("+")
    if written.startswith("00") or (plus >= 0 and not _decimals(number[:plus])):
        return _Number(written.lstrip("0"), international=True, trunk=False)
    return _Number(written.lstrip("0"), international=False, trunk=written.startswith("0"))


def _decimals(number: str) -> str:
    if not number.isascii():
        number = "".join(
            str(unicodedata.decimal(one)) if one.isdecimal() else " " for one in number
        )
    return _NO_DIGIT.sub("", number)[:MOST_DIGITS]


def _split(digits: str) -> tuple[str, str]:
    """Country code and national number, of which zeros in front are no part."""
    if digits[0] in "17":
        length = 1
    elif _TWO_DIGITS.match(digits):
        length = 2
    else:
        length = 3
    return digits[:length], digits[length:].lstrip("0")


def _without_extension(number: str) -> str:
    """A number up to the first letter behind enough digits to ring: `… ext. 5`."""
    for letter in _LETTER.finditer(number):
        before = number[: letter.start()]
        if len(_decimals(before)) >= FROM_END:
            return before
    return number
