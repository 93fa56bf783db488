"""Bad settings, addresses, keys, answers, disks and folders: a sentence, and never a traceback."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile_server import KEY, Answer, HostileServer, hostile_server, person
from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener, environment_of
from tests.terminal.stream import alive
from tests.terminal.terminal import Terminal, program

TAKEN = b"\x1b[?1049h"
"""Takes the alternate screen."""

HTTPS = {"CSC_TUI_URL": "https://crm.example", "CSC_TUI_API_KEY": "canary-key"}


@pytest.mark.parametrize(
    ("config", "environment", "words"),
    [
        ("theme = \n", {}, "line 1: this is not TOML"),
        ("\x1b]0;x\x07 = 1\n", {}, "line 1: this is not TOML"),
        ("fill = 3\n'\\u001b]0;CANARY' = 1\n", {}, "is not a setting"),
        ("fill = -1\n", {}, "line 1: fill must be from 0 to 1,000,000."),
        ("[profiles.'\\u001b[2J']\nurl = 'x'\n", {}, "cannot be a profile’s name"),
        ("", {"CSC_TUI_URL": "http://crm.example", "CSC_TUI_API_KEY": "canary-key"}, "https://"),
        ("", {"CSC_TUI_URL": "crm \x1b[2J", "CSC_TUI_API_KEY": "canary-key"}, "is not an address"),
        ("", HTTPS | {"CSC_TUI_API_KEY": "canary\x1bkey"}, "cannot be an API key"),
        ("", HTTPS | {"HTTPS_PROXY": "socks5://u:canary-key@p"}, "The proxy 'socks5://p' cannot"),
        ("", HTTPS | {"CSC_TUI_PROFILE": "../x"}, "cannot be a profile’s name"),
        ("", HTTPS | {"CSC_TUI_READ_ONLY": "perhaps"}, "CSC_TUI_READ_ONLY"),
    ],
)
def test_a_bad_setting_is_one_line_and_the_screen_is_not_taken(
    config: str,
    environment: dict[str, str],
    words: str,
    terminal: Opener,
    folders: dict[str, str],
) -> None:
    folder = Path(folders["XDG_CONFIG_HOME"]) / "csc-tui"
    folder.mkdir(mode=0o700, parents=True)
    (folder / "config.toml").write_text(config)
    screen = terminal(columns=400, **environment)

    assert screen.wait_end() == 2
    said = bytes(screen.raw).decode()
    assert said.count("\n") == 1
    assert said.startswith("csc-tui: ")
    assert words in said
    assert "\x1b" not in said
    assert "canary" not in said


@pytest.fixture
def world() -> Iterator[HostileServer]:
    with hostile_server() as server:
        server.people = [person(number, "") for number in range(1, 4)]
        yield server


def leaves(screen: Terminal, message: str = "") -> None:
    """The program is as usable as ever, and leaves nothing behind."""
    if message:
        screen.press("escape")
        screen.wait_gone(message)
    screen.press("?")
    screen.wait_for("In the list")
    screen.press("q")
    screen.wait_gone("In the list")
    screen.press("q")
    assert screen.wait_end() == 0
    assert b"Traceback" not in screen.raw
    assert KEY.encode() not in screen.raw
    assert alive(bytes(screen.raw)) == []


FIRST = [
    (Answer(401), "The key was refused (401)"),
    (Answer(403), "The CRM does not let this key see people (403)."),
    (Answer(404), "The CRM has no such record (404)."),
    (Answer(body=b"<html>sign in"), "A web page answers there (200), not the API"),
    (Answer(302, None, {"Location": "/login"}), "it leads to a login page (302)"),
    (Answer(301, None, {"Location": "https://e.example/x"}), "sends one on to https://e.example"),
    (Answer(body=b"{]"), "The answer of the CRM is not JSON (200)."),
    (Answer(body={"people": 3}), "not built as its documentation says (200)"),
    (Answer(507, {"error": "Full."}), "The account is full (507)"),
]
"""What is answered to the very first requests, when nothing is in the store."""


@pytest.mark.parametrize(("answer", "words"), FIRST, ids=lambda one: str(one)[:40])
def test_the_very_first_answer(
    answer: Answer, words: str, terminal: Opener, world: HostileServer
) -> None:
    world.say("GET /people", answer)
    screen = terminal(CSC_TUI_URL=world.url, CSC_TUI_API_KEY=KEY, CSC_TUI_FILL="0", columns=120)
    screen.wait_for(words)
    if answer.status != 403:
        screen.wait_for("could not be had")
    world.instead.clear()
    screen.press("r")
    screen.wait_for("of 3")
    screen.wait_gone(words)  # while it stands, the next `q` takes it away and nothing else
    leaves(screen)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://nowhere.invalid", "There is no host nowhere.invalid"),
        ("http://127.0.0.1:1", "127.0.0.1 refuses the connection."),
        ("https://127.0.0.1:1", "127.0.0.1 refuses the connection."),
    ],
)
def test_no_network(url: str, words: str, terminal: Opener) -> None:
    screen = terminal(CSC_TUI_URL=url, CSC_TUI_API_KEY=KEY, columns=120)
    screen.wait_for(words)
    screen.wait_for("offline")
    leaves(screen, words)


def test_a_wrong_key_is_said_inside_and_never_shown(
    terminal: Opener, demo_server: LiveDemo
) -> None:
    screen = terminal(**environment_of(demo_server) | {"CSC_TUI_API_KEY": KEY}, columns=120)
    screen.wait_for("The key was refused (401)")
    leaves(screen, "The key was refused (401)")


def test_a_full_disk_is_said_and_the_program_goes_on(
    folders: dict[str, str], demo_server: LiveDemo
) -> None:
    limited = ["sh", "-c", 'ulimit -f 8; exec "$@"', "sh", *program()]
    # Half a file of bytecode would be kept in the checkout, and break every later start.
    env = folders | environment_of(demo_server) | {"PYTHONDONTWRITEBYTECODE": "1"}
    screen = Terminal(limited, env, columns=120, folder=Path(folders["HOME"]))
    try:
        screen.wait_for("› Abel, Frank")
        screen.press("enter")
        screen.wait_for("last contact")
        screen.press("L")
        for words in (
            "The local cache cannot be used: nothing is kept after csc-tui ends.",
            "The outbox file cannot be used: saves are kept until csc-tui ends.",
            "The shared budget file cannot be written: other windows are not counted.",
        ):
            screen.wait_for(words)
        screen.press("escape")
        screen.wait_for(lambda lines: "budget file" not in lines[-2])  # the message first
        screen.press("escape")
        screen.wait_for("last contact")
        screen.press("escape")
        screen.wait_for("of 2,400")
        leaves(screen)
    finally:
        screen.close()


@pytest.mark.parametrize("kind", ["DATA", "STATE", "CACHE"])
def test_a_folder_that_cannot_be_is_one_line(kind: str, account: Opener, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    screen = account(columns=300, **{f"XDG_{kind}_HOME": str(tmp_path / "file")})

    assert screen.wait_end() == 1
    said = bytes(screen.raw).decode()
    assert said.count("\n") == 1
    assert f"The folder {tmp_path / 'file' / 'csc-tui'} cannot be used: Not a directory." in said
    assert TAKEN not in screen.raw


STUMBLE = """
import asyncio, sys
from csc_tui.cli import main
from csc_tui.ui.app import CscApp

