"""Lists that the terminal itself scrolls, in programs that are terminals for others.

What stands there after any way through a list is what `ctrl+l` paints: nothing was left behind.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyte.screens import Char

from tests.live_demo import LiveDemo
from tests.terminal.conftest import environment_of
from tests.terminal.terminal import Terminal, program
from tests.terminal.tmux import TMUX, TmuxTerminal

SCREEN = shutil.which("screen")
"""Where GNU screen is, None without it."""

WAY = (
    *(("down", f"row {row} of") for row in (*range(2, 27),)),
    ("pagedown", "row 46 of"),
    *(("up", f"row {row} of") for row in range(45, 20, -1)),
    ("right", "row 21 of"),
    ("down", "row 22 of"),
    ("end", "row 2,400 of"),
    ("up", "row 2,399 of"),
    ("pageup", "row 2,379 of"),
    ("2", "row 1 of 600"),
    ("1", "row 2,379 of"),
    ("home", "row 1 of 2,400"),
    *(("down", f"row {row} of") for row in range(2, 24)),
)
"""Keys and what stands on the screen after them: over both edges, by lines, by pages, by jumps."""


def assert_the_same_after_a_repaint(screen: Terminal | TmuxTerminal) -> None:
    """Compare every cell but those of the message line."""
    before = visible(screen.cells())
    screen.press("ctrl+l", "X")
    screen.wait_for("X does nothing here")
    after = visible(screen.cells())

    for number in (*range(22), 23):
        assert before[number] == after[number]


def visible(cells: list[list[Char]]) -> list[list[tuple[object, ...]]]:
    """What can be seen of cells: a blank has no colour of its own."""
    return [
        [
            (c.data, c.bg, c.reverse, c.underscore) + ((c.fg, c.bold) if c.data != " " else ())
            for c in line
        ]
        for line in cells
    ]


@pytest.mark.skipif(TMUX is None, reason="tmux is not here")
@pytest.mark.parametrize("columns", [80, 110])
def test_in_tmux(
    folders: dict[str, str], tmp_path: Path, demo_server: LiveDemo, columns: int
) -> None:
    env = folders | environment_of(demo_server)
    screen = TmuxTerminal(program(), env, columns=columns, rows=24, folder=tmp_path)
    try:
        screen.wait_for("row 1 of 2,400")
        for key, words in WAY:
            screen.press(key)
            screen.wait_for(words)
        assert_the_same_after_a_repaint(screen)
    finally:
        screen.close()


@pytest.fixture
def in_screen(
    folders: dict[str, str], tmp_path: Path, demo_server: LiveDemo
) -> Iterator[Callable[[], Terminal]]:
    """Opens the program in GNU screen, itself in a terminal."""
    sockets = tmp_path / "sockets"
    sockets.mkdir(mode=0o700)
    rc = tmp_path / "screenrc"
    rc.write_text("startup_message off\ndefutf8 on\nterm screen-256color\n")
    env = folders | environment_of(demo_server) | {"SCREENDIR": str(sockets), "SHELL": "/bin/sh"}
    opened: list[Terminal] = []

    def opener() -> Terminal:
        command = [str(SCREEN), "-U", "-c", str(rc), "-S", "csc", *program()]
        opened.append(Terminal(command, env, folder=tmp_path))
        return opened[-1]

    yield opener
    quits = [str(SCREEN), "-S", "csc", "-X", "quit"]
    subprocess.run(quits, env=env, capture_output=True, check=False)
    for one in opened:
        one.close()


@pytest.mark.skipif(SCREEN is None, reason="GNU screen is not here")
def test_in_screen(in_screen: Callable[[], Terminal]) -> None:
    screen = in_screen()
    screen.wait_for("row 1 of 2,400")
    for key, words in WAY:
        screen.press(key)
        screen.wait_for(words)

    assert_the_same_after_a_repaint(screen)
