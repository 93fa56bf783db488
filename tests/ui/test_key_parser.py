"""Keys out of bytes: `esc` and another key, told from control sequences."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from textual import events

from csc_tui.ui.key_parser import KeyParser, behind_esc


def keys(sent: str) -> list[events.Key]:
    return [event for event in KeyParser().feed(sent) if isinstance(event, events.Key)]


@pytest.mark.parametrize(
    ("behind", "key"),
    [("t", "t"), ("T", "T"), ("?", "?"), ("1", "1"), (":", ":"), ("ü", "ü"), ("\r", "enter")],
)
def test_esc_and_a_key_are_both_kept(behind: str, key: str) -> None:
    (event,) = keys(f"\x1b{behind}")

    assert behind_esc(event) == key


@pytest.mark.parametrize("behind", ["O", "P", "X", "]", "^", "_"])
def test_esc_is_kept_before_what_might_have_begun_a_sequence_too(behind: str) -> None:
    parser = KeyParser()
    assert list(parser.feed(f"\x1b{behind}")) == []

    (event,) = parser.feed("")  # nothing more comes

    assert isinstance(event, events.Key)
    assert behind_esc(event) == behind


@pytest.mark.parametrize(
    ("sequence", "key"),
    [
        ("\x1b[A", "up"),
        ("\x1bOP", "f1"),
        ("\x1b[1;5D", "ctrl+left"),
        ("\x1bb", "ctrl+left"),
        ("\x1b\x7f", "ctrl+w"),
        ("\x1b[Z", "shift+tab"),
    ],
)
def test_a_control_sequence_is_one_key_without_esc(sequence: str, key: str) -> None:
    assert [event.key for event in keys(sequence)] == [key]


def test_a_sequence_that_is_cut_gives_nothing_before_its_end() -> None:
    parser = KeyParser()

    assert list(parser.feed("\x1b")) == []
    assert list(parser.feed("[")) == []
    assert [event.key for event in parser.feed("B") if isinstance(event, events.Key)] == ["down"]


def test_esc_is_said_only_when_nothing_has_come_until_its_time() -> None:
    parser = KeyParser()
    assert parser.waits_until is None
    list(parser.feed("\x1b"))
    assert parser.waits_until is not None
    assert list(parser.tick_at(parser.waits_until - 0.001)) == []
    assert [event.key for event in parser.feed("[B") if isinstance(event, events.Key)] == ["down"]
    assert parser.waits_until is None


def test_a_sequence_has_three_tenths_of_a_second_between_its_bytes_whatever_others_want() -> None:
    wait = "import os; from csc_tui.ui import key_parser; print(os.environ['ESCDELAY'])"
    for set_to, used in (("25", "350"), ("1000", "1000"), ("", "350"), ("soon", "350")):
        done = subprocess.run(
            [sys.executable, "-c", wait],
            env=os.environ | {"ESCDELAY": set_to},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == used


@pytest.mark.parametrize("cut", range(1, 4))
def test_a_terminal_that_says_it_is_alive_has_pressed_no_key(cut: int) -> None:
    heard: list[str] = []
    parser = KeyParser(lambda: heard.append("alive"))
    sent = "\x1b[0n"
    found = [*parser.feed(sent[:cut]), *parser.feed(sent[cut:]), *parser.feed("x")]

    assert heard == ["alive"]
    assert [event.key for event in found if isinstance(event, events.Key)] == ["x"]
