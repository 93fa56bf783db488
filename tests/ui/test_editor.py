"""The user's own editor: what it gets, what it does not get, what is left afterwards."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from csc_tui.ui.forms.editor import LARGEST, EditorFailed, clear_leftovers, edited

SCRIPT = """\
import json, os, sys
from pathlib import Path
file = Path(sys.argv[-1])
told = {
    "arguments": sys.argv[1:-1],
    "text": file.read_text("utf-8"),
    "mode": oct(file.stat().st_mode & 0o777),
    "folder": oct(file.parent.stat().st_mode & 0o777),
    "inside": str(file.parent.parent),
    "key": "CSC_TUI_API_KEY" in os.environ,
}
Path(os.environ["TOLD"]).write_text(json.dumps(told))
(file.parent / ".text.txt.swp").write_text("swap")
exec(os.environ.get("DOES", "file.write_text('geändert\\\\n', 'utf-8')"))
"""


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    script = tmp_path / "an editor.py"
    script.write_text(SCRIPT, "utf-8")
    return {
        "EDITOR": f"{sys.executable} '{script}' --wait $HOME",
        "TOLD": str(tmp_path / "told.json"),
        "CSC_TUI_API_KEY": "canary",
        "PATH": os.environ["PATH"],
    }


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def told(env: dict[str, str]) -> dict[str, object]:
    import json

    found: dict[str, object] = json.loads(Path(env["TOLD"]).read_text())
    return found


def test_the_editor_gets_a_private_file_and_no_key(env: dict[str, str], state: Path) -> None:
    assert edited("Größe\nzwei", state, env) == "geändert"
    assert told(env) == {
        "arguments": ["--wait", "$HOME"],
        "text": "Größe\nzwei\n",
        "mode": "0o600",
        "folder": "0o700",
        "inside": str(state),
        "key": False,
    }


def test_nothing_is_left_behind(env: dict[str, str], state: Path) -> None:
    edited("Größe", state, env)
    assert list(state.iterdir()) == []


def test_a_text_that_was_not_touched_is_as_it_was(env: dict[str, str], state: Path) -> None:
    env["DOES"] = "pass"
    assert edited("eins\nzwei", state, env) == "eins\nzwei"
    assert edited("", state, env) == ""


@pytest.mark.parametrize(
    ("does", "code"),
    [
        ("sys.exit(3)", "no_editor"),
        ("file.unlink()", "editor_failed"),
        ("file.unlink(); file.symlink_to(os.environ['TOLD'])", "editor_failed"),
        (f"file.write_bytes(b'x' * {LARGEST + 1})", "editor_failed"),
    ],
)
def test_what_went_wrong_is_named_and_cleared_away(
    env: dict[str, str], state: Path, does: str, code: str
) -> None:
    env["DOES"] = does
    with pytest.raises(EditorFailed) as failed:
        edited("Größe", state, env)
    assert failed.value.code == code
    assert list(state.iterdir()) == []


@pytest.mark.parametrize("editor", ["no-such-editor-here", "'unbalanced"])
def test_an_editor_that_is_not_there_is_named(state: Path, editor: str) -> None:
    with pytest.raises(EditorFailed) as failed:
        edited("Größe", state, {"EDITOR": editor, "PATH": os.environ["PATH"]})
    assert failed.value.code == "no_editor"
    assert failed.value.command == editor


def test_folders_of_killed_programs_are_cleared_and_those_in_use_stay(state: Path) -> None:
    state.mkdir(mode=0o700)
    gone, mine = state / "editing-999999999-ab", state / f"editing-{os.getpid()}-ab"
    for folder in (gone, mine):
        folder.mkdir()
        (folder / "text.txt").write_text("x")
    clear_leftovers(state)
    assert list(state.iterdir()) == [mine]
    assert stat.S_ISDIR(mine.stat().st_mode)
