"""Addresses in post form, as they stand on an envelope."""

from __future__ import annotations

from csc_tui.domain.countries import english_name

HOME = frozenset({"", "DE"})
"""Countries whose name is left out: mail within Germany names none."""

_ZIP_BEHIND = frozenset({"US", "CA", "AU", "NZ", "IN"})
"""`Springfield IL 62701`: city, state, zip in one line."""

_ZIP_BELOW = frozenset({"GB", "IE"})
"""The postcode stands on a line of its own below the city."""


def postal(*, street: str, zip_code: str, city: str, state: str = "", country: str = "") -> str:
    """An address in lines: street, zip and city, and abroad the country in capitals."""
    code = country.upper()
    if code in _ZIP_BELOW:
        lines = [street, city, zip_code]
    elif code in _ZIP_BEHIND:
        lines = [street, " ".join(one for one in (city, state, zip_code) if one)]
    else:
        lines = [street, " ".join(one for one in (zip_code, city) if one)]
    if code not in HOME:
        lines.append((english_name(code) or country).upper())
    return "\n".join(one for one in lines if one)
