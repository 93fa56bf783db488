"""Files and folders that only their owner may read, written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from csc_tui.config.refusal import ConfigError, FileError

SECRET_LIMIT = 65_536
"""Bytes that a private file may have; a larger one is not what we wrote."""


def ensure_folder(folder: Path) -> Path:
    """Make `folder` (0700) where it is missing; FileError if it is not the user's alone.

    One that others may merely read is tightened; one that others may write, or that belongs to
    somebody else, is refused: what lies in it may have been put there.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
        if status.st_uid != os.geteuid():
            raise FileError("config.folder-not-yours", folder=folder)
        if status.st_mode & 0o022:
            raise FileError("config.folder-writable", folder=folder)
        if status.st_mode & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise FileError("config.folder-failed", folder=folder, why=reason(error)) from None
    return folder


def write_private(path: Path, data: bytes) -> None:
    """Write `data` to `path` (0600): a new file beside it, flushed to disk, then renamed.

    On failure the old file is as it was and FileError says why.
    """
    beside = path.parent / f".{path.name}.{os.urandom(4).hex()}"
    try:
        try:
            _write_new(beside, data)
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)
        _flush_folder(path.parent)
    except OSError as error:
        raise FileError("config.write-failed", path=path, why=reason(error)) from None


def _write_new(path: Path, data: bytes) -> None:
    """Create `path` and put `data` on the disk."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(path, flags, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def _flush_folder(folder: Path) -> None:
    """Put the rename itself on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_private(path: Path) -> bytes | None:
    """What the private file at `path` holds, None if there is none.

    ConfigError if it is a link, not a plain file, not the user's, too large, or open to others.
    """
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
    try:
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigError("config.read-failed", path=path, why=reason(error)) from None
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise ConfigError("config.not-a-file", path=path)
        if status.st_uid != os.geteuid():
            raise ConfigError("config.file-not-yours", path=path)
        if status.st_mode & 0o077:
            raise ConfigError("config.file-open", path=path, mode=f"{status.st_mode & 0o777:o}")
        data = file.read(SECRET_LIMIT + 1)
    if len(data) > SECRET_LIMIT:
        raise ConfigError("config.file-large", path=path, limit=SECRET_LIMIT)
    return data


def writable_by_others(path: Path) -> bool:
    """Whether somebody else owns `path`, or may change it (the link's target, if it is one)."""
    status = path.stat()
    return status.st_uid != os.geteuid() or bool(status.st_mode & 0o022)


def reason(error: OSError | ValueError) -> str:
    """The system's words for `error`, without the path that the sentence names already.

    A ValueError is what Python says itself of a name that no file can have.
    """
    words = error.strerror if isinstance(error, OSError) else str(error)
    return words or type(error).__name__
