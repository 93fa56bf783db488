"""Who may send, where several terminals of one account are open.

Exactly one process does: it holds a lock on a file beside the outbox, which the kernel frees when
the process dies.
"""

from __future__ import annotations

import fcntl
import os
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
