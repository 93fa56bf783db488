"""Keyboards of every protocol, by the raw bytes that terminals send."""

from __future__ import annotations

import time

import pytest

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener
from tests.terminal.terminal import Terminal
from tests.terminal.test_list import opened
from tests.terminal.test_typing import bodies, edit

pytestmark = pytest.mark.usefixtures("as_before")

TEXT = "@€ß{[\\~êA"
"""What is AltGr, a dead key or shift on a German keyboard."""

_KEYS = {"@": "q", "€": "e", "ß": "ß", "{": "7", "[": "8", "\\": "ß", "~": "+", "ê": "e", "A": "a"}
"""Which key each character is on."""


def legacy(character: str) -> bytes:
    return character.encode()


def other_keys(character: str) -> bytes:
    """xterm with modifyOtherKeys: AltGr as the systems send it that make it of ctrl and alt."""
    held = {"ß": 1, "ê": 1, "A": 2}.get(character, 7)
    return f"\x1b[27;{held};{ord(character)}~".encode()


def kitty(character: str) -> bytes:
    """kitty, reporting all keys with their text, and what is held for them before."""
    held = {"A": b"\x1b[57441;2u", "ß": b"", "ê": b""}.get(character, b"\x1b[57453u")
    shift = ";2" if character == "A" else ";"
    return held + f"\x1b[{ord(_KEYS[character])}{shift};{ord(character)}u".encode()


PROTOCOLS = {
    "legacy": (legacy, b"\x13", b"\x7f"),
    "modifyOtherKeys": (other_keys, b"\x1b[27;5;115~", b"\x1b[27;2;127~"),
    "kitty": (kitty, b"\x1b[57442;5u\x1b[115;5u", b"\x1b[127;2u"),
}
"""Name -> (what is sent for a character, for ctrl+s, for backspace with shift still held)."""


@pytest.mark.parametrize("name", PROTOCOLS)
def test_what_is_typed_is_saved_and_ctrl_is_a_command(
    account: Opener, demo_server: LiveDemo, name: str
) -> None:
    sent, save, back = PROTOCOLS[name]
    screen = edit(account)
    demo_server.forget()
    screen.press("ctrl+g")
    screen.type("title")
    screen.press("enter", "ctrl+u")
    screen.send(b"".join(sent(character) for character in TEXT))
    screen.type(name)
    screen.wait_for(f"[{TEXT}{name}▏")
    screen.send(sent("A") + back)
    screen.wait_for(f"[{TEXT}{name}▏")
    screen.send(save)
    screen.wait_for(" saved")

    assert bodies(demo_server) == [{"person": {"title": TEXT + name}}]


def test_shift_alone_takes_no_second_key_and_focus_is_no_key(account: Opener) -> None:
    screen = opened(account)
    screen.settle()
    before = len(screen.raw)
    screen.send(b"\x1b[57441;2u\x1b[57358u\x1b[O\x1b[I\x1b[O\x1b[I\x1b[?62;22c")
    screen.settle()
    written = bytes(screen.raw[before:])
    assert b"does nothing" not in written
    assert b"Abel" not in written  # nothing but the gauge may have been painted meanwhile

    screen.send(b"\x1b[121;;121u\x1b[O\x1b[I\x1b[57441;2u\x1b[121;;121u")
    screen.wait_for("sent to the terminal's clipboard: +49 221 4710 155")


def test_a_hundred_thousand_characters_are_pasted_whole(
    account: Opener, demo_server: LiveDemo
) -> None:
    text = "".join(f"{number:05} äöü\n" for number in range(10_000)).rstrip()
    assert len(text.encode()) > 100_000
    demo_server.ask("POST", "/api/people", {"person": {"name": "Aab"}})
    screen = account()
    screen.wait_for("› Aab ")
    screen.press("e")
    screen.wait_for("Segment")
    demo_server.forget()
    screen.press("ctrl+g")
    screen.type("backg")
    screen.press("enter")
    screen.paste(text.replace("\n", "\r"))
    screen.wait_for("09999 äöü▏")
    screen.press("ctrl+s")
    screen.wait_for(" saved")

    (body,) = bodies(demo_server)
    assert body == {"person": {"background": text}}


def dribbled(screen: Terminal, data: bytes, gap: float) -> bool:
    """Send bytes with so many seconds between them; whether the machine kept to it."""
    longest, last = 0.0, time.monotonic()
    for number in range(len(data)):
        screen.send(data[number : number + 1])
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
        screen.rest(gap)
    return longest <= 0.3


@pytest.mark.parametrize("sequence", [b"\x1b[B", b"\x1bOB", b"\x1b[106;;106u"])
def test_a_sequence_that_comes_byte_by_byte_is_never_esc(account: Opener, sequence: bytes) -> None:
    for _ in range(8):
        screen = opened(account, ESCDELAY="25")
        screen.press("enter")
        screen.wait_for("› Phone")
        screen.press("g")
        screen.wait_for(" 1 of ")
        if dribbled(screen, sequence, 0.2):
            break
        screen.close()
    else:
        pytest.skip("the machine is too busy to send a byte in time")

    assert "People › Abel, Frank" in screen.wait_for(" 2 of ")[1]


def test_esc_alone_is_heard(account: Opener) -> None:
    screen = opened(account)
    screen.press("enter")
    screen.wait_for("People › Abel, Frank")
    screen.send(b"\x1b")
    screen.wait_for("row 1 of 2,400")
