"""The rate limit: a strict sliding window per key, counted when a request arrives."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil


@dataclass(slots=True)
class Limiter:
    """At most `limit` admitted requests in any `window` seconds; a refused one does not count.

    CentralStationCRM fact sheet §1.7: 50 in 10 s; whether per key is open there, here it is.
    """

    limit: int
    window: float
    """In seconds."""
    clock: Callable[[], float]
    """Monotonic seconds."""
    _admitted: defaultdict[str, deque[float]] = field(
        default_factory=lambda: defaultdict(deque), init=False
    )

    def admit(self, key: str) -> int:
        """0 and the request is counted; or the whole seconds to wait, and it is not."""
        now = self.clock()
        times = self._current(key, now)
        if len(times) < self.limit:
            times.append(now)
            return 0
        return max(1, ceil(times[0] + self.window - now))

    def used(self, key: str) -> int:
        """How many requests of the key the window holds now."""
        return len(self._current(key, self.clock()))

    def _current(self, key: str, now: float) -> deque[float]:
        times = self._admitted[key]
        while times and times[0] <= now - self.window:
            times.popleft()
        return times