def do_tab_2(self):
    async def work():
        key, name = "CANARY-KEY", "CANARY-NAME"
        raise RuntimeError(f"{key} {name}")
    self.kept = asyncio.get_running_loop().create_task(work())
    del self.kept

CscApp.do_tab_2 = do_tab_2
sys.exit(main())
"""
"""The program with something in its background that fails, of which nobody asks."""


def test_what_fails_in_the_background_names_a_file_and_the_screen_goes_on(
    folders: dict[str, str], demo_server: LiveDemo
) -> None:
    env = folders | environment_of(demo_server)
    screen = Terminal(
        [sys.executable, "-c", STUMBLE], env, columns=300, folder=Path(folders["HOME"])
    )
    try:
        screen.wait_for("of 2,400")
        screen.press("2")
        screen.wait_for("crash-")
        leaves(screen, "crash-")
    finally:
        screen.close()

    (report,) = (Path(folders["XDG_STATE_HOME"]) / "csc-tui").glob("crash-*.txt")
    assert "RuntimeError" in report.read_text()
    for shown in (screen.raw.decode(), report.read_text()):
        assert "CANARY" not in shown


FALL = """
import sys
from csc_tui import session
from csc_tui.cli import main

async def wake(*wanted):
    key, name = "CANARY-KEY", "CANARY-NAME"
    raise LookupError(f"{key} {name} {wanted}")

session.wake = wake
sys.exit(main())
"""
"""The program with an error of its own before any answer is there."""


def test_an_error_in_a_worker_is_named_by_its_own_kind_and_place(
    folders: dict[str, str], demo_server: LiveDemo
) -> None:
    env = folders | environment_of(demo_server)
    screen = Terminal([sys.executable, "-c", FALL], env, columns=300, folder=Path(folders["HOME"]))
    try:
        assert screen.wait_end() == 1
    finally:
        screen.close()

    (report,) = (Path(folders["XDG_STATE_HOME"]) / "csc-tui").glob("crash-*.txt")
    assert "builtins.LookupError" in report.read_text()
    assert ":8 wake" in report.read_text()
    for shown in (screen.raw.decode(), report.read_text()):
        assert "CANARY" not in shown
        assert demo_server.key not in shown
        assert "Traceback" not in shown
    assert alive(bytes(screen.raw)) == []
