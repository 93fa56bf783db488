"""`s`: the orders that the server has, kept per account."""

from __future__ import annotations

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener
from tests.terminal.test_list import loaded, opened


def test_an_order_is_chosen_and_kept_after_a_restart(
    account: Opener, demo_server: LiveDemo
) -> None:
    screen = opened(account)
    demo_server.forget()
    screen.press("s")
    lines = screen.wait_for("People › Order")
    assert [line.strip() for line in lines[2:8]] == [
        "› by name",
        "by name, Z to A",
        "newest first",
        "oldest first",
        "last changed first",
        "longest unchanged first",
    ]
    assert lines[-2].rstrip().endswith("1 of 18")
    screen.press("down", "enter")
    screen.wait_for("all people by name, Z to A")
    screen.wait_for(loaded)
    assert screen.line(1).startswith("Name ↓")
    assert screen.cursor_line().startswith("› 髙﨑, 浩一")
    screen.settle()
    assert sum("order=abc-desc" in one for one in demo_server.requests()) == 1
    screen.press("2")
    screen.wait_for("all companies by name  ")
    screen.press("q")
    assert screen.wait_end() == 0

    demo_server.forget()
    again = account()
    again.wait_for("all people by name, Z to A")
    again.wait_for(loaded)
    again.settle()
    assert all("order=abc-asc" not in one for one in demo_server.requests())


def test_esc_and_letters_in_the_list_of_orders(account: Opener) -> None:
    screen = opened(account)
    screen.press("s")
    screen.wait_for("People › Order")
    screen.type("o")
    screen.wait_for("› oldest first")
    screen.type("x")
    screen.wait_for("x does nothing here")
    screen.press("up", "up", "up", "up")
    screen.wait_for("› by name")
    screen.press("escape")
    screen.wait_for("all people by name")
    assert screen.line(-2).endswith("row 1 of 2,400")


def test_ordering_hits_ends_the_search(account: Opener) -> None:
    screen = opened(account)
    screen.press("/")
    screen.type("abel")
    screen.wait_for("on the server, of 2,400")
    screen.press("enter", "s", "down", "enter")
    screen.wait_for("all people by name, Z to A")
    screen.wait_for("row 1 of 2,400")
    screen.wait_for(loaded)
