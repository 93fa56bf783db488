"""New, changed, tagged, deleted, by keys alone at 80x24; what each of them writes."""

from __future__ import annotations

from typing import Any

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener
from tests.terminal.terminal import Terminal
from tests.terminal.test_list import opened


def field(screen: Terminal, label: str, text: str) -> None:
    """`ctrl+g` to a field, empty it, type."""
    screen.press("ctrl+g")
    screen.type(label)
    screen.press("enter", "ctrl+u")
    screen.type(text)


def writes(demo: LiveDemo) -> list[tuple[str, str, Any]]:
    """Method, path and body of everything that was written."""
    return [
        (one["method"], one["path"], one["body"]) for one in demo.log() if one["method"] != "GET"
    ]


def saved(screen: Terminal, demo: LiveDemo, words: str = "saved") -> None:
    """Wait until the server has confirmed what it was sent."""
    screen.wait_for(
        lambda lines: (
            lines[-2].strip().startswith(words) and "outbox 0" in lines[-1] and writes(demo)
        )
    )


def test_a_new_person_with_everything_is_one_post(account: Opener, demo_server: LiveDemo) -> None:
    firm = demo_server.ask("POST", "/api/companies", {"company": {"name": "Zwickelwerk"}})
    screen = opened(account)
    screen.press("2")
    screen.wait_for("row 1 of 601")
    screen.press("/")
    screen.type("zwickelw")
    screen.wait_for("1 on the server")
    screen.press("escape", "1")
    screen.wait_for("row 1 of 2,400")
    demo_server.forget()
    screen.press("n")
    screen.wait_for("People › New person")
    field(screen, "first", "Änne")
    field(screen, "last", "Aabel")
    field(screen, "phone", "+49 221 4710 199")
    field(screen, "e-mail", "aabel@brandt.example")
    field(screen, "company", "zwick")
    screen.wait_for("› Zwickelwerk")
    screen.press("enter")
    screen.wait_for("[Zwickelwerk")
    field(screen, "job", "Meisterin")
    field(screen, "street", "Hof 1")
    field(screen, "zip", "50670")
    field(screen, "city", "Köln")
    field(screen, "tags", "Probe, VIP")
    screen.press("ctrl+s")
    saved(screen, demo_server)

    ((method, path, body),) = writes(demo_server)
    assert (method, path.partition("?")[0]) == ("POST", "/api/people")
    person = body["person"]
    assert (person["name"], person["first_name"]) == ("Aabel", "Änne")
    assert [one["name"] for one in person["tels_attributes"]] == ["+49 221 4710 199"]
    assert [one["name"] for one in person["emails_attributes"]] == ["aabel@brandt.example"]
    (position,) = person["positions_attributes"]
    assert str(position["company_id"]) == str(firm["company"]["id"])
    assert position["name"] == "Meisterin"
    (address,) = person["addrs_attributes"]
    assert (address["street"], address["zip"], address["city"]) == ("Hof 1", "50670", "Köln")
    assert sorted(one["name"] for one in person["tags_attributes"]) == ["Probe", "VIP"]
    # The cursor stands on it, the total counts it.
    screen.wait_for("› Aabel, Änne            Zwickelwerk")
    screen.press("down", "up")
    screen.wait_for("row 1 of 2,401")


def test_a_change_sends_what_changed(account: Opener, demo_server: LiveDemo) -> None:
    made = demo_server.ask(
        "POST", "/api/people", {"person": {"name": "Aabel", "first_name": "Anne", "title": "Dr."}}
    )["person"]["id"]
    screen = account()
    screen.wait_for("› Aabel, Anne")
    demo_server.forget()
    screen.press("e")
    screen.wait_for("Aabel, Anne › Edit person")
    screen.press("ctrl+s")
    screen.wait_for("nothing to save")
    field(screen, "first", "Änne")
    screen.wait_for("was Anne")
    screen.press("ctrl+s")
    saved(screen, demo_server)
    assert writes(demo_server) == [
        ("PUT", f"/api/people/{made}", {"person": {"first_name": "Änne"}})
    ]
    screen.wait_for("› Aabel, Änne")


