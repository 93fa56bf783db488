"""Responses -> values, as tables; whatever comes, nothing but ServerBroken is raised."""

from __future__ import annotations

import contextlib
import copy
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csc_tui.crm.adapter import Whoami
from csc_tui.crm.centralstation.adapter import CentralStationAdapter
from csc_tui.domain.change import Change, Verb
from csc_tui.domain.errors import ServerBroken
from csc_tui.domain.field import Choice
from csc_tui.domain.lookup import FieldDefinition
from csc_tui.domain.query import Query
from csc_tui.domain.ref import Ref
from csc_tui.http.message import Request, Response

CRM = CentralStationAdapter()
TYPES = Request("GET", "/custom_fields_types")
MADE = Change(Verb.CREATE, Ref("people", ""))


def test_a_list_comes_without_its_wrappers() -> None:
    body = [{"person": {"id": 1, "name": "A"}}, {"id": "2", "name": "B"}]
    assert CRM.read_list("people", Response(200, data=body)) == [
        {"id": 1, "name": "A"},
        {"id": "2", "name": "B"},
    ]
    assert CRM.read_list("companies", Response(200, data=[])) == []


@pytest.mark.parametrize(
    "body",
    [None, {}, "junk", 3, {"message": "storage is full"}, [1], [None], [{"person": {}}],
     [{"company": {"id": 4}}], [[{"id": 1}]]],
)  # fmt: skip
def test_what_is_no_list_of_people_is_said_to_be_broken(body: object) -> None:
    with pytest.raises(ServerBroken) as caught:
        CRM.read_list("people", Response(200, data=body))
    assert caught.value.why == "shape"


@pytest.mark.parametrize("body", [{"person": {"id": 7}}, {"id": 7}])
def test_one_record_with_or_without_its_wrapper(body: object) -> None:
    assert CRM.read_one("people", Response(200, data=body)) == {"id": 7}


@pytest.mark.parametrize(
    ("body", "total"),
    [
        ({"total_entries": 17}, 17),
        ({"total_entries": 0, "total_size": 9}, 0),
        ({"total_size": 9}, 9),
        ({"total_entries": "12"}, 12),
        ({"total_entries": None, "total_size": 3}, 3),
        ({"total_entries": -1}, None),
        ({"total_entries": 10**8 + 1}, None),
        ({"total_entries": True}, None),
        ({"total_entries": 1.5}, None),
        ({"total_entries": "9" * 5000}, None),
        ({"total_entries": "²"}, None),
        ([], None),
        (None, None),
    ],
)
def test_totals(body: object, total: int | None) -> None:
    assert CRM.read_total(Response(200, data=body)) == total


@pytest.mark.parametrize(
    ("body", "created"),
    [
        ({"person": {"id": 90417, "name": "X"}}, "90417"),
        ({"addr": {"id": "9"}}, "9"),
        ({"id": 5, "name": "bare"}, "5"),
        ({"message": "person created"}, ""),
        ({"person": {"id": None}}, ""),
        (None, ""),
        ([], ""),
    ],
)
def test_the_id_of_what_was_created(body: object, created: str) -> None:
    assert CRM.read_created(Response(201, data=body), MADE) == created


@pytest.mark.parametrize(
    ("body", "who"),
    [
        (
            {"id": 301, "first": "Sabine", "last": "Krüger", "name": "s@acme.example",
             "current_account": {"id": 77}, "accounts": []},
            Whoami("301", "Sabine Krüger", "77"),
        ),
        ({"user": {"id": "301", "name": "s@acme.example", "current_account": 77}},
         Whoami("301", "s@acme.example", "77")),
        ({"id": 1, "login": "x", "accounts": [{"account": {"id": 5}}]}, Whoami("1", "x", "5")),
        ({"id": 1, "accounts": [{"id": 5}, {"id": 6}]}, Whoami("1", "", "")),
        ({"current_account": {"account": {"id": "a"}}}, Whoami("", "", "a")),
        (None, Whoami("", "", "")),
    ],
)  # fmt: skip
def test_whose_key_it_is(body: object, who: Whoami) -> None:
    assert CRM.read_whoami(Response(200, data=body)) == who


