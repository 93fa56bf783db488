"""Deals and projects of CentralStationCRM: requests, bodies and values, as tables."""

from __future__ import annotations

from typing import Any

import pytest

from csc_tui.crm.centralstation.adapter import CentralStationAdapter
from csc_tui.domain.change import Change, Verb
from csc_tui.domain.errors import Invalid
from csc_tui.domain.query import Query, Sort
from csc_tui.domain.ref import Ref
from csc_tui.http.message import Request, Response

CRM = CentralStationAdapter()
RESOURCES = CRM.resources()
DEAL = Ref("deals", "5")
SHOWN = (
    ("includes", "people company tags custom_fields"),
    ("methods", "stream_updated_at responsible_user_natural_name"),
)
RAW: dict[str, Any] = {
    "id": 5, "account_id": 77, "name": "Neubau", "value": "12000.0", "value_type": "monthly",
    "target_date": "2026-12-31", "current_state": "open_50", "probability": 50,
    "currency": "EUR", "deal_type_id": 3, "deal_type_stage_id": 9, "company_id": 4411,
    "stream_updated_at": "2026-11-19T12:00:00.000+01:00",
    "company": {"id": 4411, "name": "Brandt GmbH"},
    "people": [{"id": 7, "first_name": "Jürgen", "name": "Müller"}, {"id": 8, "name": "Lang"}],
    "tags": [{"id": 1, "name": "Messe"}], "custom_fields": [],
}  # fmt: skip


def deal(**values: Any) -> Any:
    return CRM.record(RESOURCES["deals"], {**RAW, **values})


def sent(change: Change, record: Any = None) -> list[tuple[str, str, object]]:
    resource = RESOURCES[change.record.resource]
    return [(it.method, it.path, it.body) for it in CRM.write(change, resource, record)]


@pytest.mark.parametrize(
    ("resource", "tokens"),
    [
        ("deals", ["abc-asc", "abc-desc", "value-desc", "date-asc", "date-desc", "state-asc",
                   "new-desc", "new-asc", "update-desc", "update-asc"]),
        ("projects", ["abc-asc", "abc-desc", "date-asc", "date-desc", "state-asc",
                      "new-desc", "new-asc", "update-desc", "update-asc"]),
    ],
)  # fmt: skip
def test_every_order_has_the_token_of_the_sheet(resource: str, tokens: list[str]) -> None:
    asked = [CRM.page(Query(resource, it.sort), 1) for it in RESOURCES[resource].sorts]
    assert [dict(it.query)["order"] for it in asked] == tokens
    assert {it.path for it in asked} == {f"/{resource}"}
    assert asked[0].query[-2:] == SHOWN


def test_they_are_counted_and_searched_by_name_alone() -> None:
    assert CRM.count(Query("deals", Sort("name"), tag="Messe")) == Request(
        "GET", "/deals/count", (("tag_name", "Messe"),)
    )
    for text in ("Neubau", "Halle 7", "a@b.example", "+49 221 4710"):
        (request,) = CRM.search("projects", text)
        assert request.path == "/projects/search"
        assert request.query[0] == ("name", text)


def test_a_deal_is_read_with_its_money_company_and_people() -> None:
    one = deal()
    assert not one.unreadable
    assert not one.lacks
    assert [one.cell(it.name) for it in RESOURCES["deals"].columns] == [
        "Neubau", "50 %", "12,000.00 EUR", "monthly", "31 Dec 2026", "Brandt GmbH", "Messe",
        "2026-11-19T12:00:00+01:00",
    ]  # fmt: skip
    assert one.value("amount") == "12000.0"
    assert one.value("company") == {"id": "4411", "name": "Brandt GmbH"}
    assert one.head().target == Ref("companies", "4411")
    assert [(it.text(), it.target()) for it in one.people] == [
        ("Jürgen Müller", Ref("people", "7")), ("Lang", Ref("people", "8")),
    ]  # fmt: skip
    assert one.found_by().words == ("Brandt GmbH", "Jürgen Müller", "Lang")
    assert one.model_extra["deal_type_stage_id"] == 9


