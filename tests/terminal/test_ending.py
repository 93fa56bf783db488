"""The ends of the program: a crash, a signal, a closed terminal, a look-up that hangs."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.live_demo import PATIENCE, LiveDemo
from tests.terminal.conftest import environment_of
from tests.terminal.terminal import Terminal

NAME = "Abel, Frank"
"""The first row: no name may be left behind."""

BREAK_HELP = """
import sys
from csc_tui.cli import main
from csc_tui.ui.screens.help import HelpScreen

def rows(self, columns):
    program = self.app
    names = [program.screen_stack, sys.argv, "typed text", "Abel, Frank"]
    raise RuntimeError(f"broken with Abel, Frank and {names}")

HelpScreen.rows = rows
sys.exit(main())
"""
"""The program with one screen of it broken; its locals and message hold what must not get out."""

HANG = """
import socket, sys, time
from csc_tui.cli import main

def getaddrinfo(*args, **more):
    time.sleep(300)

socket.getaddrinfo = getaddrinfo
sys.exit(main())
"""
"""The program on a machine whose name server never answers."""

PLAIN = "import sys; from csc_tui.cli import main; sys.exit(main())"

UNTOLD = f"""
import os, signal
signal.signal(signal.SIGHUP, signal.SIG_IGN)
if child := os.fork():
    os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
os.setsid()
{PLAIN}
"""
"""The program in a session of its own: nobody tells it of the terminal's end."""

LEFT = b"\x1b[?1049l"
"""Leaves the alternate screen."""

Starter = Callable[..., Terminal]


@pytest.fixture
def started(folders: dict[str, str], demo_server: LiveDemo) -> Iterator[Starter]:
    """Starts a Python text as the program, on the demo server's account."""
    opened: list[Terminal] = []

    def start(code: str, **environment: str) -> Terminal:
        env = folders | environment_of(demo_server) | environment
        one = Terminal([sys.executable, "-c", code], env, folder=Path(folders["HOME"]))
        opened.append(one)
        return one

    yield start
    for one in opened:
        one.close()


def test_a_crash_says_where_its_file_lies_and_nothing_else(
    started: Starter, folders: dict[str, str], demo_server: LiveDemo
) -> None:
    screen = started(BREAK_HELP)
    screen.wait_for(NAME)
    before = len(screen.raw)
    screen.press("?")

    assert screen.wait_end() == 1
    end = bytes(screen.raw[before:])
    left = end[end.rindex(LEFT) :]
    said = re.sub(r"\x1b\[[0-?]*[@-~]|\s+", " ", left.decode()).strip()
    state = Path(folders["XDG_STATE_HOME"]) / "csc-tui"
    (report,) = state.glob("crash-*.txt")
    assert said.startswith("csc-tui: The program had an error of its own and ended.")
    assert said.endswith(report.name)
    assert b"Traceback" not in end
    for secret in (demo_server.key, NAME, "typed text", "broken with"):
        assert secret.encode() not in left
        assert secret not in report.read_text()
    assert "RuntimeError" in report.read_text()
    assert report.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_it_and_gives_the_terminal_back(started: Starter, number: int) -> None:
    screen = started(PLAIN)
    screen.wait_for(NAME)
    screen.process.send_signal(number)

    assert screen.wait_end() == 128 + number
    assert LEFT in screen.raw
    assert bytes(screen.raw).endswith(b"\x1b[?1004l")
    assert b"Traceback" not in screen.raw


@pytest.mark.parametrize("while_hanging", [False, True])
def test_closing_the_terminal_ends_it_without_a_trace(
    started: Starter, folders: dict[str, str], while_hanging: bool
) -> None:
    if while_hanging:
        screen = started(HANG, CSC_TUI_URL="https://crm.example")
        screen.wait_for("row")
    else:
        screen = started(PLAIN)
        screen.wait_for(NAME)
    screen.hang_up()

    assert screen.process.wait(PATIENCE) == 128 + signal.SIGHUP
    assert not list(Path(folders["XDG_STATE_HOME"]).glob("**/crash-*"))


def test_a_terminal_that_is_gone_ends_it_also_where_no_signal_comes(started: Starter) -> None:
    screen = started(UNTOLD)
    screen.wait_for(NAME)
    screen.hang_up()

    assert screen.process.wait(PATIENCE) == 128 + signal.SIGHUP


def test_ctrl_c_twice_ends_it_also_while_a_look_up_hangs(started: Starter) -> None:
    screen = started(HANG, CSC_TUI_URL="https://crm.example")
    screen.wait_for("budget")
    screen.press("ctrl+c")
    screen.wait_for("ctrl+c once more")
    screen.press("ctrl+c")

    assert screen.wait_end() == 0
    assert LEFT in screen.raw


def test_suspended_and_brought_back_it_stands_as_it_was(started: Starter) -> None:
    screen = started(PLAIN)
    screen.wait_for(NAME)
    screen.press("down", "ctrl+z")
    pid = screen.process.pid
    _, status = os.waitpid(pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    screen.settle()
    assert bytes(screen.raw).endswith(b"\x1b[?1004l")
    before = len(screen.raw)
    screen.process.send_signal(signal.SIGCONT)
    screen.wait_raw(NAME.encode(), since=before)

    assert screen.settle()[3].startswith("› ")
