"""The preview beside the list: when it stands there, what it follows, the cursor in it."""

from __future__ import annotations

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener
from tests.terminal.terminal import Terminal
from tests.terminal.test_list import opened


def wide(account: Opener, columns: int = 140) -> Terminal:
    screen = opened(account, columns=columns, rows=40)
    screen.wait_for("Abel, Frank")
    return screen


def test_v_shows_it_between_110_and_139_columns(account: Opener) -> None:
    screen = wide(account, 110)
    assert "│" not in screen.text
    screen.press("v")
    screen.wait_for("│  Dr. Frank Abel")
    assert {line.index("│") for line in screen.screen()[2:38]} == {65}
    assert "Last" not in screen.line(1)
    screen.press("v")
    screen.wait_gone("│")
    screen.resize(100, 40)
    screen.wait_for(lambda lines: "Tags" in lines[1])
    screen.press("v")
    screen.wait_for("the preview needs 110 columns; ⏎ opens the record")
    screen.press("tab")
    screen.wait_for("no preview is shown; v shows it where there is room")
    screen.press("J")
    screen.wait_for("no preview is shown")


def test_it_follows_the_cursor_without_a_request(account: Opener, demo_server: LiveDemo) -> None:
    screen = wide(account)
    screen.wait_for("│  Dr. Frank Abel")
    demo_server.forget()
    screen.press("v")
    screen.wait_for("from 140 columns on the preview is always there")
    for name in ("Matthias Abel", "Rosemarie Abel"):
        screen.press("down")
        screen.wait_for(f"│  {name}")
    screen.press(*["down"] * 15)
    screen.wait_for("row 18 of")
    screen.settle()
    assert "│  Rosemarie Abel" not in screen.text
    assert demo_server.requests() == []


def test_tab_goes_into_it_and_there_it_is_the_record(
    account: Opener, demo_server: LiveDemo
) -> None:
    screen = wide(account)
    # Straight after a step: the cursor goes into the record of the row, not of the row before.
    screen.press("down", "down", "tab")
    screen.wait_for("│  Rosemarie Abel")
    screen.wait_for(lambda lines: any("│› Phone" in line for line in lines))
    screen.wait_for(lambda lines: " of " in lines[-2] and "row 3 of" not in lines[-2])
    screen.press("J")
    screen.wait_for("│  Vera Abel")
    assert screen.cursor_line().startswith("› Abel, Vera")
    screen.press("K", "K", "K", "K")
    screen.wait_for("no more records that way")
    screen.wait_for("│  Dr. Frank Abel")
    screen.press("g")
    screen.wait_for("│› Dr. Frank Abel")
    demo_server.forget()
    screen.press("r")
    screen.settle()
    assert [one.partition("?")[0] for one in demo_server.requests()] == [
        f"GET /api/people/{person_id(demo_server)}"
    ]
    screen.press("e")
    screen.wait_for("› Edit person")
    screen.press("escape")
    screen.wait_for("│› Dr. Frank Abel")
    screen.press("escape")
    screen.wait_for("row 1 of 2,400")
    assert "│›" not in screen.text
    screen.press("tab")
    screen.wait_for("│›")
    screen.press("tab")
    screen.wait_for("row 1 of 2,400")
    screen.press("tab")
    screen.wait_for("│›")
    screen.press("q")
    screen.wait_for("row 1 of 2,400")


def person_id(demo: LiveDemo) -> str:
    (first,) = demo.ask("GET", "/api/people?order=abc-asc&perpage=1")
    demo.forget()
    return str(first["person"]["id"])


def test_j_and_k_scroll_it_from_the_list(account: Opener, demo_server: LiveDemo) -> None:
    tels = [{"name": f"+49 221 4710 {number}", "atype": "office"} for number in range(150, 200)]
    demo_server.ask("POST", "/api/people", {"person": {"name": "Aab", "tels_attributes": tels}})
    screen = account(columns=140, rows=24)
    screen.wait_for("│  Aab")
    screen.press("J")
    screen.wait_gone("│  Aab")
    assert screen.cursor_line().startswith("› Aab")
    screen.press("J", "J", "J", "J", "J", "J")
    screen.wait_for("office    +49 221 4710 199")
    screen.press(*"KKKKKKKK")
    screen.wait_for("│  Aab")


def test_a_search_without_hits_shows_no_record(account: Opener) -> None:
    screen = wide(account)
    screen.wait_for("│  Dr. Frank Abel")
    screen.press("/")
    screen.type("zwackelmann")
    screen.wait_for("Nothing for zwackelmann, here or on the server.")
    screen.wait_gone("Dr. Frank Abel")
    screen.press("escape")
    screen.wait_for("│  Dr. Frank Abel")


def test_a_record_that_a_colleague_deleted_leaves_list_and_preview(
    account: Opener, demo_server: LiveDemo
) -> None:
    made = demo_server.ask("POST", "/api/people", {"person": {"name": "Aab"}})["person"]["id"]
    screen = wide_of(account)
    demo_server.ask("DELETE", f"/api/people/{made}")
    screen.press("tab")
    screen.wait_for("│› Aab")
    screen.press("r")
    screen.wait_for("The CRM has no such record (404). Somebody may have deleted it.")
    screen.wait_for("│  Dr. Frank Abel")
    screen.press("escape")
    screen.wait_for("row 1 of 2,400")
    screen.settle()


def wide_of(account: Opener) -> Terminal:
    screen = account(columns=140, rows=40)
    screen.wait_for("│  Aab")
    return screen


def test_a_second_start_shows_the_preview_too(account: Opener) -> None:
    first = wide(account)
    first.wait_for("│  Dr. Frank Abel")
    first.press("q")
    assert first.wait_end() == 0
    second = wide(account)
    second.wait_for("│  Dr. Frank Abel")
    second.settle()
    assert "Something failed" not in second.text
