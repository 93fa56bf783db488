"""The runner: which edit goes when, who may send at all, and what a failure means for the others.

It works only while something is to be sent. Exactly one process of an account sends (`Turn`); the
others look once in `Pace.poll` seconds, as long as something is to be sent. That they are told by
the terminal that saves it (`store.presence`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from csc_tui.domain.change import Verb
from csc_tui.domain.errors import (
    Ambiguous,
    CrmError,
    Forbidden,
    Invalid,
    NotAnApi,
    NotFound,
    OtherAccount,
    QuotaReached,
    Redirected,
    Rejected,
    Unauthorized,
)
from csc_tui.services.delivery import Delivery
from csc_tui.services.not_written import NotWrittenError
from csc_tui.services.outbox_events import OutboxEvent, OutboxPaused, OutboxUnusable
from csc_tui.store import edit_steps
from csc_tui.store.edit_order import anything_moves, is_line, retry_after, startable
from csc_tui.store.edit_rows import State
from csc_tui.store.edits import EditStore
from csc_tui.store.edits_thread import OutboxUnusableError

if TYPE_CHECKING:
    from csc_tui.services.desk import Desk
    from csc_tui.services.pace import Pace
    from csc_tui.store.edit_rows import Edit
    from csc_tui.store.open_edits import OpenEdits
    from csc_tui.store.turn import Turn

AT_ONCE = 4
"""Edits of different records that are under way together; the worker sends six requests. Edits
that are some of many do not count for the others: they may wait long for a free slot."""

LAST = 0.5
"""Seconds that `stop` leaves to what is under way."""

_KEY_TROUBLE = (Unauthorized, OtherAccount)
_REFUSALS = (Invalid, Rejected, QuotaReached, Forbidden, NotFound)


class Sender:
    """Sends what is in the outbox, in order, as long as it runs."""

    def __init__(
        self,
        desk: Desk,
        edits: EditStore,
        turn: Turn,
        delivery: Delivery,
        pace: Pace,
        refresh: Callable[[], Awaitable[OpenEdits]],
        tell: Callable[[OutboxEvent], None],
    ) -> None:
        """`refresh` reads the open edits and tells of those that have moved."""
        self.paused: CrmError | None = None
        """Why nothing is sent before `go_on`."""
        self._desk = desk
        self._edits = edits
        self._turn = turn
        self._delivery = delivery
        self._pace = pace
        self._refresh = refresh
        self._tell = tell
        self._wake = asyncio.Event()
        self._loop: asyncio.Task[None] | None = None
        self._flights: dict[str, asyncio.Task[None]] = {}
        self._bulk: set[str] = set()
        """Those of the flights that are some of many."""
        self._stumbled: dict[str, float] = {}
        """Client id of what ended in a mistake of this program -> when it may be tried again."""
        self._called = False
        """Whether another terminal has saved something since the last look."""
        self._misses = 0
        """How often the line was found dead since it was last alive."""
        self._line_at = 0.0
        """When the line is tried again, seconds since the epoch."""
        self._unusable = ""

    @property
    def line_at(self) -> float | None:
        """While the line is dead: when it is tried again."""
        return self._line_at if self._misses else None

    def wake(self) -> None:
        """Something has changed: look at once."""
        self._wake.set()

    def called(self) -> None:
        """Another terminal has saved something: look at once, but leave the sending to it."""
        self._called = True
        self._wake.set()

    def go_on(self) -> None:
        """There is another key, or the line is thought to be back."""
        self.paused = None
        self._line_at = 0.0
        self._wake.set()

    def start(self) -> None:
        """Begin, on the running event loop."""
        self._loop = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """End. What is under way gets half a second; the rest is found as it is at the next start.

        To be called while the worker still runs.
        """
        if self._loop is not None:
            self._loop.cancel()
            await asyncio.wait({self._loop})
        if self._flights:
            _, late = await asyncio.wait(set(self._flights.values()), timeout=LAST)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late)
        self._turn.release()

    async def _run(self) -> None:
        await self._desk.awake.wait()
        while True:
            self._wake.clear()
            try:
                pause = await self._turn_over()
                self._unusable = ""
            except OutboxUnusableError as error:
                pause = self._pace.longest
                if error.reason != self._unusable:
                    self._unusable = error.reason
                    self._tell(OutboxUnusable(error.reason))
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._wake.wait()

    async def _turn_over(self) -> float | None:
        """One look at the outbox; how long to rest, None until something happens."""
        edits = await self._refresh()
        if not anything_moves(edits) or self.paused is not None or self._desk.read_only:
            if not self._flights:
                self._turn.release()
            return None
        called, self._called = self._called, False
        if not self._turn.held:
            if not called and self._take():
                self._wake.set()
            return self._pace.poll
        for edit in list(edits.in_state(State.SENDING)):
            if edit.client_id not in self._flights:
                # Whoever sent it has died, or could not write the file for a moment.
                at = self._stumbled.pop(edit.client_id, 0.0)
                await self._edits.advance(edit.client_id, edit_steps.orphaned(at))
                self._wake.set()
        self._start(edits)
        now = self._desk.clock.now()
        times = [edits.next_time(now), self.line_at]
        coming = [max(one - now, 0.0) for one in times if one is not None and one > now]
        return min([self._pace.poll, *coming])

    def _take(self) -> bool:
        try:
            return self._turn.take()
        except OSError as error:
            raise OutboxUnusableError("read_only") from error

    def _start(self, edits: OpenEdits) -> None:
        now = self._desk.clock.now()
        # A clock that was set back makes look far away what is not.
        self._line_at = min(self._line_at, now + self._pace.longest)
        if self._misses and (now < self._line_at or self._flights):
            return

        def ready(*, bulk: bool, most: int) -> Iterator[Edit]:
            found = startable(edits, now, bulk=bulk, line_up=True)
            here = (one for one in found if one.client_id not in self._flights)
            return islice(here, max(most, 0))

        self._bulk &= self._flights.keys()
        if self._misses:  # one shows whether the line is back
            chosen = [*ready(bulk=False, most=1), *ready(bulk=True, most=1)][:1]
        else:
            singly = AT_ONCE - len(self._flights) + len(self._bulk)
            many = AT_ONCE - len(self._bulk)
            chosen = [*ready(bulk=False, most=singly), *ready(bulk=True, most=many)]
        for edit in chosen:
            if edit.bulk:
                self._bulk.add(edit.client_id)
            task = asyncio.create_task(self._carry(edit.client_id))
            self._flights[edit.client_id] = task
            task.add_done_callback(partial(self._landed, edit.client_id))

    def _landed(self, client_id: str, task: asyncio.Task[None]) -> None:
        self._flights.pop(client_id, None)
        self._wake.set()
        if not task.cancelled():
            if task.exception() is not None:  # the next try would end so too, and ask the CRM first
                self._stumbled[client_id] = self._desk.clock.now() + self._pace.longest
            task.result()

    async def _carry(self, client_id: str) -> None:
        """One try with one edit."""
        with suppress(OutboxUnusableError):
            edit = await self._edits.claim(client_id)
            if edit is None:
                return
            try:
                await self._refresh()
                await self._delivery.deliver(edit)
            except NotWrittenError as failed:
                await self._settle_write(edit, failed.error)
            except CrmError as error:
                await self._settle_read(edit, error)
            else:
                self._misses = 0

    async def _settle_write(self, edit: Edit, error: CrmError) -> None:
        """The request that was to change something did not get its yes."""
        client_id, create = edit.client_id, edit.change.verb is Verb.CREATE
        if isinstance(error, _KEY_TROUBLE):
            await self._edits.advance(client_id, edit_steps.put_back(unsent=True))
            self._pause(error)
        elif isinstance(error, _REFUSALS):
            self._misses = 0
            await self._edits.advance(client_id, edit_steps.refused(error))
        else:
            lost = isinstance(error, Ambiguous | NotAnApi | Redirected)
            at = self._not_before(edit, error)
            if lost and create:
                if edit.attempts <= 1 and not is_line(error) and retry_after(error) is None:
                    at = self._desk.clock.now()
                await self._edits.advance(client_id, edit_steps.looking(0, at, error))
            else:
                await self._edits.advance(client_id, edit_steps.waiting(error, at, lost=lost))

    async def _settle_read(self, edit: Edit, error: CrmError) -> None:
        """What has to be read before or after the change could not be read."""
        client_id = edit.client_id
        if isinstance(error, _KEY_TROUBLE):
            await self._edits.advance(client_id, edit_steps.put_back(unsent=False))
            self._pause(error)
            return
        now = await self._edits.edit(client_id)
        doubt = now is not None and edit_steps.maybe_made(now)
        if isinstance(error, _REFUSALS):
            self._misses = 0
            step = edit_steps.unclear(()) if doubt else edit_steps.refused(error)
            await self._edits.advance(client_id, step)
            return
        at = self._not_before(edit, error)
        if doubt:
            await self._edits.advance(client_id, edit_steps.looking(edit.looks, at, error))
        else:
            lost = edit.sent_at is not None
            await self._edits.advance(client_id, edit_steps.waiting(error, at, lost=lost))

    def _not_before(self, edit: Edit, error: CrmError) -> float:
        """When to try again, as told or after 2, 4 … 60 s: the line for all, else this edit."""
        now, pace = self._desk.clock.now(), self._pace
        if not is_line(error):
            self._misses = 0
            told = retry_after(error)
            if told is not None:
                return now + max(told, pace.first)
            return now + min(pace.longest, pace.first * 2.0 ** min(edit.attempts - 1, 20))
        if now >= self._line_at:
            self._misses += 1
            wait = pace.first * 2.0 ** min(self._misses - 1, 20)
            self._line_at = now + min(pace.longest, wait)
        return self._line_at

    def _pause(self, error: CrmError) -> None:
        if self.paused is None:
            self.paused = error
            self._tell(OutboxPaused(error))
