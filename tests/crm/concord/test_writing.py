"""Changes -> requests, and refusals back to the fields of a form, as tables."""

from __future__ import annotations

from typing import Any

import pytest

from csc_tui.domain.change import Change, Verb, nest
from csc_tui.domain.errors import (
    CrmError,
    Forbidden,
    Invalid,
    NotAnApi,
    NotFound,
    QuotaReached,
    RateLimited,
    Rejected,
    ServerBroken,
    Unauthorized,
    Unavailable,
)
from csc_tui.domain.ref import Ref
from csc_tui.http.message import Response
from tests.crm.concord.examples import CRM, record, sent

CONTACT, DEAL = Ref("contacts", "7"), Ref("deals", "9")


@pytest.mark.parametrize(
    ("values", "body"),
    [
        ({"last_name": "Mueller"}, {"last_name": "Mueller"}),
        ({"city": None}, {"city": None}),
        ({"owner": "3"}, {"user_id": 3}),
        ({"source": None}, {"source_id": None}),
        ({"country": "5"}, {"country_id": 5}),
    ],
)
def test_a_put_holds_what_has_changed(values: dict[str, Any], body: dict[str, Any]) -> None:
    assert sent(Change(Verb.UPDATE, CONTACT, values=values)) == [("PUT", "/contacts/7", body)]


def test_a_parent_company_goes_by_its_id() -> None:
    values = {"parent_company": {"id": "4", "name": "Brandt"}}
    assert sent(Change(Verb.UPDATE, Ref("companies", "5"), values=values)) == [
        ("PUT", "/companies/5", {"parent_company_id": 4})
    ]


def test_a_new_contact_is_one_request_with_all_its_parts() -> None:
    form = {
        "first_name": "Leonie",
        "last_name": "Kühn",
        "phones.0.number": "+49 221 4710 172",
        "phones.0.=kind": "work",
        "phones.1.number": "",
        "phones.1.=kind": "mobile",
        "companies.0.record": {"id": "4", "name": "Brandt GmbH"},
        "tags": ["VIP", "Messe"],
        "custom:cf_channels": ["5"],
        "custom:cf_boxes": [],
        "city": "",
    }
    assert sent(Change(Verb.CREATE, Ref("contacts", ""), values=nest(form))) == [
        (
            "POST",
            "/contacts",
            {
                "first_name": "Leonie",
                "last_name": "Kühn",
                "phones": [{"number": "+49 221 4710 172", "type": "work"}],
                "companies": [4],
                "tags": ["VIP", "Messe"],
                "cf_channels": [5],
            },
        )
    ]


OFFICE = {"number": "+49 221 4710 123", "type": "work"}
MOBILE = {"number": "+49 171 3920012", "type": "mobile"}
NEW = {"number": "+49 221 9", "type": "other"}


def part(verb: Verb, kind: str, key: str, values: dict[str, Any], base: dict[str, Any]) -> Change:
    return Change(verb, Ref(kind, key), CONTACT, values, base)


@pytest.mark.parametrize(
    ("change", "requests"),
    [
        (part(Verb.CREATE, "phones", "", {"number": "+49 221 9"}, {}),
         [("PUT", "/contacts/7", {"phones": [OFFICE, MOBILE, NEW]})]),
        (part(Verb.CREATE, "phones", "", {"number": "+49 171 3920012"}, {}), []),
        (part(Verb.UPDATE, "phones", "492214710123", {"number": "+49 221 9", "kind": "other"},
              {"number": OFFICE["number"], "kind": "work"}),
         [("PUT", "/contacts/7", {"phones": [NEW, MOBILE]})]),
        (part(Verb.UPDATE, "phones", "491713920012", {"kind": "other"},
              {"number": MOBILE["number"], "kind": "mobile"}),
         [("PUT", "/contacts/7", {"phones": [OFFICE, {**MOBILE, "type": "other"}]})]),
        (part(Verb.DELETE, "phones", "492214710123", {}, {}),
         [("PUT", "/contacts/7", {"phones": [MOBILE]})]),
        (part(Verb.CREATE, "tags", "", {"name": "Neu"}, {}),
         [("PUT", "/contacts/7", {"tags": ["VIP", "Messe Köln", "Neu"]})]),
        (part(Verb.CREATE, "tags", "", {"name": "vip"}, {}), []),
        (part(Verb.DELETE, "tags", "3", {}, {"name": "VIP"}),
         [("PUT", "/contacts/7", {"tags": ["Messe Köln"]})]),
        (part(Verb.CREATE, "deals", "", {"record": {"id": "9", "name": "Crane"}}, {}),
         [("PUT", "/associations/contacts/7", {"deals": [9]})]),
        (part(Verb.CREATE, "companies", "", {"record": {"id": "4", "name": "Brandt"}}, {}), []),
        (part(Verb.DELETE, "companies", "4", {}, {}),
         [("DELETE", "/associations/contacts/7", {"companies": [4]})]),
    ],
)  # fmt: skip
def test_a_part_is_sent_with_all_that_stand_beside_it(
    change: Change, requests: list[tuple[str, str, object]]
) -> None:
    assert sent(change, record()) == requests


