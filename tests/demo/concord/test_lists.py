"""Pages, orders, columns and relations of lists (Concord fact sheet §4, §5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from csc_tui.demo.folding import fold

from .conftest import Crm


def test_a_page_is_data_links_and_meta(crm: Crm) -> None:
    page = crm.get("contacts", page=2)
    assert set(page) == {"data", "links", "meta"}
    base = "http://127.0.0.1:8000/api/contacts"
    assert page["links"] == {
        "first": f"{base}?page=1",
        "last": f"{base}?page=4",
        "prev": f"{base}?page=1",
        "next": f"{base}?page=3",
    }
    meta = page["meta"]
    assert [one["label"] for one in meta.pop("links")][1:-1] == ["1", "2", "3", "4"]
    assert meta == {
        "current_page": 2,
        "from": 16,
        "last_page": 4,
        "path": base,
        "per_page": 15,
        "to": 30,
        "total": 60,
    }


def test_all_pages_together_are_everything_once(crm: Crm) -> None:
    ids = [one for page in range(1, 6) for one in crm.ids("contacts", page=page)]
    assert len(ids) == len(set(ids)) == 60


def test_a_page_past_the_end_is_empty(crm: Crm) -> None:
    page = crm.get("contacts", page=99)
    assert page["data"] == []
    assert (page["meta"]["from"], page["meta"]["to"], page["meta"]["total"]) == (None, None, 60)


def test_links_carry_the_other_parameters_where_the_switch_says_so(
    open_crm: Callable[..., Crm],
) -> None:
    links = open_crm(links_keep_query=True).get("contacts", per_page=5, order="id|desc")["links"]
    assert "order=id%7Cdesc" in links["next"]
    assert links["next"].endswith("page=2")


@pytest.mark.parametrize(
    ("switches", "path", "asked", "got"),
    [
        ({}, "contacts", 50, 50),
        ({}, "contacts", 0, 15),
        ({}, "contacts", 1000, 100),
        ({}, "countries-are-bare", 0, 0),
        ({}, "users", 3, 15),
        ({"page_size": "honoured"}, "users", 3, 3),
        ({"page_size": "ignored"}, "contacts", 50, 15),
        ({"page_cap": "ignore"}, "contacts", 101, 15),
        ({"page_cap": "none"}, "contacts", 1000, 1000),
    ],
)
def test_the_length_of_a_page(
    open_crm: Callable[..., Crm], switches: dict[str, Any], path: str, asked: int, got: int
) -> None:
    crm = open_crm(**switches)
    if path == "countries-are-bare":
        assert isinstance(crm.get("countries", per_page=asked), list)
        return
    assert crm.get(path, per_page=asked)["meta"]["per_page"] == got


def test_per_page_counts_below_a_record_only_where_the_switch_says_so(
    open_crm: Callable[..., Crm],
) -> None:
    for switch, size in (("some", 15), ("honoured", 2)):
        crm = open_crm(page_size=switch)
        page = crm.get("companies/4411/contacts", per_page=2)
        assert page["meta"]["per_page"] == size


def test_a_page_may_say_nothing_of_its_list(open_crm: Callable[..., Crm]) -> None:
    page = open_crm(page_meta=False).get("contacts", per_page=5)
    assert (list(page), len(page["data"])) == (["data"], 5)


def test_contacts_stand_by_first_name_if_nobody_says_otherwise(crm: Crm) -> None:
    names = [one["first_name"] for one in crm.get("contacts", per_page=100)["data"]]
    assert names == sorted(names, key=fold)
    ids = crm.ids("companies", per_page=100)
    assert ids == sorted(ids)


@pytest.mark.parametrize(
    "params",
    [
        {"order": "last_name|desc"},
        {"order[field]": "last_name", "order[direction]": "desc"},
        {"order[0][field]": "last_name", "order[0][direction]": "desc"},
    ],
)
def test_every_form_of_order_means_the_same(crm: Crm, params: dict[str, str]) -> None:
    shown = crm.get("contacts", per_page=100, **params)["data"]
    names = [fold(one["last_name"]) for one in shown]
    assert names == sorted(names, reverse=True)


def test_a_direction_left_out_is_ascending_and_keys_can_be_several(crm: Crm) -> None:
    shown = crm.get("contacts", order="created_at", per_page=100)["data"]
    times = [one["created_at"] for one in shown]
    assert times == sorted(times)
    keys = {"order[0][field]": "country_id", "order[1][field]": "id", "order[1][direction]": "desc"}
    shown = crm.get("contacts", per_page=100, **keys)["data"]
    pairs = [(one["country_id"] or 0, -one["id"]) for one in shown]
    assert pairs == sorted(pairs)


def test_counts_joined_tables_and_custom_fields_can_be_order_keys(crm: Crm) -> None:
    counts = [
        one["contacts_count"]
        for one in crm.get("companies", order="contacts_count|desc", per_page=100)["data"]
    ]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 0
    for key in ("sources|name", "sources:source_id|name"):
        shown = crm.get("contacts", per_page=100, **{"order[0][field]": key})["data"]
        names = [fold(one["source"] and one["source"]["name"]) for one in shown]
        assert names == sorted(names)
    shown = crm.get("contacts", order="cf_visits|desc", per_page=100)["data"]
    visits = [one["cf_visits"] or -1 for one in shown]
    assert visits == sorted(visits, reverse=True)


@pytest.mark.parametrize("params", [{"order": "nonsense|asc"}, {"select": "id;nonsense"}])
def test_an_unknown_column_is_a_database_error(crm: Crm, params: dict[str, str]) -> None:
    assert list(crm.get("contacts", 500, **params)) == ["message"]


def test_select_leaves_null_in_what_is_not_wanted(crm: Crm) -> None:
    person = crm.contact(last_name="Kurz", user_id=crm.user, cf_visits=3, tags=["Neu"])["id"]
    shown = crm.get(f"contacts/{person}", select="id;first_name;cf_visits")
    assert (shown["id"], shown["first_name"], shown["cf_visits"]) == (person, "Probe", 3)
    assert shown["last_name"] is shown["user_id"] is shown["user"] is shown["created_at"] is None
    assert shown["display_name"] == "Probe"
    assert len(shown["tags"]) == 1
    listed = crm.get("contacts", select="last_name", per_page=1)["data"][0]
    assert listed["id"] is None


def test_with_adds_relations_to_lists(crm: Crm) -> None:
    plain = crm.get("companies", per_page=5)["data"][0]
    assert "contacts" not in plain
    for params in ({"with": "contacts;deals"}, {"with[]": "contacts"}):
        full = crm.get("companies", per_page=5, **params)["data"][0]
        assert len(full["contacts"]) == full["contacts_count"] > 0


def test_with_adds_what_was_said_and_changed(crm: Crm) -> None:
    person = crm.contact(city="Oslo")["id"]
    crm.put(f"contacts/{person}", {"city": "Bergen"})
    note = {"body": "x", "via_resource": "contacts", "via_resource_id": person}
    crm.post("notes", note)
    wish = {"with": "notes;calls;activities;media;emails;changelog"}
    single = crm.get(f"contacts/{person}", **wish)
    (listed,) = crm.get("contacts", q=str(person), search_fields="id", **wish)["data"]
    for shown in (single, listed):
        assert [one["body"] for one in shown["notes"]] == ["x"]
        assert [one["description"] for one in shown["changelog"]] == ["updated", "created"]
        assert shown["calls"] == shown["activities"] == shown["media"] == shown["emails"] == []


@pytest.mark.parametrize("embedded", ["full", "brief"])
def test_embedded_records_are_whole_or_brief(open_crm: Callable[..., Crm], embedded: str) -> None:
    crm = open_crm(embedded=embedded, list_relations=embedded == "full")
    company = crm.company(user_id=crm.user)
    inner = crm.contact(companies=[company["id"]])["companies"][0]
    assert ("domain" in inner) == (embedded == "full")
    assert {"id", "display_name", "name"} <= set(inner)
    listed = crm.get("companies", order="id|desc", per_page=1)["data"][0]
    assert (listed["user"] is not None) == (embedded == "full")


def test_what_hangs_on_a_record_is_a_page_of_its_own(crm: Crm) -> None:
    company = crm.company()["id"]
    people = [crm.contact(first_name=name, companies=[company])["id"] for name in ("B", "A")]
    assert crm.ids(f"companies/{company}/contacts") == people[::-1]
    assert crm.get(f"companies/{company}/contacts")["meta"]["total"] == 2
    assert crm.ids(f"companies/{company}/contacts", q="a") == people[1:]
    crm.delete(f"contacts/{people[0]}")
    assert crm.ids(f"companies/{company}/contacts") == people[1:]
    assert crm.get("companies/0/contacts", 404)
    assert crm.get(f"companies/{company}/products", 404)


def test_lists_that_are_no_pages(crm: Crm) -> None:
    for path in ("countries", "brands", "teams", "roles", "timezones"):
        assert isinstance(crm.get(path), list)
    assert set(crm.get("countries")[0]) == {"id", "name", "iso_2"}
    assert crm.get("currencies")["EUR"]["symbol"] == "€"


def test_timezones_may_be_an_object(open_crm: Callable[..., Crm]) -> None:
    assert isinstance(open_crm(timezone_list="object").get("timezones"), dict)


def test_me_is_the_user_of_the_token(crm: Crm) -> None:
    me = crm.get("me")
    assert (me["id"], me["name"], me["super_admin"]) == (crm.user, "Sabine Krüger", True)
    assert {"permissions", "dashboards", "roles"} <= set(me)
    other = crm.get(f"users/{crm.colleague}")
    assert "permissions" not in other
