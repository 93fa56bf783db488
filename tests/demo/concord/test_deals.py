"""Deals, their stages, products and the rules between them (Concord fact sheet §10.3, §12.3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Crm


def test_a_deal_with_its_stage_and_pipeline(crm: Crm) -> None:
    deal = crm.deal(stage_id=2, amount="1250.5", expected_close_date="2026-12-01")
    assert (deal["status"], deal["amount"]) == ("open", 1250.5)
    assert deal["expected_close_date"] == "2026-12-01T00:00:00.000000Z"
    assert set(deal["stage"]) == {"id", "name", "win_probability", "display_order", "pipeline_id"}
    assert deal["pipeline_id"] == deal["stage"]["pipeline_id"] == deal["pipeline"]["id"]
    assert [one["id"] for one in deal["pipeline"]["stages"]][:2] == [1, 2]
    assert deal["falls_behind_expected_close_date"] is False
    assert not {"won_date", "lost_date", "lost_reason"} & set(deal)


def test_what_is_empty_reads_as_zero_or_is_not_there(crm: Crm) -> None:
    deal = crm.deal(amount=5)
    cleared = crm.put(f"deals/{deal['id']}", {"amount": None, "expected_close_date": None})
    assert (cleared["amount"], cleared["expected_close_date"]) == (0, None)
    assert "falls_behind_expected_close_date" not in cleared


def test_between_won_and_lost_is_open(crm: Crm) -> None:
    path = f"deals/{crm.deal(status='won')['id']}"
    assert crm.get(path)["won_date"] == "2026-11-02T09:00:00.000000Z"
    assert list(crm.put(path, {"status": "lost"}, 409)) == ["message"]
    assert "won_date" not in crm.put(path, {"status": "open"})
    lost = crm.put(path, {"status": "lost", "lost_reason": "Zu teuer"})
    assert (lost["lost_reason"], "lost_date" in lost) == ("Zu teuer", True)
    crm.put(path, {"status": "won"}, 409)
    assert crm.put(f"{path}/status/open", {})["status"] == "open"
    assert crm.put(f"{path}/status/won", {})["status"] == "won"
    crm.put(f"{path}/status/gone", {}, 404)
    assert set(crm.put(path, {"status": "gone"}, 422)["errors"]) == {"status"}


def test_a_lost_deal_may_have_to_say_why(open_crm: Callable[..., Crm]) -> None:
    crm = open_crm(lost_reason_required=True)
    path = f"deals/{crm.deal()['id']}"
    assert set(crm.put(path, {"status": "lost"}, 422)["errors"]) == {"lost_reason"}
    crm.put(path, {"status": "lost", "lost_reason": "Kein Bedarf"})


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({"stage_id": None}, {"stage_id"}),
        ({"pipeline_id": 1}, {"stage_id"}),
        ({"pipeline_id": 2, "stage_id": 1}, {"stage_id"}),
        ({"pipeline_id": None}, {"pipeline_id", "stage_id"}),
        ({"stage_id": 999}, {"stage_id"}),
        ({"name": ""}, {"name"}),
        ({"amount": "much"}, {"amount"}),
        ({"expected_close_date": "soon"}, {"expected_close_date"}),
        ({"swatch_color": "red"}, {"swatch_color"}),
    ],
)
def test_what_a_deal_cannot_be(crm: Crm, body: object, errors: set[str]) -> None:
    assert set(crm.put(f"deals/{crm.deal()['id']}", body, 422)["errors"]) == errors


def test_the_time_in_each_stage_is_counted(crm: Crm) -> None:
    path = f"deals/{crm.deal(stage_id=1)['id']}"
    crm.clock.forward(60)
    crm.put(path, {"stage_id": 2})
    crm.clock.forward(30)
    assert crm.get(path)["time_in_stages"] == {"1": 60, "2": 30}
    moved = crm.put(path, {"pipeline_id": 2, "stage_id": "Besichtigt"})
    assert (moved["pipeline"]["name"], moved["stage"]["name"]) == ("Service", "Besichtigt")


def line(**more: object) -> dict[str, object]:
    """A line as the documentation shows it."""
    return {
        "name": "Chair",
        "unit_price": 120.5,
        "qty": 2,
        "unit": "pc",
        "tax_rate": 20,
        "tax_label": "VAT",
        "discount_type": "percent",
        "discount_total": 10,
        **more,
    }


def test_products_make_the_amount(crm: Crm) -> None:
    deal = crm.deal(amount=5)
    path = f"deals/{deal['id']}"
    bill = crm.post(f"{path}/billable", {"tax_type": "exclusive", "products": [line()]}, 200)
    assert (bill["subtotal"], bill["total_tax"], bill["total"]) == (216.9, 43.38, 260.28)
    assert (bill["has_discount"], bill["total_discount"]) == (True, 24.1)
    (first,) = bill["products"]
    assert crm.get(f"products/{first['product_id']}")["name"] == "Chair"
    assert (crm.get(path)["amount"], crm.get(path)["products_count"]) == (260.28, 1)
    assert crm.put(path, {"amount": 1})["amount"] == 260.28
    body: dict[str, Any] = {"products": [{"id": first["id"], "qty": 1}, line(product_id=1)]}
    both = crm.post(f"{path}/billable", body, 200)["products"]
    assert [one["qty"] for one in both] == [1, 2]
    left = crm.post(f"{path}/billable", {"removed_products": [first["id"]]}, 200)
    assert [one["product_id"] for one in left["products"]] == [1]
    assert crm.get(f"{path}/billable") == crm.get(path, **{"with": "billable"})["billable"] == left


@pytest.mark.parametrize(
    ("kind", "total"), [("exclusive", 260.28), ("inclusive", 216.9), ("no_tax", 216.9)]
)
def test_the_kinds_of_taxes(crm: Crm, kind: str, total: float) -> None:
    deal = crm.deal(billable={"tax_type": kind, "products": [line()]})
    assert deal["amount"] == total


def test_bad_lines_are_named_by_their_place(crm: Crm) -> None:
    path = f"deals/{crm.deal()['id']}/billable"
    lines = [line(), line(qty="many"), line(name=None), line(discount_type="x")]
    refused = crm.post(path, {"tax_type": "x", "products": lines}, 422)
    assert set(refused["errors"]) == {
        *("tax_type", "products.1.qty", "products.2.name", "products.3.discount_type"),
    }


@pytest.mark.parametrize(("switch", "kind"), [("array", list), ("object", dict)])
def test_a_deal_without_products(
    open_crm: Callable[..., Crm], switch: str, kind: type[object]
) -> None:
    crm = open_crm(empty_billable=switch)
    assert isinstance(crm.get(f"deals/{crm.deal()['id']}/billable"), kind)


def test_products_have_unique_names_and_can_be_cloned(crm: Crm) -> None:
    body = {"name": "Stuhl", "sku": "S-1", "unit_price": 10, "tax_rate": None}
    made = crm.post("products", body)
    assert (made["tax_rate"], made["direct_cost"], made["is_active"]) == (0, 0, True)
    assert set(crm.post("products", body, 422)["errors"]) == {"name", "sku"}
    wrong = crm.post("products", {"name": "X", "unit_price": -1, "tax_rate": 101}, 422)
    assert set(wrong["errors"]) == {"unit_price", "tax_rate"}
    copies = [crm.post(f"products/{made['id']}/clone", status=200) for _ in range(2)]
    assert len({made["name"], *(one["name"] for one in copies)}) == 3
    crm.put(f"products/{made['id']}", {"is_active": False})
    assert made["id"] not in crm.ids("products/active", per_page=100)
    crm.send("POST", f"deals/{crm.deal()['id']}/clone")
    assert crm.send("POST", f"deals/{crm.deal()['id']}/clone").status_code == 404


def test_pipelines_carry_their_stages(crm: Crm) -> None:
    body = {"name": "Neu", "stages": [{"name": "A", "win_probability": 10}]}
    made = crm.post("pipelines", body)
    (stage,) = made["stages"]
    assert crm.ids(f"pipelines/{made['id']}/stages") == [stage["id"]]
    more = [{**stage, "name": "B"}, {"name": "C", "win_probability": 20}]
    changed = crm.put(f"pipelines/{made['id']}", {"name": "Neu", "stages": more})
    assert [one["name"] for one in changed["stages"]] == ["B", "C"]
    assert set(crm.put(f"pipelines/{made['id']}", {}, 422)["errors"]) == {"name"}
    twin = {"pipeline_id": made["id"], "name": "b", "win_probability": 101}
    assert set(crm.post("pipeline-stages", twin, 422)["errors"]) == {"name", "win_probability"}


def test_what_is_in_use_is_not_deleted(crm: Crm) -> None:
    deal = crm.deal(stage_id=8)["id"]
    crm.delete(f"deals/{deal}")
    crm.delete("pipeline-stages/8", status=409)
    source = crm.contact(source_id="Neu")["source_id"]
    crm.delete(f"sources/{source}", status=409)
    crm.delete("sources/1", status=409)
    industry = crm.company(industry_id="Neu")["industry_id"]
    crm.delete(f"industries/{industry}", status=409)
    unused = crm.post("sources", {"name": "Ungenutzt"})["id"]
    crm.delete(f"sources/{unused}")
    crm.get(f"sources/{unused}", 404)
    assert set(crm.post("sources", {"name": "neu"}, 422)["errors"]) == {"name"}


def test_lookups_in_use_go_where_the_switch_says_so(open_crm: Callable[..., Crm]) -> None:
    crm = open_crm(lookups_in_use="204")
    company = crm.company(industry_id="Neu")
    crm.delete(f"industries/{company['industry_id']}")
    assert crm.get(f"companies/{company['id']}")["industry_id"] is None


def test_nothing_of_a_destroyed_deal_is_left(crm: Crm) -> None:
    body = {"products": [line()]}
    last = crm.deal(billable=body)["id"]
    lines = crm.store.number("SELECT count(*) FROM billable_lines")
    crm.delete(f"deals/{last}")
    crm.delete(f"trashed/deals/{last}")
    assert crm.store.number("SELECT count(*) FROM billable_lines") == lines - 1
    assert len(crm.post(f"deals/{crm.deal()['id']}/billable", body, 200)["products"]) == 1


def test_a_pipeline_goes_with_its_stages(crm: Crm) -> None:
    stages = [{"name": "A", "win_probability": 10}]
    made = crm.post("pipelines", {"name": "Neu", "stages": stages})
    deal = crm.deal(stage_id=made["stages"][0]["id"])["id"]
    crm.delete(f"pipelines/{made['id']}", status=409)
    crm.put(f"deals/{deal}", {"stage_id": 1})
    crm.delete(f"pipelines/{made['id']}")
    assert crm.ids("pipelines") == [2, 1]
    crm.get(f"pipeline-stages/{made['stages'][0]['id']}", 404)


def test_new_users_have_a_password_and_no_api(crm: Crm) -> None:
    body = {"name": "Neu", "email": "neu@vertrieb.example", "timezone": "Europe/Berlin"}
    body |= {"time_format": "H:i", "date_format": "d.m.Y"}
    assert set(crm.post("users", body, 422)["errors"]) == {"password"}
    for password, again in (("short", "short"), ("long enough", "another")):
        given = {**body, "password": password, "password_confirmation": again}
        assert set(crm.post("users", given, 422)["errors"]) == {"password"}
    given = {**body, "password": "long enough", "password_confirmation": "long enough"}
    made = crm.post("users", given)
    assert (made["access_api"], made["super_admin"], "password" in made) == (False, False, False)


def test_products_are_searched_by_whether_they_are_active(crm: Crm) -> None:
    found = crm.get("products/search", q="off", search_fields="is_active")
    assert [one["name"] for one in found] == ["Anfahrt"]


def test_users_hand_their_records_over(crm: Crm) -> None:
    person = crm.contact(user_id=crm.colleague)["id"]
    crm.delete(f"users/{crm.user}", status=409)
    itself = {"transfer_data_to": crm.colleague}
    crm.delete(f"users/{crm.colleague}", itself, status=409)
    crm.delete(f"users/{crm.colleague}")
    assert crm.get(f"contacts/{person}")["user_id"] == crm.user
