"""Intents -> requests, as a table."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from csc_tui.domain.query import Query, Sort
from csc_tui.domain.ref import Ref
from csc_tui.http.message import Request, Response
from tests.crm.concord.examples import CRM

PAGE = (("page", "3"), ("per_page", "100"))
FIRST = (("page", "1"), ("per_page", "100"))


def order(*columns: str, direction: str = "asc") -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"order[{n}][{key}]", value)
        for n, column in enumerate((*columns, "id"))
        for key, value in (("field", column), ("direction", direction))
    )


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (
            CRM.page(Query("contacts"), 3),
            Request("GET", "/contacts", (*PAGE, *order("last_name", "first_name"),
                    ("with", "companies;deals")), at_most=100),
        ),
        (
            CRM.page(Query("deals", Sort("amount", descending=True)), 3),
            Request("GET", "/deals", (*PAGE, *order("amount", direction="desc"),
                    ("with", "companies;contacts")), at_most=100),
        ),
        (
            CRM.count(Query("companies")),
            Request("GET", "/companies", (("page", "1"), ("per_page", "1"), ("select", "id")),
                    at_most=100),
        ),
        (
            CRM.show(Ref("companies", "4")),
            Request("GET", "/companies/4", (("with", "contacts;deals"),)),
        ),
        (
            CRM.show_many("contacts", ["7", "8"]),
            Request("GET", "/contacts", (*FIRST, ("q", "7,8"), ("search_fields", "id:in"),
                    ("with", "companies;deals")), at_most=100),
        ),
        (
            CRM.twins("contacts", datetime(2026, 11, 30, tzinfo=UTC)),
            Request("GET", "/contacts", (*FIRST, *order("created_at", direction="desc"),
                    ("with", "companies;deals")), at_most=100),
        ),
        (CRM.check(), Request("GET", "/me")),
        (CRM.whoami(), Request("GET", "/me")),
        (CRM.lookup("fields", 2), Request("GET", "/companies/create-fields")),
        (CRM.lookup("fields", 4), None),
        (CRM.lookup("tags", 1), None),
        (CRM.lookup("nations", 1), Request("GET", "/countries")),
        (CRM.lookup("nations", 2, Response(200, data=[{}] * 200)), None),
        (CRM.lookup("users", 1), Request("GET", "/users", FIRST, at_most=100)),
        (CRM.lookup("users", 2, Response(200, data={"data": [], "meta": {"last_page": 1}})), None),
        (
            CRM.lookup("stages", 3, Response(200, data={"meta": {"last_page": 3}})),
            Request("GET", "/pipeline-stages", (*PAGE, ("with", "pipeline")), at_most=100),
        ),
    ],
)  # fmt: skip
def test_an_intent_is_this_request(made: Request | None, wanted: Request | None) -> None:
    assert made == wanted


NAMES = "first_name:like;last_name:like"


@pytest.mark.parametrize(
    ("resource", "text", "asked"),
    [
        ("contacts", "  müller ", [("müller", NAMES, "")]),
        ("contacts", "Jürgen Müller", [("first_name:Jürgen;last_name:Müller", NAMES, "and"),
                                       ("first_name:Müller;last_name:Jürgen", NAMES, "and")]),
        ("contacts", "Müller, Jürgen", [("first_name:Jürgen;last_name:Müller", NAMES, "and"),
                                        ("first_name:Müller;last_name:Jürgen", NAMES, "and")]),
        ("contacts", "j@b.example", [("j@b.example", "email:like", "")]),
        ("contacts", "+49 221", [("+49 221", "phones.number:like", "")]),
        ("contacts", "a;email:x", [("first_name:a email;last_name:x", NAMES, "and"),
                                   ("first_name:x;last_name:a email", NAMES, "and")]),
        ("companies", "Brandt GmbH", [("Brandt GmbH", "name:like", "")]),
        ("companies", "4710", [("4710", "phones.number:like", "")]),
        ("deals", "4711", [("4711", "name:like", "")]),
        ("contacts", " , ;", []),
        ("contacts", ";:", []),
    ],
)  # fmt: skip
def test_a_search_text_is_asked_for_as_what_it_looks_like(
    resource: str, text: str, asked: list[tuple[str, str, str]]
) -> None:
    requests = CRM.search(resource, text)
    assert all(one.path == f"/{resource}/search" for one in requests)
    found = [dict(one.query) for one in requests]
    shown = [(it["q"], it["search_fields"], it.get("search_match", "")) for it in found]
    assert shown == asked


def test_nothing_but_the_key_is_told() -> None:
    assert CRM.headers("12|x") == {
        "Authorization": "Bearer 12|x",
        "Accept": "application/json",
        "Content-Type": "application/json",
    }
