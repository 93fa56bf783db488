"""Many records at once: how far what was begun is, and what came of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from csc_tui.domain.change import Verb
from csc_tui.sentences import explain_wait
from csc_tui.services.todo import made_for
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from csc_tui.domain.ref import Ref
    from csc_tui.services.batches import Tally
    from csc_tui.services.desk import Desk
    from csc_tui.services.entries import Edit
    from csc_tui.ui.app import CscApp

LINE = "outbox-line"
"""Cause of the message that writes wait for line or server."""
ANSWER = 0.2
"""Seconds that an answer takes, for the forecast."""
AT_ONCE = 4
"""Requests that are under way together."""


def time_words(desk: Desk, requests: int) -> str:
    """How long so many requests take at the present budget."""
    seconds = max(desk.budget.eta(requests), requests * ANSWER / AT_ONCE)
    if seconds < 100:
        return say("bulk.seconds", seconds=max(1, math.ceil(seconds)))
    return say("bulk.minutes", minutes=math.ceil(seconds / 60))


def how_far(tally: Tally, key: str) -> str:
    """How much of a batch is done, and whether it goes on; `key` makes it go on."""
    done, total = f"{tally.saved + tally.idle:,}", f"{tally.total:,}"
    if tally.paused and not tally.going:
        return say("bulk.paused", done=done, total=total, key=key)
    parts = [say("bulk.pausing" if tally.paused else "bulk.progress", done=done, total=total)]
    if tally.refused:
        parts.append(say("bulk.refused", count=f"{tally.refused:,}"))
    return ", ".join(parts)


class Bulk:
    """What is done to many records, one batch after the other."""

    def __init__(self, app: CscApp) -> None:
        self._app = app
        self._under_way: dict[str, Tally] = {}
        """Of the batches that are on their way or paused, the newest last."""
        self._due: set[str] = set()
        """Batches that are to be counted again."""
        self._counting = False
        self._left = 0
        """Records that left the filtered list by it."""
        self._back: list[Ref] = []
        """Records that are there again: made anew, or out of the bin."""

    # --- how far it is

    @property
    def _tally(self) -> Tally | None:
        """Of the newest batch that is on its way or paused."""
        return next(reversed(self._under_way.values()), None)

    @property
    def running(self) -> bool:
        """Whether a batch is on its way or paused."""
        return self._tally is not None

    @property
    def words(self) -> str:
        """How far it is; empty where nothing runs."""
        return how_far(self._tally, self._app.keymap.of("list.act")) if self._tally else ""

    async def resume(self) -> None:
        """The outbox has been read: what was on its way goes on, what was refused is marked."""
        if self._app.desk.outbox is None:
            return  # the program ends before all of it is there
        for edit in self._app.desk.edits.entries():
            if edit.bulk and edit.needs_user:
                self._mark(edit)
        if batch := self._app.desk.edits.batches.running():
            await self._count(batch)

    def moved(self, edit: Edit) -> None:
        """An edit of a batch has come to another state, or is gone."""
        messages = self._app.messages
        if edit.needs_user:
            self._mark(edit)
        elif edit.state == "confirmed":
            self._app.marks.drop(_marked(edit))
            messages.mended(LINE)
            self._left += self._app.outcomes.has_left(edit.record)
            if edit.change.parent is None and edit.change.verb in (Verb.CREATE, Verb.RESTORE):
                self._back.append(edit.record)
        elif edit.state == "waiting" and edit.answer.error is not None:
            messages.failure(say("edit.waits", why=explain_wait(edit.answer.error)), LINE)
        self._due.add(edit.batch)
        if not self._counting:
            self._counting = True
            self._app.run_worker(self._count_due())

    def _mark(self, edit: Edit) -> None:
        """It needs the user: the record is marked again, or still."""
        ref = _marked(edit)
        self._app.marks.add(ref.resource, (ref.id,))

    async def _count_due(self) -> None:
        """One counting for all that has moved meanwhile."""
        from csc_tui.services.outbox import OutboxUnusableError

        try:
            while self._due:
                await self._count(self._due.pop())
        except OutboxUnusableError:
            pass  # the outbox says so itself
        finally:
            self._counting = False

    async def _count(self, batch: str) -> None:
        if self._app.desk.outbox is None:
            return  # the program ends
        tally = await self._app.desk.edits.batches.tally(batch)
        if not tally.over:
            self._under_way[batch] = tally
        elif self._under_way.pop(batch, None) is not None:
            self._say(tally)
            self._left = 0
            back, self._back = self._back, []
            base = self._app.base
            # A list as the CRM orders it is asked for anew by one of them; a filter looks at each.
            for ref in back if base is not None and base.narrowed else back[:1]:
                await self._app.show_new(ref)
        self._app.redraw_soon()

    def _say(self, tally: Tally) -> None:
        """What came of it."""
        counts = {"saved": tally.saved, "idle_ones": tally.idle, "refused": tally.refused}
        parts = [say(f"bulk.{key}", count=f"{count:,}") for key, count in counts.items() if count]
        if tally.refused:
            words = say(
                "bulk.over_refused", parts=", ".join(parts), key=self._app.keymap.of("outbox")
            )
            self._app.messages.failure(words, "edit")
        elif parts:
            words = say("bulk.over", parts=", ".join(parts))
            if self._left:
                words = say("filter.left_many", said=words, count=f"{self._left:,}")
            self._app.messages.success(words)

    def steps(self) -> list[tuple[str, Callable[[], None]]]:
        """What can be done to the batch that is on its way, in words; nothing without one."""
        if (tally := self._tally) is None:
            return []
        left = f"{tally.going + tally.paused:,}"
        return [(say("bulk.go_on" if tally.paused else "bulk.pause", left=left), self._turn)]

    def _turn(self) -> None:
        """Pause what is on its way, or let it go on."""
        batches, tally = self._app.desk.edits.batches, self._tally
        if tally is not None:
            work = batches.go_on if tally.paused else batches.pause
            self._app.run_worker(work(next(reversed(self._under_way))))


def _marked(edit: Edit) -> Ref:
    """The record that was marked for it: the one that changes, or the one a task is made about."""
    about = made_for(edit.change)
    return about[0] if about is not None else edit.record
