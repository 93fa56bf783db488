"""The first start: the demo by one key, an account by address and key, and every way to fail."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener
from tests.terminal.terminal import Terminal

DESIGN = """\



       csc-tui
       A terminal client for CentralStationCRM and Concord CRM

       › 1  Try the demo
            2,400 invented people on this machine. Nothing leaves it.

         2  Connect CentralStationCRM
            Needs your account’s address and an API key (My settings).

         3  Connect Concord CRM
            Needs your CRM’s address and a personal access token.

       The key is kept in a file that only you can read, or fetched by a
       command of yours. It is sent to your CRM and nowhere else.






 no profile yet                               ↑↓ choose  ⏎ take  ? help  q quit
"""


def settings(folders: dict[str, str]) -> Path:
    return Path(folders["XDG_CONFIG_HOME"]) / "csc-tui"


def filled(screen: Terminal, *, name: str, address: str, key: str) -> None:
    """The form with these texts in it."""
    screen.wait_for("Try the demo")
    screen.press("2")
    screen.wait_for("Welcome › Connect CentralStationCRM")
    screen.type(name)
    screen.press("tab")
    screen.type(address)
    screen.press("tab")
    screen.type(key)
    screen.wait_for("•" * min(len(key), 40))


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (140, 40)])
def test_it_stands_as_it_is_drawn(terminal: Opener, columns: int, rows: int) -> None:
    screen = terminal(columns=columns, rows=rows)
    lines = [line.rstrip() for line in screen.wait_for("q quit")]

    drawn = DESIGN.splitlines()
    above, left = (0, 0) if columns == 80 else (8, 30)
    middle = [f"{' ' * left}{line}".rstrip() for line in drawn[:17]]
    assert lines[above : above + 17] == middle
    assert not any(lines[:above] + lines[above + 17 : -1])
    assert lines[-1] == drawn[-1] if columns == 80 else lines[-1].endswith("? help  q quit")


def test_one_key_and_there_are_people(terminal: Opener) -> None:
    screen = terminal()
    screen.wait_for("› 1  Try the demo")
    screen.press("enter")
    lines = screen.wait_for("row 1 of 2,400")

    assert lines[0].startswith(" demo [1 People]")
    screen.press("q")
    assert screen.wait_end() == 0


def test_arrows_choose_between_two_crms(terminal: Opener) -> None:
    screen = terminal()
    screen.wait_for("› 1  Try the demo")
    screen.press("down", "j", "down")
    screen.wait_for("› 3  Connect Concord CRM")
    screen.press("enter")
    screen.wait_for("Welcome › Connect Concord CRM")
    screen.wait_for("Personal Access Tokens")
    screen.press("escape")
    screen.wait_for("› 3  Connect Concord CRM")
    screen.press("k", "enter")
    screen.wait_for("Welcome › Connect CentralStationCRM")
    screen.press("escape")
    screen.wait_for("› 2  Connect CentralStationCRM")
    screen.press("?")
    screen.wait_for("Welcome › Help")
    screen.press("q")
    screen.wait_for("no profile yet")
    screen.press("q")
    assert screen.wait_end() == 0


def test_a_good_key_is_saved_after_one_request_and_the_list_opens(
    terminal: Opener, folders: dict[str, str], demo_server: LiveDemo
) -> None:
    screen = terminal(CSC_TUI_FILL="0")
    screen.wait_for("Try the demo")
    screen.press("2", "tab")
    screen.paste(f"{demo_server.url}/people/17?tab=notes\n")
    screen.press("tab")
    screen.paste(f"  {demo_server.key}\n")
    lines = screen.wait_for("Kept in key.demo (0600) in your settings folder.")
    assert demo_server.key not in screen.text
    assert not settings(folders).exists()
    demo_server.forget()
    screen.press("ctrl+s")
    lines = screen.wait_for("connected as Sabine Krüger, 2,400 people, 600 companies")

    assert lines[0].startswith(" demo [1 People]")
    assert demo_server.requests()[0] == "GET /api/user"
    kept = settings(folders) / "key.demo"
    assert kept.read_text().splitlines()[0] == demo_server.key
    assert kept.stat().st_mode & 0o777 == 0o600
    assert f'url = "{demo_server.url}"' in (settings(folders) / "config.toml").read_text()
    assert demo_server.key.encode() not in screen.raw
    screen.press("q")
    screen.wait_end()
    again = terminal(CSC_TUI_FILL="0")
    assert again.wait_for("row 1 of 2,400")[0].startswith(" demo [1 People]")


def test_a_refused_key_is_said_as_drawn_and_the_text_stays(
    terminal: Opener, folders: dict[str, str], demo_server: LiveDemo
) -> None:
    screen = terminal()
    filled(screen, name="acme", address=demo_server.url, key="x" * 24)
    screen.press("ctrl+s")
    lines = [line.rstrip() for line in screen.wait_for("key is wrong or has been withdrawn.")]

    assert lines[:2] == [" csc-tui", " Welcome › Connect CentralStationCRM"]
    assert lines[3] == f"  Name           [{'acme':<46}] of the profile"
    assert lines[4] == f"  Address        [{demo_server.url:<46}]"
    assert lines[5] == f"› API key        [{'•' * 24 + '▏':<46}]"
    assert lines[7].strip() == "In the web page: My settings, API keys."
    assert lines[8].strip() == "Kept in key.acme (0600) in your settings folder."
    assert lines[10] == "!                The key was refused (401). The address answers;"
    assert lines[11] == "                 so the key is wrong or has been withdrawn."
    assert lines[-2] == " nothing is saved until the key has been accepted"
    assert lines[-1].endswith("ctrl+s check and save  esc back")
    assert not settings(folders).exists()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://crm.example", "Only https:// (or a loopback address) gets the key."),
        ("https://crm.invalid", "There is no host crm.invalid. Is it spelt right?"),
        ("", "The address is empty."),
    ],
)
def test_a_bad_address_is_said(terminal: Opener, address: str, words: str) -> None:
    screen = terminal()
    filled(screen, name="acme", address=address, key="secret")
    screen.press("ctrl+s")
    lines = screen.wait_for(words)

    assert lines[4].startswith("› Address")


def test_no_line_is_said_and_nothing_saved(terminal: Opener, folders: dict[str, str]) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    screen = terminal()
    filled(screen, name="acme", address=f"127.0.0.1:{port}", key="secret")
    screen.press("ctrl+s")
    screen.wait_for("No connection. Nothing was saved; your text stands here.")

    assert not settings(folders).exists()


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"status": 403}, "The key is right, but its user may not use the API."),
        (
            {"status": 302, "headers": {"Location": "https://www.crm.example/welcome"}},
            "The address sends one on to https://www.crm.example/welcome; the key was not sent",
        ),
        (
            {"status": 200, "body": "<html>", "headers": {"Content-Type": "text/html"}},
            "Something answers there, but it is not CentralStationCRM.",
        ),
        ({"status": 404}, "Something answers there, but it is not CentralStationCRM."),
        ({"status": 500}, "The CRM has an error of its own (500)."),
    ],
)
def test_what_the_other_side_says_is_said(
    terminal: Opener,
    folders: dict[str, str],
    demo_server: LiveDemo,
    fault: dict[str, Any],
    words: str,
) -> None:
    demo_server.fail({"kind": "status", "path": "/user", **fault})
    screen = terminal()
    filled(screen, name="acme", address=demo_server.url, key=demo_server.key)
    screen.press("ctrl+s")
    lines = screen.wait_for(lambda lines: any(line.startswith("!") for line in lines))

    said = " ".join(line[1:].strip() for line in lines[10:-2])
    assert words in " ".join(said.split())
    assert "••••••" in lines[5]
    assert not settings(folders).exists()
    assert len(demo_server.requests()) == 1


def test_read_only_holds_for_what_is_opened_from_here(terminal: Opener) -> None:
    screen = terminal("--read-only", CSC_TUI_FILL="0")
    screen.wait_for("› 1  Try the demo")
    screen.press("1")
    lines = screen.wait_for("row 1 of 2,400")

    assert lines[0].rstrip().endswith("read-only")
