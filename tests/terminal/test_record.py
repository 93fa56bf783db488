"""A record on its own screen: what stands where, what it costs, what its keys do."""

from __future__ import annotations

import re

import pytest

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener
from tests.terminal.terminal import Terminal
from tests.terminal.test_list import loaded, opened


def labels(screen: Terminal) -> list[str]:
    """The labels of the rows, from the top, each once."""
    found = [line[2:17].strip() for line in screen.screen()[4:-2]]
    return [label for label in found if label]


def everything(demo: LiveDemo, company: int | None = None) -> None:
    """A person with every kind of part, the first in the list."""
    demo.ask(
        "POST",
        "/api/people",
        {
            "person": {
                "name": "Aabel",
                "first_name": "Änne",
                "background": "Prefers the phone before nine. " * 30,
                "tels_attributes": [
                    {"name": "+49 221 4710 199", "atype": "office"},
                    {"name": "+49 171 3920099", "atype": "mobile"},
                ],
                "emails_attributes": [{"name": "aabel@brandt.example", "atype": "office"}],
                "homepages_attributes": [{"name": "https://aabel.example", "atype": "office"}],
                "addrs_attributes": [
                    {"street": "Hof 1", "zip": "50670", "city": "Köln", "atype": "work"}
                ],
                "tags_attributes": [{"name": "VIP"}, {"name": "Messe"}],
                "positions_attributes": (
                    [{"company_id": company, "name": "Meisterin"}] if company else []
                ),
            }
        },
    )
    demo.forget()


def test_the_parts_stand_in_the_order_of_use(account: Opener, demo_server: LiveDemo) -> None:
    made = demo_server.ask("POST", "/api/companies", {"company": {"name": "Aabwerk"}})
    everything(demo_server, made["company"]["id"])
    screen = account(rows=40)
    screen.wait_for("› Aabel, Änne")
    screen.settle()
    demo_server.forget()
    screen.press("enter")
    screen.wait_for("Created")
    lines = screen.settle()
    assert lines[1].rstrip() == " People › Aabel, Änne"
    assert lines[2].startswith("  Änne Aabel  ")
    assert lines[3].startswith("  Meisterin, Aabwerk ›")
    assert labels(screen) == [
        "Phone", "E-mail", "Address", "Last contact", "Tags", "Company", "Salutation",
        "Background", "Web", "Changed", "Created",
    ]  # fmt: skip
    assert screen.cursor_line().startswith("› Phone          office    +49 221 4710 199")
    screen.wait_for(lambda lines: re.fullmatch(r" read \d\d:\d\d +3 of \d\d ?", lines[-2]))
    screen.wait_for("Last contact   no notes yet")
    (asked,) = demo_server.requests()
    assert "/protocols?" in asked
    # One cursor through all of it.
    stops = int(screen.line(-2).split()[-1])
    screen.press("home")
    screen.wait_for(f"1 of {stops}")
    screen.press(*["down"] * (stops - 1))
    screen.wait_for(f"{stops} of {stops}")
    assert screen.cursor_line().startswith("› Created")
    screen.press("pageup", "ctrl+d", "ctrl+u", "g", "k")
    screen.wait_for(f"1 of {stops}")
    screen.press("j", "pagedown", "end")
    screen.wait_for(f"{stops} of {stops}")


def test_a_long_text_alone_is_paged(account: Opener, demo_server: LiveDemo) -> None:
    everything(demo_server)
    screen = account(rows=12, columns=60)
    screen.wait_for("› Aabel, Änne")
    screen.press("enter")
    screen.wait_for("› Phone")
    screen.press("end", "up", "up", "up")
    screen.wait_for(lambda lines: any(line.startswith("› Background") for line in lines))
    screen.press("enter")
    screen.wait_for("Aabel, Änne › Background")
    first = screen.wait_for(lambda lines: "1 to 8 of" in lines[-2])[2:10]
    assert "space" not in screen.line(-2)
    for key in ("space", "pagedown"):
        screen.press(key)
        screen.wait_for(lambda lines: "9 to 16 of" in lines[-2])
        screen.press("pageup")
        assert screen.wait_for(lambda lines: "1 to 8 of" in lines[-2])[2:10] == first
    screen.press("end")
    screen.wait_for(lambda lines: lines[-2].split()[-3] == lines[-2].split()[-1])
    screen.press("escape")
    screen.wait_for(lambda lines: any(line.startswith("› Background") for line in lines))


def test_a_number_is_shown_alone_and_the_first_line_leads_nowhere(account: Opener) -> None:
    screen = opened(account)
    screen.press("enter")
    screen.wait_for("› Phone")
    screen.press("l")
    screen.wait_for("Abel, Frank › Phone")
    screen.wait_for("+49 221 4710 155")
    screen.press("q", "g", "enter")
    screen.wait_for("nothing to follow here")
    screen.press("tab")
    screen.wait_for("tab does nothing here")


