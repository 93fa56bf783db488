"""What the account's users have to do: a few things late, some today, most of it still to come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from csc_tui.demo.world_chance import Shares, pick

_OFTEN = 1 / 8
"""How many of the people there is something to be done about."""
_OURS = (-9, -3, -1, 0, 0, 1, 3, 6)
"""Days from today on which the owner of the demo's key has something to do about the first
people, so that the smallest account has it too; all of it is open."""
_WHEN = Shares((("long ago", 5), ("late", 2), ("today", 2), ("this week", 5), ("later", 6)))
_TITLES = (
    *("Rückruf", "Angebot nachfassen", "Besichtigung vereinbaren", "Vertrag besprechen"),
    *("Muster schicken", "Jahresgespräch", "Rechnung klären", "Unterlagen anfordern"),
)
_KINDS = Shares((("call", 6), ("task", 5), ("email", 3), ("meeting", 2)))
_TIMES = ("09:30", "11:00", "14:15", "16:00")


@dataclass(frozen=True, slots=True)
class Chore:
    """One thing to be done about a person."""

    title: str
    kind: str
    """`call`, `task`, `email` or `meeting`."""
    day: date
    time: str
    """`09:30` in Berlin; empty: some time of the day."""
    done: bool
    ours: bool
    """Whether it is for the owner of the demo's key, and not for whoever looks after the person."""


class Agenda:
    """Draws it person by person, always the same for the same world."""

    def __init__(self, rng: Random, today: date) -> None:
        self._rng = rng
        self._today = today
        self._ours: Iterator[int] = iter(_OURS)

    def about(self) -> Chore | None:
        """What is to be done about the next person; None for nothing."""
        if (days := next(self._ours, None)) is not None:
            return self._chore(days, done=False, ours=True)
        if self._rng.random() >= _OFTEN:
            return None
        return self._drawn()

    def _drawn(self) -> Chore:
        rng, when = self._rng, _WHEN.draw(self._rng)
        days = {
            "long ago": -rng.randint(20, 400),
            "late": -rng.randint(1, 19),
            "today": 0,
            "this week": rng.randint(1, 7),
            "later": rng.randint(8, 90),
        }[when]
        done = when == "long ago" or (days <= 0 and rng.random() < 0.4)
        return self._chore(days, done=done, ours=False)

    def _chore(self, days: int, *, done: bool, ours: bool) -> Chore:
        rng = self._rng
        timed = rng.random() < 0.5
        return Chore(
            title=pick(rng, _TITLES),
            kind=_KINDS.draw(rng),
            day=self._today + timedelta(days=days),
            time=pick(rng, _TIMES) if timed else "",
            done=done,
            ours=ours,
        )
