"""What was sent and what was said, the last thousand entries, for the screen `L`.

No bodies, no query values and no keys: entries are made from method, path and figures only.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from sys import intern
from typing import NamedTuple

KEPT = 1_000
"""How many entries are kept."""


class Entry(NamedTuple):
    """One line of the log: a request with its outcome, or a message that was shown."""

    at: float
    """Seconds since the epoch."""
    kind: str
    """`request`, `success`, `failure` or `note`."""
    text: str
    """`GET /people?page=…` or the message."""
    status: int = 0
    """HTTP status; 0 where none came or for a message."""
    seconds: float = 0.0
    """From sending to the end of the answer."""
    size: int = 0
    """Bytes of the answer, decompressed."""
    lane: str = ""
    """The lane that paid for it."""
    attempt: int = 1
    """1 for the first try."""


class RequestLog:
    """A ring of entries, newest last."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self.on_change: Callable[[], None] | None = None
        """Called after each new entry; the open log screen sets it."""

    def add(self, entry: Entry) -> None:
        """Keep one more entry, forgetting the oldest of a full ring."""
        # Most requests are made again and again: their text is kept once.
        self._entries.append(entry._replace(text=intern(entry.text)))
        if self.on_change is not None:
            self.on_change()

    @property
    def last(self) -> Entry | None:
        """The newest entry."""
        return self._entries[-1] if self._entries else None

    def entries(self) -> tuple[Entry, ...]:
        """All kept entries, oldest first."""
        return tuple(self._entries)
