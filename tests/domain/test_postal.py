"""An address on the screen."""

from __future__ import annotations

import pytest

from csc_tui.domain.postal import in_two


@pytest.mark.parametrize(
    ("zip_code", "city", "state", "country", "place"),
    [
        ("50670", "Köln", "NW", "DE", "50670 Köln, DE"),
        ("1010", "Wien", "9", "AT", "1010 Wien, AT"),
        ("62701", "Springfield", "IL", "US", "62701 Springfield, IL, US"),
        ("", "São Paulo", "SP", "BR", "São Paulo, SP, BR"),
        ("", "", "", "", ""),
    ],
)
def test_the_state_is_named_where_people_write_it(
    zip_code: str, city: str, state: str, country: str, place: str
) -> None:
    street = "Ring 1\nHinterhof"
    found = in_two(street=street, zip_code=zip_code, city=city, state=state, country=country)

    assert found == ("Ring 1, Hinterhof", place)
