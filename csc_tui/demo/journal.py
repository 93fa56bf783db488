"""What was asked of the server so far: for tests that count requests."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field

LENGTH = 20_000
"""So many entries are kept."""
_KEY = re.compile(r"(apikey=)[^&]*", re.IGNORECASE)


@dataclass(slots=True)
class Entry:
    """One request to the API, in order of arrival."""

    method: str
    path: str
    """With its query as it was sent, but for a key."""
    time: str
    """ISO time of arrival."""
    status: int | None = None
    """None: not answered (yet), the connection was dropped."""
    work: int | None = None
    """What the work itself came to, whatever then became of the answer; None: it was not done."""
    body: object = None
    """The request's body as JSON; as text if it is none."""
    user: int | None = None
    """Id of the key's user; None if the key was not known."""
    in_window: int = 0
    """How many requests of the key the window of the limit held, with this one if it counted."""

    def shown(self) -> dict[str, object]:
        """The entry as JSON."""
        return {
            "method": self.method,
            "path": self.path,
            "status": self.status,
            "work": self.work,
            "body": self.body,
            "time": self.time,
            "user": self.user,
            "in_window": self.in_window,
        }


@dataclass(frozen=True, slots=True)
class Journal:
    """The latest requests, oldest first."""

    entries: deque[Entry] = field(default_factory=lambda: deque(maxlen=LENGTH))

    def open(self, method: str, path: str, query: str, time: str) -> Entry:
        """Notes that a request arrived."""
        entry = Entry(method, _KEY.sub(r"\1***", f"{path}?{query}" if query else path), time)
        self.entries.append(entry)
        return entry

    def shown(self) -> list[dict[str, object]]:
        """All entries as JSON."""
        return [entry.shown() for entry in self.entries]
