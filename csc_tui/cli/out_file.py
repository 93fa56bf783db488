"""A file that is there whole or not at all, and never in the place of another one unasked."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from csc_tui.config.refusal import ConfigError
from csc_tui.words import say


@contextmanager
def written(path: Path, *, force: bool) -> Iterator[TextIO]:
    """A file to write; it appears at `path` once the block has ended without an error.

    ConfigError where something is there already and may not be replaced, before anything is
    written. OSError where the disk refuses.
    """
    if not force and os.path.lexists(path) and not _may_replace(path):
        raise ConfigError("cli.export.exists", file=path)
    replace = force or os.path.lexists(path)
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
            raise ConfigError("cli.export.exists", file=path) from None
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _may_replace(path: Path) -> bool:
    """Ask whoever is there."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    print(say("cli.export.replace", file=path), end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")
