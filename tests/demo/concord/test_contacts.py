"""Contacts: what is written and what comes back (Concord fact sheet §7, §10.1, §12)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import Crm


def test_a_new_contact_comes_back_whole_and_bare(crm: Crm) -> None:
    company = crm.company(name="Birch Ltd")["id"]
    shown = crm.post(
        "contacts",
        {
            "first_name": "Ana",
            "last_name": "Petrova",
            "email": "ana@birch.test",
            "phones": [{"number": "+15550100", "type": "work"}],
            "tags": ["vip"],
            "user_id": crm.user,
            "source_id": 2,
            "country_id": 5,
            "companies": [company],
            "job_title": "",
            "city": "Oslo",
            "avatar": "ignored",
            "nonsense": 1,
        },
    )
    assert shown["display_name"] == "Ana Petrova"
    assert shown["path"] == f"/contacts/{shown['id']}"
    assert [(one["number"], one["type"]) for one in shown["phones"]] == [("+15550100", "work")]
    (tag,) = shown["tags"]
    assert set(tag) == {"id", "name", "swatch_color", "display_order", "type"}
    assert (shown["user_id"], shown["user"]["name"]) == (crm.user, "Sabine Krüger")
    assert (shown["source_id"], shown["source"]["id"]) == (2, 2)
    assert set(shown["country"]) == {"id", "name", "iso_2"}
    assert [one["display_name"] for one in shown["companies"]] == ["Birch Ltd"]
    assert (shown["companies_count"], shown["deals_count"], shown["deals"]) == (1, 0, [])
    assert (shown["job_title"], shown["avatar"]) == (None, None)
    assert shown["was_recently_created"] is True
    assert shown["authorizations"] == {"view": True, "update": True, "delete": True}
    assert shown["created_at"] == shown["updated_at"] == "2026-11-02T09:00:00.000000Z"
    assert crm.get(f"contacts/{shown['id']}") == {**shown, "was_recently_created": False}


def test_a_put_is_partial_and_moves_updated_at_only_if_something_changes(crm: Crm) -> None:
    before = crm.contact(last_name="Alt", email="probe@birch.test", city="Oslo")
    crm.clock.forward(90)
    same = crm.put(f"contacts/{before['id']}", {"city": "Oslo"})
    assert same["updated_at"] == before["updated_at"]
    after = crm.put(f"contacts/{before['id']}", {"last_name": "Neu"})
    assert after["updated_at"] == "2026-11-02T09:01:30.000000Z"
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        *("last_name", "display_name", "guest_display_name", "updated_at"),
        "was_recently_created",
    }


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, {"first_name"}),
        ({"first_name": " "}, {"first_name"}),
        ({"first_name": "A", "email": "x"}, {"email"}),
        ({"first_name": "A", "email": "sabine@vertrieb.example"}, {"email"}),
        ({"first_name": "A", "last_name": "x" * 192}, {"last_name"}),
        ({"first_name": "A", "country_id": 9999}, {"country_id"}),
        ({"first_name": "A", "user_id": "Nobody"}, {"user_id"}),
        ({"first_name": "A", "phones": ["1", "x" * 192]}, {"phones.1.number"}),
        ({"first_name": ["A"]}, {"first_name"}),
    ],
)
def test_what_is_refused_is_said_by_key(crm: Crm, body: object, errors: set[str]) -> None:
    refused = crm.post("contacts", body, 422)
    assert set(refused) == {"message", "errors"}
    assert set(refused["errors"]) == errors
    assert refused["message"] == refused["errors"][next(iter(errors))][0]


def test_several_errors_are_counted_in_the_message(crm: Crm) -> None:
    refused = crm.post("contacts", {"email": "x", "country_id": "x"}, 422)
    assert refused["message"].endswith("(and 2 more errors)")


def test_required_may_be_absent_from_a_put_but_not_blank(crm: Crm) -> None:
    person = crm.contact()["id"]
    assert set(crm.put(f"contacts/{person}", {"first_name": ""}, 422)["errors"]) == {"first_name"}
    assert crm.put(f"contacts/{person}", {"last_name": None})["first_name"] == "Probe"


def test_email_and_phones_are_nobody_elses_but_ones_own(crm: Crm) -> None:
    body = {"email": "Ana@Birch.test", "phones": ["+15550100"]}
    person = crm.contact(**body)["id"]
    refused = crm.post("contacts", {"first_name": "B", **body, "email": "ana@birch.TEST"}, 422)
    assert set(refused["errors"]) == {"email", "phones.0.number"}
    crm.put(f"contacts/{person}", body)
    crm.company(phones=["+15550100"])
    crm.delete(f"contacts/{person}")
    crm.contact(**body)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ([{"number": "1", "type": "work"}, {"number": ""}], [("1", "work")]),
        ([{"number": "1", "type": "fax"}, {"number": "2"}], [("1", "mobile"), ("2", "mobile")]),
        (["1|other", "2"], [("1", "other"), ("2", "mobile")]),
        ("1|work, 2", [("1", "work"), ("2", "mobile")]),
        (["1", "1"], [("1", "mobile")]),
        ([], []),
    ],
)
def test_phones_are_written_in_many_forms(
    crm: Crm, given: object, kept: list[tuple[str, str]]
) -> None:
    shown = crm.contact(phones=given)["phones"]
    assert [(one["number"], one["type"]) for one in shown] == kept


def test_phones_are_replaced_and_a_number_that_stays_keeps_its_id(crm: Crm) -> None:
    person = crm.contact(phones=["1", "2"])
    after = crm.put(f"contacts/{person['id']}", {"phones": [{"number": "2", "type": "work"}, "3"]})
    ids = {one["number"]: one["id"] for one in after["phones"]}
    assert set(ids) == {"2", "3"}
    assert ids["2"] == person["phones"][1]["id"]
    assert crm.put(f"contacts/{person['id']}", {"city": "Oslo"})["phones"] == after["phones"]


@pytest.mark.parametrize(("switch", "left"), [("clear", 0), ("keep", 1)])
def test_null_phones(open_crm: Callable[..., Crm], switch: str, left: int) -> None:
    crm = open_crm(null_phones=switch)
    person = crm.contact(phones=["1"])["id"]
    assert len(crm.put(f"contacts/{person}", {"phones": None})["phones"]) == left


def test_tags_are_names_made_on_the_way_and_replaced(crm: Crm) -> None:
    person = crm.contact(tags=["Neu", "vip"])
    names = {one["name"]: one["id"] for one in person["tags"]}
    other = crm.contact(tags="NEU, Kran")
    assert names["Neu"] in [one["id"] for one in other["tags"]]
    path = f"contacts/{person['id']}"
    assert len(crm.put(path, {"tags": None})["tags"]) == 2
    assert [one["name"] for one in crm.put(path, {"tags": ["Kran"]})["tags"]] == ["Kran"]
    assert crm.put(path, {"tags": []})["tags"] == []
    company = crm.company(tags=["Neu"])
    assert company["tags"][0]["type"] == "companies"
    assert company["tags"][0]["id"] != names["Neu"]


def test_associations_in_a_body_replace_the_set(crm: Crm) -> None:
    one, two = crm.company(name="Eins")["id"], crm.company(name="Zwei")["id"]
    person = crm.contact(companies=[one, 999_999, "Zwei"])
    path = f"contacts/{person['id']}"
    assert {company["id"] for company in person["companies"]} == {one, two}
    assert crm.put(path, {"companies": None})["companies_count"] == 2
    assert crm.put(path, {"associations": {"companies": [two]}})["companies"][0]["id"] == two
    assert crm.get(f"companies/{two}")["contacts"][0]["id"] == person["id"]
    assert crm.put(path, {"companies": []})["companies"] == []
    assert crm.get(f"companies/{two}")["contacts_count"] == 0


def test_an_unknown_label_makes_a_source(crm: Crm) -> None:
    person = crm.contact(source_id="Zeitung")
    assert person["source"]["name"] == "Zeitung"
    assert crm.contact(source_id="zeitung")["source_id"] == person["source_id"]
    assert crm.contact(user_id="Uwe Lindner")["user_id"] == crm.colleague


def test_a_new_contact_may_join_the_company_of_its_domain(open_crm: Callable[..., Crm]) -> None:
    crm = open_crm(associate_by_domain=True)
    company = crm.company(domain="birch.test")["id"]
    assert crm.contact(email="ana@birch.test")["companies"][0]["id"] == company


def test_the_trash_keeps_the_id_and_everything_on_it(crm: Crm) -> None:
    person = crm.contact(phones=["1"], tags=["Neu"], companies=[crm.company()["id"]])
    path = f"contacts/{person['id']}"
    assert crm.delete(path) is None
    assert crm.send("GET", path).status_code == crm.send("DELETE", path).status_code == 404
    assert person["id"] not in crm.ids("contacts", per_page=100)
    assert crm.ids("trashed/contacts") == [person["id"]]
    assert crm.ids("trashed/contacts/search", q="prob") == [person["id"]]
    assert crm.get(f"trashed/{path}")["phones"] == person["phones"]
    restored = crm.post(f"trashed/{path}", status=200)
    for name in ("id", "phones", "tags", "companies"):
        assert restored[name] == person[name]
    crm.delete(f"trashed/{path}", status=404)
    crm.delete(path)
    crm.delete(f"trashed/{path}")
    assert crm.send("POST", f"trashed/{path}").status_code == 404


def test_the_trash_is_emptied_in_batches(crm: Crm) -> None:
    for _ in range(3):
        crm.delete(f"contacts/{crm.contact()['id']}")
    deleted = [crm.delete("trashed/contacts?limit=2", status=200)["deleted"] for _ in range(3)]
    assert deleted == [2, 1, 0]
