"""Searching by keys: here at once, on the server too, and every key of the list on the hits."""

from __future__ import annotations

from typing import Any

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener
from tests.terminal.terminal import Terminal
from tests.terminal.test_list import opened

HEADING = "On the server, not in the store yet"


def rows(screen: Terminal) -> list[str]:
    """The lines between heads and message line that are not blank."""
    return [line.rstrip() for line in screen.screen()[2:-2] if line.strip()]


def person(demo: LiveDemo, **values: Any) -> str:
    made = demo.ask("POST", "/api/people", {"person": values})["person"]["id"]
    demo.forget()
    return str(made)


def test_hits_here_come_first_those_of_the_server_below_and_all_keys_work_on_them(
    account: Opener, demo_server: LiveDemo
) -> None:
    screen = opened(account)
    screen.press("down", "down", "down")
    screen.wait_for("row 4 of 2,400")
    demo_server.forget()
    screen.press("/")
    screen.wait_for("250 of 2,400 people are here")
    screen.type("abel")
    screen.wait_for("/abel▏")
    lines = screen.wait_for("on the server, of 2,400")
    assert lines[2].startswith("› Abel, Frank")
    assert len(demo_server.requests()) == 2  # by last name and by first name, once

    screen.press("down")
    screen.wait_for(lambda lines: "▏" not in lines[-2])
    assert screen.cursor_line().startswith("› Abel, Frank")
    screen.press("down", "enter")
    screen.wait_for("People › Abel, Matthias")
    screen.press("J")
    screen.wait_for("People › Abel, Rosemarie")
    screen.press("escape")
    screen.wait_for(lambda lines: any(line.startswith("› Abel, Rosemarie") for line in lines))
    screen.press("e")
    screen.wait_for("Abel, Rosemarie › Edit person")
    screen.press("escape")
    screen.wait_for("/abel")
    screen.press("/")
    screen.wait_for("/abel▏")
    screen.press("escape")
    screen.wait_for("row 4 of 2,400")
    assert screen.cursor_line().startswith("› Abel, Vera")


def test_what_the_server_alone_has_is_marked(account: Opener, demo_server: LiveDemo) -> None:
    person(demo_server, name="Zwickelmann", first_name="Ute")
    screen = account()
    screen.wait_for("row 1 of 2,401")
    screen.press("/")
    screen.type("zwickel")
    screen.wait_for("0 here, 1 on the server, of 2,401")
    assert rows(screen) == [f"  {HEADING}", "›sZwickelmann, Ute" + rows(screen)[1][18:]]
    # The first hit stands below the line; nothing above it can be reached.
    screen.press("enter", "up", "g", "y", "p")
    screen.wait_for("there is no phone to copy")
    screen.press("enter")
    screen.wait_for("People › Zwickelmann, Ute")
    screen.press("q")
    screen.wait_for("/zwickel")
    # It is in the store now, but where it stands does not change.
    screen.settle()
    assert rows(screen)[0] == f"  {HEADING}"
    screen.press("q")
    screen.wait_for("row 1 of 2,401")


def test_local_hits_stay_where_they_are_when_the_servers_come(
    account: Opener, demo_server: LiveDemo
) -> None:
    demo_server.fail({"kind": "latency", "path": "/people/search", "seconds": 1})
    screen = opened(account)
    screen.press("/")
    screen.type("abel")
    screen.wait_for("here, of 2,400")
    screen.wait_for(lambda lines: lines[2].startswith("› Abel, Frank"))
    before = rows(screen)
    screen.wait_for("on the server, of 2,400")
    assert rows(screen)[: len(before)] == before


def test_enter_right_after_typing_opens_the_first_hit(account: Opener) -> None:
    screen = opened(account)
    screen.press("down", "down")
    screen.send(b"/abel, v\r\r")
    screen.wait_for("People › Abel, Vera")


def test_nothing_found_says_so_and_n_makes_one_of_that_name(
    account: Opener, demo_server: LiveDemo
) -> None:
    demo_server.fail({"kind": "latency", "path": "/people/search", "seconds": 1})
    screen = opened(account)
    screen.press("/")
    screen.type("zwackelmann")
    screen.wait_for("Nothing here for zwackelmann. Asking the server …")
    screen.wait_for("Nothing for zwackelmann, here or on the server.")
    screen.wait_for("n   new person with this name")
    screen.press("enter", "n")
    screen.wait_for("[zwackelmann ")
    screen.press("escape")
    screen.wait_for("Nothing for zwackelmann")


def test_a_server_that_cannot_be_asked_is_said(account: Opener, demo_server: LiveDemo) -> None:
    screen = opened(account)
    demo_server.fail({"kind": "status", "path": "/people/search", "status": 403})
    screen.press("/")
    screen.type("zwackel")
    screen.wait_for("Nothing here for zwackel; the server could not be asked.")
    screen.press("enter")
    screen.wait_for("The CRM does not allow this to your user (403)")
    demo_server.fail()
    screen.press("r")
    screen.wait_for("Nothing for zwackel, here or on the server.")
    screen.wait_gone("(403)")


def test_found_by_mail_or_number_says_so_where_the_age_would_stand(
    account: Opener, demo_server: LiveDemo
) -> None:
    tels = [
        {"name": "+49 221 4710 155", "atype": "office"},
        {"name": "0171 / 39200-98", "atype": "private"},
    ]
    mails = [{"name": "weit@zwickel.example", "atype": "office"}]
    person(demo_server, name="Aaabel", tels_attributes=tels, emails_attributes=mails)
    screen = account()
    screen.wait_for("› Aaabel")
    screen.press("/")
    screen.type("weit@zw")
    screen.wait_for(lambda lines: lines[2].rstrip().endswith("mail"))
    screen.press("ctrl+u")
    screen.wait_for("/▏")
    screen.type("+49 171 3920098")
    screen.wait_for(lambda lines: lines[2].rstrip().endswith(" tel"))
    assert screen.cursor_line().startswith("› Aaabel")


def test_in_the_line_every_character_is_text_and_ctrl_u_clears_it(account: Opener) -> None:
    screen = opened(account)
    screen.press("/")
    screen.type("q1 ?é")
    screen.wait_for("/q1 ?é▏")
    screen.press("backspace", "backspace")
    screen.wait_for("/q1 ▏")
    screen.paste("abel\nmore")
    screen.wait_for("/q1 abel▏")
    screen.press("ctrl+u")
    screen.wait_for("/▏")
    screen.wait_for(lambda lines: lines[2].startswith("› Abel, Frank"))
    screen.press("enter")
    screen.wait_for("row 1 of 2,400")
