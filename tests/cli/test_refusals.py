"""Bad settings, environment, key files and folders: one sentence, exit code, nothing touched."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from csc_tui.config.origin import origin_of
from csc_tui.config.paths import Paths
from csc_tui.config.secrets import Secret, save_key

Run = Callable[..., Any]
Write = Callable[[str], Path]
ACME = '[profiles.acme]\nurl = "https://acme.centralstationcrm.net"\n'
BY_ENVIRONMENT = {"CSC_TUI_URL": "https://crm.example", "CSC_TUI_API_KEY": "canary"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("theme = \n", "line 1: this is not TOML"),
        ("fill = 3\nthem = 'x'\n", "line 2: them is not a setting"),
        ("fill = 'x'\n", "line 1: fill must be a whole number"),
        ("theme = 'nope'\n", "There is no theme nope"),
        ("[keys]\n'list.fly' = 'f'\n", "list.fly"),
        ("[keys]\n'list.sort' = '/'\n", "list.sort"),
        (ACME, "There is no API key for profile acme. Run: csc-tui login acme"),
        (ACME.replace("https", "http"), "https://"),
    ],
)
def test_bad_settings_are_one_line_before_the_screen_is_taken(
    cli: Run, write_config: Write, text: str, words: str
) -> None:
    path = write_config(text)
    path.chmod(0o600)

    said = cli()

    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1
    assert words in said.err
    assert path.read_text() == text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"CSC_TUI_URL": "http://crm.example"}, "https://"),
        ({"CSC_TUI_URL": "http://10.0.0.1:8080"}, "https://"),
        ({"CSC_TUI_API_KEY": ""}, "CSC_TUI_URL is set without CSC_TUI_API_KEY"),
        ({"CSC_TUI_URL": ""}, "CSC_TUI_API_KEY is set without CSC_TUI_URL"),
        ({"CSC_TUI_API_KEY": "can ary"}, "cannot be an API key"),
        ({"CSC_TUI_URL": "https://crm.example:99999"}, "is not an address"),
        ({"CSC_TUI_FILL": "lots"}, "CSC_TUI_FILL"),
    ],
)
def test_a_bad_environment_is_one_line_and_shows_no_key(
    cli: Run, monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], words: str
) -> None:
    for name, value in (BY_ENVIRONMENT | changed).items():
        monkeypatch.setenv(name, value)

    said = cli()

    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1
    assert words in said.err
    assert "ary" not in said.err


def test_a_key_file_open_to_others_is_not_used(cli: Run, paths: Paths, write_config: Write) -> None:
    write_config(ACME)
    origin = origin_of("https://acme.centralstationcrm.net")
    save_key(paths, "acme", Secret("canary"), origin)
    paths.key_file("acme").chmod(0o644)

    said = cli("--profile", "acme")

    assert said.code == 2
    assert f"chmod 600 {paths.key_file('acme')}" in said.err
    assert "canary" not in said.err


def test_a_broken_theme_of_the_users_is_named_and_skipped(
    cli: Run, paths: Paths, write_config: Write
) -> None:
    write_config("theme = 'mine'\n")
    paths.themes.mkdir()
    (paths.themes / "mine.toml").write_text("background = 'green'\n")

    listed = cli("themes")
    opened = cli()

    assert listed.code == 0
    assert "* dark" not in listed.out
    assert f"{paths.themes / 'mine.toml'}, line 1: a theme needs foreground" in listed.err
    assert "line 1: a theme needs foreground" in opened.err
    assert "needs a terminal" in opened.err
    assert cli("--theme", "mine").err.count("\n") == 1


def test_a_sentence_on_a_terminal_cannot_drive_it(env: dict[str, str]) -> None:
    """An option with an escape sequence comes back as harmless text."""
    leader, follower = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "csc_tui", "--\x1b]0;evil\x07\u202e"],
        env=env,
        stdin=follower,
        stdout=follower,
        stderr=follower,
        check=False,
    )
    os.close(follower)
    shown = os.read(leader, 10_000)
    os.close(leader)

    assert done.returncode == 2
    assert b"There is no option" in shown
    assert b"\x1b" not in shown
    assert b"\x07" not in shown
    assert "\u202e".encode() not in shown


def test_a_full_disk_under_the_output_is_said(env: dict[str, str]) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "csc_tui", "paths"],
            env=env,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr == "csc-tui: The system refused: No space left on device\n"


def test_a_reader_that_leaves_ends_it_quietly(env: dict[str, str]) -> None:
    gone, out = os.pipe()
    os.close(gone)
    done = subprocess.run(
        [sys.executable, "-m", "csc_tui", "keys"],
        env=env,
        stdout=out,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(out)

    assert done.returncode == 0
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("command", "missing"),
    [("list", "RESOURCE"), ("new", "RESOURCE"), ("tag", "RESOURCE, ID, TAG")],
)
def test_only_what_has_to_be_there_is_missed(cli: Run, command: str, missing: str) -> None:
    said = cli(command)
    assert said.code == 2
    assert f"are required: {missing}. See: csc-tui {command} --help" in said.err


def test_bytes_that_are_no_text_are_refused_before_anything_is_done(env: dict[str, str]) -> None:
    address = {"CSC_TUI_URL": "http://127.0.0.1:9", "CSC_TUI_API_KEY": "never-to-be-used"}
    done = subprocess.run(
        [sys.executable, "-m", "csc_tui", "set", "people", "7", b"title=caf\xe9"],
        env=env | address | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "“title=caf\\udce9” is not text in UTF-8" in done.stderr


@pytest.mark.parametrize(
    ("closed", "code", "said"),
    [
        (">&-", 1, "csc-tui: The system refused: Bad file descriptor\n"),
        ("<&-", 0, ""),
        ("2>&-", 0, ""),
    ],
)
def test_a_stream_that_is_closed_is_no_error_of_the_program(
    env: dict[str, str], closed: str, code: int, said: str
) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"$0" -m csc_tui paths {closed}', sys.executable],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (code, said)
    assert ("config" in done.stdout) == (code == 0)


def test_complaints_do_not_get_among_the_output_where_their_own_stream_is_closed(
    env: dict[str, str],
) -> None:
    done = subprocess.run(
        ["sh", "-c", '"$0" -m csc_tui list nonsense 2>&-', sys.executable],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, "")
