"""The list of people as the first screen: rows, cursor, keys, and what it asks the server for."""

from __future__ import annotations

from collections.abc import Callable

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener, environment_of
from tests.terminal.terminal import Terminal

LAST_ROW = 2_400
"""Rows of the demo's list of people."""


def loaded(lines: list[str]) -> bool:
    """Whether all rows on the screen have come."""
    rows = [line.strip(" ›") for line in lines[2:-2]]
    return lines[2].startswith("›") and "…" not in rows and all(rows)


def opened(account: Opener, **more: object) -> Terminal:
    """The program with its first rows on the screen."""
    screen = account(**more)
    screen.wait_for(f"of {LAST_ROW:,}")
    screen.wait_for(loaded)
    return screen


def test_people_are_the_first_screen_with_the_cursor_on_the_first_row(
    account: Opener, demo_server: LiveDemo
) -> None:
    screen = opened(account)
    screen.wait_for("budget 48/50")
    screen.settle()
    count, page = sorted(demo_server.requests())

    top, heads, first, *_, message, status = screen.screen()
    assert "[1 People] 2 Companies" in top
    assert top.rstrip().endswith("online")
    assert heads.split() == ["Name", "↑", "Company", "City", "Phone", "Last"]
    assert first.startswith("› Abel, Frank ")
    assert message.split(maxsplit=4)[:4] == ["all", "people", "by", "name"]
    assert message.rstrip().endswith(f"row 1 of {LAST_ROW:,}")
    assert "budget 48/50  outbox 0" in status
    assert status.rstrip().endswith("? help")
    styles = [screen.styles(row) for row in (2, 3, 4)]
    assert len(styles[0]) == 1
    assert styles[0].isdisjoint(styles[1])
    assert styles[1] == styles[2]
    # The start is one page and one count; rows stand in the server's order.
    assert count == "GET /api/people/count"
    assert page.startswith("GET /api/people?page=1&perpage=250&order=abc-asc&")
    raw = demo_server.ask("GET", "/api/people?order=abc-asc&perpage=20")
    names = [one["person"]["name"] for one in raw]
    assert [line[2:24].split(",")[0].strip() for line in screen.screen()[2:22]] == names


def test_end_is_one_page(account: Opener, demo_server: LiveDemo) -> None:
    screen = opened(account)
    demo_server.forget()
    screen.press("end")
    screen.wait_for(f"row {LAST_ROW:,} of {LAST_ROW:,}")
    lines = screen.wait_for(lambda lines: lines[21].startswith("›") and lines[2].strip() != "…")
    screen.settle()

    assert lines[21].startswith("› 髙﨑, 浩一")
    (request,) = demo_server.requests()
    assert request.startswith("GET /api/people?page=10&")


def test_end_is_two_pages_where_the_last_is_shorter_than_the_screen(
    terminal: Opener, own_demo: Callable[..., LiveDemo]
) -> None:
    server = own_demo("--people", "505", "--companies", "100", "--limit", "1000")
    screen = terminal(**environment_of(server))
    screen.wait_for("row 1 of 505")
    screen.wait_for(loaded)
    server.forget()
    screen.press("end")
    screen.wait_for("row 505 of 505")
    screen.wait_for(lambda lines: "…" not in [line.strip(" ›") for line in lines[2:-2]])
    screen.settle()

    pages = sorted(request.partition("&")[0] for request in server.requests())
    assert pages == ["GET /api/people?page=2", "GET /api/people?page=3"]


def test_showing_a_record_of_the_list_asks_for_nothing(
    account: Opener, demo_server: LiveDemo
) -> None:
    screen = opened(account)
    demo_server.forget()
    screen.press("enter")
    screen.wait_for("People › Abel, Frank")
    screen.wait_for("+49 221 4710 155")
    assert demo_server.requests() == []
    # Half a second later one for the record's last notes, and no other.
    screen.settle(1.0)
    assert ["/protocols?" in one for one in demo_server.requests()] == [True]
    screen.press("escape")
    screen.wait_for("row 1 of")
    screen.press("2")
    screen.wait_for("row 1 of 600")
    screen.wait_for(loaded)
    screen.settle()
    demo_server.forget()
    screen.press("enter")
    screen.wait_for("Companies › ")
    screen.settle(1.0)

    assert len(demo_server.requests()) <= 1


def test_moving_inside_a_page_asks_for_nothing(account: Opener, demo_server: LiveDemo) -> None:
    screen = opened(account)
    demo_server.forget()
    screen.press(*["down"] * 30, *["pagedown"] * 4, "home", "j", "k", "ctrl+d", "ctrl+u")
    screen.wait_for("row 1 of")
    screen.settle()

    assert demo_server.requests() == []


