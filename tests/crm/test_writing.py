"""Changes -> requests, as a table."""

from __future__ import annotations

from typing import Any

import pytest

from csc_tui.crm.centralstation.adapter import CentralStationAdapter
from csc_tui.domain.change import Change, Verb, diff, nest
from csc_tui.domain.ref import Ref

CRM = CentralStationAdapter()
ANNA = Ref("people", "7")
BRANDT = Ref("companies", "4411")


def _sent(change: Change) -> list[tuple[str, str, object]]:
    return [
        (one.method, one.path, one.body)
        for one in CRM.write(change, CRM.resources()[change.record.resource])
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            Change(Verb.UPDATE, ANNA, values={"last_name": "Müller-Brandt"}),
            [("PUT", "/people/7", {"person": {"name": "Müller-Brandt"}})],
        ),
        (
            Change(Verb.UPDATE, ANNA, values={
                "title": None, "background": "", "language": "en", "responsible": "302",
                "gender": "female_user"}),
            [("PUT", "/people/7", {"person": {
                "title": "", "background": "", "country_code": "en", "user_id": 302,
                "gender": "female_user"}})],
        ),
        (
            Change(Verb.UPDATE, ANNA, values={"responsible": None, "gender": None,
                                              "language": None}),
            [("PUT", "/people/7",
              {"person": {"user_id": None, "gender": None, "country_code": ""}})],
        ),
        (
            Change(Verb.UPDATE, BRANDT, values={"name": "Brandt SE", "responsible": "301"}),
            [("PUT", "/companies/4411", {"company": {"name": "Brandt SE", "user_id": 301}})],
        ),
        (
            Change(Verb.UPDATE, ANNA, values={"first_name": "A", "custom:71": "B-Kunde"},
                   base={"custom:71": "A-Kunde", "custom:71#id": "88"}),
            [("PUT", "/people/7", {"person": {
                "first_name": "A",
                "custom_fields_attributes": [{"id": 88, "name": "B-Kunde"}]}})],
        ),
        (
            Change(Verb.UPDATE, ANNA, values={"custom:72": "5.00"}),
            [("PUT", "/people/7", {"person": {"custom_fields_attributes": [
                {"custom_fields_type_id": 72, "name": "5.00"}]}})],
        ),
        (
            Change(Verb.UPDATE, ANNA, values={"title": "Dr.", "custom:71": None},
                   base={"custom:71": "A-Kunde", "custom:71#id": "88"}),
            [("PUT", "/people/7", {"person": {"title": "Dr."}}),
             ("DELETE", "/people/7/custom_fields/88", None)],
        ),
        (
            Change(Verb.UPDATE, ANNA, values={"custom:71": ""}, base={"custom:71#id": "88"}),
            [("DELETE", "/people/7/custom_fields/88", None)],
        ),
        (Change(Verb.UPDATE, ANNA, values={"custom:71": ""}), []),
        (Change(Verb.UPDATE, ANNA, values={"salutation_formal": "x", "unknown": 1}), []),
        (Change(Verb.DELETE, ANNA), [("DELETE", "/people/7", None)]),
        (
            Change(Verb.CREATE, Ref("phones", ""), ANNA, {"number": "+49 1", "kind": "mobile"}),
            [("POST", "/people/7/contact_details", {"tel": {"name": "+49 1", "atype": "mobile"}})],
        ),
        (
            Change(Verb.UPDATE, Ref("emails", "3"), BRANDT, {"address": "a@b.example"}),
            [("PUT", "/companies/4411/contact_details/3", {"email": {"name": "a@b.example"}})],
        ),
        (
            Change(Verb.DELETE, Ref("homepages", "4"), BRANDT),
            [("DELETE", "/companies/4411/contact_details/4", None)],
        ),
        (
            Change(Verb.CREATE, Ref("ims", ""), ANNA, {"handle": "anna", "kind": "skype"}),
            [("POST", "/people/7/contact_details", {"im": {"name": "anna", "atype": "skype"}})],
        ),
        (
            Change(Verb.CREATE, Ref("addresses", ""), ANNA,
                   {"city": "Köln", "country": "DE", "state": None, "street": ""}),
            [("POST", "/people/7/addrs", {"addr": {"city": "Köln", "country_code": "DE"}})],
        ),
        (
            Change(Verb.UPDATE, Ref("addresses", "8"), ANNA, {"state": None, "country": "AT"}),
            [("PUT", "/people/7/addrs/8", {"addr": {"country_code": "AT", "state_code": ""}})],
        ),
        (
            Change(Verb.CREATE, Ref("tags", ""), BRANDT, {"name": "Messe"}),
            [("POST", "/companies/4411/tags", {"tag": {"name": "Messe"}})],
        ),
        (Change(Verb.DELETE, Ref("tags", "5"), ANNA), [("DELETE", "/people/7/tags/5", None)]),
        (
            Change(Verb.CREATE, Ref("positions", ""), ANNA, {
                "company": {"id": "4411", "name": "Brandt GmbH"}, "job_title": "CEO",
                "main": True, "former": False}),
            [("POST", "/people/7/positions", {"position": {
                "company_id": 4411, "name": "CEO", "primary_function": True,
                "former": False}})],
        ),
        (
            Change(Verb.CREATE, Ref("positions", ""), ANNA, {"company": {"name": "Neue GmbH"}}),
            [("POST", "/people/7/positions", {"position": {"company_name": "Neue GmbH"}})],
        ),
        (
            Change(Verb.UPDATE, Ref("positions", "12"), BRANDT, {"former": True},
                   base={"person": {"id": "7"}}),
            [("PUT", "/people/7/positions/12", {"position": {"former": True}})],
        ),
        (
            Change(Verb.DELETE, Ref("positions", "12"), BRANDT, base={"person": {"id": "7"}}),
            [("DELETE", "/people/7/positions/12", None)],
        ),
        (
            Change(Verb.UPDATE, Ref("custom_fields", "88"), ANNA, {"content": "B-Kunde"}),
            [("PUT", "/people/7/custom_fields/88", {"custom_field": {"name": "B-Kunde"}})],
        ),
        (
            Change(Verb.CREATE, Ref("custom_fields", ""), ANNA,
                   {"type_id": "71", "content": "A-Kunde"}),
            [("POST", "/people/7/custom_fields",
              {"custom_field": {"custom_fields_type_id": 71, "name": "A-Kunde"}})],
        ),
        (
            Change(Verb.CREATE, Ref("events", ""), ANNA, {"kind": "birthday", "on": "1974-03-14"}),
            [("POST", "/people/7/historic_events",
              {"historic_event": {"atype": "birthday", "name": "1974-03-14"}})],
        ),
        (
            Change(Verb.UPDATE, Ref("assistants", "30"), ANNA, {"tel": "+49 2"}),
            [("PUT", "/people/7/assis/30", {"assi": {"tel": "+49 2"}})],
        ),
    ],
)  # fmt: skip
def test_changes_become_these_requests(
    change: Change, expected: list[tuple[str, str, object]]
) -> None:
    assert _sent(change) == expected


