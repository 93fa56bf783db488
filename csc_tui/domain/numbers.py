"""Decimals as people write and read them; everywhere else they are text like `50000.00`."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation


def grouped(text: str) -> str:
    """`50000.00` as `50,000.00`; a lone decimal (`12000.0`) gets its second; else as it came."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or not -12 <= exponent <= 0 or value.adjusted() > 30:
        return text
    return f"{value:,.2f}" if exponent == -1 else f"{value:,f}"


def in_box(text: str) -> str:
    """As `grouped`, without groups: `24,750` typed over could be read in two ways."""
    return f"{text}0" if _LONE.fullmatch(text) else text


_LONE = re.compile(r"[+-]?\d+\.\d")
_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_GROUPS = re.compile(r"[+-]?\d{1,3}(?:([.,])\d{3})+(?:(?!\1)[.,]\d+)?")
_TWOFOLD = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")


def readings(text: str) -> tuple[str, ...]:
    """What a typed number may mean, as `50000.00`: none, one, or two (`50.000`, `50,000`)."""
    packed = re.sub(r"[\s’']", "", text).replace("−", "-")
    if not packed.isascii():
        return ()
    if _TWOFOLD.fullmatch(packed):
        return _canonical(re.sub("[.,]", "", packed)), _canonical(packed.replace(",", "."))
    if _PLAIN.fullmatch(packed):
        return (_canonical(packed.replace(",", ".")),)
    if (found := _GROUPS.fullmatch(packed)) is not None:
        return (_canonical(packed.replace(found[1], "").replace(",", ".")),)
    return ()


def _canonical(text: str) -> str:
    return text.removeprefix("+")
