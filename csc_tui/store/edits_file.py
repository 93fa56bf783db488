"""The outbox file: opened, watched, and saved from when it is damaged.

A file of its own, so that clearing the cache never loses a write. Damaged, it is set aside; all
rows that can still be read are written beside it and, where they were not confirmed, taken over
into a fresh file as entries that ask the user: what is old in them may have been sent already.
"""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from csc_tui.domain.clock import Clock
from csc_tui.store import edit_table
from csc_tui.store.database import ForeignError, TooNewError, transaction
from csc_tui.store.edit_rows import Answer, Edit, State
from csc_tui.store.filesystem import network_kind

FILE = "outbox.sqlite3"
"""The file's name in the account's folder."""
VERSION = 2
"""The newest migration."""
WAIT = 5.0
"""Seconds to wait for another process; it needs milliseconds."""
MOST_LOOKED_FOR = 20_000
"""Numbers that are looked for one by one in a damaged file."""

_NONE = 2**62
"""A number that no row has."""
_MIGRATIONS = Path(__file__).with_name("outbox_migrations")
_ENDINGS = ("", "-wal", "-shm", "-journal")
_DAMAGED = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_REASONS = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_PERM: "read_only",
}


class OutboxNoticeCode(StrEnum):
    """What happened to the outbox file."""

    DAMAGED = "damaged"
    """It could not be read whole. `file` is what was set aside, `saved` the file with the rows
    that could be read (empty for none), `writes` and `drafts` how many of them go on here."""
    MEMORY = "memory"
    """It cannot be used for `reason`: what is saved now is kept until the program ends."""


@dataclass(frozen=True, slots=True)
class OutboxNotice:
    """One thing to tell."""

    code: OutboxNoticeCode
    params: Mapping[str, str] = field(default_factory=dict)
    """File names without folder; `reason` is one of `locked`, `full`, `read_only`, `foreign`,
    `newer` (a later version of the program made the file; it is untouched), `unusable`."""


def reason_of(error: Exception) -> str:
    """Why a file cannot be used, in one of the words of `OutboxNotice.params`."""
    if isinstance(error, TooNewError):
        return "newer"
    if isinstance(error, ForeignError):
        return "foreign"
    if isinstance(error, PermissionError):
        return "read_only"
    return _REASONS.get(_code(error), "unusable")


def unconfirmed(folder: Path) -> int | None:
    """How many drafts and saves in an account's folder are not confirmed; 0 where no file is.

    None where there is one that cannot be read: what is in it nobody knows.
    """
    file = folder / FILE
    if not file.is_file():
        return 0
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as db:
            rows = db.execute("SELECT count(*) FROM edits WHERE state != 'confirmed'").fetchone()
            return int(rows[0])
    except sqlite3.Error:
        return None


