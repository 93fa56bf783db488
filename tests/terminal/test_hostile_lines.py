"""Plain commands in a terminal: settings and answers that try to drive it are harmless text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile_server import KEY, PAYLOADS, Answer, hostile_server
from tests.terminal.conftest import Opener
from tests.terminal.stream import alive

URL = "https://crm.example/\\u001b]0;CANARYTITLE\\u0007\\u001b[38;5;213m\\u009b5;8m\\u202e"
CONFIG = f'[profiles.acme]\nurl = "{URL}"\n[profiles.other]\nurl = "https://other.example"\n'


@pytest.fixture
def config(folders: dict[str, str]) -> Path:
    """The user's settings, with an address that means harm."""
    folder = Path(folders["XDG_CONFIG_HOME"]) / "csc-tui"
    folder.mkdir(mode=0o700, parents=True)
    (folder / "config.toml").write_text(CONFIG)
    return folder


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("profiles",), "␛]0;CANARYTITLE␇"),
        (("doctor", "--offline", "--profile", "acme"), "is not an address"),
        (("--profile", "acme"), "is not an address"),
        (("--profile", "a\x1b[2Jb"), "cannot be a profile"),
        (("logout", "\x1b]0;CANARYTITLE\x07"), "cannot be a profile"),
        (("\x1b]0;CANARYTITLE\x07",), "␛]0;CANARYTITLE␇"),
        (("demo", "--people", "\x9b5;8m"), "invalid number"),
    ],
)
def test_what_settings_and_arguments_say(
    arguments: tuple[str, ...], words: str, terminal: Opener, config: Path
) -> None:
    screen = terminal(*arguments, columns=300)
    screen.wait_end()

    assert words in bytes(screen.raw).decode()
    assert alive(bytes(screen.raw)) == []


def test_what_login_asks(terminal: Opener, config: Path) -> None:
    screen = terminal("login", "acme", columns=300)
    screen.wait_for("crm.example")
    screen.press("ctrl+c")
    screen.wait_end()

    assert alive(bytes(screen.raw)) == []


def test_what_the_crm_tells_the_doctor(terminal: Opener) -> None:
    every = "".join(PAYLOADS.values())
    with hostile_server() as world:
        world.say("GET /user", Answer(body={"id": 1, "first": f"Plain{every}", "last": every}))
        screen = terminal("doctor", columns=300, CSC_TUI_URL=world.url, CSC_TUI_API_KEY=KEY)
        screen.wait_end()
        world.say("GET /user", Answer(400, {"description": every}))
        refused = terminal("doctor", columns=300, CSC_TUI_URL=world.url, CSC_TUI_API_KEY=KEY)
        refused.wait_end()

    assert "Plain␛]0;CANARYTITLE␇" in bytes(screen.raw).decode()
    assert "(400). ␛]0;CANARYTITLE␇" in bytes(refused.raw).decode()
    for one in (screen, refused):
        assert alive(bytes(one.raw)) == []
        assert KEY.encode() not in one.raw
