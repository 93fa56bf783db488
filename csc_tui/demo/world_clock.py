"""The world's clock: everything happens before one fixed morning."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

from csc_tui.demo.times import parse
from csc_tui.demo.world_shapes import Stamps

TODAY = date(2026, 11, 21)
"""The day on which the world stands still unless another is asked for."""

ACCOUNT_AGE = 3000
"""Days before today on which the account was made."""
_DAY = 86_400_000
_HOUR = 3_600_000


def today_of(born: int) -> date:
    """The day on which the world of an account stands still that was born at a moment."""
    return datetime.fromtimestamp(born / 1000, UTC).date() + timedelta(days=ACCOUNT_AGE)


class Clock:
    """Turns days before today into epoch milliseconds."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.now = self.at(0, "09:20")
        """The latest moment of the world."""
        self._midnight = self.now - self.now % _DAY

    def at(self, days: int, time: str) -> int:
        """The moment `days` before today at `time` (HH:MM) in Berlin."""
        moment = parse(f"{self.day(days)}T{time}:00")
        if moment is None:
            raise ValueError(f"no such time: {time}")
        return moment

    def day(self, days: int) -> str:
        """The date `days` before today (negative: after it) as YYYY-MM-DD."""
        return (self.today - timedelta(days=days)).isoformat()

    def moment(self, rng: Random, days: int) -> int:
        """Some moment in the working hours of the day `days` before today, never after now."""
        spread = 7 * _HOUR + int(rng.random() * 9 * _HOUR)
        return min(self._midnight - days * _DAY + spread - spread % 1000, self.now)

    def span(self, stamps: Stamps) -> tuple[int, int]:
        """How many days before today a record was last in the stream, and was made."""
        today = self._midnight // _DAY
        return today - stamps.stream // _DAY, today - stamps.created // _DAY

    def stamps(self, rng: Random, last: int | None = None) -> Stamps:
        """Creation, change and last stream entry in their order; `last`: days since the entry."""
        if last is None:
            last = int(rng.random() ** 2.4 * 1500)
        created = last + 1 + int(rng.random() ** 1.5 * 1800)
        born = self.moment(rng, created)
        changed = born
        if rng.random() < 0.7:
            changed = self.moment(rng, last + int(rng.random() * (created - last)))
        return Stamps(born, max(born, changed), max(born, self.moment(rng, last)))
