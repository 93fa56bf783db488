"""The list of people as the first screen."""

from __future__ import annotations

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener


def test_the_list_of_people_is_the_first_screen(account: Opener, demo_server: LiveDemo) -> None:
    screen = account()
    screen.wait_for("row 1 of 2,400")
    lines = screen.screen()
    assert lines[2].startswith("›")
