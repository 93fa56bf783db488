"""Drafts, outbox and journal of one account: every step of an edit is one transaction.

A call returns when its transaction is on the disk. All times are seconds since the epoch.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.clock import Clock
from csc_tui.domain.field import Plain
from csc_tui.domain.form_text import FormText
from csc_tui.domain.ref import Ref
from csc_tui.store import edit_news, edit_saving, edit_steps, edit_table
from csc_tui.store.database import transaction
from csc_tui.store.edit_news import Mark, News
from csc_tui.store.edit_rows import Answer, Choice, Edit, Snapshot, State
from csc_tui.store.edit_saving import Save
from csc_tui.store.edit_steps import Step
from csc_tui.store.edits_file import OutboxNotice
from csc_tui.store.edits_thread import EditsThread
from csc_tui.store.presence import Presence

T = TypeVar("T")

_NOTHING = Ref("", "")
"""What a draft is about: its form's key says that."""


class DraftHeldError(Exception):
    """The draft is being typed in another terminal."""

    def __init__(self, pid: int, since: float) -> None:
        super().__init__(pid, since)
        self.pid = pid
        self.since = since
        """When it was last saved there."""


class EditStore:
    """The table of edits; several processes may have it open.

    Every method raises OutboxUnusableError where the file cannot be read or written.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        """Opens or makes the file in the account's data folder: blocks, so do it in a thread."""
        self.folder = folder
        self._clock = clock
        self._thread = EditsThread(folder, clock, lambda notice: self.on_notice(notice))
        self._presence = Presence(None if self._thread.in_memory else folder)
        self._deaf: Callable[[], None] = lambda: None
        self._typing: frozenset[str] = frozenset()
        """Forms that were typed in here: the others know of them."""
        self.on_notice: Callable[[OutboxNotice], None] = lambda _: None
        """Called on the event loop, with the next call's end, for what happened to the file."""

    @property
    def in_memory(self) -> bool:
        """Whether nothing outlives the program, nor is seen by another one."""
        return self._thread.in_memory

    async def close(self) -> None:
        """Finish what was begun and close the file."""
        self._deaf()
        await self._thread.close(self._presence.close)

    # --- other terminals

    def listen(self, called: Callable[[], None]) -> None:
        """Call `called` on the running event loop whenever another terminal has saved something."""
        bell, loop = self._presence.bell, asyncio.get_running_loop()
        if bell is None:
            return

        def rings() -> None:
            self._presence.heard()
            called()

        loop.add_reader(bell, rings)

        def deaf() -> None:
            loop.remove_reader(bell)

        self._deaf = deaf

    def elsewhere(self, edit: Edit) -> int | None:
        """The number of another process that types or has saved this, if it is still there."""
        mine = self._presence.owner
        if edit.owner in ("", mine) or not self._presence.lives(edit.owner):
            return None
        return int(edit.owner.partition("/")[0])

    # --- drafts

    async def save_draft(self, form: FormText, *, take_over: bool = False) -> Edit:
        """Keep the text of a form. Raises DraftHeldError unless it is taken over."""

        def act(db: sqlite3.Connection) -> Edit:
            where = "form_key = ? AND state = ?"
            found = edit_table.select(db, where, form.key, State.DRAFT)
            other = self.elsewhere(found[-1]) if found else None
            if other is not None and not take_over:
                raise DraftHeldError(other, found[-1].owned_at)
            edit_table.delete(db, found)
            now = self._clock.now()
            edit_table.insert(
                db,
                Edit(
                    number=0,
                    client_id=f"draft {form.key}",
                    state=State.DRAFT,
                    change=Change(Verb.UPDATE, _NOTHING),
                    title=form.title,
                    form=form,
                    owner=self._presence.owner,
                    owned_at=now,
                    created=found[-1].created if found else now,
                    updated=now,
                ),
            )
            return edit_table.select(db, where, form.key, State.DRAFT)[-1]

        begun, self._typing = form.key not in self._typing, self._typing | {form.key}
        return await self._write(act, call=begun or take_over)

    async def let_go(self) -> None:
        """Nobody types any more in this process: its drafts may be taken without a question."""
        sql = "UPDATE edits SET owner = '' WHERE owner = ?"
        await self._write(lambda db: db.execute(sql, (self._presence.owner,)))

    async def discard_form(self, key: str, over: Collection[str] = ()) -> None:
        """Throw away what is kept of a form: its drafts, and these refused saves."""

        def act(db: sqlite3.Connection) -> None:
            kept = "form_key = ? AND state IN (?, ?)"
            for edit in edit_table.select(db, kept, key, State.DRAFT, State.REFUSED):
                if edit.state is State.DRAFT or edit.client_id in over:
                    edit_table.delete(db, edit_saving.with_followers(db, edit))

        await self._write(act, call=True)

    # --- the outbox

    async def submit(self, wanted: Save) -> list[Edit]:
        """Queue a save; the rows that hold it, none where it cancelled what had not gone yet.

        Raises TooLateError: something new that was to be changed before it goes has gone.
        """
        wanted = replace(wanted, owner=self._presence.owner)
        now, elsewhere = self._clock.now, lambda edit: self.elsewhere(edit) is not None
        return await self._write(lambda db: edit_saving.save(db, wanted, now, elsewhere), call=True)

    async def news(self, since: Mark | None = None) -> News:
        """What has changed since then, here or elsewhere; all that is open for None."""
        return await self._read(lambda db: edit_news.news(db, since))

    async def edit(self, client_id: str) -> Edit | None:
        """One edit, also a confirmed one; None if it was thrown away."""
        return await self._read(lambda db: edit_table.one(db, client_id))

    async def discard(self, *client_ids: str) -> list[Edit]:
        """Throw edits away, with all that waits for the records that they would have made.

        Gives what is gone: nothing of one that is being sent, or over.
        """

        def act(db: sqlite3.Connection) -> list[Edit]:
            found = (edit_saving.discard(db, client_id) for client_id in client_ids)
            return [edit for gone in found for edit in gone]

        return await self._write(act, call=True)

    async def retry(self, client_id: str) -> Edit | None:
        """Have it tried now, whatever it waits for; also what asks, as if it was never sent."""
        states = edit_saving.AT_REST - {State.DRAFT}
        return await self._step(client_id, states, edit_steps.retried, call=True)

    async def choose(self, client_id: str, choices: Mapping[str, Choice]) -> None:
        """Keep what was chosen or typed for some rows of a conflict, before it is settled."""
        states = frozenset({State.CONFLICT})
        await self._step(client_id, states, edit_steps.chosen(choices), call=True)

    async def resolve(
        self, client_id: str, values: Mapping[str, Plain], seen: Answer | None = None
    ) -> bool:
        """The user has chosen, knowing their values; of a delete: to delete all the same.

        `values` is what shall stand there; what is equal to theirs is not sent, and of nothing
        else the edit goes. False: it is no conflict any more, or another one than was `seen`.
        """

        def act(db: sqlite3.Connection) -> bool:
            edit = edit_table.one(db, client_id)
            if edit is None or edit.state is not State.CONFLICT:
                return False
            if seen is not None and seen != edit.answer:
                return False
            theirs = edit.answer.theirs
            change = edit.change
            if change.verb is Verb.UPDATE and not values:
                edit_table.delete(db, [edit])
                return True
            base = {**change.base, **theirs}
            if change.verb is Verb.UPDATE:
                change = replace(change, values=values, base=base)
            else:
                change = replace(change, base=base)
            chosen = replace(
                edit,
                state=State.QUEUED,
                change=replace(change, version=edit.answer.at),
                form=edit_steps.chosen_form(edit),
                snapshot=Snapshot(),
                answer=Answer(),
                choices={},
                not_before=0.0,
            )
            edit_table.write(db, chosen)
            return True

        return await self._write(act, call=True)

    async def adopt(self, client_id: str, server_id: str) -> Edit | None:
        """The user says which record is the one whose answer was lost."""

        def act(db: sqlite3.Connection) -> Edit | None:
            edit = edit_table.one(db, client_id)
            if edit is None or edit.state is not State.UNCLEAR:
                return None
            found = replace(edit, state=State.QUEUED, asks=False, not_before=0.0)
            edit_saving.name_record(db, found, server_id)
            return edit_table.one(db, client_id)

        return await self._write(act, call=True)

    # --- the runner's steps

    async def claim(self, client_id: str) -> Edit | None:
        """Begin to send it; None if it was thrown away or changed its state meanwhile."""
        states = frozenset({State.QUEUED, State.WAITING, State.UNCLEAR})
        return await self._step(client_id, states, edit_steps.claimed)

    async def advance(self, client_id: str, step: Step) -> Edit | None:
        """Take a step with an edit that is being sent; None if it is not."""
        return await self._step(client_id, frozenset({State.SENDING}), step)

    async def mark_made(self, client_id: str, server_id: str, request_id: str = "") -> None:
        """What was created has its id; all that waits for it learns it."""

        def act(db: sqlite3.Connection) -> None:
            edit = edit_table.one(db, client_id)
            if edit is not None and edit.state is State.SENDING:
                told = replace(edit, request_id=request_id or edit.request_id)
                edit_saving.name_record(db, told, server_id)

        await self._write(act)

    async def confirm(
        self, client_id: str, written: Change, after: Mapping[str, Plain], answer: Answer
    ) -> Edit | None:
        """It stands at the server: on into the journal. Gives the journal's row.

        `written` is what was really written (without values if nothing was), with the values
        before it as `base`; `after` what was read back.
        """

        def act(db: sqlite3.Connection) -> Edit | None:
            edit = edit_table.one(db, client_id)
            if edit is None or edit.state is not State.SENDING:
                return None
            edit_saving.follow(db, edit, written.ref.id if written.parent else "")
            done = replace(
                edit,
                state=State.CONFIRMED,
                change=written,
                form=None,
                snapshot=Snapshot(),
                sent=None,
                after=after,
                answer=answer,
                updated=self._clock.now(),
            )
            edit_table.write(db, done)
            return done

        return await self._write(act)

    async def made_ids(self, kind: str) -> frozenset[str]:
        """The ids that creates of this resource or part kind have got: they are no twins."""
        sql = (
            "SELECT CASE kind WHEN '' THEN record_id ELSE part_id END FROM edits"
            " WHERE verb = 'create' AND CASE kind WHEN '' THEN resource ELSE kind END = ?"
        )
        found = await self._read(lambda db: db.execute(sql, (kind,)).fetchall())
        return frozenset(str(row[0]) for row in found if row[0])

    # --- the journal

    async def journal(self, limit: int = 1_000) -> list[Edit]:
        """The latest confirmed edits, oldest first."""
        return await self._read(lambda db: edit_table.journal(db, limit))

    async def batch(self, batch: str) -> list[Edit]:
        """The edits of one form or command, confirmed or not."""
        return await self._read(lambda db: edit_table.select(db, "batch = ?", batch))

    async def confirmed(self, batch: str) -> dict[str, bool]:
        """What of a batch is in the journal, see `edit_table.confirmed`."""
        return await self._read(lambda db: edit_table.confirmed(db, batch))

    async def pause(self, batch: str, *, over: bool = False) -> None:
        """Stop what of a batch has not gone yet, also over a restart; `over`: let it go on."""
        act = edit_table.go_on if over else edit_table.pause
        await self._write(lambda db: act(db, batch), call=True)

    async def prune(self, before: float) -> None:
        """Forget confirmed edits from before a moment."""
        await self._write(lambda db: edit_news.prune(db, before))

    # --- inside

    async def _step(
        self, client_id: str, states: frozenset[State], step: Step, *, call: bool = False
    ) -> Edit | None:
        """Change an edit if it is in one of these states."""

        def act(db: sqlite3.Connection) -> Edit | None:
            edit = edit_table.one(db, client_id)
            if edit is None or edit.state not in states:
                return None
            changed = replace(step(edit), updated=self._clock.now())
            edit_table.write(db, changed)
            return changed

        return await self._write(act, call=call)

    async def _write(self, act: Callable[[sqlite3.Connection], T], *, call: bool = False) -> T:
        """`call`: other terminals are to know of it at once."""

        def transact(db: sqlite3.Connection) -> T:
            with transaction(db):
                done = act(db)
            if call:
                self._presence.call()
            return done

        return await asyncio.shield(self._thread.run(transact))

    async def _read(self, act: Callable[[sqlite3.Connection], T]) -> T:
        return await self._thread.run(act)
