"""Completion and manual page, made from the declarations: tried in the shells that are here."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from csc_tui.cli.declared import commands
from tests.cli.conftest import Said
from tests.live_demo import PATIENCE

Run = Callable[..., Said]

BASH = """
source {script}
COMP_LINE={line!r}; COMP_POINT=${{#COMP_LINE}}; COMP_WORDS=($COMP_LINE)
[[ $COMP_LINE == *' ' ]] && COMP_WORDS+=('')
COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_csc_tui
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
ZSH = """
compdef() {{ : }}
_describe() {{ print -l -- ${{(P)2}} }}
_files() {{ print files }}
compadd() {{ print -l -- ${{@}} }}
source {script}
words=({words}); CURRENT=${{#words}}
_csc_tui
"""
FISH = "source {script}; complete -C {line!r}"


def completed(shell: str, script: Path, line: str) -> list[str]:
    """What a shell offers at the end of a line."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not here")
    words = " ".join([*line.split(), *(["''"] if line.endswith(" ") else [])])
    text = {"bash": BASH, "zsh": ZSH, "fish": FISH}[shell]
    code = text.format(script=script, line=line, words=words)
    quiet = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["-N"]}[shell]
    done = subprocess.run(
        [shell, *quiet, "-c", code], capture_output=True, text=True, check=True, timeout=PATIENCE
    )
    assert done.stderr == ""
    return [one.split("\t")[0].split(":")[0] if shell == "zsh" else one.split("\t")[0]
            for one in done.stdout.splitlines()]  # fmt: skip


@pytest.fixture(params=["bash", "zsh", "fish"])
def shell(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def script(cli: Run, shell: str, tmp_path: Path) -> Path:
    said = cli("completion", shell)
    assert (said.code, said.err) == (0, "")
    file = tmp_path / "completion"
    file.write_text(said.out)
    return file


def test_commands_options_and_names_are_offered(shell: str, script: Path) -> None:
    at_first = completed(shell, script, "csc-tui ")
    assert {"list", "export", "outbox"} <= set(at_first)
    filters = completed(shell, script, "csc-tui list people ")
    name = "city" if shell == "zsh" else "city:"
    assert {name, "people"} <= set(filters)
    assert {"first_name="} <= set(completed(shell, script, "csc-tui set people 1 "))
    assert {"csv", "vcard4"} <= set(completed(shell, script, "csc-tui export people --format "))


def test_bash_narrows_and_minds_its_word_breaks(cli: Run, tmp_path: Path) -> None:
    file = tmp_path / "completion"
    file.write_text(cli("completion", "bash").out)

    assert completed("bash", file, "csc-tui exp") == ["export"]
    assert completed("bash", file, "csc-tui --profile x list --js") == ["--json", "--jsonl"]
    assert "last_name=" in completed("bash", file, "csc-tui set people 1 last_")


def test_fish_offers_the_options_of_the_command(cli: Run, tmp_path: Path) -> None:
    file = tmp_path / "completion"
    file.write_text(cli("completion", "fish").out)

    assert completed("fish", file, "csc-tui export people --del") == ["--delimiter"]


def test_the_manual_page_names_every_command_and_option(cli: Run) -> None:
    said = cli("man")

    assert (said.code, said.err) == (0, "")
    assert said.out.isascii()
    plain = said.out.replace("\\-", "-")
    for command in commands():
        assert not command.name or f"\n.SS {command.name}\n" in plain
        for option in command.options:
            assert f".B {', '.join(option.names)}" in plain
    for code in ("3", "4", "5", "6"):
        assert f"\n.B {code}\n" in plain


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not here")
def test_the_manual_page_is_good_roff(cli: Run) -> None:
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww"],
        input=cli("man").out,
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )

    assert done.stderr == ""
    assert "EXIT STATUS" in re.sub(".\b", "", done.stdout)
