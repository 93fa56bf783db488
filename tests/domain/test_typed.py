"""What boxes show and accept, as tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_tui.domain.dates import moment
from csc_tui.domain.field import Choice, Field, Kind, Plain
from csc_tui.domain.numbers import grouped
from csc_tui.domain.typed import BadValue, check, shown

OPTIONS = (Choice("male_user", "male"), Choice("female_user", "female"))
COMPANIES = (
    Choice("1", "Brandt GmbH", "Köln"),
    Choice("2", "Brandt GmbH", "Ulm"),
    Choice("3", "Öztürk Metallbau"),
)
TEXT = Field("x", "X", max_length=5)
NEEDED = Field("last_name", "Last name", required=True)
NUMBER = Field("x", "X", Kind.NUMBER)
DATE = Field("x", "X", Kind.DATE)
FLAG = Field("x", "X", Kind.FLAG)
GENDER = Field("x", "X", Kind.CHOICE, choices=OPTIONS)
COUNTRY = Field("x", "X", Kind.CHOICE, lookup="countries")
LANGUAGE = Field("x", "X", Kind.CHOICE, lookup="languages")
USER = Field("x", "X", Kind.CHOICE, lookup="users")
COMPANY = Field("x", "X", Kind.LINK, lookup="companies", free=True)
TAGS = Field("x", "X", Kind.TAGS, max_length=8)
PHONE = Field("x", "X", Kind.PHONE)
EMAIL = Field("x", "X", Kind.EMAIL)
URL = Field("x", "X", Kind.URL, max_length=190)
LONG = Field("x", "X", Kind.LONG)


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (TEXT, "  ab ", "ab"),
        (TEXT, "", None),
        (TEXT, "12345", "12345"),
        (LONG, "  two\nlines \n", "  two\nlines"),
        (NUMBER, "50000.00", "50000.00"),
        (NUMBER, "50.000,00", "50000.00"),
        (NUMBER, "50,000.00", "50000.00"),
        (NUMBER, "1.234.567", "1234567"),
        (NUMBER, "1'234'567.5", "1234567.5"),
        (NUMBER, "12,5", "12.5"),
        (NUMBER, "-3", "-3"),
        (NUMBER, "+3", "3"),
        (NUMBER, "0.125", "0.125"),
        (NUMBER, "50 000,00", "50000.00"),
        (DATE, "31.12.2026", "2026-12-31"),
        (DATE, "1.2.2026", "2026-02-01"),
        (DATE, "2026-12-31", "2026-12-31"),
        (DATE, "29.02.2028", "2028-02-29"),
        (FLAG, "Yes", True),
        (FLAG, "nein", False),
        (FLAG, "", None),
        (GENDER, "male", "male_user"),
        (GENDER, "FEMALE_user", "female_user"),
        (COUNTRY, "de", "DE"),
        (COUNTRY, "osterreich", "AT"),
        (COUNTRY, "AT  Österreich", "AT"),
        (LANGUAGE, "de  Deutsch", "de"),
        (COMPANY, "ozturk metallbau", {"id": "3", "name": "Öztürk Metallbau"}),
        (COMPANY, "Neue GmbH", {"name": "Neue GmbH"}),
        (COMPANY, "2", {"id": "2", "name": "Brandt GmbH"}),
        (TAGS, "VIP, Messe ,, vip", ["VIP", "Messe"]),
        (PHONE, "+49 221 4710 123", "+49 221 4710 123"),
        (EMAIL, "a.b@c.example", "a.b@c.example"),
        (EMAIL, "jörg@müller.example", "jörg@müller.example"),
        (URL, "https://brandt.example/a?b", "https://brandt.example/a?b"),
    ],
)
def test_what_is_typed_becomes_this_value(field: Field, text: str, value: Plain) -> None:
    choices = COMPANIES if field is COMPANY else ()
    assert check(field, text, choices) == value


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        (NEEDED, "  ", "Last name is required."),
        (TEXT, "123456", "That is 6 characters long; 5 is the most."),
        (NUMBER, "many", "That is no number. Write 50000.00 or 50.000,00."),
        (NUMBER, "1,2,3", "That is no number. Write 50000.00 or 50.000,00."),
        (NUMBER, "٣", "That is no number. Write 50000.00 or 50.000,00."),
        (NUMBER, "50.000", "50.000 can be read in two ways. Write 50000 or 50.0."),
        (NUMBER, "1,125", "1,125 can be read in two ways. Write 1125 or 1.1250."),
        (DATE, "2026-11-31", "31 November does not exist. Write 2026-11-30."),
        (DATE, "31.11.2026", "31 November does not exist. Write 2026-11-30."),
        (DATE, "29.2.2027", "29 February 2027 does not exist. Write 2027-02-28."),
        (DATE, "0.3.2027", "0 March does not exist. Write 2027-03-01."),
        (DATE, "2026-13-01", "That is no date. Write 31.12.2026 or 2026-12-31."),
        (DATE, "0000-01-01", "That is no date. Write 31.12.2026 or 2026-12-31."),
        (DATE, "tomorrow", "That is no date. Write 31.12.2026 or 2026-12-31."),
        (DATE, "³¹.12.2026", "That is no date. Write 31.12.2026 or 2026-12-31."),
        (FLAG, "perhaps", "Write yes or no."),
        (GENDER, "{mal}", "“{mal}” is none of the options. ⏎ shows them."),
        (USER, "Sabine", "“Sabine” is none of the options. ⏎ shows them."),
        (COMPANY, "brandt gmbh", "“brandt gmbh” is more than one. ⏎ shows them."),
        (TAGS, "VIP, much too long", "That is 13 characters long; 8 is the most."),
        (PHONE, "ring me", "A phone number has digits. Write +49 221 …"),
        (EMAIL, "a@b", "An e-mail address looks like name@firm.example."),
        (EMAIL, "a b@c.example", "An e-mail address looks like name@firm.example."),
        (URL, "brandt.example",
         "A web address begins with http:// or https://. Write https://brandt.example"),
        (URL, "javascript:alert(1)",
         "A web address begins with http:// or https://. Write https://…"),
        (URL, "https://" + "a" * 190, "That is 198 characters long; 190 is the most."),
    ],
)  # fmt: skip
def test_a_bad_value_says_what_would_be_right(field: Field, text: str, words: str) -> None:
    choices = COMPANIES if field is COMPANY else ()
    with pytest.raises(BadValue) as caught:
        check(field, text, choices)
    assert caught.value.words() == words


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        (TEXT, None, ""),
        (TEXT, "", ""),
        (NUMBER, "50000.00", "50000.00"),
        (FLAG, True, "yes"),
        (FLAG, False, "no"),
        (GENDER, "male_user", "male"),
        (GENDER, "something_new", "something_new"),
        (LANGUAGE, "de", "de  Deutsch"),
        (COUNTRY, "AT", "AT  Österreich"),
        (COUNTRY, "XX", "XX"),
        (COMPANY, {"id": "3", "name": "Öztürk Metallbau"}, "Öztürk Metallbau"),
        (COMPANY, {"id": "3"}, "Öztürk Metallbau"),
        (COMPANY, {"id": "9", "name": None}, "9"),
        (COMPANY, {"name": "Neu"}, "Neu"),
        (TAGS, ["VIP", "Messe"], "VIP, Messe"),
    ],
)
def test_a_value_stands_in_its_box(field: Field, value: Plain, text: str) -> None:
    assert shown(field, value, COMPANIES if field is COMPANY else ()) == text


@pytest.mark.parametrize("lookup", ["countries", "languages"])
def test_every_country_and_language_is_found_again_by_what_is_shown(lookup: str) -> None:
    from csc_tui.domain.lookup import static_choices

    field = Field("x", "X", Kind.CHOICE, lookup=lookup)
    for one in static_choices(lookup):
        assert check(field, shown(field, one.value)) == one.value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("50000.00", "50,000.00"),
        ("12000.0", "12,000.00"),
        ("12000", "12,000"),
        ("-1234.567", "-1,234.567"),
        ("a lot", "a lot"),
        ("NaN", "NaN"),
        ("1e999999", "1e999999"),
        ("", ""),
    ],
)
def test_decimals_have_a_comma_in_thousands(text: str, words: str) -> None:
    assert grouped(text) == words


@given(st.sampled_from(list(Kind)), st.text())
def test_no_text_raises_anything_but_bad_value(kind: Kind, text: str) -> None:
    try:
        value = check(Field("x", "X", kind), text)
    except BadValue as bad:
        words = bad.words()
    else:
        words = shown(Field("x", "X", kind), value)
    assert isinstance(words, str)


@given(st.datetimes(), st.sampled_from([-720, 0, 60, 840]))
def test_every_time_can_be_shown_in_every_zone(when: object, minutes: int) -> None:
    from datetime import datetime, timedelta, timezone

    assert isinstance(when, datetime)
    assert moment(when, timezone(timedelta(minutes=minutes)))[2] == " "
