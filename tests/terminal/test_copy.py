"""`y` and a second key, by the raw bytes that reach the terminal."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener
from tests.terminal.terminal import Terminal
from tests.terminal.test_list import opened

_COPIED = re.compile(rb"\x1b\]52;c;([^\x07\x1b]*)\x07")


def copied(screen: Terminal, *keys: str) -> str:
    """What the keys send to the clipboard, once the words say so."""
    since = len(screen.raw)
    screen.press(*keys)
    screen.wait_raw(b"\x1b]52;c;", since)
    screen.wait_for("sent to the terminal's clipboard: ")
    (found,) = _COPIED.findall(bytes(screen.raw[since:]))
    text = base64.b64decode(found, validate=True).decode()
    assert text == text.strip()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)
    return text


def somebody(demo: LiveDemo) -> str:
    """A person with everything that can be copied, the first in the list; gives the id."""
    made = demo.ask(
        "POST",
        "/api/people",
        {
            "person": {
                "name": "Aabel",
                "first_name": "Änne",
                "gender": "female_user",
                "background": "one\u001b[31mred\ntwo",
                "tels_attributes": [
                    {"name": "+49 221 4710 199", "atype": "office"},
                    {"name": "+49 171 3920099", "atype": "mobile"},
                ],
                "emails_attributes": [{"name": "aabel@brandt.example", "atype": "office"}],
                "addrs_attributes": [
                    {
                        "street": "Gereonstraße 18",
                        "zip": "50670",
                        "city": "Köln",
                        "country_code": "DE",
                        "atype": "private",
                    }
                ],
            }
        },
    )
    return str(made["person"]["id"])


def test_from_the_list(account: Opener, demo_server: LiveDemo) -> None:
    made = somebody(demo_server)
    screen = account()
    screen.wait_for("› Aabel, Änne")
    demo_server.forget()
    assert copied(screen, "y", "y") == "+49 171 3920099"
    screen.wait_for("sent to the terminal's clipboard: +49 171 3920099")
    assert copied(screen, "y", "p") == "+49 171 3920099"
    assert copied(screen, "y", "e") == "aabel@brandt.example"
    assert copied(screen, "y", "a") == "Änne Aabel\nGereonstraße 18\n50670 Köln"
    screen.wait_for("clipboard: Änne Aabel, Gereonstraße 18, 50670 Köln")
    assert copied(screen, "y", "s") == "Sehr geehrte Frau Aabel"
    assert copied(screen, "y", "u") == f"{demo_server.url}/people/{made}"
    record = copied(screen, "y", "r").splitlines()
    assert record[0] == "Änne Aabel"
    assert {"Phone: +49 171 3920099", "Phone: +49 221 4710 199"} <= set(record)
    assert "E-mail: aabel@brandt.example" in record
    assert demo_server.requests() == []


def test_from_the_record_it_is_what_the_cursor_is_on(
    account: Opener, demo_server: LiveDemo
) -> None:
    somebody(demo_server)
    screen = account()
    screen.wait_for("› Aabel, Änne")
    screen.press("enter")
    screen.wait_for("People › Aabel, Änne")
    screen.wait_for("› Phone")
    assert copied(screen, "y", "y") == "+49 221 4710 199"
    screen.press("down")
    assert copied(screen, "y", "y") == "+49 171 3920099"
    screen.press("up")
    assert copied(screen, "y", "p") == "+49 171 3920099"
    screen.press("g")
    assert copied(screen, "y", "y") == "Änne Aabel"
    screen.press("G", "up", "up")
    screen.wait_for(lambda lines: any(line.startswith("› Background") for line in lines))
    assert copied(screen, "y", "y") == "one␛[31mred\ntwo"
    assert copied(screen, "y", "e") == "aabel@brandt.example"


@pytest.mark.parametrize(
    ("variable", "wrapped"),
    [
        ("TMUX", rb"\x1bPtmux;\x1b(\x1b\]52;c;[A-Za-z0-9+/=]*\x07)\x1b\\"),
        ("STY", rb"\x1bP(\x1b\]52;c;[A-Za-z0-9+/=]*\x07)\x1b\\"),
    ],
)
def test_multiplexers_hand_it_on(account: Opener, variable: str, wrapped: bytes) -> None:
    screen = opened(account, **{variable: "/tmp/somewhere,1,0"})
    since = len(screen.raw)
    screen.press("y", "y")
    screen.wait_for("sent to the terminal's clipboard: +49 221 4710 155")
    (found,) = re.findall(wrapped, bytes(screen.raw[since:]))
    assert _COPIED.fullmatch(found)


def test_what_is_not_there_cannot_be_copied(account: Opener, demo_server: LiveDemo) -> None:
    demo_server.ask("POST", "/api/people", {"person": {"name": "Aab"}})
    screen = account()
    screen.wait_for("› Aab")
    since = len(screen.raw)
    for key, what in (("y", "phone"), ("e", "e-mail"), ("a", "address")):
        screen.press("y", key)
        screen.wait_for(f"there is no {what} to copy")
    assert b"\x1b]52" not in screen.raw[since:]


def keys_of(line: str) -> str:
    """The keys that the last line names; the gauge before them has a time of its own."""
    return line.partition("outbox 0")[2].strip()


def test_the_keys_after_y_are_named_and_others_do_nothing(account: Opener) -> None:
    screen = opened(account)
    footer = keys_of(screen.line(-1))
    since = len(screen.raw)
    screen.press("y")
    screen.wait_for("copy what?")
    for words in ("y this", "p phone", "e e-mail", "a address"):
        assert words in screen.line(-1)
    screen.press("x")
    screen.wait_for("x does nothing here")
    screen.wait_for(lambda lines: keys_of(lines[-1]) == footer)
    screen.press("y", "escape")
    screen.wait_for(lambda lines: keys_of(lines[-1]) == footer)
    screen.press("y", "q")
    screen.wait_for("q does nothing here")
    screen.press("down")
    screen.wait_for("row 2 of")
    assert b"\x1b]52" not in screen.raw[since:]


def test_what_no_terminal_takes_is_shown_to_be_selected(
    account: Opener, demo_server: LiveDemo
) -> None:
    novel = " ".join(f"word{number}" for number in range(8_000))
    demo_server.ask("POST", "/api/people", {"person": {"name": "Aab", "background": novel}})
    screen = account()
    screen.wait_for("› Aab")
    since = len(screen.raw)
    screen.press("y", "r")
    screen.wait_for("too long for a terminal's clipboard; select it here")
    screen.wait_for("word0 word1 word2")
    limit = re.compile(r"terminals take 56,245 bytes at most, this has 7\d,\d{3}")
    lines = screen.wait_for(lambda lines: limit.search(lines[-2]))
    assert lines[2].startswith("Aab")
    assert b"\x1b]52" not in screen.raw[since:]
    screen.press("escape")
    screen.wait_for("row 1 of")


def test_what_was_copied_can_be_shown_to_be_selected(account: Opener) -> None:
    screen = opened(account)
    screen.press("y", "v")
    lines = screen.wait_for("nothing was copied yet")
    assert lines[2].rstrip() == "+49 221 4710 155"
    screen.press("escape")
    screen.wait_for("row 1 of")
    copied(screen, "y", "e")
    screen.press("y", "v")
    lines = screen.wait_for("People › Select it here")
    assert re.fullmatch(r"\S+@\S+", lines[2].rstrip())


def test_the_setting_keeps_the_terminals_clipboard_out_of_it(
    account: Opener, folders: dict[str, str]
) -> None:
    config = Path(folders["XDG_CONFIG_HOME"]) / "csc-tui"
    config.mkdir(parents=True, mode=0o700)
    (config / "config.toml").write_text('clipboard = "show"\n')
    screen = opened(account, SSH_TTY="/dev/pts/1")
    screen.press("y", "y")
    lines = screen.wait_for("your settings say that nothing is sent")
    assert lines[2].rstrip() == "+49 221 4710 155"
    screen.press("escape")
    screen.wait_for("row 1 of")
    screen.press("o")
    lines = screen.wait_for("your settings say that nothing is sent")
    assert lines[2].startswith("http://127.0.0.1:")
    assert b"\x1b]52" not in screen.raw
