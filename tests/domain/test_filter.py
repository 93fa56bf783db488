"""The language of filters: what it means, how it says itself, what it says of mistakes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_tui.crm.centralstation.models import Person
from csc_tui.crm.centralstation.resources import with_definitions
from csc_tui.domain.field import Choice
from csc_tui.domain.filter import Filter, Tagged
from csc_tui.domain.filter_meaning import Reader
from csc_tui.domain.filter_text import FilterError, joined, quoted, scan
from csc_tui.domain.lookup import FieldDefinition

DEFINITIONS = (
    FieldDefinition("71", "people", "Turnover", "number"),
    FieldDefinition("72", "people", "Since when", "date"),
)
USERS = (Choice("301", "Petra Lang"), Choice("302", "Peter Lang"), Choice("303", "Ole Kühn"))
READER = Reader(
    with_definitions(DEFINITIONS)["people"],
    UTC,
    datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
    {"users": USERS, "tags": (Choice("Messe", "Messe"),)},
    me="303",
)


def person(**more: Any) -> Person:
    """A person of the account, as the server sends one."""
    return Person.read(
        {
            "id": 4211,
            "first_name": "Jürgen",
            "name": "Müller-Lüdenscheidt",
            "gender": "male_user",
            "country_code": "de",
            "user_id": 301,
            "background": "mag Schach",
            "tels": [{"id": 1, "name": "+49 (221) 4710-155", "atype": "office"}],
            "emails": [{"id": 2, "name": "j.mueller@brandt.example", "atype": "office"}],
            "addrs": [{"id": 3, "city": "Bad Homburg", "zip": "61348", "atype": "private"}],
            "tags": [{"id": 4, "name": "Messe"}, {"id": 5, "name": "Golf"}],
            "positions": [{"id": 6, "company_id": 9, "name": "CEO", "primary_function": True}],
            "historic_events": [{"id": 7, "atype": "birthday", "name": "1974-03-14"}],
            "custom_fields": [
                {"id": 8, "custom_fields_type_id": 71, "name": "50000.00"},
                {"id": 9, "custom_fields_type_id": 72, "name": "2026-01-31"},
            ],
            "created_at": "2024-03-05T09:12:44.000+01:00",
            "updated_at": "2026-10-01T00:30:00.000+02:00",
            "stream_updated_at": "2026-11-01T10:00:00.000+01:00",
        }
        | more
    )


@pytest.mark.parametrize(
    "text",
    [
        "tag:messe",
        "tag:MESSE -tag:kunde",
        "-tag:mess",
        "city:homburg",
        'city:"Bad Hom"',
        'city="bad homburg"',
        "-city=homburg",
        "zip:613",
        "name:mueller",
        "last_name:ludenscheidt",
        '"Last name":Müller',
        "gender:male",
        "-gender:female",
        "language:de",
        "language:german",
        "owner:petra",
        "owner:lang",
        '-owner:me responsible:"Petra Lang"',
        "phone:0221",
        "phone:+49221",
        "phone:4710155",
        "phone:any",
        "web:none",
        '-city:"none"',
        "email:j.mueller",
        "job_title:CEO",
        "main:yes",
        "-former:yes",
        "id:4211",
        "-id:421",
        "updated<2026-10-01",
        "updated>2026-09-29",
        "updated:30.09.2026",
        "updated<=2026-09-30 updated>=2026-09-30",
        "-updated>2026-09-30",
        "created<today last>2026-10-31",
        "date<1980-01-01",
        "date:1974-03-14",
        "turnover>=50000 turnover<60000",
        "-turnover>50.000,00",
        '"Since when">2026-01-30',
        "background:schach -background:golf",
        "jürgen",
        '"müller jurgen" 4710',
        "muller homburg",
        "",
    ],
)
def test_what_matches(text: str) -> None:
    assert READER.read(text).matches(person())


@pytest.mark.parametrize(
    "text",
    [
        "tag:mess",
        "city:hom-burg-x",
        "city:omburg",
        "owner:me",
        "owner:none",
        "phone:none",
        "phone:0222",
        "updated>2026-09-30",
        "created>2024-03-05",
        "last:none",
        "id:421",
        "turnover<50000",
        "4711",
        "jürgen golf",
        "-muller",
    ],
)
def test_what_does_not(text: str) -> None:
    assert not READER.read(text).matches(person())


def test_a_number_is_found_in_either_notation() -> None:
    home = person(tels=[{"id": 1, "name": "(0221) 4710-155", "atype": "office"}])

    assert READER.read('phone:"+49221"').matches(home)
    assert READER.read('phone:"0049 221 4710"').matches(home)
    assert READER.read("phone:0221").matches(person())
    assert not READER.read("phone:+49222").matches(home)
    assert not READER.read("phone:+49").matches(home)


def test_what_is_missing_is_found_by_none() -> None:
    bare = Person.read({"id": 1, "name": "Leer"})

    assert READER.read("phone:none owner:none city:none tag:none last:none").matches(bare)
    assert not READER.read("created>1970-01-01").matches(bare)
    assert not READER.read("turnover<1").matches(bare)


def test_a_filter_says_itself_in_words() -> None:
    text = 'tag:messe city:Köln -tag:kunde updated>2026-10-01 phone:none owner:me "free text"'

    assert READER.read(text).words() == (
        "tagged messe, City: Köln, not: tagged kunde, Changed after 01 Oct 2026, without Phone, "
        "Responsible: me, “free text”"
    )
    assert READER.read("owner:lang").words() == "Responsible: Petra Lang, Peter Lang"
    assert READER.read("turnover>=5 city=Köln").words() == "Turnover >= 5, City = Köln"


def test_filters_combine() -> None:
    both = READER.read("tag:messe city:Köln") & READER.read("city:Köln phone:any")

    assert both == READER.read("tag:messe city:Köln phone:any")
    assert not both.matches(person())
    assert (Filter() & READER.read("tag:messe")).matches(person())
    assert not Filter()
    assert isinstance(both.terms[0], Tagged)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tag:messe citty:Köln", "character 11, “citty:Köln”: people have no field “citty”. Is c"),
        ("http://x", "character 1, “http://x”: people have no field “http”. A text with a sign"),
        ("a owner:", "character 3, “owner:”: a value is missing"),
        ('city:"Köln', 'character 1, “city:"Köln”: the quote is not closed'),
        ('ab"c"', 'character 1, “ab"c"”: a quote in the middle'),
        ("x -", "character 3, “-”: nothing stands there"),
        ('""', "nothing stands there"),
        ("updated>31.02.2026", "31 February does not exist. Write 2026-02-28."),
        ("updated>soon", "That is no date."),
        ("(((", "character 1, “(((”: no letter or digit stands there"),
        ('city:Köln -"…"', "character 11"),
        ("Brandt -&", "character 8, “-&”: no letter or digit stands there"),
        ("city>Köln", "City has no order, so > cannot be asked"),
        ("gender:tall", "Gender has no such option. There are: male, female"),
        ("owner:nobody", "Responsible has no such option. There are: Petra Lang"),
        ("phone:abc", "Phone takes digits"),
        ("turnover>much", "Turnover takes a number"),
        ("turnover>50.000", "Turnover takes a number"),
        ("former:perhaps", "Write yes or no"),
    ],
)
def test_a_mistake_is_said_with_its_place(text: str, said: str) -> None:
    with pytest.raises(FilterError) as caught:
        READER.read(text)

    assert said in caught.value.words()


def test_a_sign_between_words_is_none_of_them() -> None:
    assert READER.read("Brandt & Partner + 1") == READER.read("Brandt Partner 1")


def test_weekdays_of_what_has_happened_are_past_and_of_what_is_due_to_come() -> None:
    assert READER.read("updated>thu") == READER.read("updated>-1d")
    assert READER.read("date:thu") == READER.read("date:+6d")


def test_me_has_to_be_known() -> None:
    nobody = Reader(READER.resource, UTC, READER.now, READER.lookups)

    with pytest.raises(FilterError, match="me"):
        nobody.read("owner:me")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("city:Köln", set()),
        ("tag:messe", {"tags"}),
        ("owner:petra", {"users"}),
        ("owner:me", {"users", "me"}),
        ("owner:none -tag:any", {"users", "tags"}),
        ("unheard:of", {"fields"}),
    ],
)
def test_what_has_to_be_looked_up(text: str, wanted: set[str]) -> None:
    assert READER.wants(scan(text)) == wanted


def test_arguments_of_a_shell_are_one_filter() -> None:
    typed = ["city:Bad Homburg", "-job_title=Head of, \\ x", "tag:a city:b", "Anna Maria", '"a b"']

    assert joined(typed) == (
        r'city:"Bad Homburg" -job_title="Head of, \\ x" tag:a city:b Anna Maria "a b"'
    )


@given(st.text(min_size=1).filter(str.strip))
def test_any_text_can_be_a_value(text: str) -> None:
    [token] = scan(f"city:{quoted(text)}")

    assert (token.name, token.value) == ("city", text)


@given(st.text())
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    said = ""
    try:
        found = READER.read(text)
    except FilterError as error:
        said = error.words()
    else:
        found.matches(person())

    assert not said or "at character " in said
