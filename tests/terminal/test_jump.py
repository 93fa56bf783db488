"""`,` and letters: the first name so spelt, at every letter."""

from __future__ import annotations

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener
from tests.terminal.test_list import opened


def test_letters_jump_and_enter_stays(account: Opener, demo_server: LiveDemo) -> None:
    screen = opened(account)
    demo_server.forget()
    screen.press(",")
    screen.wait_for(",▏")
    screen.type("mull")
    screen.wait_for(lambda lines: any(line.startswith("› Mül") for line in lines))
    assert screen.line(-2).startswith(",mull▏")
    screen.press("enter")
    screen.wait_for("all people by name")
    assert screen.cursor_line().startswith("› Mül")
    screen.settle()
    asked = [one for one in demo_server.requests() if "page=" in one]
    assert len(asked) == len(set(asked)) <= 5
    # Once here, the same way costs nothing.
    demo_server.forget()
    screen.press("home", ",")
    screen.type("mull")
    screen.wait_for(lambda lines: any(line.startswith("› Mül") for line in lines))
    screen.settle()
    assert demo_server.requests() == []


def test_esc_gives_the_row_back(account: Opener) -> None:
    screen = opened(account)
    screen.press("down", "down", ",")
    screen.type("ab")
    screen.wait_for(lambda lines: lines[-2].startswith(" ,ab▏"))
    screen.press("backspace", "backspace")
    screen.wait_for(lambda lines: lines[-2].startswith(" ,▏"))
    screen.paste("Ac\nx")
    screen.wait_for(lambda lines: any(line.startswith("› Acker") for line in lines))
    screen.press("ctrl+u")
    screen.wait_for("row 3 of 2,400")
    screen.type("ac")
    screen.wait_for(lambda lines: any(line.startswith("› Acker") for line in lines))
    screen.press("escape")
    screen.wait_for("row 3 of 2,400")
    assert screen.line(-2).startswith("all people by name")


def test_a_list_in_another_order_says_what_it_needs(account: Opener) -> None:
    screen = opened(account)
    screen.press("s", "down", "enter")
    screen.wait_for("all people by name, Z to A")
    screen.press(",")
    screen.wait_for("jumping needs the list by name, A to Z; s orders it so")


def test_a_jump_that_fails_says_why(account: Opener, demo_server: LiveDemo) -> None:
    screen = opened(account)
    demo_server.fail({"kind": "status", "path": "/people", "status": 403})
    screen.press(",")
    screen.type("mu")
    screen.press("enter")
    screen.wait_for("The CRM does not allow this to your user (403)")
    assert "row 1 of" not in screen.line(-2)  # a message is said whole
    demo_server.fail()
    screen.press(",")
    screen.type("mu")
    screen.wait_for(lambda lines: any(line.startswith("› Mu") for line in lines))
    screen.press("enter")
    screen.wait_gone("(403)")
