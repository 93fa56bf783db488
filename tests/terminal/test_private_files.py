"""What the program leaves on the disk is for its user alone, however it ends, and nowhere else."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live_demo import LiveDemo
from tests.terminal.conftest import environment_of
from tests.terminal.terminal import Terminal, program

CARELESS = ["sh", "-c", 'umask 000; exec "$@"', "sh"]
"""A shell that would let everybody read everything."""


@pytest.fixture
def screen(folders: dict[str, str], demo_server: LiveDemo, tmp_path: Path) -> Iterator[Terminal]:
    (tmp_path / "tmp").mkdir()
    env = folders | environment_of(demo_server) | {"TMPDIR": str(tmp_path / "tmp")}
    one = Terminal([*CARELESS, *program()], env, folder=Path(folders["HOME"]))
    yield one
    one.close()


def typed(screen: Terminal) -> None:
    """A form of which some text is typed and not yet saved."""
    screen.wait_for("› Abel, Frank")
    screen.press("e")
    screen.wait_for("Edit person")
    screen.press(*"typed")
    screen.wait_for("1 changed")
    screen.settle()


def everything(tmp_path: Path) -> list[Path]:
    """All that was made, but for the folders that the test itself has made."""
    own = {tmp_path / "tmp", tmp_path / "home"}
    return [one for one in tmp_path.rglob("*") if one not in own and one.parent != tmp_path]


def open_to_others(tmp_path: Path) -> list[str]:
    return [
        f"{one.relative_to(tmp_path)} {one.stat().st_mode & 0o777:o}"
        for one in everything(tmp_path)
        if one.stat().st_mode & 0o077
    ]


@pytest.mark.parametrize("end", ["left", "killed"])
def test_files_are_private(
    end: str, screen: Terminal, folders: dict[str, str], demo_server: LiveDemo, tmp_path: Path
) -> None:
    typed(screen)
    if end == "killed":
        screen.process.send_signal(signal.SIGKILL)
        screen.process.wait()
    else:
        screen.press("ctrl+c", "ctrl+c")
        screen.wait_end()

    made = everything(tmp_path)
    names = {one.name for one in made}
    assert {"cache.sqlite3", "accounts", "budget"} <= names
    assert ("cache.sqlite3-wal" in names) == (end == "killed")
    assert open_to_others(tmp_path) == []
    assert list((tmp_path / "tmp").iterdir()) == []
    assert list(Path(folders["HOME"]).iterdir()) == []
    for one in made:
        if one.is_file():
            assert demo_server.key.encode() not in one.read_bytes(), one
