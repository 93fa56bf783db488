from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from csc_tui.config.origin import origin_of
from csc_tui.config.paths import Paths
from csc_tui.config.secrets import Secret, save_key

Run = Callable[..., Any]
Write = Callable[[str], Path]


def test_paths_are_the_four_folders(cli: Run, paths: Paths) -> None:
    said = cli("paths")

    assert said.code == 0
    assert [line.split(maxsplit=1) for line in said.out.splitlines()] == [
        ["config", str(paths.config)],
        ["data", str(paths.data)],
        ["state", str(paths.state)],
        ["cache", str(paths.cache)],
    ]


def test_keys_are_those_of_the_user(cli: Run, write_config: Write) -> None:
    write_config("[keys]\n'list.search' = ['f3']\n")

    said = cli("keys")

    rows = [line.split() for line in said.out.splitlines()]
    assert said.code == 0
    assert len(rows) > 50
    assert ["list", "f3", "list.search"] in [row[:3] for row in rows]
    assert next(row for row in rows if "list.open" in row)[1:3] == ["⏎", "l"]


def test_keys_that_clash_are_named(cli: Run, write_config: Write) -> None:
    path = write_config("[keys]\n'list.search' = 'n'\n")

    said = cli("keys")

    assert said.code == 2
    assert said.err.startswith(f"csc-tui: {path}, [keys]: ")
    assert "list.search" in said.err
    assert "list.new" in said.err


def test_themes_mark_the_one_in_use_and_the_users_own(
    cli: Run, paths: Paths, write_config: Write
) -> None:
    write_config("theme = 'mine'\n")
    paths.themes.mkdir()
    text = 'title = "my own"\nbackground = "#000000"\nforeground = "#ffffff"\naccent = "#ffff00"\n'
    (paths.themes / "mine.toml").write_text(text)

    said = cli("themes")

    assert said.code == 0
    assert said.err == ""
    mine = next(line for line in said.out.splitlines() if line.startswith("*"))
    assert mine.split() == ["*", "mine", "my", "own", f"{paths.themes}/mine.toml"]
    assert "  dark " in said.out
    assert "monochrome" in said.out


def test_profiles_say_where_their_keys_are_and_never_which(
    cli: Run, paths: Paths, write_config: Write
) -> None:
    assert cli("profiles").out == "No profile yet. Run: csc-tui login\n"
    write_config(
        """
default_profile = "one"
[profiles.one]
url = "https://one.example"
[profiles.two]
url = "https://two.example"
read_only = true
[profiles.three]
url = "https://three.example"
key_command = ["pass"]
"""
    )
    save_key(paths, "one", Secret("canary"), origin_of("https://one.example"))

    said = cli("profiles")

    assert said.code == 0
    assert [line.split() for line in said.out.splitlines()] == [
        ["*", "one", "https://one.example", "centralstation", "key", "in", "a", "file"],
        ["two", "https://two.example", "centralstation", "no", "key,", "read-only"],
        ["three", "https://three.example", "centralstation", "key", "by", "command"],
    ]
