"""Keys by kitty's protocol and by xterm's: text is text, what is held beside it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from csc_tui.ui.key_parser import KeyParser


def heard(sent: str) -> list[str]:
    """What a screen hears: characters as such, other keys by their names."""
    return [
        event.character if event.is_printable and event.character else event.key
        for event in KeyParser().feed(sent)
        if isinstance(event, events.Key)
    ]


KITTY = {
    # AltGr on a German keyboard: the key without it, then the text.
    "\x1b[113;;64u": "@",
    "\x1b[101;;8364u": "€",
    "\x1b[45;;223u": "ß",
    "\x1b[55;;123u": "{",
    "\x1b[56;1;91u": "[",
    "\x1b[223;1;92u": "\\",
    "\x1b[43;1;126u": "~",
    "\x1b[113;7;64u": "@",
    # shift, locks, a composed letter, an accent behind its letter
    "\x1b[97;2;65u": "A",
    "\x1b[97;65;65u": "A",
    "\x1b[97:65;2;65u": "A",
    "\x1b[97;2u": "A",
    "\x1b[47;;63u": "?",
    "\x1b[0;;234u": "ê",
    "\x1b[32u": " ",
    "\x1b[32;2u": " ",
    "\x1b[57399;;48u": "0",
    # keys that are none
    "\x1b[27u": "escape",
    "\x1b[13u": "enter",
    "\x1b[13;129u": "enter",
    "\x1b[57414u": "enter",
    "\x1b[127u": "backspace",
    "\x1b[127;2u": "backspace",
    "\x1b[9u": "tab",
    "\x1b[9;2u": "shift+tab",
    "\x1b[57417u": "left",
    "\x1b[1;129B": "down",
    "\x1b[3;65~": "delete",
    # ctrl and alt
    "\x1b[115;5u": "ctrl+s",
    "\x1b[115;6u": "ctrl+shift+s",
    "\x1b[99;5:2u": "ctrl+c",
    "\x1b[91;5u": "escape",
    "\x1b[98;3u": "alt+b",
    "\x1b[57:47:55;6u": "ctrl+shift+9",
    "\x1b[1;5D": "ctrl+left",
}

XTERM = {
    "\x1b[27;2;65~": "A",
    "\x1b[27;2;64~": "@",
    "\x1b[27;7;64~": "@",
    "\x1b[27;7;8364~": "€",
    "\x1b[27;1;223~": "ß",
    "\x1b[27;7;123~": "{",
    "\x1b[27;7;91~": "[",
    "\x1b[27;7;92~": "\\",
    "\x1b[27;7;126~": "~",
    "\x1b[27;2;32~": " ",
    "\x1b[27;2;13~": "enter",
    "\x1b[27;2;127~": "backspace",
    "\x1b[27;2;9~": "shift+tab",
    "\x1b[27;5;9~": "ctrl+tab",
    "\x1b[27;5;115~": "ctrl+s",
    "\x1b[27;6;83~": "ctrl+shift+s",
    "\x1b[27;3;98~": "alt+b",
    "\x1b[65;2u": "A",
    "\x1b[64;2u": "@",
    "\x1b[63;2u": "?",
}


@pytest.mark.parametrize(("sent", "key"), (KITTY | XTERM).items())
def test_one_key(sent: str, key: str) -> None:
    assert heard(sent) == [key]


def test_an_accent_that_comes_behind_its_letter_is_kept() -> None:
    assert heard("\x1b[101;;101:769u") == heard("e\u0301") == ["e", "\u0301"]


@pytest.mark.parametrize(
    "sent",
    [
        "\x1b[57441;2u",  # shift alone
        "\x1b[57453u",  # AltGr alone
        "\x1b[57358u",  # caps lock
        "\x1b[97;1:3u",  # a key is let go
        "\x1b[1;1:3A",
        "\x1b[9999999999;2u",  # no character
        "\x1b[57344;;57344u",
        "\x1b[?62;22c",  # late answers to another program's questions
        "\x1b[>41;330;0c",
        "\x1b[0n",
        "\x1b[99~",
    ],
)
def test_what_is_no_key_is_nothing(sent: str) -> None:
    assert heard(sent) == []
    assert heard(f"{sent}j") == ["j"]


@given(st.text(alphabet="0123456789:;<?$u~ABDHMRy", max_size=20))
def test_whatever_a_terminal_sends_the_next_key_is_heard(rest: str) -> None:
    parser = KeyParser()
    list(parser.feed(f"\x1b[{rest}"))
    list(parser.feed("\x1b[B" * 2))
    assert [e.key for e in parser.feed("\x1b[B") if isinstance(e, events.Key)] == ["down"]
