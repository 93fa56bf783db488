"""The rate budget as pure arithmetic over a book of slots that all processes share.

A slot is held from the moment of sending until its answer came back plus one window: whenever a
request reaches the server, all others that reached it within the last window are still held, so
the server can never see more than the limit in any window, whatever the network does.
All times are seconds since the epoch, since other processes read them too.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import NamedTuple

MARGIN = 0.01
"""Seconds added to a window: two clocks never run quite alike."""

GRACE = 0.25
"""Seconds by which a waiting process may be late before its turn goes to the others."""

CUT_SHARE = 5
"""After a 429 a fifth of the limit is left unused, and comes back over as many windows."""

PROBED = 1.0
"""Seconds after which it is looked again whether the one request that goes has been answered;
within one process its answer is heard at once."""

PATIENCE = 2.0
"""Windows after which a yielding process that still waits is treated like an urgent one."""


class Limits(NamedTuple):
    """What the server allows, and how we share it."""

    slots: int = 50
    """Requests in any window (CentralStationCRM fact sheet §1.7: 50 in 10 s)."""
    window: float = 10.0
    """Seconds."""
    reserve: int = 5
    """Slots that yielding lanes leave free while somebody is at the keys."""
    longest: float = 60.0
    """Seconds after which a request without an answer is over; no smaller than the transport's
    `total`. A process that cannot be told to have ended gives its slots back so much and one
    window after sending."""
    told: bool = False
    """Whether answers say how many are allowed and left. Then `slots` is not used: before the
    first answer, and where nothing was heard for a window, one request goes at a time."""

    @property
    def quiet(self) -> float:
        """Seconds after the last key press from which nobody is at the keys any more."""
        return 2 * self.window

    @property
    def cut(self) -> int:
        """Slots given up after a 429."""
        return min(max(1, self.slots // CUT_SHARE), self.slots - 1)


@dataclass(slots=True)
class Slot:
    """One request that the server may still count."""

    holder: str
    """The process that sent it."""
    free_at: float
    """When it stops counting; for one without an answer, at the latest."""
    answered: bool = False
    """Whether `free_at` is final."""


@dataclass(slots=True)
class Waiter:
    """One process that waits for slots."""

    yields: bool
    """Whether its most urgent request is in a yielding lane."""
    wants: int
    """How many slots it could use at once."""
    since: float
    """When it began to wait."""
    wakes: float
    """When it will ask again; much later than that it is taken for dead."""


class Outcome(NamedTuple):
    """The answer to a process that asked for slots."""

    granted: list[int]
    """Ids of the slots it holds from now on, for its most urgent wants first."""
    wakes: float
    """When to ask again, if anything is still wanted."""


@dataclass(slots=True)
class View:
    """What a process shows of the budget between two looks at the book."""

    slots: int = 0
    """How many may be held at once just now; 0: not told yet."""
    free_at: list[float] = field(default_factory=list)
    """For each held slot, ascending."""
    gate_until: float = 0.0
    """Nothing is sent before."""
    left: int = 0
    """Requests that the server has said are left; others' use is known by it."""
    left_until: float = 0.0
    """How long that counts."""
    alone: int = 0
    """As in `Book`."""


