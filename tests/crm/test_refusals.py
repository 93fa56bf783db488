"""Status codes and bodies -> typed errors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_tui.crm.centralstation.adapter import CentralStationAdapter
from csc_tui.domain.change import Change, Verb
from csc_tui.domain.errors import (
    CrmError,
    Forbidden,
    Invalid,
    NotAnApi,
    NotFound,
    QuotaReached,
    RateLimited,
    Redirected,
    Rejected,
    ServerBroken,
    Unauthorized,
    Unavailable,
)
from csc_tui.domain.ref import Ref
from csc_tui.http.message import Response

CRM = CentralStationAdapter()


def _text(status: int, text: str, **headers: str) -> Response:
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    return Response(status, headers=named, text=text, is_json=False)


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (Response(200, data=[]), None),
        (Response(201, data={"person": {"id": 1}}), None),
        (Response(200, data={"message": "person updated"}), None),
        (Response(204), None),
        (_text(200, "OK"), None),
        (_text(200, "<!DOCTYPE html><p>Welcome"), NotAnApi(200, "html")),
        (_text(200, '[{"person": {"id'), ServerBroken(200, "json")),
        (Response(302, headers={"location": "https://x.example/login"}),
         Redirected("https://x.example/login")),
        (Response(400, data={"error": "param-missing", "description": "person is missing"}),
         Rejected(400, "person is missing")),
        (Response(400, data={}), Rejected(400, "")),
        (_text(400, "Argument Error"), Rejected(400, "Argument Error")),
        (Response(401, data={"description": "Not authorized", "error": "not authorized"}),
         Unauthorized()),
        (_text(401, "<html>"), Unauthorized()),
        (Response(403, data={"message": "not authorized"}), Forbidden()),
        (Response(404, data={"description": "Not found", "error": "not found"}), NotFound()),
        (_text(404, "<html>nginx"), NotAnApi(404, "html")),
        (_text(403, "<html>nginx"), NotAnApi(403, "html")),
        (_text(413, "<html>nginx"), Rejected(413, "")),
        (Response(410, data={"error": "gone"}), NotFound()),
        (Response(409, data={"message": "changed\nmeanwhile"}), Rejected(409, "changed meanwhile")),
        (Response(415, data=None), Rejected(415, "")),
        (Response(422, data={"name": ["can't be blank"]}), Invalid({"name": ("can't be blank",)})),
        (Response(422, data={"name": "is too long", "base": ["no", None]}),
         Invalid({"name": ("is too long",), "": ("no",)})),
        (Response(422, data={"errors": {"name": ["x"]}}), Invalid({"name": ("x",)})),
        (_text(422, "Nope"), Invalid({"": ("Nope",)})),
        (Response(422, data={"errors": ["Nope", "Never"]}), Invalid({"": ("Nope", "Never")})),
        (Response(422, data=["Nope"]), Invalid({"": ("Nope",)})),
        (Response(422, data={"error": "Nope"}), Invalid({"": ("Nope",)})),
        (_text(429, "Retry later", retry_after="7"), RateLimited(None)),
        (Response(503, headers={"retry-after": "30"}), Unavailable(None)),
        (Response(500, data={"message": "internal error"}), ServerBroken(500, "status")),
        (_text(502, "<html>"), ServerBroken(502, "status")),
        (Response(507, data={"message": "storage is full"}), QuotaReached("storage is full")),
        (Response(507), QuotaReached("")),
    ],
)  # fmt: skip
def test_what_an_answer_means(response: Response, expected: CrmError | None) -> None:
    found = CRM.error(response)
    assert type(found) is type(expected)
    assert found is None or (expected is not None and found.args == expected.args)


NEW = Change(
    Verb.CREATE,
    Ref("people", ""),
    values={"last_name": "K", "phones": [{"number": "1"}], "custom:71": "x"},
)
EDIT = Change(Verb.UPDATE, Ref("companies", "4"), values={"custom:74": "x"})
ADDRESS = Change(Verb.UPDATE, Ref("addresses", "9"), Ref("people", "7"), {"city": "x"})
PHONE = Change(Verb.CREATE, Ref("phones", ""), Ref("companies", "7"), {"number": "x"})
JOB = Change(Verb.CREATE, Ref("positions", ""), Ref("people", "7"), {"job_title": "x"})


@pytest.mark.parametrize(
    ("change", "key", "path"),
    [
        (NEW, "name", "last_name"),
        (NEW, "first_name", "first_name"),
        (NEW, "user", "responsible"),
        (NEW, "country_code", "language"),
        (NEW, "tels.name", "phones.0.number"),
        (NEW, "tels[1].name", "phones.1.number"),
        (NEW, "emails.atype", "emails.0.kind"),
        (NEW, "addrs.city", "addresses.0.city"),
        (NEW, "addrs.country_code", "addresses.0.country"),
        (NEW, "positions.company_name", "positions.0.company"),
        (NEW, "tags.name", "tags"),
        (NEW, "custom_fields.name", "custom:71"),
        (NEW, "base", ""),
        (NEW, "shoe_size", "shoe_size"),
        (NEW, "planets.name", "planets.name"),
        (EDIT, "name", "name"),
        (EDIT, "custom_fields.name", "custom:74"),
        (ADDRESS, "city", "city"),
        (ADDRESS, "country_code", "country"),
        (PHONE, "name", "number"),
        (PHONE, "atype", "kind"),
        (JOB, "name", "job_title"),
        (JOB, "company", "company"),
        (JOB, "company_name", "company"),
    ],
)
def test_refused_values_are_found_at_their_field(change: Change, key: str, path: str) -> None:
    found = CRM.refused(Response(422, data={key: ["no"]}), change)
    assert isinstance(found, Invalid)
    assert found.messages == {path: ("no",)}


def test_refused_is_as_error_for_all_else() -> None:
    assert CRM.refused(Response(204), EDIT) is None
    assert isinstance(CRM.refused(Response(404), EDIT), NotFound)


@given(
    status=st.integers(100, 599),
    body=st.dictionaries(st.text(), st.none() | st.text() | st.lists(st.integers())),
    said=st.text(),
)
def test_no_answer_raises(status: int, body: dict[str, object], said: str) -> None:
    response = Response(status, headers={"retry-after": said, "date": said}, data=body)
    found = CRM.refused(response, NEW)
    assert (found is None) == (200 <= status < 300)
