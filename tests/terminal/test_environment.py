"""Terminals of several kinds: colours that they understand, and none where none are wanted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.terminal.conftest import Opener
from tests.terminal.test_list import opened

_STYLE = re.compile(rb"\x1b\[([0-9;]*)m")


def colours_of(raw: bytes) -> set[str]:
    """Which kinds of colour a program has sent: `16`, `256`, `true`."""
    kinds = set()
    for style in _STYLE.findall(raw):
        numbers = [int(one or 0) for one in style.split(b";")]
        while numbers:
            number = numbers.pop(0)
            if number in (38, 48):
                kind, skipped = ("256", 2) if numbers[0] == 5 else ("true", 4)
                kinds.add(kind)
                numbers = numbers[skipped:]
            elif (30 <= number <= 47 and number not in (39,)) or 90 <= number <= 107:
                kinds.add("16")
    return kinds


@pytest.mark.parametrize(
    ("variables", "allowed"),
    [
        ({"TERM": "xterm"}, {"16"}),
        ({"TERM": "xterm-256color"}, {"16", "256"}),
        ({"TERM": "tmux-256color"}, {"16", "256"}),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, {"16", "256", "true"}),
        ({"TERM": "xterm-256color", "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}, {"16", "256"}),
        ({"TERM": "screen", "STY": "1.pts", "COLORTERM": "truecolor"}, {"16"}),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, set()),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, set()),
    ],
    ids=lambda value: "-".join(value.values()) if isinstance(value, dict) else None,
)
def test_only_colours_that_the_terminal_knows_are_sent(
    account: Opener, variables: dict[str, str], allowed: set[str]
) -> None:
    screen = opened(account, **variables)
    screen.press("down", "enter")
    screen.wait_for("People › Abel, Matthias")
    screen.press("escape")
    screen.wait_for("row 2 of 2,400")
    styles = [screen.styles(row) for row in (2, 3)]
    screen.press("q")

    assert screen.wait_end() == 0
    assert colours_of(screen.raw) <= allowed
    assert styles[0].isdisjoint(styles[1])


@pytest.mark.parametrize("variables", [{"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"}, {}])
def test_without_unicode_no_sign_of_ours_is_beyond_ascii(
    account: Opener, folders: dict[str, str], variables: dict[str, str]
) -> None:
    if not variables:
        config = Path(folders["XDG_CONFIG_HOME"]) / "csc-tui"
        config.mkdir(parents=True, mode=0o700)
        (config / "config.toml").write_text('glyphs = "ascii"\n')
    screen = account(PYTHONCOERCECLOCALE="0", **variables)
    screen.wait_for("row 1 of 2,400")
    lines = screen.wait_for("> Abel, Frank")

    assert lines[1].startswith("  Name ^")
    assert lines[-2].isascii()
    assert "enter open" in lines[-1]
    assert lines[-1].isascii()


@pytest.mark.parametrize("term", ["dumb", "vt100", None])
def test_a_terminal_without_a_screen_is_told_what_is_needed(
    account: Opener, term: str | None
) -> None:
    screen = account(TERM=term)

    assert screen.wait_end() == 2
    said = bytes(screen.raw).decode()
    assert "\x1b" not in said
    assert said.strip().count("\n") == 0
    assert said.startswith("csc-tui: The screen needs a terminal with an alternate screen")
    assert f"TERM is “{term or ''}”" in said


def test_a_theme_that_was_asked_for_goes_before_no_color(account: Opener) -> None:
    screen = account("--theme", "terminal", NO_COLOR="1", COLORTERM="truecolor")
    screen.wait_for("row 1 of 2,400")
    screen.press("down")
    screen.wait_for("row 2 of 2,400")

    # Its own ground and text, some of the sixteen on it: nothing is black on black.
    assert colours_of(screen.raw) == {"16"}
    assert "black" not in screen.colours()
    assert screen.styles(2).isdisjoint(screen.styles(3))


def test_on_a_light_theme_sixteen_colours_are_dark_on_light(account: Opener) -> None:
    screen = account("--theme", "light", TERM="xterm")
    screen.wait_for("row 1 of 2,400")

    assert colours_of(screen.raw) == {"16"}
    assert ("black", "brightwhite", False, False, False) in screen.styles(3)