class EditsFile:
    """One connection to the account's outbox; there always is one, if need be in memory."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._identity: tuple[int, int] | None = None
        self.notices: list[OutboxNotice] = []
        """What happened, oldest first."""
        self.in_memory = False
        """Whether nothing is kept beyond the end of the program, nor shared."""
        self._db = self._open()

    @property
    def file(self) -> Path:
        """Where the outbox is."""
        return self._folder / FILE

    def connection(self) -> sqlite3.Connection:
        """The connection; a new one where another process has set the file aside meanwhile."""
        if not self.in_memory and self._identity != self._found():
            self._db.close()
            self._db = self._open()
        return self._db

    def recover(self, error: sqlite3.DatabaseError) -> bool:
        """After a failure: whether there is a fresh database to try again with."""
        if self.in_memory or _code(error) not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return False
        self._db.close()
        self._db = self._anew() if self._identity == self._found() else self._open()
        return True

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    def _found(self) -> tuple[int, int] | None:
        try:
            found = self.file.stat(follow_symlinks=False)
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _open(self) -> sqlite3.Connection:
        try:
            return self._open_file()
        except (TooNewError, ForeignError, OSError) as error:
            return self._memory(reason_of(error))
        except sqlite3.DatabaseError as error:
            if _code(error) not in _DAMAGED:
                return self._memory(reason_of(error))
            return self._anew()

    def _open_file(self) -> sqlite3.Connection:
        _secure(self._folder, self.file)
        if not self.file.exists():
            _make(self.file)
        db = sqlite3.connect(self.file, timeout=WAIT, isolation_level=None, check_same_thread=False)
        try:
            mode = "DELETE" if network_kind(self._folder) else "WAL"
            db.execute(f"PRAGMA journal_mode={mode}")
            _prepare(db)
        except BaseException:
            db.close()
            raise
        self._identity = self._found()
        return db

    def _memory(self, reason: str) -> sqlite3.Connection:
        self.notices.append(OutboxNotice(OutboxNoticeCode.MEMORY, {"reason": reason}))
        self.in_memory = True
        db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        _migrate(db, 0)
        return db

    def _anew(self) -> sqlite3.Connection:
        """Set the damaged file aside, save what can be read, go on with a fresh one."""
        moment = time.strftime("%Y%m%dT%H%M%S", time.localtime(self._clock.now()))
        aside = self._folder / f"outbox.damaged-{moment}-{os.urandom(2).hex()}.sqlite3"
        for ending in _ENDINGS:
            with suppress(OSError):
                self.file.with_name(FILE + ending).rename(f"{aside}{ending}")
                Path(f"{aside}{ending}").chmod(0o600)
        rows = list(_rescued(aside))
        saved = ""
        with suppress(OSError):
            saved = _write_rows(aside.with_suffix(".json"), rows) if rows else ""
        try:
            db = self._open_file()
        except (sqlite3.DatabaseError, TooNewError, ForeignError, OSError) as error:
            db = self._memory(reason_of(error))
        taken = [edit for row in rows if (edit := _taken_over(row)) is not None]
        with transaction(db):
            known = {edit.client_id for edit in edit_table.open_edits(db)}
            for edit in taken:
                if edit.client_id not in known:
                    edit_table.insert(db, edit)
                    known.add(edit.client_id)
        drafts = sum(edit.state is State.DRAFT for edit in taken)
        told = {"file": aside.name, "saved": saved}
        counts = {"drafts": str(drafts), "writes": str(len(taken) - drafts)}
        self.notices.append(OutboxNotice(OutboxNoticeCode.DAMAGED, told | counts))
        return db


def _taken_over(row: Mapping[str, Any]) -> Edit | None:
    """What of a rescued row goes on: a draft as it is, a write as one that asks."""
    try:
        edit = edit_table.decoded(row)
    except edit_table.GarbledError:
        return None
    if edit.state is State.CONFIRMED:
        return None
    if edit.state is State.DRAFT:
        return replace(edit, owner="")
    return replace(edit, state=State.UNCLEAR, asks=True, answer=Answer(note="damaged"))


def _rescued(file: Path) -> Iterator[Mapping[str, Any]]:
    """The rows of a damaged file that can be read: from both ends, then number by number."""
    if not file.exists():
        return
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(file)) as db:
        # Otherwise SQLite reads nothing at all of a file that is shorter than it says.
        db.execute("PRAGMA writable_schema=ON")
        low = yield from _walk(db, ">", "ASC", 0, _NONE)
        high = yield from _walk(db, "<", "DESC", _NONE, low)
        if high == _NONE:
            high = low + MOST_LOOKED_FOR
            with suppress(sqlite3.DatabaseError, TypeError):
                high = (
                    int(
                        db.execute(
                            "SELECT seq FROM sqlite_sequence WHERE name = 'edits'"
                        ).fetchone()[0]
                    )
                    + 1
                )
        for number in range(max(low + 1, high - MOST_LOOKED_FOR), high):
            with suppress(sqlite3.DatabaseError):
                if (row := _row(db, "=", "ASC", number)) is not None:
                    yield row


def _walk(
    db: sqlite3.Connection, sign: str, direction: str, at: int, end: int
) -> Generator[Mapping[str, Any], None, int]:
    """The rows one after the other until one cannot be read; gives the last number that could."""
    with suppress(sqlite3.DatabaseError):
        while (row := _row(db, sign, direction, at)) is not None:
            # A garbled page may lead round in a circle, or hold any number.
            if not min(at, end) < row["number"] < max(at, end):
                break
            at = int(row["number"])
            yield row
    return at


def _row(
    db: sqlite3.Connection, sign: str, direction: str, number: int
) -> Mapping[str, Any] | None:
    found = db.execute(
        f"SELECT * FROM edits NOT INDEXED WHERE number {sign} ?"  # noqa: S608 - signs of our own
        f" ORDER BY number {direction} LIMIT 1",
        (number,),
    )
    row = found.fetchone()
    return dict(zip((one[0] for one in found.description), row, strict=True)) if row else None


def _write_rows(file: Path, rows: list[Mapping[str, Any]]) -> str:
    """The rows as JSON, for a person to read; gives the file's name."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(file, flags, 0o600), "w", encoding="ascii") as out:
        json.dump([dict(row) for row in rows], out, indent=1, default=repr)
        out.flush()
        os.fsync(out.fileno())
    return file.name