def test_parts_are_added_changed_and_deleted(account: Opener, demo_server: LiveDemo) -> None:
    made = demo_server.ask("POST", "/api/people", {"person": {"name": "Aabel"}})["person"]["id"]
    screen = account()
    screen.wait_for("› Aabel")
    screen.press("enter")
    screen.wait_for("People › Aabel")
    demo_server.forget()
    screen.press("a")
    screen.wait_for("Aabel › Add")
    screen.press("enter")
    screen.wait_for("Add phone")
    field(screen, "number", "+49 30 23125 001")
    screen.press("ctrl+s")
    saved(screen, demo_server)
    screen.wait_for("Phone          office    +49 30 23125 001")
    ((method, _, body),) = writes(demo_server)
    assert method == "POST"
    assert "+49 30 23125 001" in str(body)

    demo_server.forget()
    screen.press("g", "j", "e")
    screen.wait_for("Edit phone")
    field(screen, "number", "+49 30 23125 002")
    screen.press("ctrl+s")
    saved(screen, demo_server)
    screen.wait_for("+49 30 23125 002")
    ((method, _, body),) = writes(demo_server)
    assert method == "PUT"
    assert "+49 30 23125 002" in str(body)
    assert "office" not in str(body)

    demo_server.forget()
    screen.press("D")
    screen.wait_for("Delete phone +49 30 23125 002?")
    screen.settle(1.1)  # a key that was held does not confirm
    screen.press("enter")
    saved(screen, demo_server)
    screen.wait_gone("+49 30 23125 002")
    ((method, _, _),) = writes(demo_server)
    assert method == "DELETE"
    assert demo_server.ask("GET", f"/api/people/{made}?includes=tels")["person"]["tels"] == []


def test_tags_in_one_field(account: Opener, demo_server: LiveDemo) -> None:
    made = demo_server.ask(
        "POST",
        "/api/people",
        {"person": {"name": "Aabel", "tags_attributes": [{"name": "Alt"}, {"name": "Bleibt"}]}},
    )["person"]["id"]
    screen = account()
    screen.wait_for("› Aabel")
    screen.press("t")
    screen.wait_for("Aabel › Edit tags")
    screen.wait_for("[Alt, Bleibt")
    screen.press("ctrl+u")
    screen.type("Bleibt, Neu")
    screen.press("ctrl+s")
    saved(screen, demo_server)
    tags = demo_server.ask("GET", f"/api/people/{made}?includes=tags")["person"]["tags"]
    assert sorted(one["name"] for one in tags) == ["Bleibt", "Neu"]


def test_a_record_is_deleted_by_typing_its_name(account: Opener, demo_server: LiveDemo) -> None:
    made = demo_server.ask(
        "POST", "/api/people", {"person": {"name": "Aabel", "first_name": "Änne"}}
    )["person"]["id"]
    screen = account()
    screen.wait_for("› Aabel, Änne")
    screen.settle()
    demo_server.forget()
    screen.press("D")
    screen.wait_for("Delete Änne Aabel?")
    screen.wait_for("Type  Aabel  to delete:")
    screen.type("wrong")
    screen.settle(1.1)
    screen.press("enter")
    screen.wait_for("that does not match; esc keeps the record")
    assert writes(demo_server) == []
    screen.press("escape")
    screen.wait_for("row 1 of 2,401")
    screen.press("D")
    screen.wait_for("Type  Aabel  to delete:")
    screen.settle()
    screen.type("aabel")
    screen.settle(1.1)
    screen.press("enter")
    saved(screen, demo_server, "deleted")
    assert writes(demo_server) == [("DELETE", f"/api/people/{made}", None)]
    screen.wait_for("› Abel, Frank")
    screen.press("down", "up")
    screen.wait_for("row 1 of 2,400")


def test_a_company_is_made_and_changed(account: Opener, demo_server: LiveDemo) -> None:
    screen = opened(account)
    screen.press("2")
    screen.wait_for("row 1 of 600")
    demo_server.forget()
    screen.press("n")
    screen.wait_for("Companies › New company")
    field(screen, "name", "Aab & Söhne")
    field(screen, "web", "https://aab.example")
    screen.press("ctrl+s")
    saved(screen, demo_server)
    ((method, _, body),) = writes(demo_server)
    assert (method, body["company"]["name"]) == ("POST", "Aab & Söhne")
    assert body["company"]["homepages_attributes"][0]["name"] == "https://aab.example"
    screen.wait_for("› Aab & Söhne")
    demo_server.forget()
    screen.press("E")
    screen.wait_for("Edit company")
    field(screen, "back", "Zahlt gut.")
    screen.press("ctrl+s")
    saved(screen, demo_server)
    ((method, _, body),) = writes(demo_server)
    assert (method, body) == ("PUT", {"company": {"background": "Zahlt gut."}})
