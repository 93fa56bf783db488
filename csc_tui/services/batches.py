"""Edits of many records at once: queued as one batch, counted, stopped and let go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from csc_tui.domain.change import Change, Verb
from csc_tui.store.edit_rows import BULK_LANE, BY_HAND, State
from csc_tui.store.edit_saving import Save, Seen

if TYPE_CHECKING:
    from csc_tui.domain.ref import Ref
    from csc_tui.services.outbox import Outbox
    from csc_tui.store.edit_news import News
    from csc_tui.store.edit_rows import Edit
    from csc_tui.store.edits import EditStore


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of edits."""

    saved: int = 0
    idle: int = 0
    """Confirmed, but nothing was changed: the server had it so already."""
    refused: int = 0
    """Those that need the user: refused, or in conflict."""
    paused: int = 0
    going: int = 0
    """Those that go by themselves, sooner or later."""

    @property
    def over(self) -> bool:
        """Whether nothing of it moves any more nor waits to be let go on."""
        return not self.going and not self.paused

    @property
    def total(self) -> int:
        """All edits of the batch."""
        return self.saved + self.idle + self.refused + self.paused + self.going


class Batches:
    """What one does with a batch as a whole."""

    def __init__(self, outbox: Outbox, edits: EditStore) -> None:
        self._outbox = outbox
        self._edits = edits
        self._over: dict[str, dict[str, bool]] = {}
        """Of batches that were asked about: client id of what is confirmed -> `Edit.idle`."""

    async def submit(
        self,
        changes: Sequence[Change],
        seen: Mapping[Ref, Seen],
        *,
        undoes: str = "",
        chained: bool = False,
    ) -> list[Edit]:
        """Queue changes of many records as one batch, in one transaction; they go last.

        `seen` tells of each record. `chained`: they belong together, go one after the other, and
        go when they are asked for. Raises as `Outbox.submit`.
        """
        outbox, desk = self._outbox, self._outbox.desk
        outbox.writable()
        now = desk.clock.now()
        held = not undoes and not chained
        deletes = held and any(it.verb is Verb.DELETE and it.parent is None for it in changes)
        return await outbox.queue(
            Save(
                changes,
                "",
                now,
                account=desk.account_id or await desk.store.value("account") or "",
                lane=BY_HAND if chained else BULK_LANE,
                held=outbox.pace.held if deletes else 0.0,
                undoes=undoes,
                seen=seen,
                chained=chained,
            )
        )

    async def take_back(self, done: Sequence[Edit], changes: Sequence[Change]) -> list[Edit]:
        """Queue the changes that take back what of a batch is done. Raises as `submit`."""
        seen = {one.record: Seen(one.title) for one in done}
        first = done[0]
        return await self.submit(changes, seen, undoes=first.batch, chained=first.chained)

    async def pause(self, batch: str) -> None:
        """Stop what of a batch has not gone yet, until `go_on`."""
        await self._edits.pause(batch)
        await self._outbox.after_step()

    async def go_on(self, batch: str) -> None:
        """Send on what was stopped. Raises ReadOnly."""
        self._outbox.writable()
        await self._edits.pause(batch, over=True)
        await self._outbox.after_step()

    async def tally(self, batch: str) -> Tally:
        """How far a batch is."""
        if batch not in self._over:
            # What is confirmed meanwhile is in the news as well: it is the same edit.
            self._over[batch] = await self._edits.confirmed(batch)
        over, open_ones = self._over[batch], self._outbox.of_batch(batch)
        idle = sum(over.values())
        return Tally(len(over) - idle, idle, *open_ones)

    def take(self, news: News) -> None:
        """Count what is confirmed now."""
        if news.whole:
            self._over.clear()
        for edit in news.edits:
            if edit.state is State.CONFIRMED and edit.batch in self._over:
                self._over[edit.batch][edit.client_id] = edit.idle

    def running(self) -> str:
        """The batch of many records that is on its way or stopped, the newest; empty for none."""
        mine = (one for one in self._outbox.entries() if one.bulk)
        moving = (one for one in mine if one.moves or one.state is State.PAUSED)
        newest = max(moving, key=lambda one: one.number, default=None)
        return newest.batch if newest is not None else ""
