"""Custom fields of every type: in one shape in, in another out (Concord fact sheet §13)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Crm

OPTIONS = {"cf_segment": "Select", "cf_address": "Radio"}
MANY = {"cf_channels": "Checkbox", "cf_languages": "MultiSelect"}


def option(crm: Crm, field_id: str, name: str) -> int:
    """The id of an option out of the fields that anybody can ask for."""
    fields = {one["attribute"]: one for one in crm.get("contacts/create-fields")}
    (found,) = (one["id"] for one in fields[field_id]["options"] if one["name"] == name)
    assert isinstance(found, int)
    return found


@pytest.mark.parametrize(
    ("field_id", "written", "read"),
    [
        ("cf_newsletter", True, True),
        ("cf_newsletter", "0", False),
        ("cf_birthday", "2020-11-26", "2020-11-26T00:00:00.000000Z"),
        ("cf_birthday", "2020-11-26T23:30:00-05:00", "2020-11-26T00:00:00.000000Z"),
        ("cf_last_visit", "2020-11-26 06:00:00", "2020-11-26T06:00:00.000000Z"),
        ("cf_last_visit", "2020-11-26T06:00:00+02:00", "2020-11-26T04:00:00.000000Z"),
        ("cf_assistant", "john@example.com", "john@example.com"),
        ("cf_visits", 200, 200),
        ("cf_credit_limit", 1250.330, 1250.33),
        ("cf_credit_limit", "1300", 1300),
        ("cf_credit_limit", "EUR 1250.5", 1250.5),
        ("cf_credit_limit", None, 0),
        ("cf_customer_no", "Sample Text", "Sample Text"),
        ("cf_background", "a" * 5000, "a" * 5000),
        ("cf_timezone", "America/Toronto", "America/Toronto"),
        ("cf_profile", "https://profile.example/ana", "https://profile.example/ana"),
        ("cf_colour", "#333333", "#333333"),
        ("cf_visits", None, None),
        ("cf_birthday", None, None),
    ],
)
def test_every_plain_type(crm: Crm, field_id: str, written: object, read: object) -> None:
    shown = crm.contact(**{field_id: written})
    assert shown[field_id] == read
    assert crm.put(f"contacts/{shown['id']}", {"city": "Oslo"})[field_id] == read


@pytest.mark.parametrize("field_id", OPTIONS)
def test_one_of_several_is_an_id_both_ways(crm: Crm, field_id: str) -> None:
    label = {"cf_segment": "B-Kunde", "cf_address": "Du"}[field_id]
    chosen = option(crm, field_id, label)
    person = crm.contact(**{field_id: chosen})
    assert person[field_id] == chosen
    assert crm.contact(**{field_id: label.upper()})[field_id] == chosen
    assert crm.put(f"contacts/{person['id']}", {field_id: None})[field_id] == chosen


@pytest.mark.parametrize("field_id", MANY)
def test_several_come_back_as_objects(crm: Crm, field_id: str) -> None:
    labels = {"cf_channels": ("Brief", "Messe"), "cf_languages": ("Deutsch", "日本語")}[field_id]
    ids = [option(crm, field_id, label) for label in labels]
    for given in (ids, list(labels), ",".join(labels)):
        person = crm.contact(**{field_id: given})
        assert [one["id"] for one in person[field_id]] == ids
        assert set(person[field_id][0]) == {"id", "name", "swatch_color"}
    path = f"contacts/{person['id']}"
    assert len(crm.put(path, {field_id: None})[field_id]) == 2
    assert crm.put(path, {field_id: ids[:1]})[field_id][0]["id"] == ids[0]
    assert crm.put(path, {field_id: []})[field_id] == []


def test_an_unknown_option_is_made_whether_label_or_id(crm: Crm) -> None:
    before = len(options(crm))
    by_label = crm.contact(cf_segment="Neukunde")["cf_segment"]
    by_id = crm.contact(cf_segment=987)["cf_segment"]
    assert len(options(crm)) == before + 2
    names = {one["id"]: one["name"] for one in options(crm)}
    assert (names[by_label], names[by_id]) == ("Neukunde", "987")


def options(crm: Crm) -> list[dict[str, Any]]:
    fields = {one["attribute"]: one for one in crm.get("contacts/create-fields")}
    found: list[dict[str, Any]] = fields["cf_segment"]["options"]
    return found


def test_null_clears_a_select_only_where_the_switch_says_so(
    open_crm: Callable[..., Crm],
) -> None:
    crm = open_crm(null_clears_option=True)
    person = crm.contact(cf_segment="B-Kunde")
    assert crm.put(f"contacts/{person['id']}", {"cf_segment": None})["cf_segment"] is None


@pytest.mark.parametrize(
    ("field_id", "value"),
    [
        *(("cf_newsletter", "maybe"), ("cf_birthday", "26.11.2020"), ("cf_birthday", 7)),
        *(("cf_last_visit", "soon"), ("cf_assistant", "nobody"), ("cf_visits", "many")),
        *(("cf_visits", 1.5), ("cf_credit_limit", "much"), ("cf_credit_limit", -1)),
        *(("cf_credit_limit", 10**12), ("cf_customer_no", "x" * 192), ("cf_customer_no", [])),
        *(("cf_profile", "ftp:x"), ("cf_colour", "red"), ("cf_channels", 5)),
        *(("cf_segment", [1]), ("cf_timezone", "Europe/Cologne"), ("cf_birthday", "2020-02-30")),
    ],
)
def test_what_does_not_fit_is_refused_at_its_key(crm: Crm, field_id: str, value: object) -> None:
    refused = crm.post("contacts", {"first_name": "A", field_id: value}, 422)
    assert set(refused["errors"]) == {field_id}


def test_a_refused_write_leaves_nothing_not_even_an_option(crm: Crm) -> None:
    before = options(crm)
    total = crm.get("contacts")["meta"]["total"]
    crm.post("contacts", {"first_name": "A", "cf_segment": "Neu", "email": "x"}, 422)
    assert options(crm) == before
    assert crm.get("contacts")["meta"]["total"] == total


def test_a_unique_field_is_unique(crm: Crm) -> None:
    first = crm.company(cf_customer_no="77")
    assert set(crm.post("companies", {"name": "B", "cf_customer_no": "77"}, 422)["errors"]) == {
        "cf_customer_no"
    }
    crm.put(f"companies/{first['id']}", {"cf_customer_no": "77"})


def test_unknown_custom_keys_are_ignored(crm: Crm) -> None:
    assert "cf_nonsense" not in crm.contact(cf_nonsense=1)


def test_fields_are_found_at_run_time_by_anybody(crm: Crm) -> None:
    types = set()
    for path in (
        *("contacts/create-fields", "contacts/index-fields", "contacts/export-fields"),
        *("contacts/90417/update-fields", "contacts/90417/detail-fields"),
        *("fields/contacts/create", "fields/contacts/update"),
    ):
        fields = {one["attribute"]: one for one in crm.get(path)}
        custom = [one["customField"] for one in fields.values() if one["customField"]]
        types |= {one["field_type"] for one in custom}
        assert fields["first_name"]["isRequired"]
        assert fields["source_id"]["options"][0].keys() >= {"id", "name"}
        assert fields["phones"]["component"] == "phone-field"
        assert ("created_at" in fields) == ("create" not in path and "update" not in path)
    assert len(types) == 15


def test_super_admins_define_fields(crm: Crm) -> None:
    body = {
        "resource_name": "contacts",
        "label": "Farbe",
        "field_type": "Select",
        "field_id": "cf_farbe",
        "options": [{"name": "rot"}, {"name": "blau"}],
    }
    made = crm.post("custom-fields", body)
    assert [one["name"] for one in made["options"]] == ["rot", "blau"]
    blue = made["options"][1]["id"]
    person = crm.contact(cf_farbe=blue)
    assert person["cf_farbe"] == blue
    changed = {"label": "Ton", "field_type": "Text", "options": [{"name": "blau"}]}
    shown = crm.put(f"custom-fields/{made['id']}", changed)
    assert (shown["label"], shown["field_type"]) == ("Ton", "Select")
    assert [one["id"] for one in shown["options"]] == [blue]
    more = {"options": [{"name": "Blau"}, {"name": "grün", "swatch_color": "#00ff00"}]}
    grown = crm.put(f"custom-fields/{made['id']}", more)["options"]
    assert grown[0]["id"] == blue
    assert grown[1]["swatch_color"] == "#00ff00"
    refused = crm.put(f"custom-fields/{made['id']}", {"label": "", "options": []}, 422)
    assert set(refused["errors"]) == {"label", "options"}
    assert crm.ids("custom-fields")[0] == made["id"]
    crm.delete(f"custom-fields/{made['id']}")
    assert "cf_farbe" not in crm.get(f"contacts/{person['id']}")


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"field_id": "farbe"}, "field_id"),
        ({"field_id": "cf_farbe1"}, "field_id"),
        ({"field_id": "cf_segment"}, "field_id"),
        ({"field_type": "Klingon"}, "field_type"),
        ({"resource_name": "sources"}, "resource_name"),
        ({"field_type": "Select"}, "options"),
        ({"options": [{"name": "a"}]}, "options"),
        ({"field_type": "Radio", "options": [{"name": "a"}, {"name": "A"}]}, "options.1.name"),
        ({"field_type": "Radio", "options": [{"name": "a,b"}]}, "options.0.name"),
        ({"field_type": "Date", "is_unique": True}, "is_unique"),
    ],
)
def test_bad_definitions(crm: Crm, change: dict[str, object], key: str) -> None:
    body = {"resource_name": "contacts", "label": "Farbe", "field_type": "Text"}
    refused = crm.post("custom-fields", {**body, "field_id": "cf_farbe", **change}, 422)
    assert set(refused["errors"]) == {key}


@pytest.mark.parametrize("switch", [True, False])
def test_activities_have_custom_fields_where_the_switch_says_so(
    open_crm: Callable[..., Crm], switch: bool
) -> None:
    crm = open_crm(activity_fields=switch)
    body = {"resource_name": "activities", "label": "Ort", "field_type": "Text"}
    made = crm.send("POST", "custom-fields", {**body, "field_id": "cf_ort"})
    assert made.status_code == (201 if switch else 422)
    if switch:
        activity = crm.post(
            "activities",
            {
                "title": "A",
                "activity_type_id": 1,
                "user_id": crm.user,
                "due_date": "2026-11-05",
                "cf_ort": "Köln",
            },
        )
        assert activity["cf_ort"] == "Köln"