@pytest.mark.parametrize(
    ("values", "name", "value"),
    [
        ({"value": None}, "amount", None),
        ({"value": 12.5}, "amount", "12.5"),
        ({"value": "0.10"}, "amount", "0.10"),
        ({"value": "viel"}, "amount", None),
        ({"company": {"company": {"id": 4411, "name": "B"}}}, "company",
         {"id": "4411", "name": "B"}),
        ({"company": None, "company_id": None}, "company", None),
        ({"company": "?"}, "company", {"id": "4411", "name": ""}),
        ({"description": "old"}, "background", "old"),
        ({"description": "old", "background": "new"}, "background", "new"),
        ({"current_state": "open_33"}, "state", "open_33"),
    ],
)  # fmt: skip
def test_every_variant_is_taken(values: Any, name: str, value: Any) -> None:
    one = deal(**values)
    assert one.value(name) == value
    assert [one.cell(it.name) for it in RESOURCES["deals"].columns]


def test_an_answer_without_people_says_that_it_lacks_them() -> None:
    raw = {key: value for key, value in RAW.items() if key != "people"}
    assert CRM.record(RESOURCES["deals"], raw).lacks == {"people"}


def person(id_: str) -> dict[str, Any]:
    return {"record": {"id": id_, "name": ""}}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            Change(Verb.CREATE, Ref("deals", ""), values={
                "name": "Neubau", "amount": "12000.50", "target_date": "2026-12-31",
                "state": "open_25", "probability": "25", "responsible": "301", "currency": "EUR",
                "company": {"id": "4411", "name": "B"}, "people": [person("7"), person("8")],
                "tags": ["Messe"], "custom:76": "Messe"}),
            [("POST", "/deals", {"deal": {
                "name": "Neubau", "value": "12000.50", "value_type": "total",
                "target_date": "2026-12-31", "current_state": "open_25", "probability": 25,
                "user_id": 301, "currency": "EUR", "company_id": 4411, "person_ids_set": "7,8",
                "tags_attributes": [{"name": "Messe"}],
                "custom_fields_attributes": [{"custom_fields_type_id": 76, "name": "Messe"}]}})],
        ),
        (
            Change(Verb.CREATE, Ref("projects", ""), values={"name": "Montage"}),
            [("POST", "/projects", {"project": {"name": "Montage"}})],
        ),
        (
            Change(Verb.UPDATE, DEAL, values={"state": "won"}),
            [("PUT", "/deals/5", {"deal": {"current_state": "won"}})],
        ),
        (
            Change(Verb.UPDATE, DEAL, values={
                "amount": None, "target_date": None, "company": None, "probability": None,
                "background": ""}),
            [("PUT", "/deals/5", {"deal": {
                "value": None, "target_date": None, "company_id": None, "probability": None,
                "background": ""}})],
        ),
        (Change(Verb.DELETE, DEAL), [("DELETE", "/deals/5", None)]),
        (
            Change(Verb.CREATE, Ref("people", ""), DEAL, person("9")),
            [("PUT", "/deals/5", {"deal": {"person_ids_set": "7,8,9"}})],
        ),
        (Change(Verb.CREATE, Ref("people", ""), DEAL, person("8")), []),
        (
            Change(Verb.DELETE, Ref("people", "7"), DEAL),
            [("PUT", "/deals/5", {"deal": {"person_ids_set": "8"}})],
        ),
        (Change(Verb.DELETE, Ref("people", "9"), DEAL), []),
        (
            Change(Verb.CREATE, Ref("tags", ""), DEAL, {"name": "VIP"}),
            [("POST", "/deals/5/tags", {"tag": {"name": "VIP"}})],
        ),
    ],
)  # fmt: skip
def test_writes(change: Change, expected: Any) -> None:
    assert sent(change, deal() if change.record.id else None) == expected


def test_a_refused_value_is_said_at_its_field() -> None:
    change = Change(Verb.UPDATE, DEAL, values={"amount": "x"})
    words = {"value": ["is not a number"], "company": ["must exist"], "current_state": ["no"]}
    found = CRM.refused(Response(422, data=words), change)
    assert isinstance(found, Invalid)
    assert found.messages.keys() == {"amount", "company", "state"}
