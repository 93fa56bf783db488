"""`csc-tui dupes`: pairs out of the store."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.cli.conftest import Said
from tests.live_demo import LiveDemo

Run = Callable[..., Said]
pytestmark = pytest.mark.usefixtures("account")


def person(demo: LiveDemo, name: str, first: str, phone: str) -> str:
    contact = {"name": phone, "atype": "office"}
    body = {"person": {"name": name, "first_name": first, "tels_attributes": [contact]}}
    return str(demo.ask("POST", "/api/people", body)["person"]["id"])


def test_two_spellings_of_one_person_are_a_pair(cli: Run, demo_server: LiveDemo) -> None:
    one = person(demo_server, "Zwölfländer", "Jörg", "+49 (0)2233 471199")
    other = person(demo_server, "ZWOELFLAENDER", "Joerg", "02233/47 11 99")
    assert "Run: csc-tui sync people" in cli("dupes", "people").err
    assert cli("list", "people", "--jsonl").code == 0
    demo_server.forget()

    pairs = json.loads(cli("dupes", "people", "--json").out)
    mine = [it for it in pairs if one in (it["one"]["id"], it["other"]["id"])]
    assert [sorted((it["one"]["id"], it["other"]["id"])) for it in mine] == [sorted([one, other])]
    assert mine[0]["reasons"] == ["name", "phone"]
    [line] = [it for it in cli("dupes", "people").out.splitlines() if one in it]
    assert line.endswith("same name, phone equal")
    assert demo_server.requests() == []


def test_what_cannot_become_one_is_not_compared(cli: Run) -> None:
    said = cli("dupes", "tasks")
    assert said.code == 2
    assert "No two tasks can be made one, so they are not compared." in said.err
    assert "sync" not in said.err
