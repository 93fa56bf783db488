"""Waiting until writes are confirmed, or need somebody: what a screen shows, a script awaits."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from csc_tui.domain.errors import CrmError
from csc_tui.services.outbox_events import (
    EditDropped,
    EditMoved,
    OutboxEvent,
    OutboxPaused,
    OutboxTold,
)
from csc_tui.services.patience import PATIENCE, limited
from csc_tui.store.edit_order import is_line, retry_after
from csc_tui.store.edit_rows import Edit, State

if TYPE_CHECKING:
    from csc_tui.services.desk import Desk
    from csc_tui.store.edits_file import OutboxNotice

TRIES = 4
"""After so many tries, a quarter of a minute, whoever waits is told that the write waits."""


class End(StrEnum):
    """How far an edit has come when nobody waits for it any more."""

    CONFIRMED = "confirmed"
    CONFLICT = "conflict"
    """Somebody else changed the same; the user has to choose."""
    REFUSED = "refused"
    ASKS = "asks"
    """Its answer was lost, and it is not clear whether it is there."""
    WAITS = "waits"
    """It goes by itself as soon as it can."""
    DROPPED = "dropped"
    """It was discarded elsewhere."""


@dataclass(frozen=True, slots=True)
class Ended:
    """An edit that is no longer waited for."""

    edit: Edit
    end: End
    error: CrmError | None = None
    """Why it is not confirmed, where that is known."""


class Confirming:
    """Hears what becomes of the edits of one desk."""

    def __init__(self, desk: Desk) -> None:
        """To be made before anything is submitted: it is the one listener of the outbox."""
        self._desk = desk
        self._latest: dict[str, Edit] = {}
        self._dropped: set[str] = set()
        self._paused: CrmError | None = None
        self._moved = asyncio.Event()
        self.notices: list[OutboxNotice] = []
        """What happened to the outbox file, for whoever has somebody to tell."""
        desk.on_outbox = self._heard

    async def wait(self, edits: Sequence[Edit]) -> list[Ended]:
        """Wait until every one of them is over or goes no further for now."""
        deaf = self._desk.events.listen(lambda _: self._moved.set())
        try:
            while True:
                self._moved.clear()
                found = [self._ended(one, late=False) for one in edits]
                ended = [one for one in found if one is not None]
                if len(ended) == len(found):
                    return ended
                try:
                    async with asyncio.timeout(PATIENCE):
                        await self._moved.wait()
                except TimeoutError:
                    late = (self._ended(one, late=True) for one in edits)
                    return [one for one in late if one is not None]
        finally:
            deaf()

    def _ended(self, edit: Edit, *, late: bool) -> Ended | None:
        """How it ended; None while it may still come. `late`: nobody waits any longer."""
        now = self._latest.get(edit.client_id, edit)
        error = now.answer.error
        if edit.client_id in self._dropped:
            return Ended(now, End.DROPPED)
        known = {
            State.CONFIRMED: End.CONFIRMED,
            State.CONFLICT: End.CONFLICT,
            State.REFUSED: End.REFUSED,
        }
        if now.state in known:
            return Ended(now, known[now.state], error)
        if now.state is State.UNCLEAR and now.asks:
            return Ended(now, End.ASKS, error)
        stuck = self._paused or limited(self._desk)
        if stuck is not None:
            return Ended(now, End.WAITS, stuck)
        told = is_line(error) or retry_after(error) is not None
        tried = now.attempts - edit.attempts >= TRIES
        waits = now.state is State.WAITING and (told or tried)
        waits = waits or (now.state is State.UNCLEAR and tried)
        return Ended(now, End.WAITS, error) if waits or late else None

    def _heard(self, event: OutboxEvent) -> None:
        match event:
            case EditMoved(edit=edit):
                self._latest[edit.client_id] = edit
            case EditDropped(edit=edit):
                self._dropped.add(edit.client_id)
            case OutboxPaused(error=error):
                self._paused = error
            case OutboxTold(notice=notice):
                self.notices.append(notice)
        self._moved.set()
