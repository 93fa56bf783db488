"""Showing records: wrappers, order of keys, includes, methods, formats."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from csc_tui.demo.centralstation.resources import COMPANIES, PEOPLE

from .conftest import Crm

JUERGEN = 90417
BRANDT = 4411

PERSON_KEYS = [
    *("id", "account_id", "group_id", "user_id", "country_code", "salutation", "title", "gender"),
    *("gender_identity", "first_name", "name", "background", "created_by_user_id"),
    *("updated_by_user_id", "created_at", "updated_at"),
]
COMPANY_KEYS = [
    *("id", "account_id", "group_id", "user_id", "name", "created_by_user_id"),
    *("updated_by_user_id", "background", "created_at", "updated_at"),
]


def test_a_person_has_its_keys_in_order_and_nothing_that_was_not_asked_for(crm: Crm) -> None:
    assert list(crm.get(f"people/{JUERGEN}")["person"]) == PERSON_KEYS
    assert list(crm.get(f"companies/{BRANDT}")["company"]) == COMPANY_KEYS


CHILD_KEYS = {
    "addrs": "id attachable_id attachable_type street zip city state_code country_code primary"
    " created_at updated_at atype api_input country_name",
    "tels": "id type attachable_type attachable_id atype primary name name_clean created_at"
    " updated_at api_input",
    "tags": "id account_id attachable_id attachable_type api_input name created_at updated_at",
    "positions": "id account_id person_id company_id name department primary_function former"
    " api_input created_at updated_at",
    "custom_fields": "id attachable_type attachable_id custom_fields_type_id api_input name"
    " created_at updated_at custom_fields_type_name",
}


@pytest.mark.parametrize("include", CHILD_KEYS)
def test_included_children_are_bare_objects_with_their_keys_in_order(
    crm: Crm, include: str
) -> None:
    children = crm.get(f"people/{JUERGEN}", includes=include)["person"][include]
    assert children
    assert all(" ".join(child) == CHILD_KEYS[include] for child in children)


def test_methods_stand_before_includes(crm: Crm) -> None:
    person = crm.get(f"people/{JUERGEN}", includes="tags", methods="backlink")["person"]
    assert list(person) == [*PERSON_KEYS, "backlink", "tags"]


@pytest.mark.parametrize("separator", ["%20", "+"])
def test_includes_are_separated_by_spaces_however_they_are_written(
    crm: Crm, separator: str
) -> None:
    response = crm.send("GET", f"people/{JUERGEN}?includes=tels{separator}tags")
    assert {"tels", "tags"} <= set(response.json()["person"])


def test_all_includes_and_methods_can_be_had_at_once(crm: Crm) -> None:
    person = crm.get("people", includes="all", methods="all")[0]["person"]
    assert {*PERSON_KEYS, *PEOPLE.includes, *PEOPLE.methods} == set(person)
    company = crm.get("companies", includes="all", methods="all")[0]["company"]
    assert {*COMPANY_KEYS, *COMPANIES.includes, *COMPANIES.methods} == set(company)
    assert person["deals"] == person["connections"] == company["cal_events"] == []


def test_includes_agree_with_the_nested_routes(crm: Crm) -> None:
    person = crm.get(f"people/{JUERGEN}", includes="all")["person"]
    for name in ("addrs", "tags", "positions", "assis", "historic_events"):
        nested = crm.get(f"people/{JUERGEN}/{name}", perpage=250)
        assert person[name] == [next(iter(item.values())) for item in nested]
    details = crm.get(f"people/{JUERGEN}/contact_details", perpage=250)
    for kind in ("tel", "email", "homepage", "im", "sm"):
        assert person[f"{kind}s"] == [item[kind] for item in details if kind in item]


def test_companies_come_through_positions_once_each_with_their_addresses(crm: Crm) -> None:
    company = crm.company(addrs_attributes=[{"city": "Kalk"}])
    jobs = [{"company_id": company["id"], "name": name} for name in ("CEO", "CFO")]
    person = crm.person(positions_attributes=jobs)
    assert [one["id"] for one in person["companies"]] == [company["id"]]
    assert [one["city"] for one in person["addrs_from_company"]] == ["Kalk"]
    assert len(person["positions"]) == 2
    positions = crm.get(f"companies/{company['id']}", includes="positions")["company"]["positions"]
    assert [one["person_id"] for one in positions] == [person["id"]] * 2


def test_a_position_includes_its_person_and_company(crm: Crm) -> None:
    position = crm.get(f"people/{JUERGEN}/positions", includes="person company")[0]["position"]
    assert position["person"]["id"] == JUERGEN
    assert position["company"]["id"] == BRANDT


def test_user_and_avatar_are_objects_or_null(crm: Crm) -> None:
    crm.store.write(
        "INSERT INTO avatars (id, attachable_type, attachable_id) VALUES ('a1', 'Person', ?)",
        [JUERGEN],
    )
    person = crm.get(f"people/{JUERGEN}", includes="user avatar")["person"]
    assert person["user"]["id"] == person["user_id"]
    assert person["avatar"]["id"] == "a1"
    nobody = crm.get(f"people/{crm.person()['id']}", includes="user avatar")["person"]
    assert nobody["user"] is None
    assert nobody["avatar"] is None
    assert crm.get(f"people/{JUERGEN}/avatars/a1")["avatar"]["attachable_id"] == JUERGEN


def test_an_unknown_include_is_ignored_or_an_error_by_a_switch(
    open_crm: Callable[..., Crm],
) -> None:
    assert list(open_crm().get(f"people/{JUERGEN}", includes="shoes")["person"]) == PERSON_KEYS
    strict = open_crm(unknown_include="500")
    assert strict.get("people", 500, includes="shoes") == {"message": "internal error"}
    assert strict.get("people", 500, methods="shoes") == {"message": "internal error"}
    assert strict.get("people", includes="tags all")


def test_custom_fields_on_their_own_show_their_type(crm: Crm) -> None:
    field = crm.get(f"people/{JUERGEN}/custom_fields")[0]["custom_field"]
    assert list(field) == [
        *("id", "account_id", "attachable_type", "attachable_id", "custom_fields_type_id"),
        *("api_input", "name", "name_decimal", "name_date", "created_at", "updated_at"),
        *("custom_fields_type_name", "custom_fields_type"),
    ]
    assert list(field["custom_fields_type"]) == [
        *("id", "position", "category", "name", "created_at", "updated_at"),
    ]
    assert field["custom_fields_type"]["name"] == field["custom_fields_type_name"]


@pytest.mark.parametrize(
    ("given", "official", "formal", "informal"),
    [
        (
            {"gender": "male_user", "title": "Dr.", "first_name": "Max", "name": "Muster"},
            *("Herr Dr. Max Muster", "Sehr geehrter Herr Dr. Muster", "Lieber Max"),
        ),
        (
            {"gender": "female_auto", "first_name": "Ilse", "name": "Brandt"},
            *("Frau Ilse Brandt", "Sehr geehrte Frau Brandt", "Liebe Ilse"),
        ),
        (
            {"gender": "family_user", "name": "Sommer"},
            *("Familie Sommer", "Sehr geehrte Familie Sommer", "Liebe Sommer"),
        ),
        ({"name": "Ng"}, "Ng", "Guten Tag Ng", "Hallo Ng"),
    ],
)
def test_salutations(
    crm: Crm, given: dict[str, Any], official: str, formal: str, informal: str
) -> None:
    person = crm.get(f"people/{crm.person(**given)['id']}", methods="all")["person"]
    assert person["salutation_official"] == official
    assert person["salutation_formal"] == formal
    assert person["salutation_informal"] == informal


def test_the_other_methods(crm: Crm) -> None:
    user = crm.get("users")[0]["user"]
    person = crm.person(user_id=user["id"])
    shown = crm.get(f"people/{person['id']}", methods="all")["person"]
    assert shown["responsible_user_natural_name"] == f"{user['first']} {user['name']}"
    assert shown["backlink"] == shown["absolute_url"]
    assert shown["absolute_url"] == f"http://127.0.0.1:8000/people/{person['id']}"
    assert shown["stream_updated_at"] == person["created_at"]
    company = crm.get(f"companies/{crm.company()['id']}", methods="all")["company"]
    assert company["related_tasks"] == []
    assert company["responsible_user_natural_name"] is None


def test_times_have_milliseconds_and_berlins_offset(open_crm: Callable[..., Crm]) -> None:
    crm = open_crm()
    assert crm.person()["created_at"] == "2026-11-02T10:00:00.000+01:00"
    crm.clock.ms -= 90 * 86_400_000 - 7
    assert crm.person()["created_at"] == "2026-08-04T11:00:00.007+02:00"
    assert open_crm(times="utc").person()["created_at"] == "2026-11-02T09:00:00.000Z"


def test_countries_are_named_in_german(crm: Crm) -> None:
    addrs = [{"country_code": "DE"}, {"country_code": "at"}, {"city": "Kalk"}]
    person = crm.person(addrs_attributes=addrs)
    assert [one["country_name"] for one in person["addrs"]] == ["Deutschland", "Österreich", None]


@pytest.mark.parametrize(
    "path",
    [
        *("people/1", "people/0x", "people/42/shoes", "people/1/addrs", "shoes", "shoes/1"),
        *("addrs", "positions", f"people/{JUERGEN}/addrs/1", f"companies/{BRANDT}/assis"),
        *(f"people/{JUERGEN}/addrs/1/2", f"people/{JUERGEN}/addrs/x", "users/1", ""),
        *("historic_events/1", "people/count/7", f"people/{10**30}"),
    ],
)
def test_what_is_not_there_is_a_404_with_its_body(crm: Crm, path: str) -> None:
    assert crm.get(path, 404) == {"description": "Not found", "error": "not found"}


def test_a_child_of_another_parent_is_not_found(crm: Crm) -> None:
    addr = crm.person(addrs_attributes=[{"city": "Kalk"}])["addrs"][0]["id"]
    crm.get(f"people/{JUERGEN}/addrs/{addr}", 404)
    assert crm.send("DELETE", f"people/{JUERGEN}/addrs/{addr}").status_code == 404


@pytest.mark.parametrize("method", ["PATCH", "POST", "PUT", "OPTIONS"])
def test_verbs_without_a_route_are_not_found(crm: Crm, method: str) -> None:
    path = f"people/{JUERGEN}" if method != "PUT" else "people"
    refused = crm.send(method, path, {"person": {"name": "x"}})
    assert (refused.status_code, list(refused.json())) == (404, ["description", "error"])


def test_the_account(crm: Crm) -> None:
    user = crm.get("user")
    assert user["id"] == crm.user
    assert {"first", "last", "name", "accounts", "current_account", "timezone"} <= set(user)
    assert "@" in user["name"]
    response = crm.send("GET", "check_connection")
    assert (response.status_code, response.text) == (200, "")
    one = crm.get(f"users/{crm.user}")["user"]
    assert list(one) == ["id", "first", "name", "login"]


def test_tags_have_a_list_of_distinct_names(crm: Crm) -> None:
    for _ in range(2):
        crm.person(tags_attributes=[{"name": "Nur Personen"}])
    crm.company(tags_attributes=[{"name": "Nur Firmen"}])
    everything = crm.get("tags/list")
    assert everything == sorted(set(everything))
    assert {"Nur Personen", "Nur Firmen"} <= set(everything)
    assert "Nur Firmen" not in crm.get("tags/list", attachable_type="Person")


def test_tags_can_be_listed_for_one_record(crm: Crm) -> None:
    person = crm.person(tags_attributes=[{"name": "A"}, {"name": "B"}])
    tags = crm.get("tags", person_id=person["id"])
    assert [item["tag"]["name"] for item in tags] == ["A", "B"]
    assert crm.get(f"tags/{tags[0]['tag']['id']}") == tags[0]
    assert crm.get("tags", company_id=person["id"]) == []
    assert crm.get("tags", deal_id=person["id"]) == []


def test_historic_events_of_the_account_by_date(open_crm: Callable[..., Crm]) -> None:
    crm = open_crm()
    person = crm.person()["id"]
    for day in ("1931-05-04", "1931-06-04"):
        event = {"historic_event": {"atype": "birthday", "name": day}}
        crm.post(f"people/{person}/historic_events", event)
    found = crm.get("historic_events", date_from="1931-06-01", date_to="1931-07-01")
    assert [item["historic_event"]["name"] for item in found] == ["1931-06-04"]
    event = found[0]["historic_event"]
    assert (event["year"], event["month"], event["day"]) == (1931, 6, 4)
    crm.get("historic_events", 400, date_from="1931-06-01")
    crm.get("historic_events", 400, date_from="1931-06-01", date_to="later")
    bare = open_crm(historic_events_wrapped=False).get("historic_events", perpage=1)
    assert "atype" in bare[0]


def test_answers_are_json_in_utf8(crm: Crm) -> None:
    person = crm.person(name="Ωμέγα 👩‍🚀 ß")["id"]
    response = crm.send("GET", f"people/{person}")
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert "Ωμέγα 👩‍🚀 ß" in response.content.decode("utf-8")
    assert json.loads(response.content)["person"]["name"] == "Ωμέγα 👩‍🚀 ß"


def test_long_answers_are_compressed_for_those_who_can_read_them(crm: Crm) -> None:
    packed = crm.send("GET", "people", headers={"Accept-Encoding": "gzip"})
    plain = crm.send("GET", "people", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()


def test_ids_are_unique_and_not_consecutive(crm: Crm) -> None:
    ids = [crm.person()["id"] for _ in range(8)]
    crm.delete(f"people/{ids[-1]}")
    ids.append(crm.person()["id"])
    steps = [after - before for before, after in pairwise(ids)]
    assert min(steps) > 1
    assert len(set(steps)) > 1


def test_web_pages_lead_to_a_login_page(crm: Crm) -> None:
    response = crm.client.request("GET", f"/people/{JUERGEN}")
    assert response.status_code == 302
    page = crm.client.request("GET", response.headers["location"])
    assert page.status_code == 200
    assert re.search("demo", page.text)
