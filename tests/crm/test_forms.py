"""Forms for people, companies and their parts, as they are made from the model."""

from __future__ import annotations

from typing import Any

import pytest

from csc_tui.crm.centralstation.adapter import CentralStationAdapter
from csc_tui.domain.change import nest
from csc_tui.domain.form import Entry, check, edit_entries, find_field, new_entries, part_entries
from csc_tui.domain.resource import Resource


def _labels(entries: list[Entry]) -> list[str]:
    return [one.label for one in entries]


def test_the_form_of_a_person(
    crm: CentralStationAdapter, resources: dict[str, Resource], person_raw: dict[str, Any]
) -> None:
    entries = edit_entries(resources["people"], crm.record(crm.resources()["people"], person_raw))
    assert [(one.label, one.value, one.note, one.gap) for one in entries] == [
        ("Salutation", "Herr", "", False),
        ("Title", "Dr.", "", False),
        ("First name", "Jürgen", "", False),
        ("Last name", "Müller", "", False),
        ("Gender", "male_user", "⏎ pick", False),
        ("Language", "de", "⏎ pick", False),
        ("Responsible", "301", "⏎ pick", False),
        ("Segment", "A-Kunde", "⏎ pick", True),
        ("Credit limit", "50000.00", "number", False),
        ("Next visit", "2026-12-11", "date", False),
        ("Background", "Prefers the phone before nine.", "ctrl+e editor", True),
    ]


def test_the_form_of_a_company(
    crm: CentralStationAdapter, resources: dict[str, Resource], company_raw: dict[str, Any]
) -> None:
    entries = edit_entries(
        resources["companies"], crm.record(crm.resources()["companies"], company_raw)
    )
    assert _labels(entries) == ["Name", "Responsible", "Shop", "Odd", "Background"]


def test_a_new_person_is_one_form(resources: dict[str, Resource]) -> None:
    entries = new_entries(resources["people"])
    assert [(one.heading, one.label) for one in entries] == [
        ("Person", "Salutation"),
        ("", "Title"),
        ("", "First name"),
        ("", "Last name"),
        ("", "Gender"),
        ("", "Language"),
        ("", "Responsible"),
        ("Reached at", "Phone"),
        ("", "Phone"),
        ("", "E-mail"),
        ("Works at", "Company"),
        ("", "Job title"),
        ("Tags", "Tags"),
        ("Address", "Street"),
        ("", "Zip"),
        ("", "City"),
        ("", "Country"),
        ("", "Background"),
        ("", "Segment"),
        ("", "Credit limit"),
        ("", "Next visit"),
    ]
    notes = {one.path: one.note for one in entries}
    assert notes["last_name"] == "required"
    assert (notes["phones.0.number"], notes["phones.1.number"]) == ("office", "mobile")
    assert notes["positions.0.company"] == "type to find, or a new name"
    assert notes["tags"] == "type to find; comma between"
    assert [one.path for one in entries if one.field.required] == ["last_name"]
    assert [one.path for one in entries if one.gap and not one.heading] == [
        "background",
        "custom:71",
    ]


def test_a_new_company_is_one_form(resources: dict[str, Resource]) -> None:
    assert _labels(new_entries(resources["companies"])) == [
        "Name", "Responsible", "Phone", "E-mail", "Web address", "Tags", "Street", "Zip", "City",
        "Country", "Background", "Shop", "Odd",
    ]  # fmt: skip


def test_what_was_typed_into_a_new_form_becomes_a_create(resources: dict[str, Resource]) -> None:
    typed = {
        "last_name": "Kühn",
        "phones.1.number": "+49 171 3920012",
        "positions.0.company": "Neue GmbH",
        "tags": "Messe Köln, VIP",
    }
    flat: dict[str, Any] = {}
    for entry in new_entries(resources["people"]):
        flat |= {entry.path: check(entry.field, typed.get(entry.path, "")), **entry.presets}
    assert nest(flat) == {
        "last_name": "Kühn",
        "phones": [{"number": "+49 171 3920012", "kind": "mobile"}],
        "positions": [{"company": {"name": "Neue GmbH"}, "main": True}],
        "tags": ["Messe Köln", "VIP"],
    }


@pytest.mark.parametrize(
    ("kind", "labels", "presets"),
    [
        ("phones", ["Number", "Kind"], {"kind": "office"}),
        ("emails", ["E-mail", "Kind"], {"kind": "office"}),
        ("homepages", ["Web address", "Kind"], {"kind": "office"}),
        ("addresses", ["Kind", "Street", "Zip", "City", "Country", "State"], {"kind": "work"}),
        ("tags", ["Tag"], {}),
        ("positions", ["Company", "Job title", "Department", "Main position", "Former"], {}),
        ("events", ["Kind", "Date", "Note"], {"kind": "birthday"}),
        ("assistants", ["Name", "E-mail", "Phone"], {}),
    ],
)
def test_the_form_of_a_new_part(
    resources: dict[str, Resource], kind: str, labels: list[str], presets: dict[str, str]
) -> None:
    entries = part_entries(resources["people"].part(kind), None)
    assert _labels(entries) == labels
    assert {one.path: one.value for one in entries if one.value is not None} == presets


def test_the_form_of_a_part_as_it_is(
    crm: CentralStationAdapter, resources: dict[str, Resource], person_raw: dict[str, Any]
) -> None:
    person: Any = crm.record(crm.resources()["people"], person_raw)
    address = part_entries(resources["people"].part("addresses"), person.addresses[0])
    assert [one.value for one in address] == [
        "private", "Am Römerturm 3", "50354", "Hürth", "DE", None,
    ]  # fmt: skip
    job = part_entries(resources["people"].part("positions"), person.positions[1])
    assert job[0].value == {"id": "4411", "name": "Brandt GmbH"}


def test_staff_is_edited_without_company_and_person(
    crm: CentralStationAdapter, resources: dict[str, Resource], company_raw: dict[str, Any]
) -> None:
    company: Any = crm.record(crm.resources()["companies"], company_raw)
    entries = part_entries(resources["companies"].part("positions"), company.positions[0])
    assert _labels(entries) == ["Job title", "Department", "Main position", "Former"]


def test_a_custom_field_is_edited_as_its_definition_says(
    crm: CentralStationAdapter, resources: dict[str, Resource], person_raw: dict[str, Any]
) -> None:
    person: Any = crm.record(crm.resources()["people"], person_raw)
    people = resources["people"]
    (segment,) = part_entries(people.part("custom_fields"), person.custom_fields[1], people)
    assert (segment.path, segment.label, segment.value) == ("content", "Segment", "A-Kunde")
    assert [one.words for one in segment.field.choices] == ["A-Kunde", "B-Kunde"]


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("last", "last_name"),
        ("NAME", "first_name"),
        ("phone", "phones.0.number"),
        ("e-mail", "emails.0.address"),
        ("job", "positions.0.job_title"),
        ("ägs", "tags"),
        ("credit  LIMIT", "custom:72"),
        ("t", "salutation"),
        ("planet", None),
        ("  ", None),
    ],
)
def test_ctrl_g_finds_a_field_by_any_part_of_its_label(
    resources: dict[str, Resource], typed: str, path: str | None
) -> None:
    entries = new_entries(resources["people"])
    index = find_field(entries, typed)
    assert (entries[index].path if index is not None else None) == path
