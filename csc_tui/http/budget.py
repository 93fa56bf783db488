"""The rate budget of one process: leases out of a ledger that all processes share."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeVar

from csc_tui.domain.clock import Clock, SystemClock
from csc_tui.http.book import Book, Limits, Outcome, Slot, View, Waiter
from csc_tui.http.holder import is_over, own_name
from csc_tui.http.memory_ledger import MemoryLedger
from csc_tui.http.retry import LONGEST_WAIT, UNTOLD, told

__all__ = [
    "Book",
    "Budget",
    "Lease",
    "Ledger",
    "Limits",
    "MemoryLedger",
    "Slot",
    "Urgency",
    "Waiter",
]

T = TypeVar("T")

TELL_AGAIN = 0.1
"""Share of a window in which one key press is enough to be told to the other processes."""


class Ledger(Protocol):
    """Where the book is kept. The other processes of the account work on the same one."""

    async def run(self, act: Callable[[Book], T]) -> T:
        """What `act` makes of the book; nobody else touches it meanwhile. Never fails."""

    async def aclose(self) -> None:
        """Close what is open."""


class Urgency(Protocol):
    """What the budget needs to know of a lane: a number, smaller is sooner, and one property."""

    @property
    def yields(self) -> bool:
        """Whether it leaves slots free for the person at the keys."""

    def __int__(self) -> int:
        """Smaller is sooner."""


class Lease(NamedTuple):
    """The right to send one request now. Give it to `answered` or `given_back`, once."""

    slot: int
    """Its id in the ledger."""


@dataclass(eq=False, slots=True)
class _Want:
    """Somebody awaits a lease."""

    rank: tuple[int, int]
    """Lane and number: most urgent first, then first come first served."""
    yields: bool
    lease: asyncio.Future[Lease]


class Budget:
    """Hands out leases so that the server never sees more than its limit.

    What is told to it (answers, key presses, a closed gate) goes to the ledger with the next
    request for slots or at once, in one transaction; nobody waits for it and nothing polls.
    """

    def __init__(
        self, limits: Limits, ledger: Ledger, clock: Clock | None = None, holder: str = ""
    ) -> None:
        """`holder` names this process in the ledger; made up if empty."""
        self.limits = limits
        self._ledger = ledger
        self._clock: Clock = clock or SystemClock()
        self._holder = holder or own_name()
        self._wants: list[_Want] = []
        self._numbers = itertools.count()
        self._notes: list[Callable[[Book], None]] = []
        self._pump: asyncio.Task[None] | None = None
        self._poked = asyncio.Event()
        self._registered = False
        self._closed = False
        self._told_press = float("-inf")
        self._view = View(0 if limits.told else limits.slots)
        self._heard = not limits.told
        self.on_change: Callable[[], None] | None = None
        """Called when `free` or `gate_until` may have changed."""

    async def acquire(self, lane: Urgency) -> Lease:
        """A lease, as soon as it is this lane's turn. Cancelling gives back what was granted."""
        rank = (int(lane), next(self._numbers))
        want = _Want(rank, lane.yields, asyncio.get_running_loop().create_future())
        self._wants.append(want)
        self._poke()
        try:
            return await want.lease
        except asyncio.CancelledError:
            if want.lease.done() and not want.lease.cancelled():
                self.given_back(want.lease.result())
            else:
                want.lease.cancel()
                self._poke()
            raise

    def answered(self, lease: Lease, headers: Mapping[str, str] | None = None) -> None:
        """The answer is here, or it is certain that none will come: one more window from now.

        `headers` of the answer may say how many requests are allowed and left.
        """
        at = self._clock.now()
        said = told(headers) if self.limits.told and headers is not None else None
        self._heard = self._heard or said is not None
        self._note(lambda book: book.answered(self.limits, lease.slot, at, said))

    def given_back(self, lease: Lease) -> None:
        """Nothing was sent: the slot is free at once."""
        self._note(lambda book: book.give_back(lease.slot))

    def close_gate(self, seconds: float | None) -> None:
        """A 429 came: nobody who shares the ledger sends for so long (None: it did not say)."""
        at = self._clock.now()
        until = at + (self.untold if seconds is None else min(max(seconds, 0.0), LONGEST_WAIT))
        self._view.gate_until = max(self._view.gate_until, until)
        self._note(lambda book: book.close_gate(self.limits, until, at))

    def key_pressed(self) -> None:
        """Somebody is at the keys. Cheap: the ledger is told about once a second."""
        at = self._clock.now()
        if 0 <= at - self._told_press < self.limits.window * TELL_AGAIN:
            return
        self._told_press = at

        def press(book: Book) -> None:
            book.pressed_at = max(book.pressed_at, at)

        self._note(press)

    @property
    def untold(self) -> float:
        """Seconds to wait after a 429 or 503 that does not say how long."""
        return self.limits.window if self.limits.told else UNTOLD

    @property
    def slots(self) -> int | None:
        """The limit: the M of `budget N/M`; None before the server has told it."""
        if not self.limits.told:
            return self.limits.slots
        known = self._heard or self._view.left_until > self._clock.now()
        return self._view.slots or None if known else None

    def free(self) -> int:
        """Slots that are free as far as this process knows: the N of `budget N/M`."""
        return 0 if self._view.gate_until > self._clock.now() else self._room()

    def _room(self) -> int:
        """The same, whether the gate is open or not."""
        now, view = self._clock.now(), self._view
        held = sum(1 for at in view.free_at if at > now)
        free = view.slots - held
        if view.left_until > now:
            free = min(free, view.left + (len(view.free_at) - held if view.alone else 0))
        return max(free, 0)

    @property
    def gate_until(self) -> float | None:
        """When a gate closed by a 429 opens again (seconds since the epoch); None: it is open."""
        return self._view.gate_until if self._view.gate_until > self._clock.now() else None

    def eta(self, waiting: int) -> float:
        """Seconds until the last of so many waiting requests can be sent, as well as is known."""
        now = self._clock.now()
        gate = max(self._view.gate_until - now, 0.0)
        if waiting <= 0:
            return 0.0
        # A slot whose answer is not here yet is free a window from now at the earliest. Those that
        # are free now come round as often as the others.
        held = [min(at - now, self.limits.window) for at in self._view.free_at if at > now]
        slots = [0.0] * self._room() + sorted(held) or [0.0]
        rounds, place = divmod(waiting - 1, len(slots))
        return max(gate, slots[place]) + rounds * self.limits.window

    async def aclose(self) -> None:
        """Tell the ledger what is still untold and close it; whoever waits is cancelled."""
        for want in self._wants:
            want.lease.cancel()
        self._poke()
        self._closed = True
        while self._pump is not None:
            await asyncio.wait({self._pump})
        await self._ledger.aclose()

    def _note(self, act: Callable[[Book], None]) -> None:
        self._notes.append(act)
        self._poke()

    def _poke(self) -> None:
        self._poked.set()
        if self._pump is None and not self._closed:
            self._pump = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        """Talk to the ledger as long as there is something to tell or to want."""
        try:
            while True:
                self._poked.clear()
                outcome = await self._visit()
                self._hand_out(outcome.granted)
                if self.on_change is not None:
                    self.on_change()
                if not self._wants and not self._registered and not self._notes:
                    return
                if self._wants:
                    await self._rest(outcome.wakes)
        finally:
            self._pump = None

    async def _visit(self) -> Outcome:
        """One transaction: tell everything new, take what may be taken, look at the rest."""
        self._wants = [want for want in self._wants if not want.lease.done()]
        self._wants.sort(key=lambda want: want.rank)
        notes, self._notes = self._notes, []
        wants = [want.yields for want in self._wants]
        now = self._clock.now()
        limits, holder = self.limits, self._holder

        def act(book: Book) -> tuple[Outcome, View]:
            for note in notes:
                note(book)
            book.bury({one for one in book.unanswered() if is_over(one)}, limits, now)
            outcome = book.take(limits, holder, wants, now)
            return outcome, book.view(limits, now)

        outcome, self._view = await self._ledger.run(act)
        self._registered = len(outcome.granted) < len(wants)
        return outcome

    def _hand_out(self, granted: list[int]) -> None:
        """Leases to the most urgent, who may have come while the ledger was asked."""
        for slot in granted:
            waiting = (want for want in self._wants if not want.lease.done())
            want = min(waiting, key=lambda want: want.rank, default=None)
            if want is None:
                self.given_back(Lease(slot))
            else:
                self._wants.remove(want)
                want.lease.set_result(Lease(slot))

    async def _rest(self, until: float) -> None:
        """Sleep until slots may be free, or until there is something to tell."""
        loop = asyncio.get_running_loop()
        nap = loop.create_task(self._clock.sleep(max(until - self._clock.now(), 0.0)))
        poke = loop.create_task(self._poked.wait())
        try:
            await asyncio.wait({nap, poke}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            nap.cancel()
            poke.cancel()
