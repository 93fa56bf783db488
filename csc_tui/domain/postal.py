"""Addresses in post form, as they stand on an envelope."""

from __future__ import annotations

HOME = frozenset({"", "DE"})
"""Countries whose name is left out: mail within Germany names none."""

_ZIP_BEHIND = frozenset({"US", "CA", "AU", "NZ", "IN"})
"""`Springfield IL 62701`: city, state, zip in one line."""

_ZIP_BELOW = frozenset({"GB", "IE"})
"""The postcode stands on a line of its own below the city."""

_STATE_UNNAMED = frozenset({"DE", "AT", "CH"})
"""Countries where nobody writes the state into an address; a record's line leaves it out too."""


def in_two(*, street: str, zip_code: str, city: str, state: str, country: str) -> tuple[str, str]:
    """An address for a screen in two pieces, either may be empty: street; all the rest.

    `Gereonstraße 18–32`, `50670 Köln, DE`.
    """
    town = " ".join(one for one in (zip_code, city) if one)
    named = "" if country.upper() in _STATE_UNNAMED else state
    place = ", ".join(one for one in (town, named, country) if one)
    return ", ".join(street.split("\n")), place


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
        from csc_tui.domain.countries import english_name  # a list asks for no letter

        lines.append((english_name(code) or country).upper())
    return "\n".join(one for one in lines if one)