def _secure(folder: Path, file: Path) -> None:
    """A folder 0700 and files 0600 of one's own; SQLite gives its other files the same mode."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if found.st_uid != os.geteuid() or not stat.S_ISDIR(found.st_mode):
        raise ForeignError
    folder.chmod(0o700)
    for ending in _ENDINGS:
        # Not opened to look at it: closing a second descriptor would drop SQLite's locks.
        one = file.with_name(file.name + ending)
        with suppress(FileNotFoundError):
            found = one.lstat()
            if found.st_uid != os.geteuid() or not stat.S_ISREG(found.st_mode):
                raise ForeignError
            one.chmod(0o600)


def _make(file: Path) -> None:
    """A new file, in its place only when it is whole: an empty one is then always a damaged one."""
    beside = file.with_name(f".{file.name}.{os.urandom(4).hex()}")
    try:
        os.close(os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        with closing(sqlite3.connect(beside, isolation_level=None)) as db:
            db.execute("PRAGMA synchronous=FULL")
            with transaction(db):
                _migrate(db, 0)
        # What an earlier file has left behind would be read as if it were of this one.
        for ending in _ENDINGS[1:]:
            file.with_name(file.name + ending).unlink(missing_ok=True)
        with suppress(FileExistsError):
            os.link(beside, file)
    finally:
        beside.unlink(missing_ok=True)


def _prepare(db: sqlite3.Connection) -> None:
    """Settings of the connection, later steps of the schema, and whether all can be read."""
    for setting in (
        "synchronous=FULL",
        "secure_delete=ON",
        "trusted_schema=OFF",
        "temp_store=MEMORY",
        "cache_size=-500",  # KiB; of itself SQLite keeps two MiB of what was written in a day
    ):
        db.execute(f"PRAGMA {setting}")
    found = _version(db)
    if found > VERSION:
        raise TooNewError
    if found < 1:
        raise edit_table.GarbledError("empty")
    if found < VERSION:
        with transaction(db):
            _migrate(db, _version(db))
    if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise edit_table.GarbledError("quick_check")
    edit_table.open_edits(db)


def _migrate(db: sqlite3.Connection, done: int) -> None:
    """The steps that are still to be done; another process may have done them meanwhile."""
    for file in sorted(_MIGRATIONS.glob("*.sql")):
        if int(file.name.partition("_")[0]) > done:
            for statement in file.read_text("utf-8").split(";\n"):
                db.execute(statement)
    db.execute(f"PRAGMA user_version={VERSION}")


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _code(error: Exception) -> int:
    """SQLite's primary result code; 0 for another error."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
