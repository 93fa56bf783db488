"""What the filter line offers: all of it can be read, and it is what one means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from csc_tui.domain.field import Choice
from csc_tui.domain.filter_completion import Stored, common, last_term, needed, offers, stored
from csc_tui.domain.filter_meaning import Reader
from csc_tui.domain.filter_text import scan
from csc_tui.domain.lookup import FieldDefinition, Lookups
from csc_tui.domain.resource import Resource
from csc_tui.session import adapter_of

LOOKUPS: Lookups = {
    "tags": [Choice(one, one) for one in ("Messe", "Messe Köln", 'so "genannt"', "VIP")],
    "users": [Choice("7", "Sabine Krüger"), Choice("9", "Uwe Lindner")],
}
CUSTOM = (
    FieldDefinition("71", "people", "Next visit", "date"),
    FieldDefinition("72", "people", "Budget/Jahr", "number"),
)


def resources() -> Iterator[Resource]:
    for backend in ("centralstation", "concord"):
        yield from adapter_of(backend).resources().values()


@pytest.fixture
def people() -> Resource:
    return adapter_of("centralstation").resources(CUSTOM)["people"]


def offered(resource: Resource, text: str) -> list[str]:
    term = last_term(text)
    assert term is not None
    return [one.text for one in offers(resource, LOOKUPS, term)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ci", "city:"),
        ("tag:vip -ci", "tag:vip -city:"),
        ("Job", "job_title:"),
        ("next", '"Next visit":'),
        ("budg", '"Budget/Jahr":'),
        ("tag:vi", "tag:VIP "),
        ("-tag:koln", '-tag:"Messe Köln" '),
        ('tag:"messe k', 'tag:"Messe Köln" '),
        ("tag:so", 'tag:"so \\"genannt\\"" '),
        ("owner:", "owner:me "),
        ("owner:sab", 'owner:"Sabine Krüger" '),
        ("owner:lind", 'owner:"Uwe Lindner" '),
        ("updated>to", "updated>today "),
        ('"Next visit":y', '"Next visit":yesterday '),
        ("updated<no", "updated<now "),
        ("updated:we", "updated:week "),
        ("phone:n", "phone:none "),
        ("tag:vip phone:a", "tag:vip phone:any "),
    ],
)
def test_what_is_begun_is_completed(people: Resource, typed: str, first: str) -> None:
    assert offered(people, typed)[0] == first


@pytest.mark.parametrize("typed", ['"Anna', 'tag:"Messe" "Anna'])
def test_a_text_in_quotes_is_nobodys_name(typed: str) -> None:
    assert last_term(typed) is None


def test_what_has_to_be_looked_up_is_known_before(people: Resource) -> None:
    def wanted(text: str) -> list[str]:
        term = last_term(text)
        assert term is not None
        return needed(people, term)

    assert wanted("tag:m") == ["tags"]
    assert wanted("owner:m") == ["users"]
    assert wanted("ci") == ["fields"]
    assert wanted("Segment:a") == ["fields"]
    assert wanted("city:k") == []


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ("city:k", Stored("people", "city")),
        ("city:", Stored("people", "city")),
        ("-company:bra", Stored("companies")),
        ("company:", Stored("people", "company")),
        ("tag:m", None),
        ("owner:s", None),
        ("phone:0", None),
        ("updated:t", None),
        ("ci", None),
        ("zzz:k", None),
    ],
)
def test_the_store_is_asked_for_what_no_lookup_has(
    people: Resource, typed: str, where: Stored | None
) -> None:
    term = last_term(typed)
    assert term is not None
    assert stored(people, term) == where


@pytest.mark.parametrize("backend", ["centralstation", "concord"])
def test_a_company_is_one_in_every_list_that_names_companies(backend: str) -> None:
    term = last_term("company:bra")
    assert term is not None
    asked = {one.name: stored(one, term) for one in adapter_of(backend).resources().values()}
    assert asked.pop("companies") is None
    assert set(asked.values()) == {Stored("companies")}


def test_what_the_store_has_stands_first_however_it_is_spelt(people: Resource) -> None:
    term = last_term("tag:vip city:koeln")
    assert term is not None
    made = offers(people, LOOKUPS, term, ["Köln", "Köln Porz"])
    assert [one.text for one in made] == ["tag:vip city:Köln ", 'tag:vip city:"Köln Porz" ']


@pytest.mark.parametrize("resource", [*resources()], ids=lambda one: one.name)
def test_every_offer_can_be_read(resource: Resource) -> None:
    reader = Reader(resource, UTC, datetime(2026, 11, 20, 9, 30, tzinfo=UTC), LOOKUPS, me="7")
    names = offered(resource, "")
    assert len(names) == len(set(names)) > 5
    for name in names:
        values = offered(resource, name)
        assert values[-2:] == [f"{name}none ", f"{name}any "]
        if any("today" in one for one in values):
            earlier = offered(resource, f"{name[:-1]}<")
            values += [one for one in earlier if not one.endswith(("none ", "any "))]
        for text in values:
            assert len(scan(text)) == 1
            assert reader.read(text)


def test_what_offers_have_in_common() -> None:
    assert common(["tag:Messe ", "tag:Mess"]) == "tag:Mess"
    assert common(["city:", "tag:"]) == ""
