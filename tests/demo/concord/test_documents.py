"""Documents, their templates, and records as a file."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from .conftest import Crm, Shown

TITLE = "Angebot"


def document(crm: Crm, **values: object) -> Shown:
    body = {"title": TITLE, "brand_id": 1, "document_type_id": 1, "user_id": crm.user, **values}
    made: Shown = crm.post("documents", body)
    return made


def test_a_document_is_made_with_what_belongs_to_it(crm: Crm) -> None:
    contact = crm.contact()["id"]
    signers = [{"name": "Ana", "email": "ana@x.example", "send_email": False}]
    pdf = {"font": "Inter", "orientation": "portrait", "size": "a4"}
    made = document(
        crm, contacts=[contact], signers=signers, pdf=pdf, content="<p>x</p>", requires_signature=1
    )
    assert (made["display_name"], made["status"], made["amount"]) == (TITLE, "draft", 0)
    assert (made["signers"], made["pdf"], made["recipients"]) == (signers, pdf, None)
    assert made["requires_signature"] is True
    assert (made["brand"], made["type"]["id"]) == ({"id": 1, "name": "Demo"}, 1)
    assert made["creator"]["id"] == made["user"]["id"] == crm.user
    assert [one["id"] for one in made["contacts"]] == [contact]
    assert crm.ids(f"contacts/{contact}/documents") == [made["id"]]
    shown = crm.get(f"contacts/{contact}")
    assert (shown["documents_count"], shown["draft_documents_count"]) == (1, 1)
    changed = crm.put(f"documents/{made['id']}", {"signers": []})
    assert (changed["signers"], changed["title"]) == ([], TITLE)


def test_what_a_document_must_have(crm: Crm) -> None:
    errors = crm.post("documents", {"view_type": "nav-right", "pdf": "a4"}, 422)["errors"]
    required = ("title", "brand_id", "document_type_id", "user_id")
    assert set(errors) == {*required, "view_type", "pdf"}
    body = {"title": "x", "brand_id": 2, "document_type_id": 1, "user_id": crm.user}
    assert list(crm.post("documents", body, 422)["errors"]) == ["brand_id"]


def test_a_document_is_accepted_lost_and_a_draft_again(crm: Crm) -> None:
    path = f"documents/{document(crm)['id']}"
    accepted = crm.post(f"{path}/accept", status=200)
    assert (accepted["status"], accepted["marked_accepted_by"]) == ("accepted", crm.user)
    assert accepted["accepted_at"] == "2026-11-02T09:00:00.000000Z"
    assert crm.post(f"{path}/lost", status=200)["status"] == "lost"
    again = crm.post(f"{path}/draft", status=200)
    assert (again["status"], again["accepted_at"]) == ("draft", None)
    crm.get(f"{path}/accept", 405)
    copy = crm.post(f"{path}/clone", status=200)
    assert (copy["title"], copy["status"]) == (f"{TITLE} (copy)", "draft")
    crm.delete(path)
    assert crm.get(f"trashed/{path}")["title"] == TITLE


def test_deals_with_products_come_with_their_offer(crm: Crm) -> None:
    offers = crm.get("documents", per_page=100)["data"]
    assert offers
    shown = crm.get(f"documents/{offers[0]['id']}")
    assert (len(shown["deals"]), len(shown["companies"])) == (1, 1)
    assert shown["amount"] == shown["deals"][0]["amount"] > 0


def test_templates_are_named_once_and_can_be_copied(crm: Crm) -> None:
    body = {"name": "Vorlage", "content": "<p>x</p>"}
    made = crm.post("document-templates", body)
    assert list(crm.post("document-templates", body, 422)["errors"]) == ["name"]
    path = f"document-templates/{made['id']}"
    assert crm.post(f"{path}/clone", status=200)["name"] == "Vorlage (copy)"
    assert set(crm.put(path, {"is_shared": True}, 422)["errors"]) == {"name", "content"}


def lines(crm: Crm, **body: object) -> list[dict[str, Any]]:
    response = crm.send("POST", "contacts/export", {"type": "csv", **body})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == 'attachment; filename="contacts.csv"'
    return list(csv.DictReader(io.StringIO(response.text, newline="")))


def test_records_are_exported_as_a_file(crm: Crm) -> None:
    made = crm.contact(
        first_name="Ana, Maria",
        phones=["+15550100|work", "+15550101"],
        tags=["Kran"],
        source_id=1,
        user_id=crm.user,
    )
    everybody = lines(crm)
    assert len(everybody) == crm.get("contacts")["meta"]["total"]
    (ours,) = [one for one in everybody if one["ID"] == str(made["id"])]
    assert (ours["First name"], ours["Phones"]) == ("Ana, Maria", "+15550100, +15550101")
    assert (ours["Tags"], ours["Source"]) == ("Kran", made["source"]["name"])
    assert (ours["User"], ours["Last name"]) == (made["user"]["name"], "")
    few = lines(crm, period="last_7_days", fields=["first_name"])
    assert {"ID": str(made["id"]), "First name": "Ana, Maria"} in few
    assert len(few) < len(everybody)
    filters = {"condition": "and", "children": [
        {"type": "rule", "query": {"type": "text", "rule": "first_name", "operator": "equal",
                                   "value": "Ana, Maria"}}]}  # fmt: skip
    assert [one["ID"] for one in lines(crm, filters=filters)] == [str(made["id"])]


@pytest.mark.parametrize(
    ("body", "keys"),
    [
        ({}, ["type"]),
        ({"type": "xls"}, ["type"]),
        ({"type": "csv", "period": "whenever"}, ["period"]),
        ({"type": "csv", "fields": ["first_name", "shoe_size"]}, ["fields"]),
        ({"type": "csv", "date_range_field": "x", "period": "today"}, ["date_range_field"]),
        (
            {"type": "csv", "date_range_field": "first_name", "period": "today"},
            ["date_range_field"],
        ),
    ],
)
def test_an_export_that_cannot_be(crm: Crm, body: dict[str, object], keys: list[str]) -> None:
    assert list(crm.post("contacts/export", body, 422)["errors"]) == keys
    crm.get("contacts/export", 405)
