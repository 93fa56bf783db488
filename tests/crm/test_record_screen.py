"""The record screen's rows, made from what the CRM sends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from csc_tui.crm.centralstation.adapter import CentralStationAdapter
from csc_tui.domain.detail import Line, lines
from csc_tui.domain.field import Choice
from csc_tui.domain.ref import Ref
from csc_tui.domain.resource import Resource

BERLIN = ZoneInfo("Europe/Berlin")
USERS = {"users": (Choice("301", "Sabine Krüger"), Choice("302", "Uwe Lindner"))}


def _lines(
    crm: CentralStationAdapter,
    resources: Mapping[str, Resource],
    resource: str,
    raw: dict[str, Any],
    known: Mapping[Ref, str] | None = None,
) -> list[Line]:
    names = known or {}
    return lines(
        resources[resource],
        crm.record(crm.resources()[resource], raw),
        USERS,
        lambda ref: names.get(ref, ""),
        BERLIN,
        lambda ref: "+49 221 4710 123" if ref.resource == "people" and ref in names else "",
    )


def test_a_person_stands_there_in_the_order_of_use(
    crm: CentralStationAdapter, resources: dict[str, Resource], person_raw: dict[str, Any]
) -> None:
    found = _lines(crm, resources, "people", person_raw)
    assert [(one.group, one.label, one.kind, one.text, one.extra) for one in found] == [
        (0, "Phone", "office", "+49 221 4710 123", ""),
        (0, "Phone", "mobile", "+49 171 3920012", ""),
        (0, "E-mail", "office", "j.mueller@brandt.example", ""),
        (0, "Address", "private", "Am Römerturm 3, 50354 Hürth, DE", ""),
        (1, "Tags", "", "VIP", ""),
        (1, "Tags", "", "Messe Köln", ""),
        (1, "Company", "", "Brandt GmbH", "Head of purchasing, Purchasing"),
        (1, "Company", "", "Alt AG", "Apprentice (former)"),
        (1, "Birthday", "", "14 Mar 1974", ""),
        (1, "Salutation", "", "Sehr geehrter Herr Dr. Müller", ""),
        (2, "Segment", "", "A-Kunde", ""),
        (2, "Credit limit", "", "50,000.00", ""),
        (2, "Next visit", "", "11 Dec 2026", ""),
        (3, "Background", "", "Prefers the phone before nine.", ""),
        (4, "Web", "office", "https://brandt.example", ""),
        (4, "Assistant", "", "Petra Lang, +49 221 4710 120", ""),
        (5, "Changed", "", "19 Nov 2026 16:42 by Sabine Krüger", ""),
        (5, "Created", "", "05 Mar 2024 09:12 by Uwe Lindner", ""),
    ]
    assert [one.text for one in found if one.inline] == ["VIP", "Messe Köln"]


def test_every_stop_knows_what_the_keys_act_on(
    crm: CentralStationAdapter, resources: dict[str, Resource], person_raw: dict[str, Any]
) -> None:
    by_text = {one.text: one for one in _lines(crm, resources, "people", person_raw)}
    phone = by_text["+49 171 3920012"]
    assert (phone.part, phone.role, phone.copy) == (("phones", "2"), "phone", phone.text)
    assert by_text["j.mueller@brandt.example"].role == "email"
    assert by_text["https://brandt.example"].role == "url"
    assert by_text["Messe Köln"].part == ("tags", "6")
    assert by_text["Brandt GmbH"].target == Ref("companies", "4411")
    assert by_text["Brandt GmbH"].part == ("positions", "12")
    assert by_text["A-Kunde"].part == ("custom_fields", "88")
    assert by_text["A-Kunde"].field == "custom:71"
    assert by_text["50,000.00"].copy == "50000.00"
    assert by_text["Prefers the phone before nine."].field == "background"
    assert by_text["Sehr geehrter Herr Dr. Müller"].field == ""
    assert by_text["Petra Lang, +49 221 4710 120"].copy == "+49 221 4710 120"


def test_an_address_is_copied_in_post_form(
    crm: CentralStationAdapter, resources: dict[str, Resource], person_raw: dict[str, Any]
) -> None:
    person_raw["addrs"].append(
        {"id": 10, "atype": "work", "street": "1 Quay", "zip": "E1 6AN", "city": "London",
         "country_code": "GB", "primary": True}
    )  # fmt: skip
    work, private = (
        one for one in _lines(crm, resources, "people", person_raw) if one.role == "address"
    )
    assert work.copy == "Brandt GmbH\nDr. Jürgen Müller\n1 Quay\nLondon\nE1 6AN\nUNITED KINGDOM"
    assert private.copy == "Dr. Jürgen Müller\nAm Römerturm 3\n50354 Hürth"
    assert private.rows == ("Am Römerturm 3", "50354 Hürth, DE")


def test_a_company_shows_its_people_by_their_positions(
    crm: CentralStationAdapter, resources: dict[str, Resource], company_raw: dict[str, Any]
) -> None:
    known = {Ref("people", "90417"): "Müller, Jürgen"}
    found = _lines(crm, resources, "companies", company_raw, known)
    assert [(one.group, one.label, one.kind, one.text, one.extra, one.phone) for one in found] == [
        (0, "Phone", "office", "+49 221 4710 100", "", ""),
        (0, "Phone", "fax", "+49 221 4710 199", "", ""),
        (0, "E-mail", "office", "info@brandt.example", "", ""),
        (0, "Address", "invoice", "Postfach, DE", "", ""),
        (0, "Address", "work", "Gereonstraße 18–32, 50670 Köln, DE", "", ""),
        (1, "People", "", "Müller, Jürgen", "Head of purchasing", "+49 221 4710 123"),
        (1, "People", "", "…", "Assistant (former)", ""),
        (2, "Tags", "", "Messe", "", ""),
        (2, "Tags", "", "VIP", "", ""),
        (4, "Changed", "", "05 Mar 2024 09:12", "", ""),
        (4, "Created", "", "05 Mar 2024 09:12", "", ""),
    ]
    assert [one.target for one in found if one.label == "People"] == [
        Ref("people", "90417"),
        Ref("people", "7"),
    ]
    assert found[3].copy.startswith("Brandt GmbH\n")


def test_custom_fields_show_before_their_definitions_are_known(
    crm: CentralStationAdapter, person_raw: dict[str, Any]
) -> None:
    person_raw["custom_fields"].append({"id": 91, "custom_fields_type_id": 99, "name": "x"})
    person_raw["custom_fields"].append({"id": 92, "custom_fields_type_id": 98, "name": None})
    found = _lines(crm, crm.resources(), "people", person_raw)
    assert [(one.label, one.text) for one in found if one.field.startswith("custom:")] == [
        ("Credit limit", "50000.00"),
        ("Segment", "A-Kunde"),
        ("Next visit", "2026-12-11"),
        ("#99", "x"),
    ]


def test_values_that_cannot_be_read_still_show(
    crm: CentralStationAdapter, resources: dict[str, Resource]
) -> None:
    raw = {
        "id": 1,
        "historic_events": [{"id": 2, "atype": "birthday", "name": "unknown day"}],
        "custom_fields": [
            {"id": 3, "custom_fields_type_id": 72, "name": "a lot"},
            {"id": 4, "custom_fields_type_id": 73, "name": "soon"},
        ],
        "positions": [{"id": 5, "company_id": None, "name": "Freelancer"}, {"id": 6}],
        "tels": [{"id": 7, "name": None}],
    }
    found = _lines(crm, resources, "people", raw)
    assert [one.text for one in found] == ["Freelancer", "unknown day", "a lot", "soon"]
