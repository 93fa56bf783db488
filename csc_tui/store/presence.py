"""Which terminals of an account are open, and how one of them calls the others.

Each holds a lock on a file of its own, which the kernel frees when the process dies: true also when
the machine is renamed, or another process gets its number. Beside the file lies a named pipe: who
has something to look at puts a byte into everybody's, so that an idle terminal need not look.
"""

from __future__ import annotations

import fcntl
import os
import stat
from contextlib import suppress
from pathlib import Path

_HERE, _BELL = "here", "bell"
_OPEN = os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK


class Presence:
    """The running process, as the other terminals of the account see it."""

    def __init__(self, folder: Path | None) -> None:
        """`folder` is the account's; None where nothing is shared: then nobody else is there."""
        self.session = os.urandom(6).hex()
        self._folder = folder
        self._lock: int | None = None
        self.bell: int | None = None
        """Becomes readable when somebody calls; None where pipes cannot be had."""
        if folder is not None:
            with suppress(OSError):
                self._sweep(folder)
                self._lock = self._take(folder)
                self.bell = self._hang(folder)

    @property
    def owner(self) -> str:
        """How rows of the table name this process: `PID/SESSION`."""
        return f"{os.getpid()}/{self.session}"

    def lives(self, owner: str) -> bool:
        """Whether the process that a row names, maybe the running one, is still there."""
        session = owner.partition("/")[2]
        if session == self.session:
            return True
        if self._folder is None or not session.isalnum():
            return False
        return not _is_free(self._path(self._folder, session, _HERE))

    def call(self) -> None:
        """Have all others look at the outbox."""
        if self._folder is None:
            return
        for bell in self._folder.glob(f"outbox.*.{_BELL}"):
            if self.session in bell.name:
                continue
            # ENXIO: nobody is at home. EAGAIN: it rings already.
            with suppress(OSError):
                handle = os.open(bell, os.O_WRONLY | _OPEN)
                try:
                    if stat.S_ISFIFO(os.fstat(handle).st_mode):
                        os.write(handle, b"!")
                finally:
                    os.close(handle)

    def heard(self) -> None:
        """Silence the bell."""
        with suppress(OSError):
            while self.bell is not None and os.read(self.bell, 512):
                pass

    def close(self) -> None:
        """Leave."""
        if self._folder is not None:
            for ending in (_BELL, _HERE):
                self._path(self._folder, self.session, ending).unlink(missing_ok=True)
        for handle in (self.bell, self._lock):
            if handle is not None:
                os.close(handle)
        self.bell = self._lock = None

    def _take(self, folder: Path) -> int:
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _OPEN
        while True:
            handle = os.open(self._path(folder, self.session, _HERE), flags, 0o600)
            # Waits for a moment at most: others lock it only to see whether it is locked.
            fcntl.flock(handle, fcntl.LOCK_EX)
            if os.fstat(handle).st_nlink:
                return handle
            os.close(handle)  # swept away before it was locked

    def _hang(self, folder: Path) -> int:
        path = self._path(folder, self.session, _BELL)
        os.mkfifo(path, 0o600)
        # Also open for writing, so that it does not read as ended whenever a caller has left.
        return os.open(path, os.O_RDWR | _OPEN)

    def _sweep(self, folder: Path) -> None:
        """Take away what terminals have left behind that were killed."""
        for path in folder.glob(f"outbox.*.{_HERE}"):
            if _is_free(path):
                path.unlink(missing_ok=True)
                path.with_suffix(f".{_BELL}").unlink(missing_ok=True)

    @staticmethod
    def _path(folder: Path, session: str, ending: str) -> Path:
        return folder / f"outbox.{session}.{ending}"


def _is_free(path: Path) -> bool:
    """Whether nobody holds the lock on a file; where that cannot be told, somebody may."""
    try:
        handle = os.open(path, os.O_RDWR | _OPEN)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return False
    else:
        return True
    finally:
        os.close(handle)
