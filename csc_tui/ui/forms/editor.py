"""A long text in the user's own editor.

The file lies in a folder of its own (0700) below the state folder, never in /tmp, so
that what the editor puts beside it stays there too; the folder is removed afterwards, and at
the next start if this program was killed.
"""

from __future__ import annotations

import os
import shlex
import shutil
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path

from csc_tui.config.files import ensure_folder
from csc_tui.config.refusal import FileError

LARGEST = 1_048_576
"""Bytes that are read back at most."""
PREFIX = "editing-"
"""Begins the name of each folder; the process that made it follows."""
_HIDDEN = ("CSC_TUI_API_KEY",)
"""What no child gets to see."""


class EditorFailed(Exception):
    """The text could not be edited; `code` is `no_editor` or `editor_failed`, `why` words."""

    def __init__(self, code: str, why: str, command: str = "") -> None:
        super().__init__(code, why)
        self.code = code
        self.why = why
        self.command = command


def command_of(env: Mapping[str, str]) -> list[str]:
    """The editor as an argument list: VISUAL, else EDITOR, else vi. Raises EditorFailed."""
    text = env.get("VISUAL") or env.get("EDITOR") or "vi"
    try:
        return shlex.split(text) or ["vi"]
    except ValueError as error:
        raise EditorFailed("no_editor", str(error), text) from None


def clear_leftovers(state: Path) -> None:
    """Remove the folders that programs that were killed have left in the state folder."""
    for folder in state.glob(f"{PREFIX}*"):
        process = folder.name.removeprefix(PREFIX).partition("-")[0]
        if not (process.isdecimal() and _alive(int(process))):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass
    return True


def edited(text: str, state: Path, env: Mapping[str, str]) -> str:
    """The text as the editor leaves it; it takes the terminal meanwhile. Raises EditorFailed."""
    command = command_of(env)
    folder = state / f"{PREFIX}{os.getpid()}-{os.urandom(8).hex()}"
    file = folder / "text.txt"
    try:
        ensure_folder(state)
        folder.mkdir(mode=0o700)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n") as opened:
            opened.write(text if text.endswith("\n") or not text else f"{text}\n")
        child = {name: value for name, value in env.items() if name not in _HIDDEN}
        _run([*command, str(file)], child)
        return _read(file).removesuffix("\n")
    except FileError as error:
        raise EditorFailed("editor_failed", str(error)) from None
    except OSError as error:
        raise EditorFailed("editor_failed", error.strerror or str(error)) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str], env: Mapping[str, str]) -> None:
    try:
        code = subprocess.run(command, env=env, check=False, close_fds=True).returncode
    except OSError as error:
        raise EditorFailed("no_editor", error.strerror or str(error), command[0]) from None
    if code:
        raise EditorFailed("no_editor", f"exit {code}", command[0])


def _read(file: Path) -> str:
    """What the editor left: a plain file of this user, not too large."""
    handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as opened:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid():
            raise EditorFailed("editor_failed", "not a plain file")
        data = opened.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise EditorFailed("editor_failed", f"> {LARGEST:,} B")
    return data.decode("utf-8", "replace")
