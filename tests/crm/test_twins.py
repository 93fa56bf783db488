"""Asking for what may be the one whose answer was lost, and telling whether it is."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import Any

import pytest

from csc_tui.crm.centralstation.adapter import CentralStationAdapter
from csc_tui.domain.twin import Found, holds_part, holds_record, judge, resembles
from tests.crm.conftest import PERSON

ADAPTER = CentralStationAdapter()
PEOPLE = ADAPTER.resources()["people"]


def test_what_was_made_since_a_moment_is_asked_for_newest_first_with_all_parts() -> None:
    request = ADAPTER.twins("people", datetime(2026, 11, 20, 9, 0, tzinfo=UTC))
    query = dict(request.query)
    assert (request.method, request.path) == ("GET", "/people")
    assert query["filter[created_at][larger_than]"] == "2026-11-20T09:00:00.000+00:00"
    assert (query["order"], query["page"]) == ("new-desc", "1")
    assert "tels" in query["includes"].split()


def test_one_create_may_hold_what_the_sheet_says() -> None:
    assert ADAPTER.nested("people") >= {"phones", "emails", "addresses", "tags", "positions"}
    assert not ADAPTER.nested("people") & {"events", "assistants", "custom_fields"}
    assert "positions" not in ADAPTER.nested("companies")


SENT: dict[str, tuple[dict[str, Any], bool, bool]] = {
    "the names": ({"last_name": "Müller", "first_name": "Jürgen"}, True, True),
    "space at the end": ({"last_name": "Müller "}, True, True),
    "a phone and a tag of several": (
        {
            "last_name": "Müller",
            "phones": [{"number": "+49 171 3920012", "kind": "mobile"}],
            "tags": ["VIP"],
        },
        True,
        True,
    ),
    "the same phone twice": (
        {"last_name": "Müller", "phones": [{"number": "+49 171 3920012"}] * 2},
        False,
        True,
    ),
    "another first name": ({"last_name": "Müller", "first_name": "Hans"}, False, True),
    "another last name": ({"last_name": "Maier", "first_name": "Jürgen"}, False, False),
    "a new company by its name": (
        {"last_name": "Müller", "positions": [{"company": {"id": "", "name": "Brandt GmbH"}}]},
        True,
        True,
    ),
    "a custom field": ({"last_name": "Müller", "custom:71": "A-Kunde"}, True, True),
    "another value of a custom field": (
        {"last_name": "Müller", "custom:71": "B-Kunde"},
        False,
        True,
    ),
}


@pytest.mark.parametrize("case", SENT)
def test_a_twin_holds_all_that_was_sent(case: str) -> None:
    values, holds, alike = SENT[case]
    record = ADAPTER.record(PEOPLE, copy.deepcopy(PERSON))
    assert holds_record(PEOPLE, record, values) is holds
    assert resembles(PEOPLE.fields, record, values) is alike


def test_an_address_without_a_name_resembles_what_shares_anything_typed() -> None:
    kind = PEOPLE.part("addresses")
    address = ADAPTER.record(PEOPLE, copy.deepcopy(PERSON)).addresses[0]  # type: ignore[attr-defined]
    assert holds_part(kind, address, {"city": "Hürth", "zip": "50354"})
    assert resembles(kind.fields, address, {"city": "Hürth", "street": "elsewhere"})
    assert not resembles(kind.fields, address, {"city": "Köln", "kind": "private"})


def test_only_one_that_is_quite_it_is_clear() -> None:
    assert judge(["1"], ["1"]).found is Found.ONE
    assert judge(["1"], ["1", "2"]).found is Found.ONE
    assert judge([], []).found is Found.NONE
    assert judge([], ["2"]).found is Found.UNSURE
    assert judge(["1", "2"], []).ids == ("1", "2")
