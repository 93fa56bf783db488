"""What terminals are trusted with, by what they call themselves."""

from __future__ import annotations

import pytest

from csc_tui.ui.terminal.skills import Skills, skills_of


@pytest.mark.parametrize(
    ("env", "scrolls", "erases"),
    [
        ({"TERM": "xterm-256color"}, True, True),
        ({"TERM": "xterm-kitty"}, True, True),
        ({"TERM": "alacritty"}, True, True),
        ({"TERM": "linux"}, True, True),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0"}, True, True),
        ({"TERM": "screen-256color", "TMUX": "/tmp/tmux-0/default,1,0"}, True, True),
        ({"TERM": "screen.xterm-256color", "STY": "12.pts-0"}, True, False),
        ({"TERM": "screen"}, True, False),
        ({"TERM": "xterm-256color", "STY": "12.pts-0"}, True, False),
        ({"TERM": "vt100"}, True, False),
        ({"TERM": "vt52"}, False, False),
        ({"TERM": "dumb"}, False, False),
        ({"TERM": "regent60"}, False, False),
        ({}, False, False),
    ],
)
def test_known_terminals(env: dict[str, str], scrolls: bool, erases: bool) -> None:
    assert skills_of(env) == Skills(scrolls=scrolls, erases=erases)


def test_the_setting_goes_before_what_is_known() -> None:
    assert skills_of({"TERM": "regent60"}, "line").scrolls
    assert not skills_of({"TERM": "xterm"}, "half-page").scrolls
