"""A page costs the same number of SQL statements, however many rows it has."""

from __future__ import annotations

import pytest

from csc_tui.demo.centralstation.resources import PEOPLE as PERSON

from .conftest import Crm

SIX = "tels emails tags positions companies addrs"


def statements(crm: Crm, path: str, **params: object) -> list[str]:
    crm.statements.clear()
    crm.get(path, **params)
    return list(crm.statements)


def test_a_page_with_six_includes_costs_a_statement_for_each_and_few_more(crm: Crm) -> None:
    asked = {"includes": SIX, "methods": "responsible_user_natural_name stream_updated_at"}
    few = statements(crm, "people", perpage=1, **asked)
    many = statements(crm, "people", perpage=250, **asked)
    # due merges, the page, the users, six includes; companies are two (positions, companies)
    assert len(few) == len(many) == 1 + 1 + 1 + 6 + 1


@pytest.mark.parametrize("path", ["people", "companies", "deals", "projects", "protocols"])
def test_everything_at_once_costs_no_statement_per_row_either(crm: Crm, path: str) -> None:
    asked = {"includes": "all", "methods": "all"}
    few = statements(crm, path, perpage=1, **asked)
    many = statements(crm, path, perpage=250, **asked)
    # one for each include, and due merges, the page, the users, who takes part in what (twice),
    # whose company it is, and the types of the custom fields
    assert len(few) == len(many) <= len(PERSON.includes) + 7


def test_a_count_costs_one_statement(crm: Crm) -> None:
    assert len(statements(crm, "people/count")) == 1 + 1


@pytest.mark.parametrize(
    "order", ["abc-asc", "abc-desc", "update-desc", "new-asc", "activity-desc"]
)
def test_a_deep_page_walks_an_index_and_sorts_only_itself(crm: Crm, order: str) -> None:
    asked = {"page": 400, "perpage": 250, "order": order}
    page = next(one for one in statements(crm, "people", **asked) if "OFFSET" in one)
    plan = [str(row[3]) for row in crm.store.select(f"EXPLAIN QUERY PLAN {page}")]
    assert any("USING COVERING INDEX" in step for step in plan)
    assert sum("TEMP B-TREE" in step for step in plan) <= 1
