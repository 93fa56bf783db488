"""The budget's book in SQLite, shared by every process of one account on this machine.

A file of its own, and worthless a minute later: damaged it is made anew, and where it cannot be
used at all the process goes on with a book in memory and says so.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from csc_tui.http.budget import Book, MemoryLedger, Slot, Waiter

T = TypeVar("T")

VERSION = 1
"""Of the tables; a file of another version is not touched."""

BUSY = 5.0
"""Seconds to wait for another process; it needs a millisecond."""

_TABLES = """
CREATE TABLE IF NOT EXISTS slots (
    id INTEGER PRIMARY KEY, holder TEXT NOT NULL, free_at REAL NOT NULL, answered INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS waiters (
    holder TEXT PRIMARY KEY, yields INTEGER NOT NULL, wants INTEGER NOT NULL,
    since REAL NOT NULL, wakes REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value REAL NOT NULL);
"""

_WHOLE = ("next_id", "slots_told", "left", "alone")
"""Single values of a book that are whole numbers."""
_STATE = (*_WHOLE, "pressed_at", "gate_set", "gate_until", "cut_at", "left_until", "heard_at")
"""The single values of a book."""


class SqliteLedger:
    """A ledger in a file; opened at its first use, in a thread of its own."""

    def __init__(self, path: Path, on_fault: Callable[[str], None] | None = None) -> None:
        """`on_fault` is told, on the event loop, what `fault` says."""
        self.fault: str | None = None
        """Why the file is not shared any more: `damaged`, `locked`, `unwritable` or `too_new`.

        After `damaged` it was made anew and is shared again."""
        self._path = path
        self._on_fault = on_fault
        self._told: str | None = None
        self._connection: sqlite3.Connection | None = None
        self._instead: MemoryLedger | None = None
        self._last = Book()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="ledger")

    async def run(self, act: Callable[[Book], T]) -> T:
        """What `act` makes of the book, in one transaction; of one in memory after a fault."""
        if self._instead is None:
            loop = asyncio.get_running_loop()
            done = await loop.run_in_executor(self._thread, self._try, act)
            if self.fault != self._told:
                self._told = self.fault
                if self._on_fault is not None and self.fault is not None:
                    self._on_fault(self.fault)
            if done is not None:
                return done[0]
            self._instead = MemoryLedger(self._last)
        return await self._instead.run(act)

    async def aclose(self) -> None:
        """Close the file."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._close)
        self._thread.shutdown(wait=False)

    def _try(self, act: Callable[[Book], T]) -> tuple[T] | None:
        """The result of `act`, None if the file cannot be used."""
        for retrying in (False, True):
            try:
                return (self._transact(act),)
            except sqlite3.Error as error:
                self._close()
                self.fault = _fault(error)
                if self.fault != "damaged" or retrying or not self._start_anew():
                    return None
            except OSError:
                self._close()
                self.fault = "unwritable"
                return None
        return None

    def _transact(self, act: Callable[[Book], T]) -> T:
        if self._connection is None:
            self._connection = _open(self._path)
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            before = _read(connection)
            book = _copy(before)
            result = act(book)
            _write(connection, before, book)
            connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise
        self._last = book
        return result

    def _start_anew(self) -> bool:
        """Remove a damaged file, unless another process has already made a new one."""
        try:
            connection = _open(self._path)
            try:
                _read(connection)
            finally:
                connection.close()
        except sqlite3.Error:
            try:
                self._path.unlink(missing_ok=True)
                self._path.with_name(self._path.name + "-journal").unlink(missing_ok=True)
            except OSError:
                return False
        except OSError:
            return False
        return True

    def _close(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None


class _TooNewError(sqlite3.DatabaseError):
    """The file was made by a later version of the program."""


def _fault(error: sqlite3.Error) -> str:
    if isinstance(error, _TooNewError):
        return "too_new"
    if not isinstance(error, sqlite3.OperationalError):
        return "damaged"
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "locked"
    return "damaged" if code in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT) else "unwritable"


def _open(path: Path) -> sqlite3.Connection:
    """A connection to the ledger, its tables made. Raises OSError or sqlite3.DatabaseError."""
    _make_private(path)
    connection = sqlite3.connect(path, timeout=BUSY, isolation_level=None)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        # No WAL: this works on network folders too, and the file is a few kB.
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        connection.execute("PRAGMA synchronous = OFF")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise _TooNewError(str(version))
        if version < VERSION:
            connection.executescript(
                f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT;"
            )
    except BaseException:
        connection.close()
        raise
    return connection


def _make_private(path: Path) -> None:
    """See that folder and file are the user's own and nobody else's to read."""
    folder = path.parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    owner = folder.stat()
    if owner.st_uid != os.getuid():
        raise PermissionError(str(folder))
    if owner.st_mode & 0o077:
        folder.chmod(0o700)
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    # Not opened again to look at it: closing a second descriptor would drop SQLite's locks.
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode) or found.st_uid != os.getuid():
        raise PermissionError(str(path))
    if found.st_mode & 0o077:
        path.chmod(0o600)


def _read(connection: sqlite3.Connection) -> Book:
    book = Book()
    try:
        for name, value in connection.execute("SELECT name, value FROM state"):
            if name in _STATE:
                setattr(book, name, int(value) if name in _WHOLE else float(value))
        for key, holder, free_at, answered in connection.execute("SELECT * FROM slots"):
            book.slots[int(key)] = Slot(str(holder), float(free_at), bool(answered))
        for holder, yields, wants, since, wakes in connection.execute("SELECT * FROM waiters"):
            book.waiters[str(holder)] = Waiter(bool(yields), int(wants), float(since), float(wakes))
    except (TypeError, ValueError) as error:
        raise sqlite3.DatabaseError("no ledger") from error
    return book


def _copy(book: Book) -> Book:
    return replace(
        book,
        slots={key: replace(slot) for key, slot in book.slots.items()},
        waiters={holder: replace(waiter) for holder, waiter in book.waiters.items()},
    )


def _write(connection: sqlite3.Connection, before: Book, after: Book) -> None:
    """Only what differs."""
    connection.executemany(
        "DELETE FROM slots WHERE id = ?", [(key,) for key in before.slots.keys() - after.slots]
    )
    connection.executemany(
        "INSERT OR REPLACE INTO slots VALUES (?, ?, ?, ?)",
        [
            (key, slot.holder, slot.free_at, slot.answered)
            for key, slot in after.slots.items()
            if before.slots.get(key) != slot
        ],
    )
    connection.executemany(
        "DELETE FROM waiters WHERE holder = ?",
        [(holder,) for holder in before.waiters.keys() - after.waiters],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO waiters VALUES (?, ?, ?, ?, ?)",
        [
            (holder, waiter.yields, waiter.wants, waiter.since, waiter.wakes)
            for holder, waiter in after.waiters.items()
            if before.waiters.get(holder) != waiter
        ],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO state VALUES (?, ?)",
        [
            (name, getattr(after, name))
            for name in _STATE
            if getattr(before, name) != getattr(after, name)
        ],
    )
