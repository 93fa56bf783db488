"""The world as a Concord account: the same people, and what Concord has beside them."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from csc_tui.demo.concord.cast import DEFINITIONS
from csc_tui.demo.concord.custom import TYPES
from csc_tui.demo.concord.translation import translated
from csc_tui.demo.people import world
from csc_tui.demo.schema import Row

from .conftest import Crm


@pytest.fixture(scope="module")
def tables() -> dict[str, list[Row]]:
    """All rows of an account of a thousand people."""
    found: dict[str, list[Row]] = {}
    for table, rows in translated(world(1000, 250)):
        found.setdefault(table, []).extend(rows)
    return found


def everyone(crm: Crm, path: str, **params: object) -> list[dict[str, Any]]:
    """All records of a list."""
    found = []
    for page in range(1, 1 + crm.get(path, per_page=100)["meta"]["last_page"]):
        found += crm.get(path, per_page=100, page=page, **params)["data"]
    return found


def test_the_people_of_the_pictures_are_contacts(crm: Crm) -> None:
    (shown,) = crm.get("contacts/search", q="90417", search_fields="id")
    assert (shown["display_name"], shown["job_title"]) == ("Jürgen Müller", "Head of purchasing")
    full = crm.get("contacts/90417")
    assert [one["name"] for one in full["companies"]] == ["Brandt GmbH"]
    assert full["cf_birthday"] == "1974-03-14T00:00:00.000000Z"
    assert full["calls_count"] + full["notes_count"] > 0
    assert "+49 221 4710 123" in [one["number"] for one in full["phones"]]


def test_nobody_shares_an_address_or_a_number(tables: dict[str, list[Row]]) -> None:
    emails = [str(one["email"]).lower() for one in tables["contacts"] if one["email"]]
    emails += [str(one["email"]) for one in tables["users"]]
    numbers = [one["number"] for one in tables["phones"] if one["kind"] == "contacts"]
    for values in (emails, numbers):
        assert len(values) > 300
        assert max(Counter(values).values()) == 1


def test_every_reference_points_to_a_row_and_every_link_has_its_twin(
    tables: dict[str, list[Row]],
) -> None:
    ids = {table: {row["id"] for row in rows if "id" in row} for table, rows in tables.items()}
    links = {tuple(one.values()) for one in tables["associations"]}
    for kind, owner, other, other_id in links:
        assert owner in ids[str(kind)]
        assert (other, other_id, kind, owner) in links
    for tagging in tables["taggings"]:
        assert tagging["tag_id"] in ids["tags"]
    for deal in tables["deals"]:
        assert deal["stage_id"] in ids["pipeline_stages"]
        assert {deal["user_id"]} <= ids["users"] | {None}


def test_every_type_of_field_is_there_and_used(tables: dict[str, list[Row]]) -> None:
    used = {
        (table, name)
        for table in ("contacts", "companies", "deals", "products")
        for row in tables[table]
        for name, value in json.loads(str(row["custom"])).items()
        if value
    }
    assert {one.field_type for one in DEFINITIONS} == set(TYPES)
    assert used == {(one.table, one.field_id) for one in DEFINITIONS}


def test_deals_are_open_won_and_lost_and_some_are_billed(tables: dict[str, list[Row]]) -> None:
    states = Counter(str(one["status"]) for one in tables["deals"])
    assert set(states) == {"open", "won", "lost"}
    assert tables["billables"]
    kinds = Counter((one["kind"], one["other"]) for one in tables["associations"])
    assert kinds["deals", "companies"] > 50
    assert kinds["deals", "contacts"] > 50
    assert kinds["activities", "contacts"] > 50


def test_a_billed_deal_costs_what_its_lines_cost(crm: Crm) -> None:
    billed = [deal for deal in everyone(crm, "deals") if deal["products_count"]]
    for deal in billed:
        assert crm.get(f"deals/{deal['id']}/billable")["total"] == deal["amount"]


def test_same_arguments_same_rows(tables: dict[str, list[Row]]) -> None:
    again: dict[str, list[Row]] = {}
    for table, rows in translated(world(1000, 250)):
        again.setdefault(table, []).extend(rows)
    assert again == tables


def test_an_account_without_anybody(tables: dict[str, list[Row]]) -> None:
    empty = dict(translated(world(0, 0)))
    assert not empty.get("contacts")
    assert len(empty["users"]) == len(tables["users"])
    assert len(empty["pipelines"]) == 2
