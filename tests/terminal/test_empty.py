"""A list without rows says which emptiness it is; an idle screen writes nothing."""

from __future__ import annotations

from pathlib import Path

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener
from tests.terminal.test_list import opened


def test_none_in_the_crm(account: Opener, demo_server: LiveDemo) -> None:
    demo_server.fail(
        {"kind": "status", "path": "/people", "status": 200, "body": []},
        {"kind": "status", "path": "/people/count", "status": 200, "body": {"total_entries": 0}},
    )
    screen = account()
    lines = screen.wait_for("No people here yet.")
    text = "\n".join(lines)
    assert "n   write the first one" in text
    assert "r   ask the CRM again" in text
    assert "some, the key’s user may not be allowed to see them." in text
    assert lines[-2].rstrip().endswith("0 of 0")
    screen.press("e")
    screen.wait_for("there is no record here")
    demo_server.fail()
    screen.press("r")
    screen.wait_for("› Abel, Frank")
    screen.wait_for("row 1 of 2,400")


def test_refused(account: Opener, demo_server: LiveDemo) -> None:
    demo_server.fail({"kind": "status", "path": "/people**", "status": 403})
    screen = account()
    screen.wait_for("The CRM does not let this key see people (403).")
    screen.wait_for("The CRM does not allow this to your user (403)")
    screen.press("2")
    screen.wait_for("› Abel & Becker")
    assert "(403)" in screen.line(-2)
    # The cause is gone: so is the message.
    demo_server.fail()
    screen.press("1", "r")
    screen.wait_for("› Abel, Frank")
    screen.wait_gone("(403)")


def test_never_loaded_and_no_line(account: Opener, folders: dict[str, str]) -> None:
    screen = account(CSC_TUI_URL="http://127.0.0.1:9")
    screen.wait_for("Not loaded before the line dropped. 0 people are here.")
    assert screen.line(0).endswith("offline")
    screen.wait_for("127.0.0.1 refuses the connection. Is the CRM running there?")
    screen.press("escape")
    screen.wait_gone("refuses the connection")


def test_what_is_here_stays_usable_without_a_line(account: Opener, demo_server: LiveDemo) -> None:
    screen = opened(account)
    demo_server.fail({"kind": "drop", "path": "**"})
    screen.press("end")
    screen.wait_for("offline")
    screen.wait_for("Not loaded before the line dropped. 250 of 2,400 people are here.")
    screen.press("home")
    screen.wait_for("› Abel, Frank")
    screen.press("enter")
    screen.wait_for("People › Abel, Frank")
    screen.wait_for("› Phone")
    screen.press("escape")
    demo_server.fail()
    screen.press("escape", "r")
    screen.wait_for("online")
    screen.wait_for("row 1 of 2,400")
    screen.wait_gone("dropped")


def test_an_idle_screen_writes_nothing(account: Opener) -> None:
    screen = opened(account, columns=140, rows=40)
    screen.wait_for("› Abel, Frank")
    screen.press("X", "down", "enter")
    screen.wait_for("› Phone")
    screen.settle(1.0)
    before = len(screen.raw)
    screen.settle(2.5)
    assert len(screen.raw) == before


def test_rebound_keys_work_and_the_old_ones_do_not(
    account: Opener, folders: dict[str, str]
) -> None:
    config = Path(folders["XDG_CONFIG_HOME"]) / "csc-tui"
    config.mkdir(parents=True, mode=0o700)
    (config / "config.toml").write_text('[keys]\n"list.open" = ["f8", "ß"]\nquit = "Q"\n')
    screen = opened(account)
    assert "f8 open" in screen.line(-1)
    screen.press("enter")
    screen.wait_for("⏎ does nothing here")
    screen.press("ß")
    screen.wait_for("People › Abel, Frank")
    screen.press("Q")
    screen.wait_for("row 1 of 2,400")
    screen.press("f8")
    screen.wait_for("People › Abel, Frank")
    screen.press("Q", "Q")
    assert screen.wait_end() == 0


def test_keys_that_clash_are_said_before_the_screen_is_taken(
    account: Opener, folders: dict[str, str]
) -> None:
    config = Path(folders["XDG_CONFIG_HOME"]) / "csc-tui"
    config.mkdir(parents=True, mode=0o700)
    (config / "config.toml").write_text('[keys]\n"list.open" = "q"\n')
    screen = account()
    assert screen.wait_end() == 2
    # It wraps wherever the path before it ends.
    assert "qisboundtwice:toquitandtolist.open" in "".join(screen.text.split())
    assert b"\x1b[?1049h" not in screen.raw


def test_quitting_says_what_waits(account: Opener, demo_server: LiveDemo) -> None:
    demo_server.ask("POST", "/api/people", {"person": {"name": "Aabel"}})
    screen = account()
    screen.wait_for("› Aabel")
    demo_server.fail({"kind": "latency", "method": "PUT", "path": "**", "seconds": 30})
    screen.press("e")
    screen.wait_for("Edit person")
    screen.press("ctrl+g")
    screen.type("first")
    screen.press("enter")
    screen.type("Neu")
    screen.press("ctrl+s")
    screen.wait_for("outbox 1")
    screen.press("q")
    screen.wait_for("1 write not confirmed; q again quits, your text is kept")
    screen.press("down", "q")
    screen.wait_for("1 write not confirmed; q again quits, your text is kept")
    screen.press("q")
    assert screen.wait_end() == 0