@dataclass(slots=True)
class Book:
    """Everything that the processes of one account tell each other."""

    slots: dict[int, Slot] = field(default_factory=dict)
    waiters: dict[str, Waiter] = field(default_factory=dict)
    """By holder."""
    next_id: int = 1
    pressed_at: float = 0.0
    """The last key press in any of the processes."""
    gate_set: float = 0.0
    gate_until: float = 0.0
    """Set by a 429: nobody sends before."""
    cut_at: float = 0.0
    """The last 429 that shrank the share; 0: never."""
    slots_told: int = 0
    """The limit as answers tell it; 0: not told yet."""
    left: int = 0
    """What the server will take, by its latest word and what was sent since."""
    left_until: float = 0.0
    """A window after that word: nobody knows what others do from then on."""
    alone: int = 0
    """1 where the server counts no more than what we have sent, else 0: others send too."""
    heard_at: float = 0.0
    """When the latest word came that counts all that was sent before."""

    def settle(self, limits: Limits, now: float) -> None:
        """Forget what is over, and what a clock that was set back makes look far away."""
        for slot in self.slots.values():
            held = limits.window + MARGIN + (0.0 if slot.answered else limits.longest)
            slot.free_at = min(slot.free_at, now + held)
        kept = {key: slot for key, slot in self.slots.items() if slot.free_at > now}
        if self.alone:
            # All that the server counts is ours, and it has stopped to count what is over.
            self.left = min(self.left + len(self.slots) - len(kept), self.slots_told)
        self.slots = kept
        self.left_until = min(self.left_until, now + limits.window)
        self.heard_at = min(self.heard_at, now)
        for waiter in self.waiters.values():
            waiter.since = min(waiter.since, now)
            waiter.wakes = min(waiter.wakes, now + limits.window)
        self.waiters = {
            holder: waiter for holder, waiter in self.waiters.items() if waiter.wakes + GRACE > now
        }
        if self.gate_set > now:
            self.gate_until -= self.gate_set - now
            self.gate_set = now
        self.pressed_at = min(self.pressed_at, now)
        self.cut_at = min(self.cut_at, now)

    def allowed(self, limits: Limits, now: float) -> int:
        """Slots that may be held at once: all, or fewer for some windows after a 429."""
        if limits.told:
            return self.slots_told
        if not self.cut_at:
            return limits.slots
        windows = int((now - self.cut_at) / limits.window)
        cut = limits.cut - windows * limits.cut // CUT_SHARE
        return limits.slots - max(cut, 0)

    def take(self, limits: Limits, holder: str, wants: list[bool], now: float) -> Outcome:
        """Slots for `holder`, who wants `len(wants)`, most urgent first; True: a yielding lane.

        Takes what is free and not owed to others that wait; then notes who still waits.
        """
        self.settle(limits, now)
        known = self.waiters.pop(holder, None)
        since = known.since if known else now
        granted: list[int] = []
        wakes = now
        while len(granted) < len(wants):
            yields = wants[len(granted)]
            short = self._shortage(limits, holder, yields, since, now)
            if short > 0 or self.gate_until > now:
                wakes = self._when(limits, short, yields, now)
                break
            granted.append(self._hold(limits, holder, now))
            since = now
        left = wants[len(granted) :]
        if left:
            self.waiters[holder] = Waiter(left[0], len(left), since, wakes)
        return Outcome(granted, wakes)

    def answered(
        self, limits: Limits, slot: int, at: float, told: tuple[int, int] | None = None
    ) -> None:
        """The answer came at `at`: one more window from then on. `told`: the limit, what is left.

        Answers overtake each other: only one to a request that was sent after the last word
        counts everything before it; of others the smaller number is believed.
        """
        if told is not None and slot in self.slots:
            sent_at = self.slots[slot].free_at - limits.longest - limits.window - MARGIN
            under_way = sum(not one.answered for key, one in self.slots.items() if key != slot)
            left = max(told[1] - under_way, 0)
            fresh = sent_at >= self.heard_at or self.left_until <= at
            self.left = left if fresh else min(self.left, left)
            self.alone = int(told[0] - told[1] <= len(self.slots))
            self.heard_at = at if fresh else self.heard_at
            self.slots_told, self.left_until = told[0], at + limits.window
        if slot in self.slots:
            self.slots[slot].free_at = at + limits.window + MARGIN
            self.slots[slot].answered = True

    def unanswered(self) -> set[str]:
        """Who still waits for an answer."""
        return {slot.holder for slot in self.slots.values() if not slot.answered}

    def bury(self, dead: Collection[str], limits: Limits, now: float) -> None:
        """These processes have ended: nobody waits any more for what they asked.

        It may have reached the server until now, so it counts for one more window.
        """
        for slot in self.slots.values():
            if slot.holder in dead and not slot.answered:
                slot.free_at, slot.answered = now + limits.window + MARGIN, True

    def give_back(self, slot: int) -> None:
        """It was not sent after all."""
        if self.slots.pop(slot, None) is not None:
            self.left = min(self.left + 1, self.slots_told)

    def close_gate(self, limits: Limits, until: float, at: float) -> None:
        """The server said 429: nobody sends before `until`, and all take less for a while.

        Several 429 of one burst shrink the share once.
        """
        if limits.told:
            self.left, self.left_until = 0, min(self.left_until, until)
        elif self.gate_until <= at:
            self.cut_at = at
        self.gate_set = at
        self.gate_until = max(self.gate_until, until)

    def view(self, limits: Limits, now: float) -> View:
        """What is held at this moment."""
        free_at = sorted(slot.free_at for slot in self.slots.values())
        view = View(self.allowed(limits, now), free_at, self.gate_until)
        if limits.told:
            view.left, view.left_until, view.alone = self.left, self.left_until, self.alone
        return view

    def _room(self, limits: Limits, now: float) -> int:
        """Slots that are free, whoever wants them."""
        held = len(self.slots)
        if not limits.told:
            return self.allowed(limits, now) - held
        if now < self.left_until:
            return min(self.slots_told - held, self.left)
        under_way = any(not slot.answered for slot in self.slots.values())
        return 0 if under_way or (self.slots_told and held >= self.slots_told) else 1

    def _hold(self, limits: Limits, holder: str, now: float) -> int:
        slot = self.next_id
        self.next_id += 1
        self.slots[slot] = Slot(holder, now + limits.longest + limits.window + MARGIN)
        self.left = max(self.left - 1, 0)
        return slot

    def _reserve(self, limits: Limits, yields: bool, now: float) -> int:
        at_keys = self.pressed_at > 0 and now - self.pressed_at < limits.quiet
        if limits.told and now >= self.left_until:
            return 0
        slots = self.slots_told if limits.told else limits.slots
        return min(limits.reserve, slots - 1) if yields and at_keys else 0

    def _shortage(self, limits: Limits, holder: str, yields: bool, since: float, now: float) -> int:
        """How many more slots must come free before `holder` may take one; 0 or less: now."""
        room = self._room(limits, now) - self._reserve(limits, yields, now)
        return 1 + self._owed(limits, holder, yields, since, now) - room

    def _owed(self, limits: Limits, holder: str, yields: bool, since: float, now: float) -> int:
        """Slots that belong to waiting processes whose turn is before `holder`'s.

        Urgent before yielding, unless that has waited long; then whoever holds least; then
        whoever waits longest. That shares evenly and lets nobody starve.
        """
        held: dict[str, int] = {}
        for slot in self.slots.values():
            held[slot.holder] = held.get(slot.holder, 0) + 1
        patience = PATIENCE * limits.window

        def rank(who: str, is_yielding: bool, began: float) -> tuple[bool, int, float, str]:
            return (is_yielding and now - began < patience, held.get(who, 0), began, who)

        mine = rank(holder, yields, since)
        free = self._room(limits, now)
        owed = 0
        for other, waiter in self.waiters.items():
            if waiter.yields and not yields and free <= self._reserve(limits, True, now):
                continue  # what is free is kept for the person at the keys: not for him
            theirs = rank(other, waiter.yields, waiter.since)
            if theirs < mine:
                lead = mine[1] - theirs[1] if theirs[0] == mine[0] else waiter.wants
                owed += min(waiter.wants, max(1, lead))
        return owed

    def _when(self, limits: Limits, short: int, yields: bool, now: float) -> float:
        """When `short` more slots will have come free, as far as that is known."""
        if short <= 0:
            return max(self.gate_until, now)
        coming = sorted(slot.free_at for slot in self.slots.values())
        # One without an answer may be answered meanwhile, but not come free within a window.
        when = now + limits.window
        if short <= len(coming):
            when = min(when, coming[short - 1])
        if limits.told and now < self.left_until:
            when = min(when, self.left_until)
        elif limits.told and any(not slot.answered for slot in self.slots.values()):
            when = min(when, now + PROBED)
        if self._reserve(limits, yields, now):
            when = min(when, self.pressed_at + limits.quiet)
        if self.cut_at and self.allowed(limits, now) < limits.slots:
            step = int((now - self.cut_at) / limits.window) + 1
            when = min(when, self.cut_at + step * limits.window)
        return max(when, self.gate_until, now + 0.001)
