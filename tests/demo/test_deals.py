"""Deals and projects: values, states, people and company, orders, what outlives what."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Crm

NEW: dict[str, Any] = {
    "deals": {"name": "Neubau", "value": "12000", "value_type": "total"},
    "projects": {"name": "Montage"},
}
DAY = {"target_date": "2026-12-31"}


def make(crm: Crm, table: str, **values: Any) -> Any:
    wrapper = table.removesuffix("s")
    query = "?includes=people%20company%20tags&methods=people_ids"
    return crm.post(f"{table}{query}", {wrapper: {**NEW[table], **DAY, **values}})[wrapper]


def test_a_deal_is_shown_with_its_money_as_text(crm: Crm) -> None:
    deal = make(crm, "deals", value="12000", value_count="3")
    assert (deal["value"], deal["value_count"], deal["value_sum"]) == ("12000.0", "3.0", "36000.00")
    assert (deal["current_state"], deal["currency"]) == ("open_0", "EUR")
    crm.send("PUT", f"deals/{deal['id']}", {"deal": {"value": "0.50"}})
    again = crm.get(f"deals/{deal['id']}")["deal"]
    assert (again["value"], again["value_sum"]) == ("0.50", "1.500")


@pytest.mark.parametrize("table", NEW)
def test_people_are_replaced_by_a_text_of_ids(crm: Crm, table: str) -> None:
    one, other, company = crm.person()["id"], crm.person()["id"], crm.company()["id"]
    made = make(crm, table, person_ids_set=f"{one}, {other}", company_id=company)
    assert made["people_ids"] == [it["id"] for it in made["people"]] == sorted((one, other))
    assert made["company"]["id"] == company
    path = f"{table}/{made['id']}"
    crm.send("PUT", path, {table.removesuffix("s"): {"person_ids_set": f"{other}"}})
    found = crm.get(path, includes="people", methods="people_ids")[table.removesuffix("s")]
    assert found["people_ids"] == [it["id"] for it in found["people"]] == [other]
    person = crm.get(f"people/{other}", includes=table)["person"]
    firm = crm.get(f"companies/{company}", includes=table)["company"]
    assert [it["id"] for it in person[table]] == [it["id"] for it in firm[table]] == [made["id"]]


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"value": None}, "value"),
        ({"value": "viel"}, "value"),
        ({"value_type": "weekly"}, "value_type"),
        ({"target_date": "31.12.2026"}, "target_date"),
        ({"current_state": "open_33"}, "current_state"),
        ({"probability": 101}, "probability"),
        ({"person_ids_set": "1"}, "person_ids_set"),
        ({"company_id": 1}, "company_id"),
    ],
)
def test_what_a_deal_may_not_be_is_refused(crm: Crm, values: Any, where: str) -> None:
    body = {"deal": {**NEW["deals"], **DAY, **values}}
    response = crm.send("POST", "deals", body)
    assert response.status_code == 422
    assert list(response.json()) == [where]


@pytest.mark.parametrize("table", NEW)
def test_what_is_won_or_lost_is_finished_until_it_is_open_again(crm: Crm, table: str) -> None:
    made = make(crm, table)
    path, wrapper = f"{table}/{made['id']}", table.removesuffix("s")
    assert made["finished_at"] is None
    for state, finished in (("won", True), ("lost", True), ("open_50", False)):
        crm.send("PUT", path, {wrapper: {"current_state": state}})
        found = crm.get(path)[wrapper]
        assert (found["current_state"], bool(found["finished_at"])) == (state, finished)


@pytest.mark.parametrize(
    ("order", "key"),
    [("value", lambda it: float(it["value"])), ("date", lambda it: it["target_date"]),
     ("state", lambda it: it["current_state"]), ("new", lambda it: it["created_at"])],
)  # fmt: skip
def test_deals_are_ordered_as_asked(crm: Crm, order: str, key: Any) -> None:
    deals = [one["deal"] for one in crm.get("deals", order=f"{order}-desc", perpage=250)]
    assert len(deals) == crm.get("deals/count")["total_entries"] > 5
    assert [key(one) for one in deals] == sorted(map(key, deals), reverse=True)


def test_they_are_found_by_name_and_tag_and_have_tags_and_values_of_their_own(crm: Crm) -> None:
    made = make(crm, "deals", name="Gießerei Süd", tags_attributes=[{"name": "Sonder"}])
    for found in (crm.get("deals/search", name="giess"), crm.get("deals", tag_name="Sonder")):
        assert [one["deal"]["id"] for one in found] == [made["id"]]
    fields = [it["custom_fields_type"] for it in crm.get("custom_fields_types", perpage=250)]
    kind = next(it for it in fields if (it["category"], it["ftype"]) == ("Deal", "decimal"))
    body = {"custom_field": {"custom_fields_type_id": kind["id"], "name": "12.5"}}
    crm.post(f"deals/{made['id']}/custom_fields", body)
    shown = crm.get(f"deals/{made['id']}", includes="custom_fields")["deal"]["custom_fields"]
    assert [(one["custom_fields_type_name"], one["name"]) for one in shown] == [
        (kind["name"], "12.5")
    ]


@pytest.mark.parametrize("table", NEW)
def test_they_outlive_company_and_people(crm: Crm, table: str) -> None:
    person, company = crm.person()["id"], crm.company()["id"]
    made = make(crm, table, person_ids_set=str(person), company_id=company)
    crm.send("DELETE", f"people/{person}")
    crm.send("DELETE", f"companies/{company}")
    found = crm.get(f"{table}/{made['id']}", includes="people company")[table.removesuffix("s")]
    assert (found["people"], found["company"], found["company_id"]) == ([], None, None)
    assert crm.send("DELETE", f"{table}/{made['id']}").status_code == 200
    crm.get(f"{table}/{made['id']}", status=404)


def test_the_winner_of_a_merge_takes_part_in_what_the_others_did(crm: Crm) -> None:
    winner, loser = crm.person()["id"], crm.person()["id"]
    made = make(crm, "deals", person_ids_set=str(loser))
    crm.send("POST", f"people/{winner}/merge", {"looser_ids": [loser]})
    crm.clock.forward(60)
    found = crm.get(f"deals/{made['id']}", methods="people_ids")["deal"]
    assert found["people_ids"] == [winner]
