from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from csc_tui import __version__

Run = Callable[..., Any]
BUILT = (
    *("demo", "login", "logout", "profiles", "list", "show", "export", "sync"),
    *("set", "new", "delete", "note", "tag", "untag", "outbox", "dupes"),
    *("log", "keys", "themes", "paths", "doctor", "completion", "man"),
)


def test_the_version_is_said(cli: Run) -> None:
    said = cli("--version")

    assert (said.code, said.out, said.err) == (0, f"csc-tui {__version__}\n", "")
    assert cli("--read-only", "--version").out == f"csc-tui {__version__}\n"


def test_help_shows_every_command(cli: Run) -> None:
    said = cli("--help")

    assert said.code == 0
    words = said.out.replace("[", " ").replace("]", " ").split()
    for name in (*BUILT, "--profile", "--read-only", "--theme", "--version"):
        assert name in words


@pytest.mark.parametrize("name", BUILT)
def test_every_command_has_help(cli: Run, name: str) -> None:
    said = cli(name, "--help")

    assert said.code == 0
    assert f"usage: csc-tui {name}" in said.out


def test_help_of_the_demo_has_the_promised_options(cli: Run) -> None:
    out = cli("demo", "--help").out

    for option in ("--dialect", "--people", "--companies", "--reset", "--listen", "--expose"):
        assert option in out
    assert "--fault" in out
    assert "python -m csc_tui.demo --help" in " ".join(out.split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("frobnicate",), "There is no command frobnicate. Known: demo, login"),
        (("--frobnicate",), "There is no option --frobnicate"),
        (("paths", "--frobnicate"), "There is no option --frobnicate"),
        (("paths", "extra"), "“extra” is one argument too many"),
        (("--prof", "acme"), "acme"),
        (("--profile",), "--profile"),
        (("logout",), "NAME"),
        (("demo", "--people", "many"), "--people"),
        (("demo", "--people", "-1"), "--people"),
        (("demo", "--dialect", "siebel"), "--dialect"),
        (("demo", "--expose"), "beside --listen"),
        (("login", "Acme Inc"), "cannot be a profile’s name"),
        (("--theme", "nope"), "There is no theme nope. Known: contrast-dark"),
        (("--profile", "nobody"), "There is no profile nobody"),
        (("logout", "nobody"), "There is no profile nobody"),
        ((), "needs a terminal"),
    ],
)
def test_a_wrong_command_line_is_one_line_and_exit_2(
    cli: Run, arguments: tuple[str, ...], words: str
) -> None:
    said = cli(*arguments)

    assert said.code == 2
    assert said.out == ""
    assert said.err.startswith("csc-tui: ")
    assert said.err.count("\n") == 1
    assert words in said.err
