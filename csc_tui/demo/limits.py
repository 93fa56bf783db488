"""Rate limits per key, counted when a request arrives: a strict sliding window, a fixed one."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from typing import Protocol


class Limiter(Protocol):
    """Lets requests in until there were too many."""

    @property
    def limit(self) -> int:
        """How many a window holds."""
        ...

    def admit(self, key: str) -> int:
        """0 and the request is counted; or the whole seconds to wait, and it is not."""
        ...

    def used(self, key: str) -> int:
        """How many requests of the key the window holds now."""
        ...


@dataclass(slots=True)
class SlidingWindow:
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


@dataclass(slots=True)
class FixedWindow:
    """A window begins with a key's first request and ends after `window` seconds, all at once.

    Concord fact sheet §2: per minute; that a refused request does not count is assumed there.
    """

    limit: int
    window: float
    """In seconds."""
    clock: Callable[[], float]
    """Monotonic seconds."""
    _current: dict[str, tuple[float, int]] = field(default_factory=dict, init=False)

    def admit(self, key: str) -> int:
        """0 and the request is counted; or the whole seconds to wait, and it is not."""
        now = self.clock()
        begun, used = self._current.get(key, (now, 0))
        if now >= begun + self.window:
            begun, used = now, 0
        if used >= self.limit:
            return max(1, ceil(begun + self.window - now))
        self._current[key] = (begun, used + 1)
        return 0

    def used(self, key: str) -> int:
        """How many requests of the key the window holds now."""
        begun, used = self._current.get(key, (0.0, 0))
        return used if self.clock() < begun + self.window else 0