def test_a_new_person_is_one_post_with_everything_on_the_card() -> None:
    form = {
        "first_name": "Leonie",
        "last_name": "Kühn",
        "title": "",
        "language": "de",
        "responsible": "301",
        "phones.0.number": "+49 221 4710 172",
        "phones.0.=kind": "office",
        "phones.1.number": "",
        "phones.1.=kind": "mobile",
        "emails.0.address": "leonie.kuehn@brandt.example",
        "emails.0.=kind": "office",
        "positions.0.company": {"id": "4411", "name": "Brandt GmbH"},
        "positions.0.=main": True,
        "tags": ["Messe Köln", "VIP"],
        "addresses.0.city": "Köln",
        "addresses.0.country": "DE",
        "addresses.0.=kind": "work",
        "custom:71": "A-Kunde",
        "custom:72": "",
    }
    (request,) = CRM.write(
        Change(Verb.CREATE, Ref("people", ""), values=nest(form)), CRM.resources()["people"]
    )
    assert (request.method, request.path) == ("POST", "/people")
    assert {"includes", "methods"} == dict(request.query).keys()
    assert request.body == {
        "person": {
            "first_name": "Leonie",
            "name": "Kühn",
            "country_code": "de",
            "user_id": 301,
            "tels_attributes": [{"name": "+49 221 4710 172", "atype": "office"}],
            "emails_attributes": [{"name": "leonie.kuehn@brandt.example", "atype": "office"}],
            "positions_attributes": [{"company_id": 4411, "primary_function": True}],
            "tags_attributes": [{"name": "Messe Köln"}, {"name": "VIP"}],
            "addrs_attributes": [{"atype": "work", "city": "Köln", "country_code": "DE"}],
            "custom_fields_attributes": [{"custom_fields_type_id": 71, "name": "A-Kunde"}],
        }
    }


def test_a_new_company_by_name_alone() -> None:
    (request,) = CRM.write(
        Change(Verb.CREATE, Ref("companies", ""), values={"name": "Neu KG"}),
        CRM.resources()["companies"],
    )
    assert (request.method, request.path) == ("POST", "/companies")
    assert request.body == {"company": {"name": "Neu KG"}}


def test_an_edit_made_from_the_record_itself_changes_the_custom_field_in_its_place(
    person_raw: dict[str, Any],
) -> None:
    person = CRM.record(CRM.resources()["people"], person_raw)
    base = person.base(["last_name", "custom:71"])
    values = diff(base, {"last_name": "Müller", "custom:71": "B-Kunde"})
    assert _sent(Change(Verb.UPDATE, person.ref, values=values, base=base)) == [
        ("PUT", "/people/90417",
         {"person": {"custom_fields_attributes": [{"id": 88, "name": "B-Kunde"}]}}),
    ]  # fmt: skip


def test_a_position_changed_from_its_company_goes_to_its_person(
    company_raw: dict[str, Any],
) -> None:
    company = CRM.record(CRM.resources()["companies"], company_raw)
    staff = company.positions[1]  # type: ignore[attr-defined]
    change = Change(
        Verb.UPDATE, Ref("positions", staff.id), company.ref, {"job_title": "CEO"}, staff.base()
    )
    assert _sent(change) == [("PUT", "/people/90417/positions/12", {"position": {"name": "CEO"}})]
    assert change.record == company.ref