def test_users_and_tags_become_choices() -> None:
    users = [
        {"user": {"id": 301, "first": "Sabine", "name": "Krüger", "login": "s@acme.example"}},
        {"id": 302, "first": None, "name": None, "login": "uwe"},
        {"user": {"id": None}},
        7,
    ]
    assert CRM.read_choices("users", Response(200, data=users)) == [
        Choice("301", "Sabine Krüger", "s@acme.example"),
        Choice("302", "uwe", "uwe"),
    ]
    tags = ["VIP", {"tag": {"name": "Messe"}}, {"name": "VIP"}, None, "", 3.5]
    assert CRM.read_choices("tags", Response(200, data=tags)) == [
        Choice("VIP", "VIP"),
        Choice("Messe", "Messe"),
    ]


def test_definitions_of_custom_fields(types_raw: list[dict[str, Any]]) -> None:
    found = CRM.read_definitions(TYPES, Response(200, data=types_raw))
    segments = (Choice("A-Kunde", "A-Kunde"), Choice("B-Kunde", "B-Kunde"))
    assert found == [
        FieldDefinition(
            "71",
            "people",
            "Segment",
            "choice",
            segments,
            1,
        ),
        FieldDefinition("73", "people", "Next visit", "date", (), 3),
        FieldDefinition("72", "people", "Credit limit", "number", (), 2),
        FieldDefinition("74", "companies", "Shop", "url", (), 4),
        FieldDefinition("75", "companies", "Odd", "text", (), 5),
        FieldDefinition("76", "deals", "Source", "text", (), 6),
    ]


def test_custom_fields_join_their_resource_in_the_accounts_order(resources: Any) -> None:
    people = [one for one in resources["people"].fields if one.name.startswith("custom:")]
    assert [(one.name, one.label, one.kind, one.max_length) for one in people] == [
        ("custom:71", "Segment", "choice", 255),
        ("custom:72", "Credit limit", "number", 0),
        ("custom:73", "Next visit", "date", 0),
    ]
    shop = resources["companies"].field("custom:74")
    assert (shop.kind, shop.max_length) == ("url", 190)


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2024-03-05T09:12:44.000+01:00", datetime(2024, 3, 5, 8, 12, 44, tzinfo=UTC)),
        ("2024-07-05T09:12:44.000+02:00", datetime(2024, 7, 5, 7, 12, 44, tzinfo=UTC)),
        ("2024-03-05T08:12:44Z", datetime(2024, 3, 5, 8, 12, 44, tzinfo=UTC)),
    ],
)
def test_both_ways_of_writing_a_time(written: str, utc: datetime) -> None:
    assert CRM.record(CRM.resources()["people"], {"id": 1, "updated_at": written}).updated_at == utc


def test_a_person_with_nothing_but_a_name() -> None:
    bare = CRM.record(CRM.resources()["people"], {"id": 5, "name": "Stein"})
    columns = [one.name for one in CRM.resources()["people"].columns]
    assert [bare.cell(name) for name in columns] == ["Stein", "", "", "", "", "", ""]
    assert bare.head().title == "Stein"
    assert (bare.head().subtitle, bare.head().target) == ("", None)
    assert CRM.record(CRM.resources()["people"], {"id": 5, "name": None}).sort_name() == "#5"


def test_unknown_keys_and_enums_are_kept(person_raw: dict[str, Any]) -> None:
    person_raw |= {"gender": "something_new", "shoe_size": 44}
    person_raw["tels"][0]["atype"] = "satellite"
    person = CRM.record(CRM.resources()["people"], person_raw)
    assert person.value("gender") == "something_new"
    assert person.value("shoe_size") == 44
    assert [one.kind_words() for one in person.phones] == ["satellite", "office"]  # type: ignore[attr-defined]


