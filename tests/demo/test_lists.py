"""Lists: pages, order, filters, tags, custom fields."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from .conftest import PEOPLE, Crm


def names(items: list[dict[str, Any]], wrapper: str = "person") -> list[str]:
    return [item[wrapper]["name"] for item in items]


def ids(items: list[dict[str, Any]], wrapper: str = "person") -> list[int]:
    return [item[wrapper]["id"] for item in items]


def test_a_list_is_a_bare_array_of_wrapped_records_of_25_by_default(crm: Crm) -> None:
    items = crm.get("people")
    assert len(items) == 25
    assert all(list(item) == ["person"] for item in items)
    assert ids(items) == sorted(ids(items))


def test_the_default_page_size_is_a_switch(open_crm: Callable[..., Crm]) -> None:
    assert len(open_crm(perpage="50").get("people")) == 50


@pytest.mark.parametrize("suffix", ["", ".json"])
def test_the_suffix_json_does_not_matter(crm: Crm, suffix: str) -> None:
    person = crm.get(f"people{suffix}")[0]["person"]["id"]
    assert crm.get(f"people/count{suffix}") == {"total_entries": PEOPLE}
    assert crm.get(f"people/{person}{suffix}")["person"]["id"] == person
    assert isinstance(crm.get(f"people/{person}/addrs{suffix}"), list)


def test_pages_follow_each_other_and_end_with_an_empty_one(crm: Crm) -> None:
    pages = [crm.get("people", perpage=7, page=page) for page in range(1, 11)]
    seen = [one for page in pages for one in ids(page)]
    assert len(seen) == len(set(seen)) == PEOPLE
    assert [len(page) for page in pages] == [7] * 8 + [4, 0]


@pytest.mark.parametrize(
    ("params", "length"),
    [
        ({"perpage": 251}, PEOPLE),
        ({"perpage": 0}, 25),
        ({"perpage": "many"}, 25),
        ({"page": 0}, 25),
        ({"page": "x"}, 25),
        ({"page": 10**30}, 25),
        ({"page": 10**18}, 0),
    ],
)
def test_page_parameters_that_make_no_sense_are_bent(
    crm: Crm, params: dict[str, Any], length: int
) -> None:
    assert len(crm.get("people", **params)) == length


def test_more_than_250_are_never_given(crm: Crm) -> None:
    for number in range(200):
        crm.store.write("INSERT INTO people (id, name) VALUES (?, 'x')", [500_000 + number])
    assert len(crm.get("people", perpage=1000)) == 250


def test_abc_orders_by_last_then_first_name_as_germans_expect(crm: Crm) -> None:
    for last, first in (("Zzöbel", "A"), ("Zzobel", "B"), ("zzoßel", "C"), ("Zzossel", "D")):
        crm.person(name=last, first_name=first)
    items = crm.get("people", order="abc-asc", perpage=250)
    ours = [item["person"] for item in items if item["person"]["name"].lower().startswith("zz")]
    assert [one["first_name"] for one in ours] == ["A", "B", "C", "D"]
    assert crm.get("people", order="abc-desc", perpage=250) == items[::-1]


@pytest.mark.parametrize(
    ("tokens", "column"),
    [
        (("new-asc", "created_at-asc"), "created_at"),
        (("update-desc", "updated_at-desc"), "updated_at"),
    ],
)
def test_both_families_of_order_tokens_are_understood(
    crm: Crm, tokens: tuple[str, str], column: str
) -> None:
    first, second = (crm.get("people", order=token, perpage=250) for token in tokens)
    assert first == second
    stored = crm.store.select(f"SELECT id FROM people ORDER BY {column}, id")
    expected = [row[0] for row in stored]
    assert ids(first) == (expected if tokens[0].endswith("asc") else expected[::-1])


def test_activity_orders_by_the_last_stream_entry(crm: Crm) -> None:
    person = crm.person()
    crm.clock.forward(60)
    crm.put(f"people/{person['id']}", {"person": {"title": "Dr."}})
    assert ids(crm.get("people", order="activity-desc"))[0] == person["id"]


def test_an_unknown_order_means_by_id(crm: Crm) -> None:
    assert crm.get("people", order="shoe_size-asc") == crm.get("people")
    assert crm.get("people", order="abc-sideways") == crm.get("people")


def some_filters(crm: Crm) -> list[tuple[str, str, list[int]]]:
    everybody = [item["person"] for item in crm.get("people", perpage=250)]
    one = everybody[7]
    rows = crm.store.select("SELECT id, created_at FROM people ORDER BY id")
    middle = sorted(row[1] for row in rows if isinstance(row[1], int))[30]
    later = [row[0] for row in rows if isinstance(row[1], int) and row[1] > middle]
    moment = next(p["created_at"] for p in everybody if [p["id"], middle] in map(list, rows))
    some = [person["id"] for person in everybody[3:6]]
    namesakes = [person["id"] for person in everybody if person["name"] == one["name"]]
    return [
        ("filter[id][equal]", str(one["id"]), [one["id"]]),
        ("filter[name][equal]", one["name"], namesakes),
        ("filter[created_at][larger_than]", moment, [i for i in later if isinstance(i, int)]),
        ("filter[id][smaller_than]", str(some[0]), [p["id"] for p in everybody[:3]]),
        ("filter[id][between]", f"{some[0]},{some[2]}", some),
        ("filter[id][in]", f"{some[0]},{some[2]}", [some[0], some[2]]),
        ("filter[name][like]", "üll", [p["id"] for p in everybody if "üll" in p["name"]]),
        ("filter", json.dumps({"id": {"in": [some[0], some[1]]}}), some[:2]),
        ("filter", json.dumps({"id": {"equal": one["id"]}}), [one["id"]]),
    ]


@pytest.mark.parametrize("number", range(9))
def test_filters_narrow_list_and_count_alike(crm: Crm, number: int) -> None:
    name, value, expected = some_filters(crm)[number]
    assert expected
    assert ids(crm.get("people", perpage=250, **{name: value})) == expected
    assert crm.get("people/count", **{name: value}) == {"total_entries": len(expected)}
    assert crm.get("people/stats", **{name: value}) == {"total_entries": len(expected)}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("filter[created_at][larger_than]", "soon"),
        ("filter[id][equal]", "abc"),
        ("filter[id][between]", "5"),
        ("filter", "{"),
        ("filter", "[1]"),
        ("filter", '{"id": 5}'),
        ("stream_updated_at_after", "never"),
    ],
)
def test_a_filter_that_cannot_be_read_is_a_400_with_an_empty_object(
    crm: Crm, name: str, value: str
) -> None:
    assert crm.get("people", 400, **{name: value}) == {}


def test_an_unknown_filter_is_ignored_or_refused_by_a_switch(open_crm: Callable[..., Crm]) -> None:
    unknown = {"filter[shoe_size][equal]": "44"}
    assert open_crm().get("people/count", **unknown) == {"total_entries": PEOPLE}
    assert open_crm(unknown_filter="400").get("people/count", 400, **unknown) == {}


def test_dates_are_midnight_in_berlin(crm: Crm) -> None:
    crm.clock.ms = 1_793_573_999_000  # one second before midnight, 2 November 2026 begins
    before = crm.person()["id"]
    crm.clock.forward(2)
    after = crm.person()["id"]
    found = ids(crm.get("people", **{"filter[created_at][larger_than]": "2026-11-02"}))
    assert after in found
    assert before not in found


def test_a_tag_narrows_by_name_or_by_the_id_of_any_row_that_carries_it(crm: Crm) -> None:
    first, second = (crm.person(tags_attributes=[{"name": "Kran"}]) for _ in range(2))
    crm.company(tags_attributes=[{"name": "Kran"}])
    expected = [first["id"], second["id"]]
    assert ids(crm.get("people", tag_name="Kran")) == expected
    assert ids(crm.get("people", tag_id=first["tags"][0]["id"])) == expected
    assert crm.get("people/count", tag_name="Kran") == {"total_entries": 2}
    assert crm.get("people", 400, tag_name="Kran", tag_id=1) == {}


def test_the_stream_narrows_by_time(crm: Crm) -> None:
    person = crm.person()
    crm.clock.forward(5)
    later = crm.person()
    moment = crm.get(f"people/{person['id']}", methods="stream_updated_at")["person"]
    at = moment["stream_updated_at"]
    assert ids(crm.get("people", stream_updated_at_after=at)) == [later["id"]]
    before = ids(crm.get("people", stream_updated_at_before=at, perpage=250))
    assert before
    assert not {person["id"], later["id"]} & set(before)


def test_a_custom_field_narrows_by_its_type_and_value(crm: Crm) -> None:
    kind = {"category": "Person", "ftype": "string", "name": "Lieblingskran"}
    type_id = crm.post("custom_fields_types", {"custom_fields_type": kind})
    field = {"custom_fields_type_id": type_id["custom_fields_type"]["id"], "name": "LTM 1040"}
    person = crm.person(custom_fields_attributes=[field])
    asked = {
        "custom_fields[custom_field_type_name]": "Lieblingskran",
        "custom_fields[value]": "LTM 1040",
    }
    assert ids(crm.get("people", **asked)) == [person["id"]]
    assert crm.get("people", 400, **{"custom_fields[value]": "LTM 1040"}) == {}


def test_count_can_answer_total_size_as_well(open_crm: Callable[..., Crm]) -> None:
    expected = {"total_entries": PEOPLE, "total_size": PEOPLE}
    assert open_crm(total_size=True).get("people/count") == expected


def test_users_can_be_narrowed_to_active_ones(open_crm: Callable[..., Crm]) -> None:
    for understood, words in {"either": ("true", "active"), "true": ("true",)}.items():
        crm = open_crm(users_active=understood)
        crm.store.write("UPDATE users SET active = 0 WHERE id = ?", [crm.colleague])
        everybody = len(crm.get("users"))
        for word in ("true", "active"):
            expected = everybody - 1 if word in words else everybody
            assert len(crm.get("users", active=word)) == expected
