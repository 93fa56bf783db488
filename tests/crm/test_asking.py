"""Reading intents -> requests, as a table."""

from __future__ import annotations

from datetime import datetime

import pytest

from csc_tui.crm.adapter import Way
from csc_tui.crm.centralstation.adapter import CentralStationAdapter
from csc_tui.domain.query import Query, Sort
from csc_tui.domain.ref import Ref
from csc_tui.http.message import Request, Response

CRM = CentralStationAdapter()
SINCE = datetime.fromisoformat("2026-11-20T10:00:00+01:00")
CHANGED = ("filter[updated_at][larger_than]", "2026-11-20T09:00:00.000+00:00")
PEOPLE = (
    (
        "includes",
        (
            "tels emails homepages ims sms addrs addrs_from_company tags positions companies "
            "custom_fields historic_events assis deals projects"
        ),
    ),
    ("methods", "stream_updated_at responsible_user_natural_name salutation_formal"),
)
COMPANIES = (
    ("includes", "tels emails homepages ims sms addrs tags positions custom_fields deals projects"),
    ("methods", "stream_updated_at responsible_user_natural_name"),
)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (
            CRM.page(Query("people"), 3),
            Request(
                "GET",
                "/people",
                (("page", "3"), ("perpage", "250"), ("order", "abc-asc"), *PEOPLE),
                at_most=250,
            ),
        ),
        (
            CRM.page(Query("companies", Sort("created", descending=True)), 1),
            Request(
                "GET",
                "/companies",
                (("page", "1"), ("perpage", "250"), ("order", "new-desc"), *COMPANIES),
                at_most=250,
            ),
        ),
        (CRM.count(Query("people", Sort("updated"))), Request("GET", "/people/count")),
        (
            CRM.count(Query("people", tag="Messe", since=SINCE)),
            Request("GET", "/people/count", (("tag_name", "Messe"), CHANGED)),
        ),
        (
            CRM.ids(Query("people", tag="Messe"), 2),
            Request(
                "GET",
                "/people",
                (("page", "2"), ("perpage", "250"), ("order", "new-asc"), ("tag_name", "Messe")),
                at_most=250,
            ),
        ),
        (CRM.show(Ref("companies", "4411")), Request("GET", "/companies/4411", COMPANIES)),
        (
            CRM.show_many("people", ["1", "2", "3"]),
            Request(
                "GET",
                "/people",
                (("page", "1"), ("perpage", "250"), ("filter[id][in]", "1,2,3"), *PEOPLE),
                at_most=250,
            ),
        ),
        (CRM.check(), Request("GET", "/check_connection")),
        (CRM.whoami(), Request("GET", "/user")),
        (
            CRM.lookup("users", 2, Response(200, data=[{}] * 250)),
            Request("GET", "/users", (("page", "2"), ("perpage", "250")), at_most=250),
        ),
        (CRM.lookup("tags", 1), Request("GET", "/tags/list")),
        (CRM.lookup("users", 2, Response(200, data=[{}] * 249)), None),
        (CRM.lookup("tags", 2, Response(200, data=["VIP"])), None),
        (
            CRM.lookup("fields", 1),
            Request(
                "GET",
                "/custom_fields_types",
                (("page", "1"), ("perpage", "250"), ("order", "id-asc")),
                at_most=250,
            ),
        ),
        (CRM.lookup("countries", 1), None),
    ],
)
def test_intents_become_these_requests(made: Request | None, expected: Request | None) -> None:
    assert made == expected


@pytest.mark.parametrize("resource", ["people", "companies"])
def test_every_order_on_offer_can_be_asked_for(resource: str) -> None:
    orders = [
        dict(CRM.page(Query(resource, option.sort), 1).query)["order"]
        for option in CRM.resources()[resource].sorts
    ]
    assert orders == ["abc-asc", "abc-desc", "new-desc", "new-asc", "update-desc", "update-asc"]


@pytest.mark.parametrize(
    ("resource", "text", "asked"),
    [
        ("people", "müller", [("/people/search", {"name": "müller"}),
                              ("/people/search", {"first_name": "müller"})]),
        ("people", "Anna  Schmidt", [
            ("/people/search", {"name": "Schmidt", "first_name": "Anna"}),
            ("/people/search", {"name": "Anna", "first_name": "Schmidt"}),
            ("/people/search", {"name": "Anna Schmidt"}),
        ]),
        ("people", "Schmidt, Anna",
         [("/people/search", {"name": "Schmidt", "first_name": "Anna"})]),
        ("people", "Schmidt,", [("/people/search", {"name": "Schmidt"}),
                                ("/people/search", {"first_name": "Schmidt"})]),
        ("people", "j.m@brandt", [
            ("/people/search", {"email": "j.m@brandt"}),
            ("/contact_details/search", {"name": "j.m@brandt", "query": "people"}),
        ]),
        ("people", "0221 4710", [
            ("/people/search", {"phone": "0221 4710"}),
            ("/contact_details/search", {"name": "0221 4710", "query": "people"}),
        ]),
        ("companies", "Brandt Süd", [("/companies/search", {"name": "Brandt Süd"})]),
        ("companies", "info@brandt.example",
         [("/contact_details/search", {"name": "info@brandt.example", "query": "companies"})]),
        ("people", "   ", []),
        ("companies", "", []),
    ],
)  # fmt: skip
def test_a_search_asks_for_what_the_text_may_mean(
    resource: str, text: str, asked: list[tuple[str, dict[str, str]]]
) -> None:
    shown = PEOPLE if resource == "people" else COMPANIES
    found = CRM.search(resource, text)
    assert [(one.method, one.path) for one in found] == [("GET", path) for path, _ in asked]
    for one, (_, params) in zip(found, asked, strict=True):
        assert dict(one.query) == {**params, "page": "1", "perpage": "50", **dict(shown)}


def test_what_changed_is_asked_for_by_the_records_time_and_by_its_streams() -> None:
    paging = (("page", "2"), ("perpage", "250"))
    latest = (*paging, ("order", "update-desc"), CHANGED, *PEOPLE)
    stream = (*paging, ("stream_updated_at_after", CHANGED[1]), *PEOPLE)
    assert CRM.changes("people", SINCE, 2) == (
        Way(Request("GET", "/people", latest, at_most=250), "updated_at"),
        Way(Request("GET", "/people", stream, at_most=250), "stream_updated_at"),
    )


def test_the_key_goes_into_its_own_header() -> None:
    assert CRM.headers("abc") == {"X-apikey": "abc", "Accept": "application/json"}