def test_the_names_of_a_companys_people_come_once_the_keys_rest(
    account: Opener, demo_server: LiveDemo
) -> None:
    made = demo_server.ask("POST", "/api/companies", {"company": {"name": "Aab & Co"}})
    everything(demo_server, made["company"]["id"])
    screen = account()
    screen.wait_for("› Aabel, Änne")
    screen.press("2")
    screen.wait_for("› Aab & Co")
    demo_server.forget()
    screen.press("enter")
    screen.wait_for("Companies › Aab & Co")
    screen.wait_for("Aabel, Änne ›")
    screen.wait_for("no notes yet")
    (asked,) = demo_server.requests()  # she was on the first page of people
    assert asked.startswith(f"GET /api/companies/{made['company']['id']}/protocols?")


def test_strangers_names_are_one_request_half_a_second_later(
    account: Opener, demo_server: LiveDemo
) -> None:
    made = demo_server.ask("POST", "/api/companies", {"company": {"name": "Aab & Co"}})
    for name in ("Zzyxa", "Zzyxb", "Zzyxc"):
        works = [{"company_id": made["company"]["id"], "name": "Rat"}]
        demo_server.ask(
            "POST", "/api/people", {"person": {"name": name, "positions_attributes": works}}
        )
    screen = account()
    screen.wait_for("row 1 of")
    screen.press("2")
    screen.wait_for("› Aab & Co")
    screen.settle()
    demo_server.forget()
    screen.press("enter")
    screen.wait_for("… ›")
    for name in ("Zzyxa ›", "Zzyxb ›", "Zzyxc ›"):
        screen.wait_for(name)
    (asked,) = demo_server.requests()
    assert asked.startswith("GET /api/people?")
    assert "filter[id][in]=" in asked
    screen.press("r")
    screen.settle()
    assert len(demo_server.requests()) == 2


def test_a_record_that_is_left_at_once_asks_for_nothing(
    account: Opener, demo_server: LiveDemo
) -> None:
    screen = opened(account)
    screen.press("2")
    screen.wait_for("row 1 of 600")
    screen.wait_for(loaded)
    screen.settle()
    demo_server.forget()
    screen.press("enter", "J", "J", "J", "q")
    screen.wait_for("row 4 of 600")
    screen.settle(0.8)
    assert demo_server.requests() == []


def test_a_record_that_cannot_be_had_says_why(account: Opener, demo_server: LiveDemo) -> None:
    made = demo_server.ask("POST", "/api/companies", {"company": {"name": "Aabwerk"}})
    everything(demo_server, made["company"]["id"])
    screen = account()
    screen.wait_for("› Aabel, Änne")
    demo_server.fail({"kind": "status", "path": "/companies/*", "status": 403})
    screen.press("enter")
    screen.wait_for("› Phone")
    screen.press("g", "j", "enter")
    screen.wait_for("The CRM does not allow this to your user (403)")
    screen.press("e", "y", "D", "t", "a", "E")
    screen.press("escape")
    screen.wait_for("› Meisterin, Aabwerk ›")
    demo_server.fail({"kind": "status", "path": "/people/*", "status": 403})
    screen.press("r")
    screen.wait_for("The CRM does not allow this to your user (403)")
    demo_server.fail()
    screen.press("r")
    screen.wait_gone("(403)")
    # What somebody else has deleted is left, and said.
    demo_server.ask("DELETE", f"/api/companies/{made['company']['id']}")
    screen.press("enter")
    screen.wait_for("The CRM has no such record (404). Somebody may have deleted it.")
    screen.wait_for("› Meisterin, Aabwerk ›")


def test_a_colleagues_change_is_shown_by_r(account: Opener, demo_server: LiveDemo) -> None:
    made = demo_server.ask("POST", "/api/people", {"person": {"name": "Aab"}})["person"]["id"]
    screen = account()
    screen.wait_for("› Aab")
    screen.press("enter")
    screen.wait_for("People › Aab")
    demo_server.ask("PUT", f"/api/people/{made}", {"person": {"first_name": "Neu"}})
    screen.press("r")
    screen.wait_for("People › Aab, Neu")
    screen.press("escape")
    screen.wait_for("› Aab, Neu")


@pytest.mark.parametrize(
    ("keys", "comes"),
    [
        (["enter", "y", "y"], "sent to the terminal's clipboard: +49 221 4710 155"),
        (["enter", "E"], "› Edit person"),
        (["enter", "home", "D"], "to delete: ["),
    ],
)
def test_keys_that_come_faster_than_the_record_act_on_it(
    account: Opener, keys: list[str], comes: str
) -> None:
    screen = opened(account)
    screen.press(*keys)

    screen.wait_for(comes)


def test_a_key_on_a_record_that_is_not_here_says_so(account: Opener, demo_server: LiveDemo) -> None:
    screen = opened(account)
    screen.press("enter")
    screen.wait_for("Kleelechner Verpackungen GmbH ›")
    demo_server.fail({"kind": "latency", "path": "/companies**", "seconds": 6})
    screen.press("home", "down", "enter")
    screen.wait_for("People › Abel, Frank › …")
    screen.press("e")

    screen.wait_for("not loaded yet")
