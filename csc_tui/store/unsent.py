"""Text of forms that the CRM has not confirmed yet: one private file for each.

The seam for what comes later: drafts and an outbox in one table will stand in this place.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

LIMIT = 4_000_000
"""Bytes that a file may have; a larger one is not what we wrote."""

_FILE = os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class FormText:
    """What stood in a form when it was saved."""

    key: str
    """Which form: `people/42`, `people/new`, `people/42/phones/9`, `people/42/tags`."""
    title: str
    """Whom it was about, in words: `Müller, Jürgen`."""
    at: float
    """When it was saved, seconds since the epoch."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Path of a changed field -> its text as typed."""
    picks: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Path -> id and name of the linked record that was picked for it."""


class Unsent:
    """The folder of unconfirmed forms of one account."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made (0700) when first needed; its parent has to be there."""
        self._folder = folder

    def keep(self, text: FormText) -> str:
        """Write a form's text down, safely on the disk; gives the file's name. Raises OSError."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        status = self._folder.stat(follow_symlinks=False)
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
            raise PermissionError(f"{self._folder} is not yours")
        self._folder.chmod(0o700)
        name = f"{os.urandom(8).hex()}.json"
        beside = self._folder / f".{name}"
        data = json.dumps(asdict(text), ensure_ascii=True).encode("ascii")
        try:
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FILE, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(handle)
            beside.replace(self._folder / name)
        finally:
            beside.unlink(missing_ok=True)
        self._flush()
        return name

    def drop(self, name: str) -> None:
        """Remove a text by the name that `keep` gave; an empty name is none. Raises OSError."""
        if name.endswith(".json"):
            (self._folder / name).unlink(missing_ok=True)

    def read_all(self) -> dict[str, FormText]:
        """All kept texts by file name, oldest first; what cannot be read is left alone."""
        try:
            names = [one.name for one in self._folder.iterdir() if one.suffix == ".json"]
        except OSError:
            return {}
        found = {name: text for name in names if (text := self._read(name)) is not None}
        return dict(sorted(found.items(), key=lambda one: one[1].at))

    def _read(self, name: str) -> FormText | None:
        try:
            handle = os.open(self._folder / name, os.O_RDONLY | os.O_NONBLOCK | _FILE)
            with os.fdopen(handle, "rb") as file:
                status = os.fstat(handle)
                if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid():
                    return None
                raw = json.loads(file.read(LIMIT))
            return FormText(
                key=str(raw["key"]),
                title=str(raw["title"]),
                at=float(raw["at"]),
                texts={str(path): str(text) for path, text in raw["texts"].items()},
                picks={str(path): (str(it[0]), str(it[1])) for path, it in raw["picks"].items()},
            )
        except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError):
            return None

    def _flush(self) -> None:
        """Put the rename itself on the disk."""
        handle = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | _FILE)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
