"""Creating, changing, deleting: what is written, what is refused, in which words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .conftest import COLLEAGUE_KEY, Crm

JUERGEN = 90417
BRANDT = 4411


def test_a_created_person_comes_back_wrapped_with_all_its_attributes(crm: Crm) -> None:
    given = {
        "first_name": "Ilse",
        "name": "Brandt",
        "gender": "female_user",
        "title": "Dr.",
        "country_code": "de",
        "salutation": "Frau",
        "background": "",
        "user_id": crm.user,
    }
    answer = crm.post("people", {"person": given})
    assert list(answer) == ["person"]
    person = answer["person"]
    assert given.items() <= person.items()
    assert person["created_by_user_id"] == crm.user
    assert person["updated_by_user_id"] is None
    assert person["created_at"] == person["updated_at"]
    assert crm.get(f"people/{person['id']}") == answer


def test_one_post_carries_all_parts(crm: Crm) -> None:
    person = crm.person(
        emails_attributes=[{"name": "ilse@brandt.example", "atype": "office"}],
        tels_attributes=[{"name": "+49 351 000000", "atype": "mobile"}],
        homepages_attributes=[{"name": "https://brandt.example", "atype": "office"}],
        ims_attributes=[{"name": "ilse", "atype": "other"}],
        sms_attributes={"0": {"name": "@ilse", "atype": "other"}},
        tags_attributes=[{"name": "Messe"}, {"name": "VIP"}],
        addrs_attributes=[{"city": "Dresden", "country_code": "DE", "atype": "work"}],
        positions_attributes=[{"company_id": BRANDT, "name": "CEO", "primary_function": True}],
        custom_fields_attributes=[{"custom_fields_type_id": 71, "name": "A-Kunde"}],
    )
    for name in ("emails", "tels", "homepages", "ims", "sms"):
        assert len(person[name]) == 1
        assert person[name][0]["api_input"] is True
        assert person[name][0]["attachable_id"] == person["id"]
    assert [tag["name"] for tag in person["tags"]] == ["Messe", "VIP"]
    assert person["addrs"][0]["city"] == "Dresden"
    assert person["positions"][0]["company_id"] == BRANDT
    assert person["custom_fields"][0]["name"] == "A-Kunde"
    assert person["tels"][0]["name_clean"] == "+49351000000"


def test_a_position_with_a_company_name_links_or_creates_the_company(crm: Crm) -> None:
    before = crm.get("companies/count")["total_entries"]
    linked = crm.person(positions_attributes=[{"company_name": "brandt gmbh"}])
    assert [one["id"] for one in linked["companies"]] == [BRANDT]
    created = crm.person(positions_attributes=[{"company_name": "Ganz Neu AG", "name": "CTO"}])
    assert [one["name"] for one in created["companies"]] == ["Ganz Neu AG"]
    assert crm.get("companies/count") == {"total_entries": before + 1}
    path = f"people/{linked['id']}/positions"
    answer = crm.post(path, {"position": {"company_name": "Ganz Neu AG"}})
    assert answer["position"]["company_id"] == created["companies"][0]["id"]


def test_a_put_changes_what_it_names_and_says_who_and_when(crm: Crm) -> None:
    before = crm.get(f"people/{JUERGEN}")["person"]
    crm.clock.forward(60)
    answer = crm.send(
        *("PUT", f"people/{JUERGEN}", {"person": {"title": "Prof.", "shoe_size": 44, "id": 1}}),
        headers={"X-apikey": COLLEAGUE_KEY},
    )
    assert answer.json() == {"message": "person updated"}
    after = crm.get(f"people/{JUERGEN}")["person"]
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"title", "updated_at", "updated_by_user_id"}
    assert after["updated_by_user_id"] == crm.colleague


def test_a_put_that_changes_nothing_leaves_the_time_alone(crm: Crm) -> None:
    before = crm.get(f"people/{JUERGEN}")
    crm.clock.forward(60)
    crm.put(f"people/{JUERGEN}", {"person": {"title": before["person"]["title"]}})
    assert crm.get(f"people/{JUERGEN}") == before


def test_two_edits_never_have_the_same_time(crm: Crm) -> None:
    times = set()
    for title in ("A", "B", "C"):
        crm.put(f"people/{JUERGEN}", {"person": {"title": title}})
        times.add(crm.get(f"people/{JUERGEN}")["person"]["updated_at"])
    assert len(times) == 3


def test_parts_are_edited_by_id_added_without_and_destroyed_on_request(crm: Crm) -> None:
    tels = [{"name": f"+49 351 00000{digit}", "atype": "office"} for digit in range(3)]
    person = crm.person(tels_attributes=tels)
    first, second, _ = (tel["id"] for tel in person["tels"])
    crm.clock.forward(60)
    changes = [
        {"id": first, "atype": "mobile"},
        {"id": second, "_destroy": True},
        {"name": "+49 351 000009", "atype": "fax"},
        {"_destroy": "1", "name": "never"},
    ]
    crm.put(f"people/{person['id']}", {"person": {"tels_attributes": changes}})
    after = crm.get(f"people/{person['id']}", includes="tels")["person"]
    assert [(tel["name"], tel["atype"]) for tel in after["tels"]] == [
        ("+49 351 000000", "mobile"),
        ("+49 351 000002", "office"),
        ("+49 351 000009", "fax"),
    ]
    assert after["updated_at"] > person["updated_at"]


def test_a_part_of_somebody_else_cannot_be_edited(crm: Crm) -> None:
    foreign = crm.get(f"people/{JUERGEN}", includes="tels")["person"]["tels"][0]["id"]
    person = crm.person()
    change = {"person": {"title": "Dr.", "tels_attributes": [{"id": foreign, "_destroy": True}]}}
    crm.put(f"people/{person['id']}", change, 404)
    assert crm.get(f"people/{person['id']}")["person"]["title"] is None


@pytest.mark.parametrize("touch", [True, False])
def test_whether_an_edited_part_touches_its_record_is_a_switch(
    open_crm: Callable[..., Crm], touch: bool
) -> None:
    crm = open_crm(nested_touch=touch)
    person = crm.person(tags_attributes=[{"name": "A"}])
    path = f"people/{person['id']}"
    steps: list[Callable[[], Any]] = [
        lambda: crm.put(path, {"person": {"tags_attributes": [{"name": "B"}]}}),
        lambda: crm.post(f"{path}/addrs", {"addr": {"city": "Kalk"}}),
        lambda: crm.put(f"{path}/tags/{person['tags'][0]['id']}", {"tag": {"name": "C"}}),
        lambda: crm.delete(f"{path}/tags/{person['tags'][0]['id']}"),
    ]
    for step in steps:
        before = crm.get(path)["person"]["updated_at"]
        crm.clock.forward(60)
        step()
        assert (crm.get(path)["person"]["updated_at"] > before) is touch


def test_no_log_keeps_a_write_out_of_the_stream(crm: Crm) -> None:
    def stream() -> object:
        shown = crm.get(f"people/{JUERGEN}", methods="stream_updated_at")["person"]
        return shown["stream_updated_at"]

    before = stream()
    crm.put(f"people/{JUERGEN}?no_log=true", {"person": {"title": "A"}})
    crm.post(f"people/{JUERGEN}/tags?no_log=true", {"tag": {"name": "A"}})
    assert stream() == before
    crm.post(f"people/{JUERGEN}/tags", {"tag": {"name": "B"}})
    assert stream() == "2026-11-02T10:00:00.000+01:00"


NESTED = [
    ("addrs", "addr", {"city": "Kalk"}, {"zip": "51103"}, "addr deleted"),
    (
        *("contact_details", "tel", {"name": "+49 221 000", "atype": "office"}),
        *({"name": "+49 221 001"}, "contact_detail deleted"),
    ),
    (
        *("contact_details", "sm", {"name": "@x", "atype": "other"}, {"atype": "private"}),
        "contact_detail deleted",
    ),
    ("tags", "tag", {"name": "A"}, {"name": "B"}, "tag deleted"),
    ("positions", "position", {"company_id": BRANDT}, {"former": True}, "position deleted"),
    (
        *("custom_fields", "custom_field", {"custom_fields_type_id": 71, "name": "A-Kunde"}),
        *({"name": "B-Kunde"}, "custom_field deleted"),
    ),
    (
        *("historic_events", "historic_event", {"atype": "birthday", "name": "1971-02-03"}),
        *({"desc": "rund"}, "historic_event deleted"),
    ),
    ("assis", "assi", {"name": "Frau Sommer"}, {"tel": "+49 221 002"}, "assi deleted"),
    ("protocols", "protocol", {"content": "Anruf"}, {"badge": "call"}, "protocol deleted"),
]


@pytest.mark.parametrize(("route", "wrapper", "new", "change", "deleted"), NESTED)
def test_every_nested_route_creates_shows_changes_and_deletes(
    crm: Crm, route: str, wrapper: str, new: dict[str, Any], change: dict[str, Any], deleted: str
) -> None:
    base = f"people/{crm.person()['id']}/{route}"
    assert crm.get(base) == []
    answer = crm.post(base, {wrapper: new})
    shown_as, record = next(iter(answer.items()))
    assert shown_as.startswith(wrapper)
    assert new.items() <= record.items()
    one = f"{base}/{record['id']}"
    assert crm.get(one) == answer
    message = crm.put(one, {wrapper: change})["message"]
    assert message == deleted.replace("deleted", "updated")
    assert change.items() <= crm.get(one)[shown_as].items()
    assert crm.send("DELETE", one).json() == {"message": deleted}
    assert crm.get(base) == []


def test_a_contact_detail_is_wrapped_by_its_own_kind(crm: Crm) -> None:
    tel = crm.get(f"people/{JUERGEN}/contact_details")[0]["tel"]["id"]
    path = f"people/{JUERGEN}/contact_details/{tel}"
    answer = crm.put(path, {"email": {"name": "x@y.example"}}, 400)
    assert answer["error"] == "param-missing"


def test_companies_have_the_same_parts(crm: Crm) -> None:
    person = crm.person()
    company = crm.company(
        tels_attributes=[{"name": "+49 221 000", "atype": "office_hq"}],
        addrs_attributes=[{"country_code": "CH", "state_code": "ZH"}],
        positions_attributes=[{"person_id": person["id"], "name": "CEO"}],
        tags_attributes=[{"name": "Stahl"}],
    )
    assert company["positions"][0]["person_id"] == person["id"]
    assert company["addrs"][0]["country_name"] == "Schweiz"
    path = f"companies/{company['id']}"
    assert crm.put(path, {"company": {"background": "neu"}}) == {"message": "company updated"}
    assert crm.get(path)["company"]["background"] == "neu"
    job = crm.post(f"{path}/positions", {"position": {"person_id": person["id"]}})
    assert job["position"]["company_id"] == company["id"]


def test_deleting_a_record_deletes_what_hangs_on_it(crm: Crm) -> None:
    jobs = [{"company_name": "Kurz GmbH"}]
    person = crm.person(tags_attributes=[{"name": "weg"}], positions_attributes=jobs)
    note = crm.post(f"people/{person['id']}/protocols", {"protocol": {"content": "x"}})
    crm.delete(f"people/{person['id']}")
    crm.get(f"people/{person['id']}", 404)
    assert crm.get("tags", person_id=person["id"]) == []
    company = person["companies"][0]["id"]
    assert crm.get(f"companies/{company}/positions") == []
    assert (
        next(iter(crm.get(f"protocols/{next(iter(note.values()))['id']}").values()))["person_ids"]
        == []
    )


def test_tags_can_be_created_without_a_nested_route(crm: Crm) -> None:
    given = {"attachable_type": "Company", "attachable_id": BRANDT, "name": "Neu"}
    tag = crm.post("tags", {"tag": given})["tag"]
    assert given.items() <= tag.items()
    assert crm.post("tags", {"tag": {**given, "attachable_id": 1}}, 422)
    assert crm.post("tags", {"tag": {"name": "frei"}}, 422) == {"attachable": ["must exist"]}


REFUSED: list[tuple[dict[str, Any], dict[str, list[str]]]] = [
    ({"name": " "}, {"name": ["can't be blank"]}),
    ({"name": None}, {"name": ["can't be blank"]}),
    ({"title": "x" * 81}, {"title": ["is too long (maximum is 80 characters)"]}),
    ({"gender": "robot"}, {"gender": ["is not included in the list"]}),
    ({"user_id": 1}, {"user_id": ["must exist"]}),
    ({"user_id": "me"}, {"user_id": ["is not a number"]}),
    ({"user_id": 2**70}, {"user_id": ["is not a number"]}),
    (
        {"emails_attributes": [{"name": ""}]},
        {"emails.atype": ["can't be blank"], "emails.name": ["can't be blank"]},
    ),
    (
        {"tels_attributes": [{"name": "1", "atype": "pigeon"}]},
        {"tels.atype": ["is not included in the list"]},
    ),
    (
        {"tels_attributes": [{"name": "1" * 251, "atype": "office"}]},
        {"tels.name": ["is too long (maximum is 250 characters)"]},
    ),
    ({"addrs_attributes": [{"street": "Am Ring 1"}]}, {"addrs.city": ["can't be blank"]}),
    (
        {"addrs_attributes": [{"city": "Kalk", "state_code": None}]},
        {"addrs.state_code": ["is invalid"]},
    ),
    (
        {"addrs_attributes": [{"country_code": "DE", "state_code": "ZH"}]},
        {"addrs.state_code": ["is not included in the list"]},
    ),
    (
        {"addrs_attributes": [{"country_code": "ZZ"}]},
        {"addrs.country_code": ["is not included in the list"]},
    ),
    (
        {"addrs_attributes": [{"city": "Kalk", "atype": "tent", "zip": "1" * 21}]},
        {
            "addrs.atype": ["is not included in the list"],
            "addrs.zip": ["is too long (maximum is 20 characters)"],
        },
    ),
    ({"positions_attributes": [{"name": "CEO"}]}, {"positions.company": ["must exist"]}),
    ({"positions_attributes": [{"company_id": 1}]}, {"positions.company": ["must exist"]}),
    (
        {"tags_attributes": [{"name": "x" * 61}]},
        {"tags.name": ["is too long (maximum is 60 characters)"]},
    ),
    (
        {"custom_fields_attributes": [{"custom_fields_type_id": 71, "name": "Z-Kunde"}]},
        {"custom_fields.name": ["is not included in the list"]},
    ),
    (
        {"custom_fields_attributes": [{"custom_fields_type_id": 1, "name": "x"}]},
        {"custom_fields.custom_fields_type_id": ["must exist"]},
    ),
]


@pytest.mark.parametrize(("change", "expected"), REFUSED)
def test_what_is_invalid_is_refused_attribute_by_attribute(
    crm: Crm, change: dict[str, Any], expected: dict[str, list[str]]
) -> None:
    before = crm.get(f"people/{JUERGEN}", includes="all")
    everybody = crm.get("people/count")
    assert crm.post("people", {"person": {"name": "Neu", **change}}, 422) == expected
    assert crm.put(f"people/{JUERGEN}", {"person": {"first_name": "X", **change}}, 422) == expected
    assert crm.get(f"people/{JUERGEN}", includes="all") == before
    assert crm.get("people/count") == everybody


def test_all_errors_of_a_record_and_its_parts_come_at_once(crm: Crm) -> None:
    body = {"person": {"title": "x" * 81, "tags_attributes": [{"name": ""}, {"name": "gut"}]}}
    assert crm.post("people", body, 422) == {
        "title": ["is too long (maximum is 80 characters)"],
        "name": ["can't be blank"],
        "tags.name": ["can't be blank"],
    }


@pytest.mark.parametrize(
    ("ftype", "good", "bad"),
    [
        ("string", "irgendwas", "x" * 256),
        ("decimal", "12.50", "zwölf"),
        ("decimal", "-3", "1e999"),
        ("date", "2026-12-31", "31.12.2026"),
        ("url", "https://kran.example/x", "kran"),
        ("select", "rot", "grün"),
    ],
)
def test_a_custom_field_takes_what_its_ftype_says(
    crm: Crm, ftype: str, good: str, bad: str
) -> None:
    kind = {"category": "Person", "ftype": ftype, "name": "Feld", "options": ["rot", "blau"]}
    type_id = crm.post("custom_fields_types", {"custom_fields_type": kind})["custom_fields_type"][
        "id"
    ]
    base = f"people/{crm.person()['id']}/custom_fields"
    given = {"custom_fields_type_id": type_id, "name": bad}
    assert list(crm.post(base, {"custom_field": given}, 422)) == ["name"]
    field = crm.post(base, {"custom_field": {**given, "name": good}})["custom_field"]
    assert field["name"] == good
    assert field["name_date"] == (good if ftype == "date" else None)
    expected = {"12.50": "12.50", "-3": "-3.0"}
    assert field["name_decimal"] == (expected[good] if ftype == "decimal" else None)


def test_field_types_have_their_own_routes(crm: Crm) -> None:
    kind = {"category": "Company", "ftype": "select", "name": "Farbe"}
    wrong = crm.post("custom_fields_types", {"custom_fields_type": kind}, 422)
    assert wrong == {"options": ["can't be blank"]}
    body = {"custom_fields_type": {**kind, "options": ["rot"]}}
    made = crm.post("custom_fields_types", body)["custom_fields_type"]
    path = f"custom_fields_types/{made['id']}"
    crm.put(path, {"custom_fields_type": {"options": ["rot", "blau"]}})
    assert crm.get(path)["custom_fields_type"]["options"] == ["rot", "blau"]
    value = {"custom_fields_type_id": made["id"], "name": "blau"}
    company = crm.company(custom_fields_attributes=[value])
    crm.delete(path)
    assert crm.get(f"companies/{company['id']}/custom_fields") == []
    assert crm.post("custom_fields_types", {"custom_fields_type": {"ftype": "x"}}, 422).keys() == {
        *("category", "ftype", "name"),
    }


def test_a_historic_event_needs_a_real_date(crm: Crm) -> None:
    path = f"people/{JUERGEN}/historic_events"
    event = {"atype": "birthday", "name": "1971-02-30"}
    refused = crm.post(path, {"historic_event": event}, 422)
    assert refused == {"name": ["is not a valid date"]}


@pytest.mark.parametrize("body", [None, {}, {"person": {}}, {"human": {"name": "x"}}, [], "x"])
def test_a_missing_wrapper_is_a_400(crm: Crm, body: object) -> None:
    answer = crm.post("people", body, 400)
    assert answer["error"] == "param-missing"
    assert "person" in answer["description"]


@pytest.mark.parametrize(
    "content", [b"{", b'{"person": NaN}', b'"\\ud800"', b"\xff\xfe", b"[" * 100_000]
)
def test_a_body_that_is_no_json_is_a_400(crm: Crm, content: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    response = crm.send("POST", "people", content=content, headers=headers)
    assert response.status_code == 400
    assert response.json()["error"] == "bad-request"


def test_another_content_type_is_a_415(crm: Crm) -> None:
    response = crm.send("POST", "people", data={"person[name]": "x"})
    assert response.status_code == 415
    fine = crm.send(
        *("POST", "people"),
        content=b'{"person":{"name":"x"}}',
        headers={"Content-Type": "application/json; charset=utf-8"},
    )
    assert fine.status_code == 201


def test_a_huge_body_is_a_413(crm: Crm) -> None:
    response = crm.send("POST", "people", {"person": {"name": "x" * 10_000_001}})
    assert response.status_code == 413


def test_what_a_put_answers_is_a_switch(open_crm: Callable[..., Crm]) -> None:
    change = {"person": {"title": "Prof."}}
    empty = open_crm(put_answer="204").send("PUT", f"people/{JUERGEN}", change)
    assert (empty.status_code, empty.content) == (204, b"")
    crm = open_crm(put_answer="record")
    assert crm.put(f"people/{JUERGEN}", change) == crm.get(f"people/{JUERGEN}")
    assert crm.get(f"people/{JUERGEN}")["person"]["title"] == "Prof."


def test_what_a_delete_answers_is_a_switch(open_crm: Callable[..., Crm]) -> None:
    response = open_crm(delete_answer="204").send("DELETE", f"people/{JUERGEN}")
    assert (response.status_code, response.content) == (204, b"")


@pytest.mark.parametrize(
    ("required", "expected"),
    [("blank", [200, 422, 422]), ("always", [422, 422, 422]), ("never", [200, 200, 201])],
)
def test_how_strictly_a_name_is_required_is_a_switch(
    open_crm: Callable[..., Crm], required: str, expected: list[int]
) -> None:
    crm = open_crm(name_required=required)
    answers = [
        crm.send("PUT", f"people/{JUERGEN}", {"person": {"title": "A"}}),
        crm.send("PUT", f"companies/{BRANDT}", {"company": {"name": ""}}),
        crm.send("POST", "people", {"person": {"first_name": "X"}}),
    ]
    assert [answer.status_code for answer in answers] == expected


def test_values_are_taken_as_rails_would(crm: Crm) -> None:
    person = crm.person(name=4711, title=True, first_name=["x"], user_id="")
    assert (person["name"], person["title"]) == ("4711", "true")
    assert person["first_name"] is None
    assert person["user_id"] is None
    jobs = [{"company_id": str(BRANDT), "former": "1", "primary_function": "false"}]
    position = crm.person(positions_attributes=jobs)["positions"][0]
    assert (position["former"], position["primary_function"]) == (True, False)
