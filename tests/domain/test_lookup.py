"""Countries, languages, post form."""

from __future__ import annotations

import pytest

from csc_tui.domain.countries import COUNTRIES
from csc_tui.domain.field import Choice, Field, Kind
from csc_tui.domain.languages import LANGUAGES
from csc_tui.domain.lookup import choices_of, static_choices, words_of
from csc_tui.domain.postal import postal


def test_all_countries_are_there_once() -> None:
    codes = [code for code, _, _ in COUNTRIES]
    assert len(codes) == len(set(codes)) == 249
    assert all(len(code) == 2 and code.isupper() for code in codes)
    assert all(german and english for _, german, english in COUNTRIES)
    assert ("TL", "Osttimor", "Timor-Leste") in COUNTRIES


def test_languages_are_there_once() -> None:
    codes = [code for code, *_ in LANGUAGES]
    assert len(codes) == len(set(codes)) > 60
    assert ("de", "Deutsch", "German", "Deutsch") in LANGUAGES


def test_options_come_from_the_field_then_the_account_then_everybody() -> None:
    own = (Choice("a", "A"),)
    users = {"users": (Choice("1", "Uwe"),)}
    assert choices_of(Field("x", "X", Kind.CHOICE, choices=own, lookup="users"), users) == own
    assert choices_of(Field("x", "X", Kind.CHOICE, lookup="users"), users) == users["users"]
    country = Field("x", "X", Kind.CHOICE, lookup="countries")
    assert words_of(choices_of(country, users), "CH") == "Schweiz"
    assert static_choices("users") == ()


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ({"street": "Am Römerturm 3", "zip_code": "50354", "city": "Hürth", "country": "DE"},
         "Am Römerturm 3\n50354 Hürth"),
        ({"street": "Ring 1", "zip_code": "1010", "city": "Wien", "country": "AT"},
         "Ring 1\n1010 Wien\nAUSTRIA"),
        ({"street": "1 Main St", "zip_code": "62701", "city": "Springfield", "state": "IL",
          "country": "US"}, "1 Main St\nSpringfield IL 62701\nUNITED STATES"),
        ({"street": "1 Quay", "zip_code": "E1 6AN", "city": "London", "country": "gb"},
         "1 Quay\nLondon\nE1 6AN\nUNITED KINGDOM"),
        ({"street": "", "zip_code": "", "city": "Köln", "country": ""}, "Köln"),
        ({"street": "", "zip_code": "", "city": "", "country": "XX"}, "XX"),
    ],
)  # fmt: skip
def test_post_form(address: dict[str, str], lines: str) -> None:
    assert postal(**address) == lines
