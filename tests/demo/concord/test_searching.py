"""Searches and filters (Concord fact sheet §5, §6, §12.6)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import Crm


@pytest.fixture
def found(crm: Crm) -> Callable[..., list[str]]:
    """First names that a search gives, of three people made for it."""
    crm.contact(first_name="Ána", last_name="Zq-Pérez", email="ana@zq.test", phones=["+1 5550100"])
    crm.contact(first_name="Béla", last_name="Zq", city="Österbro", source_id="Zq-Messe")
    crm.contact(first_name="Cem", last_name="Other", email="zq@x.test", cf_customer_no="Zq-77")

    def search(q: str, path: str = "contacts/search", **params: str) -> list[str]:
        answer = crm.get(path, q=q, order="first_name", **params)
        rows = answer["data"] if isinstance(answer, dict) else answer
        return [one["first_name"] for one in rows]

    return search


@pytest.mark.parametrize(
    ("q", "params", "names"),
    [
        ("zq", {}, ["Ána", "Béla", "Cem"]),
        ("PEREZ", {}, ["Ána"]),
        ("zq", {"take": "2"}, ["Ána", "Béla"]),
        ("zq", {"search_fields": "last_name"}, ["Ána", "Béla"]),
        ("zq", {"search_fields": "last_name:="}, ["Béla"]),
        ("zq,other", {"search_fields": "last_name:in"}, ["Béla", "Cem"]),
        ("zq", {"search_fields": "email;last_name", "search_match": "and"}, ["Ána"]),
        ("5550100", {"search_fields": "phones.number:like"}, ["Ána"]),
        ("5550100", {"search_fields": "phones.number:="}, []),
        ("zq-messe", {"search_fields": "source.name"}, ["Béla"]),
        ("osterbro", {"search_fields": "city"}, ["Béla"]),
        ("zq-77", {"search_fields": "cf_customer_no"}, ["Cem"]),
        ("last_name:zq;first_name:cem", {}, ["Ána", "Béla", "Cem"]),
        ("last_name:zq;first_name:an", {"search_match": "and"}, ["Ána"]),
        ("zq", {"search_fields": "last_name;nonsense;created_at"}, ["Ána", "Béla"]),
        ("100%", {}, []),
        ("", {}, []),
    ],
)
def test_what_a_search_finds(
    found: Callable[..., list[str]], q: str, params: dict[str, str], names: list[str]
) -> None:
    assert found(q, **params) == names


def test_q_works_on_lists_as_well(found: Callable[..., list[str]], crm: Crm) -> None:
    assert found("zq", "contacts") == ["Ána", "Béla", "Cem"]
    assert crm.get("contacts", q="zq")["meta"]["total"] == 3


def test_ids_and_words_of_choices_are_found(crm: Crm) -> None:
    one, two = crm.contact()["id"], crm.contact()["id"]
    assert crm.ids("contacts/search", q=f"{one},{two}", search_fields="id:=") == [one, two]
    won = crm.deal(status="won")["id"]
    assert won in crm.ids("deals/search", q="won", search_fields="status")
    tier = crm.deal(cf_tier="Gold")["id"]
    assert tier in crm.ids("deals/search", q="gold", search_fields="cf_tier")


def test_fields_that_cannot_be_searched(crm: Crm) -> None:
    refused = crm.get("contacts/search", 403, q="a", search_fields="created_at;tags")
    assert "first_name" in refused["message"]
    crm.get("contacts/search", 500, q="abc", search_fields="id")


def test_the_search_over_everything_is_in_groups_of_ten(crm: Crm) -> None:
    for number in range(12):
        crm.contact(first_name=f"Zq{number}")
    crm.company(name="Zq AG")
    groups = {one["resource_name"]: one["data"] for one in crm.get("search", q="zq")}
    assert {name: len(rows) for name, rows in groups.items()} == {"contacts": 10, "companies": 1}
    assert set(groups["companies"][0]) == {
        *("id", "path", "display_name", "created_at", "resourceName"),
    }
    for only in ({"only": "companies"}, {"only[]": "companies"}):
        assert [one["resource_name"] for one in crm.get("search", q="zq", **only)] == ["companies"]
    assert crm.get("search", q="") == []
    crm.company(name="Post AG", email="info@zq.test")
    (group,) = crm.get("search/email-address", q="zq.test")
    assert group["data"][0]["address"] == "info@zq.test"


def rule(name: str, operator: str, value: object = None) -> dict[str, object]:
    """A filter of one rule as bracketed query keys."""
    start = "filters[children][0]"
    given: dict[str, object] = {
        "filters[condition]": "and",
        f"{start}[type]": "rule",
        f"{start}[query][rule]": name,
        f"{start}[query][operator]": operator,
    }
    if isinstance(value, list):
        given |= {f"{start}[query][value][{n}]": one for n, one in enumerate(value)}
    elif value is not None:
        given[f"{start}[query][value]"] = value
    return given


@pytest.mark.parametrize(
    ("name", "operator", "value", "found"),
    [
        ("name", "equal", "zq eins", [1]),
        ("name", "begins_with", "zq", [1, 2]),
        ("name", "not_begins_with", "zq e", [2]),
        ("name", "ends_with", "ZWEI", [2]),
        ("name", "contains", "q z", [2]),
        ("amount", "greater_or_equal", "20", [2]),
        ("amount", "between", ["5", "15"], [1]),
        ("expected_close_date", "less", "2026-11-02", [1]),
        ("expected_close_date", "is", "this_month", [1, 2]),
        ("expected_close_date", "is", "last_month", []),
        ("created_at", "is", "today", [1, 2]),
        ("swatch_color", "is_null", None, [1, 2]),
        ("swatch_color", "is_not_null", None, []),
        ("user_id", "equal", "me", [1]),
        ("user_id", "is_null", None, [2]),
        ("cf_tier", "equal", "Silber", []),
        ("cf_channels", "in", ["E-Mail"], []),
    ],
)
def test_rules_of_filters(
    crm: Crm, name: str, operator: str, value: object, found: list[int]
) -> None:
    more = {"cf_tier": "Gold", "cf_channels": ["Brief"]}
    one = crm.deal(
        name="Zq Eins", amount=10, expected_close_date="2026-11-01", user_id=crm.user, **more
    )
    two = crm.deal(name="Zq Zwei", amount=20.5, expected_close_date="2026-11-30")
    made = [one["id"], two["id"]]
    shown = crm.ids(
        "deals", q="zq", search_fields="name", order="id", **rule(name, operator, value)
    )
    assert [made.index(each) + 1 for each in shown] == found


def test_custom_options_are_filtered_by_id(crm: Crm) -> None:
    deal = crm.deal(name="Zq", cf_tier="Gold", cf_channels=["Brief", "Messe"])
    brief = deal["cf_channels"][0]["id"]
    for given in (rule("cf_tier", "equal", deal["cf_tier"]), rule("cf_channels", "in", [brief])):
        assert deal["id"] in crm.ids("deals", per_page=100, **given)
    away = crm.ids("deals", per_page=100, **rule("cf_channels", "not_in", [brief]))
    assert deal["id"] not in away
    assert away


def test_groups_inside_of_groups_and_several_groups(crm: Crm) -> None:
    made = [crm.deal(name=f"Zq {n}", amount=n)["id"] for n in range(1, 5)]
    inner = "filters[0][children][0]"
    both: dict[str, object] = {
        "filters[0][condition]": "and",
        f"{inner}[type]": "group",
        f"{inner}[query][condition]": "or",
        "filters[1][children][0][type]": "rule",
        "filters[1][children][0][query][rule]": "amount",
        "filters[1][children][0][query][operator]": "less",
        "filters[1][children][0][query][value]": "4",
    }
    for number, amount in enumerate((1, 3, 4)):
        child = f"{inner}[query][children][{number}]"
        both |= {
            f"{child}[type]": "rule",
            f"{child}[query][rule]": "amount",
            f"{child}[query][operator]": "equal",
            f"{child}[query][value]": amount,
        }
    found = crm.ids("deals", q="zq", search_fields="name", order="id", **both)
    assert found == [made[0], made[2]]


def test_json_text_is_a_filter_only_where_the_switch_says_so(
    open_crm: Callable[..., Crm],
) -> None:
    text = '{"children":[{"type":"rule","query":{"rule":"name","operator":"equal","value":"Zq"}}]}'
    for switch in (True, False):
        crm = open_crm(filters_as_json=switch)
        deal = crm.deal(name="Zq")["id"]
        assert (crm.ids("deals", per_page=100, filters=text) == [deal]) == switch


def test_rules_are_listed(crm: Crm) -> None:
    rules = {one["id"]: one for one in crm.get("deals/rules")}
    assert rules["amount"]["type"] == "numeric"
    assert "between" in rules["amount"]["operators"]
    assert rules["cf_tier"]["type"] == "select"
