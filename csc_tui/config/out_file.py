"""A file that is there whole or not at all, and never in the place of another one unasked."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from csc_tui.config.files import reason
from csc_tui.config.refusal import ConfigError, FileError


@contextmanager
def written(path: Path, *, replace: bool) -> Iterator[TextIO]:
    """A file to write; it appears at `path` once the block has ended without an error.

    ConfigError where something is there that may not be replaced, FileError where the folder is
    missing or the disk refuses; both name what was asked for, and nothing is left behind.
    """
    if not replace and os.path.lexists(path):
        raise ConfigError("file.exists", file=path)
    if not os.path.isdir(path.parent):  # `Path.is_dir` raises where it may not look
        raise FileError("file.no-folder", folder=path.parent)
    try:
        with _beside(path, replace=replace) as file:
            yield file
    except OSError as error:
        raise FileError("file.failed", file=path, why=reason(error)) from None


@contextmanager
def _beside(path: Path, *, replace: bool) -> Iterator[TextIO]:
    """The file under a name that nobody looks for, until it is whole."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(temporary, flags, 0o600)
    try:
        with open(descriptor, "w", encoding="utf-8", errors="replace", newline="") as file:
            yield file
            file.flush()
            os.fsync(descriptor)
        _put(temporary, path, replace=replace)
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def _put(temporary: Path, path: Path, *, replace: bool) -> None:
    """Give the file its name; a link cannot replace what has come there meanwhile."""
    if replace:
        temporary.rename(path)
    else:
        try:
            path.hardlink_to(temporary)
        except FileExistsError:
            raise ConfigError("file.exists", file=path) from None
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
