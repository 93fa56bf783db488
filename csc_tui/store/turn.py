"""Who may do what, where several terminals of one account are open.

Exactly one process sends: it holds a lock on a file beside the outbox, which the kernel frees when
the process dies. A draft belongs to the process in which it is typed, as long as that one lives.
"""

from __future__ import annotations

import fcntl
import os
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

FILE = "outbox.turn"
"""The file's name in the account's folder."""


class Turn:
    """The right to send."""

    def __init__(self, folder: Path | None) -> None:
        """`folder` is the account's; None where nothing is shared: the turn is then always ours."""
        self._folder = folder
        self._handle: int | None = None
        self._alone = False

    @property
    def held(self) -> bool:
        """Whether it is ours."""
        return self._handle is not None or self._alone

    def take(self) -> bool:
        """Take it unless another process has it. Raises OSError if the file cannot be had."""
        if self.held:
            return True
        if self._folder is None:
            self._alone = True
            return True
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        handle = os.open(self._folder / FILE, flags, 0o600)
        try:
            os.fchmod(handle, 0o600)
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle
        return True

    def release(self) -> None:
        """Let others send."""
        self._alone = False
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


@dataclass(frozen=True, slots=True)
class Owner:
    """A process that types a draft."""

    host: str
    pid: int
    session: str
    """Tells the process from an earlier one that had the same number."""

    @classmethod
    def me(cls) -> Owner:
        """The running process; every call is another session."""
        return cls(socket.gethostname(), os.getpid(), os.urandom(4).hex())

    @classmethod
    def read(cls, text: str) -> Owner | None:
        """An owner out of the table; None for nobody."""
        host, _, rest = text.rpartition("/")[0].rpartition("/")
        session = text.rpartition("/")[2]
        return cls(host, int(rest), session) if host and rest.isdigit() else None

    def __str__(self) -> str:
        return f"{self.host}/{self.pid}/{self.session}"

    @property
    def lives(self) -> bool:
        """Whether the process is still there; one on another host is taken to be."""
        if self.host != socket.gethostname():
            return True
        with suppress(PermissionError):
            try:
                os.kill(self.pid, 0)
            except ProcessLookupError:
                return False
        return True
