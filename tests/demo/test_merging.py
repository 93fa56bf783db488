"""Merging: answered at once, visible a little later."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import Crm


def test_the_losers_parts_move_after_a_while_and_the_losers_are_gone(crm: Crm) -> None:
    winner = crm.person(tags_attributes=[{"name": "A"}])["id"]
    loser = crm.person(
        tags_attributes=[{"name": "A"}, {"name": "B"}],
        tels_attributes=[{"name": "1", "atype": "office"}],
        positions_attributes=[{"company_name": "Kurz GmbH"}],
    )["id"]
    crm.post(f"people/{loser}/assis", {"assi": {"name": "Frau Sommer"}})
    crm.post(f"people/{loser}/protocols", {"protocol": {"content": "x"}})
    answer = crm.post(f"people/{winner}/merge", {"looser_ids": [loser]}, 200)
    assert answer == {"message": "person merged"}
    assert crm.get(f"people/{loser}")
    before = crm.get(f"people/{winner}")["person"]["updated_at"]
    crm.clock.forward(1)
    crm.get(f"people/{loser}", 404)
    person = crm.get(f"people/{winner}", includes="all")["person"]
    assert [tag["name"] for tag in person["tags"]] == ["A", "B"]
    assert (len(person["tels"]), len(person["positions"]), len(person["assis"])) == (1, 1, 1)
    assert len(crm.get(f"people/{winner}/protocols")) == 1
    assert person["updated_at"] > before


def test_of_a_custom_field_that_both_have_the_winners_value_stays(crm: Crm) -> None:
    field = {"custom_fields_type_id": 71}
    winner = crm.person(custom_fields_attributes=[{**field, "name": "A-Kunde"}])["id"]
    loser = crm.person(custom_fields_attributes=[{**field, "name": "B-Kunde"}])["id"]
    crm.post(f"people/{winner}/merge", {"looser_ids": [loser]}, 200)
    crm.clock.forward(1)
    person = crm.get(f"people/{winner}", includes="custom_fields")["person"]
    assert [one["name"] for one in person["custom_fields"]] == ["A-Kunde"]


def test_companies_merge_with_their_positions(open_crm: Callable[..., Crm]) -> None:
    crm = open_crm(merge_delay=0)
    winner, first, second = (crm.company(name=name)["id"] for name in ("A", "B", "C"))
    person = crm.person(positions_attributes=[{"company_id": first}])
    body = {"looser_ids": [first, str(second)]}
    answer = crm.post(f"companies/{winner}/merge", body, 200)
    assert answer == {"description": "Success", "error": None}
    shown = crm.get(f"people/{person['id']}", includes="companies")["person"]
    assert [one["id"] for one in shown["companies"]] == [winner]
    crm.get(f"companies/{first}", 404)
    crm.get(f"companies/{second}", 404)


def test_a_winner_that_is_gone_meanwhile_leaves_the_losers_alone(crm: Crm) -> None:
    winner, loser = crm.person()["id"], crm.person()["id"]
    crm.post(f"people/{winner}/merge", {"looser_ids": [loser]}, 200)
    crm.delete(f"people/{winner}")
    crm.clock.forward(10)
    assert crm.get(f"people/{loser}")["person"]["id"] == loser


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"looser_ids": []}, 400),
        ({"looser_ids": [1]}, 404),
        ({"looser_ids": ["x"]}, 404),
    ],
)
def test_losers_must_be_named_and_exist(crm: Crm, body: object, status: int) -> None:
    winner = crm.person()["id"]
    crm.post(f"people/{winner}/merge", body, status)
    crm.post(f"people/{winner}/merge", {"looser_ids": [winner]}, 404)
    crm.post("custom_fields_types/71/merge", {"looser_ids": [72]}, 404)
    assert crm.get(f"people/{winner}")
