"""A round trip of 300 ms and 20 kB a second: no key waits for pictures that nobody needs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.live_demo import LiveDemo
from tests.terminal.conftest import environment_of
from tests.terminal.terminal import Terminal, program
from tests.terminal.test_list import loaded

AWAY = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22", "SSH_TTY": "/dev/pts/0"}
PICTURE = 4_500
"""More than one picture of 80x24 ever takes, and less than two."""
PRESSES = 45

Opener = Callable[..., Terminal]


@pytest.fixture
def far(folders: dict[str, str], tmp_path: Path, demo_server: LiveDemo) -> Iterator[Opener]:
    """Opens the program at the other end of a thin line, its first rows on the screen."""
    opened: list[Terminal] = []

    def opener(*, answers: bool, ssh: bool = True) -> Terminal:
        command = [sys.executable, "-m", "tests.terminal.thin_line", str(tmp_path / "most")]
        env = folders | environment_of(demo_server) | (AWAY if ssh else {})
        one = Terminal([*command, *program()], env, folder=tmp_path, answers=answers)
        opened.append(one)
        one.wait_for("row 1 of 2,400")
        one.wait_for(loaded)
        one.settle(1.0)
        return one

    yield opener
    for one in opened:
        one.close()


def hold(screen: Terminal, key: str) -> None:
    """Press a key as often as a held one comes, each on its own."""
    for _ in range(PRESSES):
        screen.press(key)
        screen.rest(0.02)


@pytest.mark.parametrize("ssh", [True, False], ids=["ssh", "not known to be thin"])
def test_there_is_never_more_than_one_picture_under_way(
    far: Opener, tmp_path: Path, ssh: bool
) -> None:
    screen = far(answers=True, ssh=ssh)
    before = len(screen.raw)
    hold(screen, "pagedown")
    screen.wait_for(f"row {20 * PRESSES + 1} of")
    shown = bytes(screen.raw[before:])
    screen.settle(1.0)

    assert int((tmp_path / "most").read_text()) <= PICTURE
    # Pictures that were late were never sent, and the last one is the last.
    assert shown.count(b"\x1b[5n") < PRESSES / 2
    assert f"row {20 * PRESSES + 1} of" in screen.text
    hold(screen, "up")
    screen.wait_for(f"row {19 * PRESSES + 1} of")
    assert int((tmp_path / "most").read_text()) <= PICTURE
    screen.press("q")
    assert screen.wait_end() == 0
    # What the terminal answered was heard by the program, not by the shell behind it.
    assert screen.raw.count(b"\x1b[5n") > 2


def test_a_terminal_that_answers_nothing_gets_what_the_line_carries(
    far: Opener, tmp_path: Path
) -> None:
    screen = far(answers=False)
    hold(screen, "pagedown")
    screen.wait_for(f"row {20 * PRESSES + 1} of")

    assert int((tmp_path / "most").read_text()) <= 2 * PICTURE
    assert screen.raw.count(b"\x1b[5n") == 1
