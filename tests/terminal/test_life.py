"""A day with the program: into the shell and back, windows that are dragged, focus elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener, environment_of
from tests.terminal.terminal import Terminal, program
from tests.terminal.test_list import opened

PROMPT = "ready>"


@pytest.fixture
def shell(folders: dict[str, str], demo_server: LiveDemo) -> Iterator[Terminal]:
    """A shell with job control; the program is started by typing."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not here")
    env = folders | environment_of(demo_server) | {"PS1": PROMPT}
    one = Terminal([bash, "--norc", "--noprofile", "-i"], env, folder=Path(folders["HOME"]))
    one.wait_for(PROMPT)
    yield one
    one.type("\x15exit\r")
    one.close()


def test_into_the_shell_and_back(shell: Terminal) -> None:
    shell.type(" ".join(program()) + "\r")
    shell.wait_for("› Abel, Frank")
    shell.press("down")
    shell.wait_for("row 2 of 2,400")
    for _ in range(2):
        since = len(shell.raw)
        shell.press("ctrl+z")
        shell.wait_raw(PROMPT.encode(), since)
        # The shell has its own screen, its echo and its line editing back.
        for left in (b"\x1b[?1049l", b"\x1b[?2004l", b"\x1b[?25h", b"\x1b[<u"):
            assert left in shell.raw[since:]
        shell.type("stty -a | tr ' ' '\\n' | grep -x -e icanon -e echo | sort | tr '\\n' '+'\r")
        shell.wait_raw(b"echo+icanon+", since)
        since = len(shell.raw)
        shell.type("fg\r")
        shell.wait_raw(b"\x1b[?1049h", since)
        shell.wait_for("row 2 of 2,400")
        shell.wait_for(lambda lines: lines[3].startswith("› "))
    shell.press("down")
    shell.wait_for("row 3 of 2,400")
    since = len(shell.raw)
    shell.press("q")
    shell.wait_raw(PROMPT.encode(), since)
    shell.type("echo code-$?\r")
    shell.wait_raw(b"code-0", since)


def test_keys_typed_ahead_of_the_shell_go_to_the_shell(shell: Terminal) -> None:
    shell.type(" ".join(program()) + "\r")
    shell.wait_for("› Abel, Frank")
    since = len(shell.raw)
    shell.press("ctrl+z")
    shell.wait_raw(PROMPT.encode(), since)
    shell.type("kill %1; wait %1; echo ended-$?\r")
    shell.wait_raw(b"ended-", since)
    assert b"Traceback" not in shell.raw


def test_a_storm_that_ends_too_small_is_as_small_as_it_is_and_then_whole_again(
    account: Opener,
) -> None:
    screen = opened(account)
    for round_ in range(3):
        for step in range(20):
            screen.resize(20 + (step * 13 + round_) % 90, 5 + (step * 7 + round_) % 30)
        screen.resize(39, 11)
        screen.wait_for(lambda lines: lines[0].startswith("csc-tui needs 40 columns"))
        screen.press("down", "enter", "D", "n")
        screen.settle()
        assert " ".join(screen.text.split()) == "csc-tui needs 40 columns and 12 rows; q quits"
        screen.resize(80, 24)
        screen.wait_for("row 1 of 2,400")
        lines = screen.wait_for(lambda lines: lines[2].startswith("› Abel, Frank"))
        assert lines[-1].rstrip().endswith("? help")
    screen.resize(30, 8)
    screen.wait_for("csc-tui needs 40")
    screen.press("q")
    assert screen.wait_end() == 0
