"""Saving so that nothing is lost: drafts, the outbox, the journal and undo of one account."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.errors import CrmError, ReadOnly
from csc_tui.domain.field import Plain
from csc_tui.domain.form_text import FormText
from csc_tui.domain.ref import Ref
from csc_tui.services.batches import Batches
from csc_tui.services.delivery import Delivery
from csc_tui.services.edit_moves import in_pieces, moves, tell_rows, unheard
from csc_tui.services.events import DraftsChanged
from csc_tui.services.kept import kept_text, newest_key
from csc_tui.services.outbox_events import OutboxEvent, OutboxTold
from csc_tui.services.overlay import overlaid
from csc_tui.services.pace import Pace
from csc_tui.services.sending import Sender
from csc_tui.services.snapshots import snapshot_of
from csc_tui.services.undoing import Undoing, anew
from csc_tui.store.edit_news import Mark, News
from csc_tui.store.edit_order import Place, place_of
from csc_tui.store.edit_rows import Answer, Choice, Edit, Snapshot, State
from csc_tui.store.edit_saving import NEW_AGAIN, Save, Seen, TooLateError, seen_as
from csc_tui.store.edits import DraftHeldError, EditStore
from csc_tui.store.edits_file import OutboxNotice
from csc_tui.store.edits_thread import OutboxUnusableError
from csc_tui.store.open_edits import OpenEdits, Standings
from csc_tui.store.turn import Turn

if TYPE_CHECKING:
    from csc_tui.domain.record import Record
    from csc_tui.services.desk import Desk

__all__ = [
    "DraftHeldError",
    "FormText",
    "Outbox",
    "OutboxUnusableError",
    "Pace",
    "Seen",
    "TooLateError",
]

KEPT = 180 * 86_400.0
"""Seconds that a confirmed edit stays in the journal."""


class Outbox:
    """All edits of one account: typed, on their way, come back, confirmed."""

    def __init__(
        self,
        desk: Desk,
        folder: Path,
        tell: Callable[[OutboxEvent], None],
        *,
        server_offset: Callable[[], float | None] = lambda: None,
        pace: Pace | None = None,
    ) -> None:
        """`folder` is the account's for data. Nothing is read before `load`.

        `server_offset`: seconds by which the server's clock is ahead of ours, None if unknown.
        """
        self.desk = desk
        self.pace = pace or Pace()
        self._folder = folder
        self._tell = tell
        self._server_offset = server_offset
        self._open = OpenEdits()
        """The open edits, as they were last read."""
        self._mark: Mark | None = None
        """How far the file was read."""
        self.read = asyncio.Event()
        """Set once what lies here from before is known: drafts, and what waits."""
        self._reading = asyncio.Lock()
        self._edits: EditStore
        self._sender: Sender
        self.batches: Batches
        """Of many records at once; there once it is loaded."""
        self.undoing: Undoing
        """Taking back; there once it is loaded."""

    async def load(self, *, send: bool = True) -> None:
        """Open the file, read what is in it, and begin to send, unless somebody else is to."""
        if self.read.is_set():
            return
        self._edits = await asyncio.to_thread(EditStore, self._folder, self.desk.clock)
        self._edits.on_notice = self._told
        turn = Turn(None if self._edits.in_memory else self._folder)
        delivery = Delivery(self.desk, self._edits, self.pace, self._server_offset, self.refresh)
        self._sender = Sender(
            self.desk, self._edits, turn, delivery, self.pace, self.refresh, self._tell
        )
        self.batches = Batches(self, self._edits)
        self.undoing = Undoing(self, self._edits)
        news = await self._edits.news()
        self._open, self._mark = OpenEdits(news.edits), news.mark
        self.read.set()
        self._edits.listen(self._sender.called)
        if send:
            self.begin()
        with suppress(OutboxUnusableError):  # an old journal can be shortened another day
            await self._edits.prune(self.desk.clock.now() - KEPT)

    def begin(self) -> None:
        """Begin to send after all what `load` was to leave to others."""
        self._sender.start()

    async def close(self) -> None:
        """End the runner, give the drafts back, close the file; before the worker is stopped."""
        if self.read.is_set():
            self.read.clear()
            await self._sender.stop()
            with suppress(OutboxUnusableError):  # whoever owned a draft has ended all the same
                await self._edits.let_go()
            await self._edits.close()

    # --- what screens show

    @property
    def outbox(self) -> int | None:
        """Writes not yet confirmed, also those that need somebody; None before that is known."""
        known = len(self._open) - self._open.count(State.DRAFT)
        return known if self.read.is_set() else None

    @property
    def conflicts(self) -> int:
        """Writes that wait for the user to choose."""
        return self._open.count(State.CONFLICT)

    @property
    def refused(self) -> int:
        """Writes that the CRM said no to."""
        return self._open.count(State.REFUSED)

    @property
    def drafts(self) -> int:
        """Forms whose text is kept and not on its way."""
        return len({one.form.key for one in self._kept() if one.form})

    def draft(self, key: str) -> FormText | None:
        """The kept text of a form: of its draft, and of refusals that the draft does not replace.

        Of something new that waits to be sent: its own text. None if there is none.
        """
        return kept_text(key, self._open)

    def saved_values(self, key: str) -> Mapping[str, Plain]:
        """What something new was saved with whose form has this key; empty where it was not."""
        edit = self._open.get(key.rpartition(NEW_AGAIN)[2])
        return edit.change.values if edit is not None else {}

    def new_key(self, place: str) -> str:
        """The form that something new is typed in at a place, see `kept.newest_key`."""
        return newest_key(place, self._kept())

    def held_by(self, key: str) -> tuple[int, float] | None:
        """Process id and time of the last key where somebody else is typing this form."""
        draft = self._draft(key)
        pid = self._edits.elsewhere(draft) if draft is not None else None
        return (pid, draft.owned_at) if draft is not None and pid is not None else None

    def has_draft(self, key: str) -> bool:
        """Whether the text of a form is kept as a draft, and not with a save that came back."""
        return self._draft(key) is not None

    def _draft(self, key: str) -> Edit | None:
        drafts = self._open.in_state(State.DRAFT)
        return next((one for one in drafts if one.form and one.form.key == key), None)

    def elsewhere(self, edit: Edit) -> bool:
        """Whether another terminal that is still open has saved this: then it asks there."""
        return self.read.is_set() and self._edits.elsewhere(edit) is not None

    def entries(self) -> list[Edit]:
        """All open edits: drafts, then what needs the user, then what goes by itself, in order."""
        rank = {State.DRAFT: 0}
        return sorted(self._open, key=lambda it: rank.get(it.state, 1 if it.needs_user else 2))

    @property
    def version(self) -> int:
        """Another number whenever `entries` are others."""
        return self._open.version

    def entry(self, client_id: str) -> Edit | None:
        """One open edit."""
        return self._open.get(client_id)

    def of_batch(self, batch: str) -> Standings:
        """How what of one form or command is still open stands."""
        return self._open.of_batch(batch)

    def place(self, edit: Edit) -> Place | None:
        """What an edit waits for; None where it does not go by itself."""
        return place_of(self._open, edit) if edit.moves else None

    def mark(self, ref: Ref) -> str:
        """The gutter's sign of a record: `!` it needs somebody, `~` on its way, else empty."""
        mine = list(self._open.about(ref))
        if any(one.needs_user for one in mine):
            return "!"
        return "~" if any(one.moves or one.state is State.PAUSED for one in mine) else ""

    def overlay(self, record: Record) -> Record:
        """The record with the values that are on their way to the CRM.

        A part that has no id yet has one that a change of it can name meanwhile.
        """
        moving = (one for one in self._open.about(record.ref) if one.moves)
        return overlaid(record, [replace(one.change, ref=seen_as(one)) for one in moving])

    @property
    def paused(self) -> CrmError | None:
        """Why nothing is sent before `go_on`."""
        return self._sender.paused if self.read.is_set() else None

    @property
    def line_at(self) -> float | None:
        """While the line is dead: when it is tried again, seconds since the epoch."""
        return self._sender.line_at if self.read.is_set() else None

    # --- typing and saving

    async def save_draft(self, form: FormText, *, take_over: bool = False) -> None:
        """Keep what is typed. Raises DraftHeldError, ReadOnly, OutboxUnusableError."""
        self.writable()
        await self._edits.save_draft(form, take_over=take_over)
        await self.refresh()

    async def discard(self, key: str, over: Collection[str] = ()) -> None:
        """Throw the kept texts of a form away: its draft, and of the refused saves these."""
        await self._edits.discard_form(key, over)
        await self.refresh()

    async def submit(
        self,
        changes: Sequence[Change],
        form: FormText | None,
        record: Record | None = None,
        *,
        title: str = "",
        undoes: str = "",
        instead_of: str = "",
        seen: Mapping[Ref, Seen] | None = None,
    ) -> list[Edit]:
        """Queue the changes of one form or command; they are on the disk when this returns.

        Gives the edits that hold them: none where they cancelled what had not gone yet, or where
        what they undo, or come `instead_of`, is so already. `record` is as the user saw it, `seen`
        what is known of others that changes are about.
        Raises ReadOnly; TooLateError: something new that was to be changed before it goes has
        gone; OutboxUnusableError. Then nothing is kept.
        """
        self.writable()
        now = self.desk.clock.now()
        deletes = form is None and not undoes and any(it.verb is Verb.DELETE for it in changes)
        save = Save(
            changes,
            title or (form.title if form else record.sort_name() if record else ""),
            now,
            form,
            self._snapshot(record) if record else Snapshot(),
            self.desk.account_id or await self.desk.store.value("account") or "",
            held=self.pace.held if deletes else 0.0,
            undoes=undoes,
            instead_of=instead_of,
            seen=seen or {},
        )
        return await self.queue(save)

    def _snapshot(self, record: Record) -> Snapshot:
        """What the user saw, by the definitions that there are by now."""
        kind = self.desk.resources[record.resource]
        return snapshot_of(kind, self.desk.crm.defined(kind, record))

    async def queue(self, save: Save) -> list[Edit]:
        """Put a save into the file and have it sent. Raises as `submit`."""
        made = await self._edits.submit(save)
        await self.after_step()
        return made

    def writable(self) -> None:
        """Raises ReadOnly where nothing may be written."""
        if self.desk.read_only:
            raise ReadOnly

    # --- what the user does with an entry

    async def make_anew(self, client_id: str) -> list[Edit]:
        """Of a refused change of something that is gone: make it again, with that change.

        The edits that do; none where it was no such change.
        """
        edit = await self._edits.edit(client_id)
        if edit is None or edit.state is not State.REFUSED or edit.change.verb is not Verb.UPDATE:
            return []
        changes = anew(edit, self.desk.crm.nested)
        return await self.submit(changes, None, title=edit.title, instead_of=client_id)

    async def retry(self, client_id: str) -> None:
        """Try it now; one that asks is sent again as if it had never been."""
        self.writable()
        await self._edits.retry(client_id)
        await self.after_step()

    async def choose(self, client_id: str, choices: Mapping[str, Choice]) -> None:
        """Keep what is chosen and typed for rows of a conflict until it is settled."""
        self.writable()
        await self._edits.choose(client_id, choices)
        await self.refresh()

    async def resolve(
        self, client_id: str, values: Mapping[str, Plain], seen: Answer | None = None
    ) -> bool:
        """A conflict is settled: what shall stand there, field by field; none for all theirs.

        Of a delete: it is deleted all the same. False, and nothing is done, where it is no
        conflict any more, or another one than was `seen`.
        """
        self.writable()
        settled = await self._edits.resolve(client_id, values, seen)
        await self.after_step()
        return settled

    async def adopt(self, client_id: str, server_id: str) -> None:
        """The user says which record is the one whose answer was lost."""
        self.writable()
        await self._edits.adopt(client_id, server_id)
        await self.after_step()

    async def discard_edit(self, *client_ids: str) -> list[Edit]:
        """Throw entries away with what waits for them; gives what is gone, none if too late.

        All of them at once: nothing of it can go meanwhile.
        """
        gone = await self._edits.discard(*client_ids)
        await self.after_step()
        return gone

    def go_on(self) -> None:
        """There is another key; or the user thinks that the line is back."""
        self._sender.go_on()

    async def after_step(self) -> None:
        """Something in the file is another now: tell of it, and look what can be sent."""
        await self.refresh()
        self._sender.wake()

    async def journal(self, limit: int = 1_000) -> list[Edit]:
        """The latest confirmed edits, oldest first."""
        return await self._edits.journal(limit)

    # --- keeping up with the file

    async def refresh(self) -> OpenEdits:
        """Read what has changed, here or elsewhere, and tell of the edits that have moved."""
        async with self._reading:
            news = await self._edits.news(self._mark)
            late = unheard(self._open, news)
            asked = [await self._edits.edit(one.client_id) for one in late]
            over = [one for one in asked if one is not None]
            self.batches.take(news)
            looks: list[Ref] = []
            *first, last = in_pieces(news, late)
            for piece in first:
                looks += self._take(piece, over)
                await asyncio.sleep(0)  # keys come first
            self._mark = news.mark  # who is cancelled before this reads all of it once more
            looks += self._take(last, over)
        await tell_rows(self.desk, looks)
        return self._open

    def _take(self, news: News, over: Sequence[Edit]) -> list[Ref]:
        """Take news in and tell of them; gives the records that look another way."""
        typists = self._typists()
        moved = moves(self._open, news, over)
        if typists != self._typists():
            self.desk.events.tell(DraftsChanged())
        for one in moved:
            if one.event is not None:
                self._tell(one.event)
        return [one.record for one in moved if one.record is not None]

    def _kept(self) -> list[Edit]:
        return [*self._open.in_state(State.DRAFT), *self._open.in_state(State.REFUSED)]

    def _typists(self) -> dict[str, str]:
        """Client id of each draft -> who types it."""
        return {one.client_id: one.owner for one in self._open.in_state(State.DRAFT)}

    def _told(self, notice: OutboxNotice) -> None:
        self._tell(OutboxTold(notice))
