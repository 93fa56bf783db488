"""Inside real tmux and screen, as they are without any settings."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.live_demo import PATIENCE, LiveDemo
from tests.terminal.conftest import environment_of
from tests.terminal.terminal import Terminal, program

PHONE = "+49 221 4710 155"
"""The number in the list's first row."""

Inside = Callable[[str], Terminal]
"""inside(multiplexer) -> the terminal that it runs in, the program in that"""


def commands(multiplexer: str, socket: Path) -> list[str]:
    """How a multiplexer starts the program; `socket` is its own alone."""
    if multiplexer == "tmux":
        return ["tmux", "-f", "/dev/null", "-S", str(socket), "new-session", *program()]
    return ["screen", "-c", "/dev/null", "-S", "csc", *program()]


@pytest.fixture
def inside(folders: dict[str, str], tmp_path: Path, demo_server: LiveDemo) -> Iterator[Inside]:
    """Opens the program on the demo's account inside a multiplexer."""
    sockets = tmp_path / "sockets"
    sockets.mkdir(mode=0o700)
    env = folders | environment_of(demo_server) | {"SCREENDIR": str(sockets)}
    with ExitStack() as stack:

        def opener(multiplexer: str) -> Terminal:
            if shutil.which(multiplexer) is None:
                pytest.skip(f"{multiplexer} is not here")
            one = Terminal(commands(multiplexer, sockets / "tmux"), env, folder=tmp_path)
            stack.callback(one.close)
            stack.callback(quit_all, multiplexer, sockets, env)
            one.wait_for("› A")
            one.wait_for("row 1 of 2,4")
            return one

        yield opener


def quit_all(multiplexer: str, sockets: Path, env: dict[str, str]) -> None:
    """End the multiplexer and all in it."""
    end = {
        "tmux": ["tmux", "-S", str(sockets / "tmux"), "kill-server"],
        "screen": ["screen", "-S", "csc", "-X", "quit"],
    }
    subprocess.run(end[multiplexer], env=env, capture_output=True, check=False, timeout=PATIENCE)


def test_tmux_keeps_what_is_copied_and_sends_it_on(inside: Inside, tmp_path: Path) -> None:
    screen = inside("tmux")
    since = len(screen.raw)
    screen.press("y", "y")
    screen.wait_for(f"sent to the terminal's clipboard: {PHONE}")

    kept = subprocess.run(
        ["tmux", "-S", str(tmp_path / "sockets" / "tmux"), "show-buffer"],
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    )
    assert kept.stdout.decode() == PHONE
    screen.wait_raw(base64.b64encode(PHONE.encode()), since)
    (sent,) = re.findall(rb"\x1b\]52;c?;([^\x07\x1b]*)", bytes(screen.raw[since:]))
    assert base64.b64decode(sent).decode() == PHONE


def test_screen_sends_on_what_is_copied(inside: Inside, demo_server: LiveDemo) -> None:
    long = ("a long story " * 100).strip()
    demo_server.ask("POST", "/api/people", {"person": {"name": "Aab", "background": long}})
    screen = inside("screen")
    since = len(screen.raw)
    screen.press("y", "r")
    screen.wait_for("sent to the terminal's clipboard: ")
    screen.wait_raw(b"\x07", since)

    (sent,) = re.findall(rb"\x1b\]52;c;([^\x07\x1b]*)\x07", bytes(screen.raw[since:]))
    record = base64.b64decode(sent).decode()
    assert len(sent) > 1_000  # screen passes on less than that in one string
    assert f"Background: {long}" in record.splitlines()


@pytest.mark.parametrize("multiplexer", ["tmux", "screen"])
def test_all_is_as_in_a_bare_terminal(inside: Inside, multiplexer: str) -> None:
    screen = inside(multiplexer)
    screen.press("down", "down")
    screen.wait_for(lambda lines: lines[4].startswith("› "))
    assert screen.styles(4).isdisjoint(screen.styles(5))
    screen.settle()
    screen.resize(40, 13 if multiplexer == "tmux" else 12)  # tmux keeps the last line for itself
    screen.wait_for(lambda lines: lines[10].split()[:2] == ["by", "name"])
    screen.settle()  # what a multiplexer still draws for the old size would be lost
    screen.resize(80, 24)
    screen.wait_for("row 3 of 2,400")
    screen.press("q")
    assert screen.wait_end() == 0
