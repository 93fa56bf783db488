"""Two spellings of one person become one, by keys alone at 80x24, on either CRM."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener, environment_of

LONG = 60.0
"""Seconds for a merge piece by piece on a loaded machine."""
NUMBERS = ("+49 2233 471100", "+49 2233 471199")


def central(demo: LiveDemo) -> tuple[str, str, str]:
    """Path of both, and their ids; the second one has another phone and one tag more."""

    def make(first: str, number: str, *tags: str) -> str:
        contacts = {"tels_attributes": [{"name": number, "atype": "office"}]}
        named = {"name": "Aabel", "first_name": first, "title": first[:2]}
        made = {**named, **contacts, "tags_attributes": [{"name": one} for one in tags]}
        person = demo.ask("POST", "/api/people", {"person": made})["person"]
        demo.ask("POST", f"/api/people/{person['id']}/contact_details", {"email": {
            "name": "aabel@example.org", "atype": "office"}})  # fmt: skip
        return str(person["id"])

    one = make("Joerg", NUMBERS[0], "Messe")
    return "/api/people", one, make("Jörg", NUMBERS[1], "Messe", "VIP")


def concord(demo: LiveDemo) -> tuple[str, str, str]:
    company = demo.ask("POST", "/api/companies", {"name": "Aabel & Söhne"})["id"]

    def make(first: str, number: str, *tags: str) -> str:
        made = {
            "first_name": first, "last_name": "Aabel", "job_title": first[:2], "city": "Köln",
            "phones": [{"number": number, "type": "work"}], "tags": list(tags),
            "companies": [company],
        }  # fmt: skip
        return str(demo.ask("POST", "/api/contacts", made)["id"])

    one = make("Joerg", NUMBERS[0], "Messe")
    return "/api/contacts", one, make("Jörg", NUMBERS[1], "Messe", "VIP")


MAKE = {"centralstation": central, "concord": concord}


def there(demo: LiveDemo, path: str) -> bool:
    with demo.client() as client:
        return client.get(path).status_code == 200


def held(demo: LiveDemo, path: str) -> tuple[set[str], set[str]]:
    """Numbers and tags of a record."""
    one: dict[str, Any] = demo.ask("GET", f"{path}?includes=tels%20tags")
    person = one.get("person", one)
    numbers = {it.get("number") or it["name"] for it in person.get("tels", person.get("phones"))}
    return numbers, {it["name"] for it in person["tags"]}


@pytest.mark.parametrize("dialect", MAKE)
def test_two_spellings_of_one_person_are_merged(
    terminal: Opener, own_demo: Callable[..., LiveDemo], dialect: str
) -> None:
    server = own_demo("--dialect", dialect, "--limit", "100000", "--today", "2026-11-20",
                      "--people", "60", "--companies", "20", "--merge-delay", "0.1")  # fmt: skip
    path, stays, goes = MAKE[dialect](server)
    screen = terminal(**environment_of(server))
    screen.wait_for("› Aabel")
    screen.wait_for(lambda lines: "outbox 0" in lines[-1])
    server.forget()
    screen.press(":")
    screen.wait_for("All commands")
    screen.type("duplicates")
    screen.wait_for("1 command")
    screen.press("enter")
    screen.wait_for("› Aabel, J")
    assert server.requests() == []
    # Side by side; `w` until it is the one with the umlaut that goes, its first name stays.
    screen.press("enter")
    screen.wait_for("nothing is sent before ctrl+s")
    if not any(f"#{stays}) stays" in line for line in screen.screen()):
        screen.press("w")
    screen.wait_for(f"(#{goes}) goes")
    screen.wait_for("1 phone, 1 tag; there already: 1")
    screen.press("t")
    screen.wait_for(lambda lines: any("•Jörg" in line or "•Jö" in line for line in lines))
    found = re.search(r"(\d+) requests, ~", " ".join(screen.screen()))
    assert found is not None
    screen.press("ctrl+s")
    screen.wait_for("Type  Aabel  to merge")
    screen.settle(0.3)
    screen.type("Aabel")
    server.forget()
    screen.press("enter")
    screen.wait_for("merged; Aabel, Jörg is no more", LONG)
    screen.wait_for(lambda lines: "outbox 0" in lines[-1])
    assert len(server.requests()) == int(found[1])
    assert not there(server, f"{path}/{goes}")
    assert held(server, f"{path}/{stays}") == (set(NUMBERS), {"Messe", "VIP"})
    # The pair is one no more; what can be taken back is taken back as a whole.
    screen.wait_gone("Aabel, Joerg")
    screen.press("u")
    if dialect == "centralstation":
        screen.wait_for("nothing to undo")
        return
    screen.wait_for("undo: ")
    screen.press("enter")
    screen.wait_for(lambda _: there(server, f"{path}/{goes}"), LONG)
    screen.wait_for(lambda lines: "outbox 0" in lines[-1], LONG)
    assert held(server, f"{path}/{goes}") == ({NUMBERS[1]}, {"Messe", "VIP"})
    assert held(server, f"{path}/{stays}") == ({NUMBERS[0]}, {"Messe"})