def test_keys_that_move(account: Opener) -> None:
    screen = opened(account)
    for keys, row in (
        ("down", 2),
        ("j", 3),
        ("up", 2),
        ("k", 1),
        ("up", 1),
        ("G", LAST_ROW),
        ("down", LAST_ROW),
        ("g", 1),
        ("end", LAST_ROW),
        ("home", 1),
    ):
        screen.press(keys)
        screen.wait_for(lambda lines, row=row: f"row {row:,} of" in lines[-2])
        assert screen.wait_for(lambda lines: any(line.startswith("›") for line in lines)), keys


def test_a_page_down_shows_the_rows_below(account: Opener) -> None:
    screen = opened(account)
    shown = screen.screen()[2:22]
    for down, up in (("pagedown", "pageup"), ("ctrl+d", "ctrl+u")):
        screen.press(down)
        lines = screen.wait_for(lambda lines: "row 1 of" not in lines[-2])
        assert [line[2:] for line in lines[3:22]] != [line[2:] for line in shown[1:]]
        assert any(line.startswith("›") for line in lines)
        screen.press(up)
        screen.wait_for(lambda lines: lines[2:22] == shown)


def test_a_key_without_use_says_so_for_two_seconds(account: Opener) -> None:
    screen = opened(account)
    footer = screen.line(-1).partition("outbox")[2]
    # The last one belongs to a tab that there is not: it is in no footer, and no help.
    for key in ("X", "ctrl+w", "9"):
        screen.press(key)
        screen.wait_for(f"{key} does nothing here; ? shows what does")
    assert screen.line(-1).endswith(f"outbox{footer}")
    screen.wait_gone("does nothing here")

    assert screen.line(-2).startswith("all people by name")


def test_columns_move_and_the_name_stays(account: Opener) -> None:
    screen = opened(account, columns=60)
    heads = screen.line(1)
    screen.press("right")
    screen.wait_for(lambda lines: lines[1].strip() != heads)
    assert screen.line(1).startswith("Name ↑")
    screen.press("left")
    screen.wait_for(lambda lines: lines[1].strip() == heads)

    assert screen.cursor_line().startswith("› Abel, Frank")


def test_companies_are_the_second_tab(account: Opener, demo_server: LiveDemo) -> None:
    screen = opened(account)
    demo_server.forget()
    screen.press("2")
    screen.wait_for("row 1 of 600")
    lines = screen.wait_for(loaded)
    screen.settle()

    assert "1 People [2 Companies]" in lines[0]
    assert lines[1].split() == ["Name", "↑", "City", "Phone", "Tags", "Last"]
    assert screen.line(-2).startswith("all companies by name")
    asked = sorted(one.partition("?")[0] for one in demo_server.requests())
    assert asked == ["GET /api/companies", "GET /api/companies/count"]


def test_the_row_is_kept_while_another_tab_is_open(account: Opener) -> None:
    screen = opened(account)
    screen.press("pagedown", "down", "2")
    screen.wait_for("row 1 of 600")
    screen.press("1")
    screen.wait_for("[1 People]")

    row = screen.wait_for("row 2")[-2].split()
    assert row[-3] not in ("1", f"{LAST_ROW:,}")


def test_q_at_the_top_quits_and_gives_the_terminal_back(account: Opener) -> None:
    screen = opened(account)
    screen.press("escape")
    screen.settle(0.6)
    assert screen.process.poll() is None
    screen.press("q")

    assert screen.wait_end() == 0
    for private in (b"1049", b"2004", b"1004"):
        assert screen.raw.rindex(b"\x1b[?" + private + b"l") > screen.raw.rindex(
            b"\x1b[?" + private + b"h"
        )
    assert screen.raw.rindex(b"\x1b[?25h") > screen.raw.rindex(b"\x1b[?25l")


def test_ctrl_c_twice_ends(account: Opener) -> None:
    screen = opened(account)
    screen.press("ctrl+c")
    screen.wait_for("ctrl+c once more ends csc-tui")
    screen.press("ctrl+c")

    assert screen.wait_end() == 0


def test_a_second_start_shows_rows_before_the_server_has_answered(
    account: Opener, demo_server: LiveDemo
) -> None:
    first = opened(account)
    first.press("q")
    first.wait_end()
    demo_server.fail({"kind": "latency", "path": "/people**", "seconds": 120})

    again = account()
    lines = again.wait_for("Abel, Frank")

    assert lines[2].startswith("› Abel, Frank")


def test_a_wrong_key_is_said_inside_the_program(account: Opener) -> None:
    screen = account(CSC_TUI_API_KEY="wrong-key-of-nobody")
    screen.wait_for("key")
    screen.settle()

    assert screen.process.poll() is None
    assert "wrong-key-of-nobody" not in screen.text


def test_no_network_is_said_inside_the_program(account: Opener) -> None:
    screen = account(CSC_TUI_URL="http://127.0.0.1:9")
    lines = screen.wait_for("offline")

    assert lines[0].rstrip().endswith("offline")
    assert screen.process.poll() is None
