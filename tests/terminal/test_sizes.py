"""Every size from 20x5 to 140x40, and windows that change while one works."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.terminal.conftest import Opener
from tests.terminal.terminal import Terminal
from tests.terminal.test_list import loaded, opened


def test_40x12_shows_name_and_phone(account: Opener) -> None:
    screen = opened(account, columns=40, rows=12)

    lines = screen.wait_for(" 48/50 ")
    assert lines[0].split() == ["127.0.0.1…", "[1", "People]", "online"]
    assert lines[1].split() == ["Name", "↑", "Phone"]
    assert lines[2].startswith("› Abel, Frank         +49 221 4710 155")
    assert lines[-2].split() == ["by", "name", "1", "of", "2,400"]
    assert lines[-1].split() == ["48/50", "outbox", "0", "⏎", "open", "?", "help"]


def test_140x40_shows_the_record_beside_the_list(account: Opener) -> None:
    screen = opened(account, columns=140, rows=40)
    screen.wait_for("Frank Abel")
    screen.press("down", "down")
    lines = screen.wait_for("│  Rosemarie Abel")

    assert lines[4].startswith("› Abel, Rosemarie        Reederei Groß OHG   Wiesbaden   +49 69")
    assert all(line[80] == "│" for line in lines[2:38])


def test_too_small_says_so_and_takes_no_key_but_quit(account: Opener) -> None:
    screen = opened(account)
    for columns, rows in ((39, 24), (80, 11), (20, 5), (1, 1)):
        screen.resize(columns, rows)
        words = "csc-tui needs 40"[:columns]
        screen.wait_for(lambda lines, words=words: lines[0].startswith(words))
        screen.press("down", "enter", "D", "2", "e", "x")
        screen.settle()
        screen.resize(80, 24)
        screen.wait_for("[1 People]")
        assert "row 1 of 2,400" in screen.wait_for(loaded)[-2]
    screen.resize(20, 5)
    screen.wait_for("csc-tui needs 40")
    screen.press("q")

    assert screen.wait_end() == 0


def test_a_start_below_the_smallest_size_works_once_there_is_room(account: Opener) -> None:
    screen = account(columns=20, rows=5)
    screen.wait_for("csc-tui needs 40")
    screen.resize(80, 24)
    screen.wait_for("row 1 of 2,400")

    assert screen.wait_for(loaded)[2].startswith("› Abel, Frank ")


def test_after_a_storm_of_sizes_the_screen_is_what_a_fresh_start_shows(account: Opener) -> None:
    screen = opened(account)
    for columns, rows in ((140, 40), (80, 24), (40, 12)):
        fresh = opened(account, columns=columns, rows=rows)
        wanted = fresh.settle(1.0)
        fresh.close()
        for step in range(30):
            screen.resize(30 + step * 7 % 150, 8 + step * 5 % 50)
        screen.resize(columns, rows)

        screen.wait_for(lambda lines, wanted=wanted: lines[:-1] == wanted[:-1])
        assert screen.process.poll() is None


def test_keys_pressed_during_a_storm_are_not_lost(account: Opener) -> None:
    screen = opened(account)
    for step in range(20):
        screen.resize(60 + step * 3, 20 + step)
        screen.press("down")
    screen.resize(80, 24)

    assert screen.wait_for("row 21 of 2,400")


INTERRUPTED = """
import signal
import termios

from textual.app import App
from textual.widgets import Static

from csc_tui.ui.pasting import PasteDriver


class Interrupted(PasteDriver):
    def _get_terminal_size(self):
        size = super()._get_terminal_size()
        if size == (70, 20):
            termios.tcsetwinsize(self.fileno, (15, 50))
            signal.raise_signal(signal.SIGWINCH)
        return size


class Shown(App):
    def compose(self):
        yield Static("begun")

    def on_resize(self, event):
        self.query_one(Static).update(f"{event.size.width} x {event.size.height}")


Shown(driver_class=Interrupted).run(mouse=False)
"""


def test_a_size_that_comes_while_the_one_before_is_asked_for_stays_the_last(tmp_path: Path) -> None:
    told = {"COLUMNS", "LINES"}  # they would be believed rather than the terminal
    env = {name: value for name, value in os.environ.items() if name not in told}
    screen = Terminal([sys.executable, "-c", INTERRUPTED], env, folder=tmp_path)
    screen.wait_for("80 x 24")
    screen.resize(70, 20)

    screen.wait_for(lambda lines: lines[0].startswith("50 x 15"))
    assert screen.settle()[0].startswith("50 x 15")
    screen.close()