def test_one_odd_value_costs_that_value_alone(person_raw: dict[str, Any]) -> None:
    person_raw |= {"title": {"odd": 1}, "updated_at": "yesterday", "emails": "none", "sms": None}
    person_raw["tags"] = [{"tag": {"id": 5, "name": "VIP"}}, "odd", None]
    person = CRM.record(CRM.resources()["people"], person_raw)
    assert person.unreadable == {"title": {"odd": 1}, "updated_at": "yesterday", "emails": "none"}
    assert person.head().title == "Jürgen Müller"
    assert person.cell("tags") == "VIP"
    assert person.version() == ""


def test_an_id_may_be_text() -> None:
    assert CRM.record(CRM.resources()["people"], {"id": "a-7", "name": "X"}).ref == Ref(
        "people", "a-7"
    )


def test_cells_of_a_person(person_raw: dict[str, Any]) -> None:
    person = CRM.record(CRM.resources()["people"], person_raw)
    shown = {one.name: person.cell(one.name) for one in CRM.resources()["people"].columns}
    assert shown == {
        "name": "Müller, Jürgen",
        "company": "Brandt GmbH",
        "city": "Hürth",
        "phone": "+49 221 4710 123",
        "tags": "VIP, Messe Köln",
        "email": "j.mueller@brandt.example",
        "last": "2026-11-19T16:42:00+01:00",
    }


@pytest.mark.parametrize(
    ("phones", "shown"),
    [
        ([("office", None, "1"), ("mobile", None, "2")], "2"),
        ([("fax", None, "1"), ("office", None, "2")], "2"),
        ([("private", None, "1"), ("fax", None, "2")], "1"),
        ([("mobile", None, "1"), ("fax", True, "2")], "2"),
        ([("mobile", None, ""), ("fax", False, "2")], "2"),
        ([], ""),
    ],
)
def test_which_phone_the_list_shows(phones: list[tuple[str, bool | None, str]], shown: str) -> None:
    tels = [{"id": 1, "atype": a, "primary": p, "name": n} for a, p, n in phones]
    assert CRM.record(CRM.resources()["people"], {"id": 1, "tels": tels}).cell("phone") == shown


@pytest.mark.parametrize(
    ("own", "company", "city"),
    [
        ([("private", "Hürth"), ("work", "Bonn")], "Köln", "Bonn"),
        ([("private", "Hürth")], "Köln", "Hürth"),
        ([("invoice", "Postfach")], "Köln", "Köln"),
        ([], "Köln", "Köln"),
        ([("work", None), ("private", "Hürth")], "Köln", "Hürth"),
        ([], None, ""),
    ],
)
def test_which_city_the_list_shows(
    own: list[tuple[str, str | None]], company: str | None, city: str
) -> None:
    raw = {
        "id": 1,
        "addrs": [{"id": n, "atype": a, "city": c} for n, (a, c) in enumerate(own)],
        "addrs_from_company": [
            {"id": 8, "attachable_id": 5, "atype": "work", "city": "Former"},
            {"id": 9, "attachable_id": 4, "atype": "work", "city": company},
        ],
        "positions": [{"id": 2, "company_id": 4}, {"id": 3, "company_id": 5, "former": True}],
    }
    assert CRM.record(CRM.resources()["people"], raw).cell("city") == city


@pytest.mark.parametrize(
    ("positions", "company"),
    [
        ([(1, None, None), (2, True, None)], "Two"),
        ([(1, None, True), (2, None, None)], "Two"),
        ([(1, True, True)], ""),
        ([(3, None, None)], ""),
        ([], ""),
    ],
)
def test_which_company_the_list_shows(
    positions: list[tuple[int, bool | None, bool | None]], company: str
) -> None:
    raw = {
        "id": 1,
        "companies": [{"id": 1, "name": "One"}, {"company": {"id": 2, "name": "Two"}}],
        "positions": [
            {"id": i, "company_id": c, "primary_function": p, "former": f}
            for i, (c, p, f) in enumerate(positions)
        ],
    }
    assert CRM.record(CRM.resources()["people"], raw).cell("company") == company


