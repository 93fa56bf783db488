"""The search routes."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Crm


@pytest.fixture
def found(crm: Crm) -> dict[str, int]:
    """Name -> id of some people and companies that searches look for."""
    emails = [{"name": "Ilse.Q@kran.example", "atype": "office"}]
    tels = [{"name": "+49 (0)351 / 777 66", "atype": "mobile"}]
    return {
        "ilse": crm.person(first_name="Ilse", name="Quöllmann", emails_attributes=emails)["id"],
        "jo": crm.person(first_name="Jo", name="Quollmann", tels_attributes=tels)["id"],
        "firm": crm.company(name="Quollmann & 100% Söhne", tels_attributes=tels)["id"],
    }


def ids(items: list[dict[str, Any]]) -> list[int]:
    return [next(iter(item.values()))["id"] for item in items]


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"name": "quoll"}, ["ilse", "jo"]),
        ({"name": "QUÖLLMANN"}, ["ilse", "jo"]),
        ({"name": "ollma", "first_name": "il"}, ["ilse"]),
        ({"email": "ilse.q@"}, ["ilse"]),
        ({"phone": "0351 77766"}, ["jo"]),
        ({"phone": "0351 77767"}, []),
        ({"phone": "777 66"}, ["jo"]),
        ({"name": "quoll", "phone": "777"}, ["jo"]),
        ({"name": "quoll%mann"}, []),
    ],
)
def test_people_are_found_by_what_their_fields_contain(
    crm: Crm, found: dict[str, int], params: dict[str, str], expected: list[str]
) -> None:
    assert ids(crm.get("people/search", **params)) == [found[name] for name in expected]


def test_a_search_has_pages_includes_and_methods(crm: Crm, found: dict[str, int]) -> None:
    asked = {"name": "quoll", "perpage": 1, "page": 2, "includes": "tels", "methods": "backlink"}
    items = crm.get("people/search", **asked)
    assert ids(items) == [found["jo"]]
    assert items[0]["person"]["tels"]
    assert items[0]["person"]["backlink"]


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("people/search", {}),
        ("people/search", {"name": ""}),
        ("people/search", {"email": "a", "phone": "1"}),
        ("people/search", {"phone": "none"}),
        ("companies/search", {}),
        ("contact_details/search", {}),
        ("contact_details/search", {"name": "x", "query": "deals"}),
        ("users/search", {}),
        ("search", {"term": " "}),
    ],
)
def test_a_search_for_nothing_is_a_400_with_an_empty_object(
    crm: Crm, path: str, params: dict[str, str]
) -> None:
    assert crm.get(path, 400, **params) == {}


def test_companies_are_found_by_name(crm: Crm, found: dict[str, int]) -> None:
    assert ids(crm.get("companies/search", name="quollmann")) == [found["firm"]]
    assert ids(crm.get("companies/search.json", name="100%")) == [found["firm"]]


@pytest.mark.parametrize("parameter", ["query", "type"])
def test_contact_details_lead_to_people_or_companies(
    crm: Crm, found: dict[str, int], parameter: str
) -> None:
    people = crm.get("contact_details/search", name="ilse.q@kran")
    assert ids(people) == [found["ilse"]]
    firms = crm.get("contact_details/search", **{"name": "777 66", parameter: "companies"})
    assert [list(item) for item in firms] == [["company"]]
    assert ids(firms) == [found["firm"]]


def test_one_search_finds_people_and_companies(crm: Crm, found: dict[str, int]) -> None:
    items = crm.get("search", term="quollmann")
    assert [next(iter(item)) for item in items] == ["person", "person", "company"]
    assert ids(items) == [found["ilse"], found["jo"], found["firm"]]
    assert ids(crm.get("search", term="Jo quoll")) == [found["jo"]]


def test_users_are_found_by_first_and_last_name(crm: Crm) -> None:
    user = crm.get("users")[0]["user"]
    assert user["id"] in ids(crm.get("users/search", first=user["first"][:3]))
    assert ids(crm.get("users/search", name=user["name"], first=user["first"])) == [user["id"]]
    assert crm.get("users/search", name="%") == []
