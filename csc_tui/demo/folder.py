"""The demo's data folder: its secrets, its lock and its file."""

from __future__ import annotations

import fcntl
import os
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from csc_tui.demo import filling
from csc_tui.demo.schema import Schema, World
from csc_tui.demo.store import Store

KEY = "key"
COLLEAGUE = "key-colleague"
NONCE = "nonce"


_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
"""What SQLite calls a file that cannot be read as the demo's."""


class FolderError(Exception):
    """The folder cannot be used; the message is a sentence for the user."""


class Folder:
    """An opened data folder (0700); everything in it is 0600.

    Every dialect has a file of its own in it, and a lock for that file; the secrets are shared.
    """

    def __init__(self, path: Path, schema: Schema) -> None:
        """Makes the folder if needed and takes part in the file's lock. Raises FolderError."""
        self.path = path
        self._schema = schema
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            if path.stat().st_uid != os.getuid():
                raise FolderError(f"{path} belongs to another user")
            path.chmod(0o700)
            private = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW
            self._lock = os.open(path / f"lock-{schema.file}", private, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_SH)
        except OSError as error:
            raise FolderError(_sentence(path, error)) from None

    def secret(self, name: str) -> str:
        """The secret kept in the file of this name; random when it is first asked for.

        Its text is ASCII without a line end. Raises FolderError.
        """
        path = self.path / name
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
            with os.fdopen(descriptor, "r+", encoding="ascii") as file:
                os.fchmod(file.fileno(), 0o600)
                kept = file.read().strip()
                if not kept:
                    kept = secrets.token_hex(24)
                    file.write(kept)
        except (OSError, UnicodeDecodeError) as error:
            raise FolderError(_sentence(path, error)) from None
        return kept

    def open(
        self,
        wanted: tuple[int | None, int | None],
        reset: bool,
        world: Callable[[int, int], World],
        say: Callable[[str], None],
    ) -> Store:
        """The store, made anew on reset or if it does not hold the wanted (people, companies).

        None wants what is there, else the defaults. A damaged file is set aside, which `say` is
        told. Raises FolderError.
        """
        path = self.path / self._schema.file
        try:
            held = None if reset else self._held(path, say)
            people, companies = wanted
            if held is None or (people, companies) not in _answers(held):
                people, companies = _defaults(people, companies, held)
                self._create(path, world, people, companies)
            return Store(path)
        except (OSError, sqlite3.Error) as error:
            raise FolderError(_sentence(path, error)) from None

    def _held(self, path: Path, say: Callable[[str], None]) -> tuple[int, int] | None:
        """The people and companies that the file was made with; None if there is no usable file."""
        if not path.exists():
            return None
        try:
            with closing(Store(path)) as store:
                if store.number("PRAGMA user_version") != self._schema.version:
                    return None
                for name in self._schema.tables:
                    store.number(f"SELECT count(*) FROM (SELECT 1 FROM {name} LIMIT 1)")  # noqa: S608
                return int(store.meta("people")), int(store.meta("companies"))
        except (sqlite3.DatabaseError, ValueError) as error:
            if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) not in _DAMAGED:
                raise
            aside = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%d%H%M%S}")
            path.replace(aside)
            say(f"The demo's data were damaged; they lie in {aside} now and new ones are made.")
            return None

    def _create(
        self, path: Path, world: Callable[[int, int], World], people: int, companies: int
    ) -> None:
        """Makes the file while no other server has the folder open."""
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderError(
                f"another demo is running on {self.path}; end it before its data are made anew"
            ) from None
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
        filling.create(path, self._schema, world(people, companies), people, companies)
        fcntl.flock(self._lock, fcntl.LOCK_SH)


PEOPLE = 2400
"""How many people there are if nobody says."""


def _answers(held: tuple[int, int]) -> set[tuple[int | None, int | None]]:
    """The wishes that a file with these counts fulfils."""
    people, companies = held
    return {(people, companies), (people, None), (None, companies), (None, None)}


def _defaults(
    people: int | None, companies: int | None, held: tuple[int, int] | None
) -> tuple[int, int]:
    """What to make: a company for four people, if not said otherwise."""
    if people is None:
        people = held[0] if held else PEOPLE
    return people, people // 4 if companies is None else companies


def _sentence(path: Path, error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{path}: {error.strerror}"
    return f"{path}: {error}"