def test_cells_and_head_of_a_company(company_raw: dict[str, Any]) -> None:
    company = CRM.record(CRM.resources()["companies"], company_raw)
    shown = {one.name: company.cell(one.name) for one in CRM.resources()["companies"].columns}
    assert shown == {
        "name": "Brandt GmbH",
        "city": "Köln",
        "phone": "+49 221 4710 100",
        "tags": "Messe, VIP",
        "email": "info@brandt.example",
        "last": "2026-11-19T16:42:00+01:00",
    }
    assert (company.head().title, company.head().subtitle) == ("Brandt GmbH", "Köln, DE")


def test_what_the_search_index_gets(person_raw: dict[str, Any]) -> None:
    found = CRM.record(CRM.resources()["people"], person_raw).found_by()
    assert found.names == "Jürgen Müller"
    assert found.words == ("j.mueller@brandt.example", "Hürth", "Alt AG", "Brandt GmbH")
    assert found.phones == ("+49 171 3920012", "+49 221 4710 123")


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=8)
    | st.sampled_from(["2024-03-05", "2024-13-05T99:00:00Z", "1e999", "0001-01-01T00:00:00+23:59"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(), max_size=6), inner, max_size=3)
    ),
    max_leaves=12,
)
KEYS = st.sampled_from(
    ["id", "name", "user_id", "updated_at", "stream_updated_at", "gender", "background", "tels",
     "emails", "addrs", "addrs_from_company", "tags", "positions", "companies", "custom_fields",
     "historic_events", "assis", "unreadable", "fields", "__class__", "model_config"]
)  # fmt: skip
PART = st.dictionaries(
    st.sampled_from(["id", "name", "atype", "primary", "company_id", "former", "tag", "city",
                     "custom_fields_type_id", "attachable_id", "desc"]),
    JSON,
    max_size=4,
)  # fmt: skip
RECORD = st.dictionaries(KEYS, JSON | st.lists(PART | JSON, max_size=3), max_size=6)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(raw=RECORD, resource=st.sampled_from(["people", "companies"]))
def test_no_record_however_odd_raises(raw: dict[str, Any], resource: str) -> None:
    before = copy.deepcopy(raw)
    record = CRM.record(CRM.resources()[resource], raw)
    kind = CRM.resources()[resource]
    texts = [record.cell(one.name) for one in kind.columns]
    assert all(isinstance(one, str) for one in texts)
    assert isinstance(record.head().title, str)
    assert isinstance(record.found_by().names, str)
    assert isinstance(record.base([one.name for one in kind.fields]), dict)
    assert str(raw) == str(before)


@settings(max_examples=120, deadline=None)
@given(body=JSON, wrapper=st.sampled_from(["person", "company", "user", "id", "total_entries"]))
def test_no_answer_however_odd_raises_anything_else(body: object, wrapper: str) -> None:
    response = Response(200, data={wrapper: body})
    assert CRM.error(response) is None
    assert isinstance(CRM.read_created(response, MADE), str)
    assert isinstance(CRM.read_whoami(response).name, str)
    assert CRM.read_total(response) is None or wrapper == "total_entries"
    for data in (body, [body], {wrapper: body}, [{wrapper: body}]):
        for read in (
            lambda r: CRM.read_list("people", r),
            lambda r: CRM.read_one("companies", r),
            lambda r: CRM.read_choices("users", r),
            lambda r: CRM.read_choices("tags", r),
            lambda one: CRM.read_definitions(TYPES, one),
        ):
            with contextlib.suppress(ServerBroken):
                assert read(Response(200, data=data)) is not None


def test_the_first_order_is_by_name() -> None:
    for one in CRM.resources().values():
        named = any(it.sort.name == "name" for it in one.sorts)
        assert not named or one.sorts[0].sort == Query(one.name).sort
