"""A page costs the same number of SQL statements, however many rows it has."""

from __future__ import annotations

import pytest

from csc_tui.demo.concord.kinds import KINDS

from .conftest import Crm


def statements(crm: Crm, path: str, **params: object) -> list[str]:
    crm.statements.clear()
    crm.get(path, **params)
    return list(crm.statements)


@pytest.mark.parametrize("name", list(KINDS))
def test_a_page_costs_no_statement_per_row(crm: Crm, name: str) -> None:
    for _ in range(2):
        crm.contact(companies=[crm.company()["id"]])
    wish = {"with": "contacts;companies;deals"}
    few = statements(crm, name, per_page=1, **wish)
    many = statements(crm, name, per_page=100, **wish)
    assert len(few) == len(many) <= 26


def test_a_plain_page_of_contacts_costs_sixteen(crm: Crm) -> None:
    # the user; definitions and options; the page, users, sources, countries, phones, tags;
    # counts of companies, deals, calls, notes, documents, activities; the total
    assert len(statements(crm, "contacts", per_page=100)) == 1 + 2 + 6 + 6 + 1


@pytest.mark.parametrize(
    "order",
    [
        *("first_name|asc", "last_name|desc", "last_name|asc;first_name|asc;id|asc"),
        *("last_name|desc;first_name|desc", "email|asc", "updated_at|desc;id|desc"),
    ],
)
def test_a_deep_page_walks_an_index_and_sorts_only_itself(crm: Crm, order: str) -> None:
    keys = [one.split("|") for one in order.split(";")]
    asked = {
        f"order[{number}][{name}]": value
        for number, key in enumerate(keys)
        for name, value in zip(("field", "direction"), key, strict=True)
    }
    asked |= {"page": "400", "per_page": "100"}
    page = next(one for one in statements(crm, "contacts", **asked) if "OFFSET" in one)
    plan = [str(row[3]) for row in crm.store.select(f"EXPLAIN QUERY PLAN {page}")]
    assert any("USING COVERING INDEX" in step for step in plan)
    assert sum("TEMP B-TREE" in step for step in plan) <= 1
