"""Copying: the bytes for the terminal, what they hold, and when they are too many."""

from __future__ import annotations

import base64
import re

import pytest

from csc_tui.ui.clipboard import MOST, sequence, to_copy

PHONE = "+49 221 4710 123"
BARE = b"\x1b]52;c;" + base64.b64encode(PHONE.encode()) + b"\x07"


def held(raw: str) -> str:
    """The text that a bare sequence copies."""
    found = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", raw)
    assert found is not None
    return base64.b64decode(found[1]).decode()


def test_bare() -> None:
    assert sequence(PHONE, {}) == BARE.decode()
    assert held(sequence("Grüße, 佐藤", {})) == "Grüße, 佐藤"


def test_tmux_hands_it_on_and_gets_it_itself() -> None:
    raw = sequence(PHONE, {"TMUX": "/tmp/tmux-0/default,1,0"}).encode()
    assert raw == b"\x1bPtmux;\x1b" + BARE + b"\x1b\\" + BARE


def test_screen_hands_it_on_in_pieces() -> None:
    raw = sequence("x" * 3_000, {"STY": "1.pts"})
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", raw, re.DOTALL)
    assert "".join(f"\x1bP{one}\x1b\\" for one in pieces) == raw
    assert max(map(len, pieces)) <= 700
    assert held("".join(pieces)) == "x" * 3_000


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("one\n", "one"),
        ("one\r\ntwo\r\n\r\n", "one\ntwo"),
        ("\none", "one"),
        ("a\x1b]52;c;Zm9v\x07b", "a␛]52;c;Zm9v␇b"),
        ("a\x00b\x7f\x9b", "a␀b␡\ufffd"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("tab\there", "tab here"),
        ("", ""),
    ],
)
def test_what_is_copied_has_no_controls_and_no_line_break_at_its_ends(
    text: str, copied: str
) -> None:
    assert to_copy(text) == copied


def test_the_limit_is_what_terminals_take() -> None:
    assert len(sequence("x" * (MOST // 4 * 3), {})) < 100_000
