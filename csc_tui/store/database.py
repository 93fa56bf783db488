"""The cache file: opened, brought up to date, and given up when it cannot be used.

Whatever is wrong with the file or its folder, there is a database afterwards: a damaged or too new
file is set aside and begun anew; where no file can be had, the database is kept in memory.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from csc_tui.domain.clock import Clock
from csc_tui.store.filesystem import network_kind
from csc_tui.store.notice import Notice, NoticeCode

FILE = "cache.sqlite3"
"""The file's name in the account's folder."""
VERSION = 3
"""The newest migration."""
COPIED_AT_MOST = 64 * 2**20
"""Bytes of a file that are taken along into memory when it can no longer be written."""
OPEN_WAIT = 1.0
"""Seconds to wait for another process while opening: before the first paint."""
WAIT_MS = 5_000
"""Milliseconds to wait for another process later on."""

_MIGRATIONS = Path(__file__).with_name("migrations")
_PROBE = """
    SELECT resources.records
    FROM resources, rows, bodies, lists, pages, places, finds, phones, lookups, settings, notes
    LIMIT 0
"""
_DAMAGED = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_REASONS = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_PERM: "read_only",
    sqlite3.SQLITE_CANTOPEN: "unusable",
    sqlite3.SQLITE_IOERR: "unusable",
}
_OS_REASONS = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.EROFS: "read_only",
    errno.ELOOP: "foreign",
}


class TooNewError(Exception):
    """A newer version of the program made the file."""


class ForeignError(Exception):
    """The folder or file belongs to another user, or is no plain file."""


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing; waits for other processes that write."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if db.in_transaction:
            db.rollback()
        raise
    db.execute("COMMIT")


class Database:
    """One connection to the account's cache."""

    def __init__(
        self, folder: Path, clock: Clock, network: Callable[[Path], str] = network_kind
    ) -> None:
        """`network` tells which network file system a folder is on, as `network_kind` does."""
        self._network = network
        self._folder = folder
        self._clock = clock
        self.notices: list[Notice] = []
        """What happened, oldest first."""
        self.in_memory = False
        """Whether nothing is kept beyond the end of the program."""
        self.connection = self._open()

    @property
    def file(self) -> Path:
        """Where the cache is."""
        return self._folder / FILE

    def recover(self, error: sqlite3.DatabaseError) -> bool:
        """After a failure: another database to try again with. False: there is none to be had."""
        code = _code(error)
        if self.in_memory:
            return False
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            self.connection.close()
            self._set_aside(NoticeCode.DAMAGED)
            self.connection = self._open()
            return True
        if code in _REASONS:
            old = self.connection
            self.connection = self._memory(_REASONS[code])
            with suppress(sqlite3.DatabaseError, OSError):
                if self.file.stat().st_size <= COPIED_AT_MOST:
                    old.rollback()
                    old.backup(self.connection)
            old.close()
            return True
        return False

    def _open(self) -> sqlite3.Connection:
        for _ in range(3):
            try:
                return self._open_file()
            except TooNewError:
                self._set_aside(NoticeCode.NEWER)
            except ForeignError:
                return self._memory("foreign")
            except OSError as error:
                return self._memory(_OS_REASONS.get(error.errno or 0, "unusable"))
            except sqlite3.DatabaseError as error:
                if _code(error) not in _DAMAGED:
                    return self._memory(_REASONS.get(_code(error), "unusable"))
                self._set_aside(NoticeCode.DAMAGED)
        return self._memory("unusable")

    def _open_file(self) -> sqlite3.Connection:
        _secure(self._folder, self.file)
        db = sqlite3.connect(
            self.file, timeout=OPEN_WAIT, isolation_level=None, check_same_thread=False
        )
        try:
            kind = self._network(self._folder)
            wanted = "DELETE" if kind else "WAL"
            mode = db.execute(f"PRAGMA journal_mode={wanted}").fetchone()[0]
            if mode != "wal":
                self.notices.append(Notice(NoticeCode.NO_WAL, {"kind": kind}))
            _prepare(db)
            db.execute(f"PRAGMA busy_timeout={WAIT_MS}")
        except BaseException:
            db.close()
            raise
        return db

    def _memory(self, reason: str) -> sqlite3.Connection:
        self.notices.append(Notice(NoticeCode.MEMORY, {"reason": reason}))
        self.in_memory = True
        db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        _prepare(db)
        return db

    def _set_aside(self, code: NoticeCode) -> None:
        """Rename the file and what belongs to it; the one set aside before is removed."""
        for old in self._folder.glob("cache.*-*.sqlite3*"):
            with suppress(OSError):
                old.unlink()
        moment = time.strftime("%Y%m%dT%H%M%S", time.localtime(self._clock.now()))
        name = f"cache.{code.value}-{moment}.sqlite3"
        for ending in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                self.file.with_name(FILE + ending).rename(self._folder / (name + ending))
                (self._folder / (name + ending)).chmod(0o600)
        self.notices.append(Notice(code, {"file": name}))


def _code(error: sqlite3.DatabaseError) -> int:
    """SQLite's primary result code."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def _secure(folder: Path, file: Path) -> None:
    """A folder 0700 and a file 0600 of one's own; SQLite gives its other files the same mode."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _own(folder.lstat(), stat.S_ISDIR)
    folder.chmod(0o700)
    _close_to_others(file, os.O_CREAT)
    for ending in ("-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            _close_to_others(file.with_name(file.name + ending))


def _close_to_others(file: Path, flags: int = 0) -> None:
    handle = os.open(file, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | flags, 0o600)
    try:
        _own(os.fstat(handle), stat.S_ISREG)
        os.fchmod(handle, 0o600)
    finally:
        os.close(handle)


def _own(found: os.stat_result, is_kind: Callable[[int], bool]) -> None:
    if found.st_uid != os.geteuid() or not is_kind(found.st_mode):
        raise ForeignError


def _prepare(db: sqlite3.Connection) -> None:
    """Settings of the connection, then the schema."""
    for setting in (
        "synchronous=NORMAL",
        "secure_delete=ON",
        "trusted_schema=OFF",
        "temp_store=MEMORY",
        "cache_size=-1000",
        "journal_size_limit=16000000",
        "wal_autocheckpoint=4000",
    ):
        db.execute(f"PRAGMA {setting}")
    found = _version(db)
    if found > VERSION:
        raise TooNewError
    if found < VERSION:
        with transaction(db):
            _migrate(db, _version(db))
    db.execute(_PROBE)


def _migrate(db: sqlite3.Connection, done: int) -> None:
    """The steps that are still to be done; another process may have done them meanwhile."""
    for file in sorted(_MIGRATIONS.glob("*.sql")):
        if int(file.name.partition("_")[0]) > done:
            for statement in file.read_text("utf-8").split(";\n"):
                db.execute(statement)
    db.execute(f"PRAGMA user_version={VERSION}")
    if sqlite3.sqlite_version_info >= (3, 42):
        db.execute("INSERT INTO finds (finds, rank) VALUES ('secure-delete', 1)")


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])
