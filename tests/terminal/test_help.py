"""Help, palette and request log over a list: what they show, and that keys lead on and back."""

from __future__ import annotations

import re
from pathlib import Path

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener
from tests.terminal.test_list import opened


def row_of(lines: list[str], words: str) -> str:
    return next(line for line in lines if words in line)


def test_help_names_the_keys_of_the_place_and_leads_back(account: Opener) -> None:
    screen = opened(account)
    screen.press("?")
    lines = screen.wait_for("People › Help")

    assert lines[2].strip() == "In the list"
    assert row_of(lines, "Open the record").split()[:2] == ["⏎", "l"]
    assert screen.line(-2).endswith(f"1 to 20 of {screen.line(-2).split()[-1]}")
    screen.press("G")
    lines = screen.wait_for("Request log: what was sent")
    assert row_of(lines, "Choose a theme").split()[0] == "T"
    screen.press("?")
    screen.wait_for("row 1 of 2,400")
    screen.press("enter")
    screen.wait_for("People › Abel, Frank")
    screen.press("?")
    assert screen.wait_for("› Help")[2].strip() == "In the record"
    screen.press("q")
    screen.wait_gone("› Help")
    assert "People › Abel, Frank" in screen.text


def test_help_shows_the_keys_that_the_user_bound(account: Opener, folders: dict[str, str]) -> None:
    config = Path(folders["XDG_CONFIG_HOME"]) / "csc-tui"
    config.mkdir(parents=True, mode=0o700)
    (config / "config.toml").write_text('[keys]\n"list.open" = "f8"\n')
    screen = opened(account)
    screen.press("?")

    assert row_of(screen.wait_for("Open the record"), "Open the record").split()[0] == "f8"


def test_read_only_help_and_palette_have_no_command_that_could_be_run_to_write(
    account: Opener,
) -> None:
    screen = opened(account, CSC_TUI_READ_ONLY="1")
    screen.press("?")
    screen.wait_for("In the list")
    assert "Edit the record" not in screen.text
    screen.press("q", ":")
    screen.type("list.edit")
    lines = screen.wait_for("list.edit▏")
    assert "read-only: nothing is written" in row_of(lines, "Edit the record")
    screen.press("enter")
    screen.wait_for("row 1 of 2,400")
    assert screen.line(-2).startswith("read-only: nothing is written")


def test_the_palette_finds_by_title_or_id_and_runs_it_in_the_place_below(account: Opener) -> None:
    screen = opened(account)
    screen.press("ctrl+p")
    screen.wait_for("People › All commands")
    screen.type("LAST row")
    lines = screen.wait_for(":LAST row▏")
    assert lines[2].split() == ["›", "Last", "row", "list.end", "end", "G"]
    assert lines[-2].rstrip().endswith("  1 command")
    screen.press("enter")
    screen.wait_for("row 2,400 of 2,400")


def test_in_the_palette_every_letter_is_text_and_esc_closes_it(account: Opener) -> None:
    screen = opened(account)
    screen.press(":")
    screen.type("q?T")
    screen.wait_for(":q?T▏")
    assert screen.line(-2).endswith("  0 commands")
    screen.press("backspace", "backspace", "backspace")
    screen.paste("half\nnothing")
    screen.wait_for(":half▏")
    screen.press("escape")
    screen.wait_for("row 1 of 2,400")
    screen.press(":", "ctrl+c")
    screen.wait_gone("All commands")
    assert screen.process.poll() is None


def test_the_request_log_shows_what_was_sent_and_said(
    account: Opener, demo_server: LiveDemo
) -> None:
    screen = opened(account, columns=140, rows=40)
    demo_server.fail({"kind": "status", "path": "/companies**", "status": 403})
    screen.press("2")
    screen.wait_for("The CRM does not allow this to your user (403)")
    screen.press("L")
    lines = screen.wait_for("› Request log")

    page = row_of(lines, "GET /people?page=1&perpage=250&order=abc-asc").split()
    assert page[1] == "200"
    assert page[4:6] == ["visible", "1"]
    assert row_of(lines, "GET /companies").split()[1] == "403"
    assert row_of(lines, "GET /companies").startswith(" !")
    assert "The CRM does not allow this to your user (403)" in "\n".join(lines[3:-2])
    assert demo_server.key not in screen.text
    screen.press("escape", "escape")
    screen.wait_gone("Request log")


def test_themes_are_tried_at_once_and_kept_by_enter(
    account: Opener, folders: dict[str, str]
) -> None:
    themes = Path(folders["XDG_CONFIG_HOME"]) / "csc-tui" / "themes"
    themes.mkdir(parents=True, mode=0o700)
    (themes / "mine.toml").write_text('title = "mine"\nbackground = "blue"\n')
    screen = opened(account)
    before = screen.styles(3)
    screen.press("T")
    lines = screen.wait_for("People › Themes")
    assert lines[-2].startswith(" mine.toml, line 1: a theme needs foreground. ")
    assert screen.cursor_line().split()[1] == "dark"
    screen.press("l")
    screen.wait_for("› light")
    screen.settle()
    assert screen.styles(3).isdisjoint(before)
    screen.press("escape")
    screen.wait_for("row 1 of 2,400")
    screen.settle()
    assert screen.styles(3) == before
    screen.press("T")
    screen.wait_for("People › Themes")
    screen.press("l")
    screen.wait_for("› light")
    screen.press("enter")
    screen.wait_for("theme light, also from the next start on")
    assert screen.styles(3).isdisjoint(before)
    assert (themes.parent / "config.toml").read_text() == 'theme = "light"\n'


def test_repaint_writes_every_cell_anew(account: Opener) -> None:
    screen = opened(account)
    before = screen.settle()
    screen.disturb(b"\x1b[5;1Hsomebody writes over the screen\x1b[12;1Hand again")
    assert screen.screen() != before
    screen.press("ctrl+l")
    screen.settle()

    assert list(map(_without_slots, screen.screen())) == list(map(_without_slots, before))


def _without_slots(line: str) -> str:
    """A line without the free slots, which come back one by one."""
    return re.sub(r"budget \d+/", "budget /", line)


def test_esc_and_a_key_at_once_are_both_done_where_they_belong(account: Opener) -> None:
    screen = opened(account)
    screen.press(":")
    screen.wait_for("All commands")
    screen.send(b"\x1bT")
    screen.wait_for("People › Themes")
    screen.send(b"\x1b?")

    assert screen.wait_for("People › Help")[2].strip() == "In the list"