def test_the_last_phone_and_tag_go_as_empty_lists() -> None:
    alone = record(phones=[OFFICE], tags=[{"id": 3, "name": "VIP"}])
    ((_, _, body),) = sent(part(Verb.DELETE, "phones", "492214710123", {}, {}), alone)
    assert body == {"phones": []}
    ((_, _, body),) = sent(part(Verb.DELETE, "tags", "3", {}, {"name": "VIP"}), alone)
    assert body == {"tags": []}


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        ("open", "won", ["won"]),
        ("won", "open", ["open"]),
        ("won", "lost", ["open", "lost"]),
        ("lost", "won", ["open", "won"]),
    ],
)
def test_a_deal_is_decided_otherwise_by_way_of_open(
    before: str, after: str, way: list[str]
) -> None:
    change = Change(Verb.UPDATE, DEAL, values={"status": after}, base={"status": before})
    assert [body for _, _, body in sent(change)] == [{"status": one} for one in way]


def test_an_amount_and_a_day() -> None:
    values = {"amount": "1250.330", "expected_close_date": "2026-12-11", "stage": "21",
              "lost_reason": None}  # fmt: skip
    ((_, _, body),) = sent(Change(Verb.UPDATE, DEAL, values=values))
    assert body == {
        "amount": 1250.33,
        "expected_close_date": "2026-12-11",
        "stage_id": 21,
        "lost_reason": None,
    }


def test_deleting_a_record() -> None:
    assert sent(Change(Verb.DELETE, CONTACT)) == [("DELETE", "/contacts/7", None)]


# --- refusals


@pytest.mark.parametrize(
    ("response", "kind"),
    [
        (Response(200, data={}), type(None)),
        (Response(204), type(None)),
        (Response(401, data={"message": "x"}), Unauthorized),
        (Response(403, data={"error": "x"}), Forbidden),
        (Response(403, data={"message": ""}), Forbidden),
        (Response(404, data={"message": ""}), NotFound),
        (Response(404, text="<html>", is_json=False), NotAnApi),
        (Response(410, data={"message": ""}), NotFound),
        (Response(409, data={"message": "x"}), Rejected),
        (Response(413, text="<html>", is_json=False), Rejected),
        (Response(419, data={"message": "x"}), Rejected),
        (Response(419, text="<html>", is_json=False), Rejected),
        (Response(422, data={"message": "x", "errors": {}}), Invalid),
        (Response(429, data={"message": "x"}), RateLimited),
        (Response(500, data={"message": "x"}), ServerBroken),
        (Response(503, data={"message": "x"}), Unavailable),
        (Response(507, data={"message": "x"}), QuotaReached),
    ],
)
def test_what_a_status_means(response: Response, kind: type[CrmError]) -> None:
    assert isinstance(CRM.error(response), kind)


NEW_CONTACT = Change(Verb.CREATE, Ref("contacts", ""))


@pytest.mark.parametrize(
    ("change", "key", "path"),
    [
        (NEW_CONTACT, "first_name", "first_name"),
        (NEW_CONTACT, "user_id", "owner"),
        (NEW_CONTACT, "phones.1.number", "phones.1.number"),
        (NEW_CONTACT, "phones.0.type", "phones.0.kind"),
        (NEW_CONTACT, "phones", "phones.0.number"),
        (NEW_CONTACT, "tags.0", "tags"),
        (NEW_CONTACT, "companies.0", "companies.0.record"),
        (NEW_CONTACT, "cf_channels.0", "custom:cf_channels"),
        (NEW_CONTACT, "nobody_knows", "nobody_knows"),
        (Change(Verb.UPDATE, DEAL), "stage_id", "stage"),
        (part(Verb.CREATE, "phones", "", {}, {}), "phones.2.number", "number"),
        (part(Verb.UPDATE, "phones", "1", {}, {}), "phones.0.type", "kind"),
        (part(Verb.CREATE, "tags", "", {}, {}), "tags.0", "name"),
        (part(Verb.CREATE, "companies", "", {}, {}), "companies.0", "record"),
    ],
)
def test_a_refused_value_is_found_at_its_field(change: Change, key: str, path: str) -> None:
    body = {"message": "The given data was invalid.", "errors": {key: ["Falsch.", "Nein."]}}
    found = CRM.refused(Response(422, data=body), change)
    assert isinstance(found, Invalid)
    assert found.messages == {path: ("Falsch.", "Nein.")}


def test_a_refusal_without_keys_is_said_as_a_whole() -> None:
    found = CRM.refused(Response(422, data={"message": "Nein."}), NEW_CONTACT)
    assert isinstance(found, Invalid)
    assert found.messages == {"": ("Nein.",)}
