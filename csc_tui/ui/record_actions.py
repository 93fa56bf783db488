"""What one can do with a record that is shown, on its own screen and in the preview alike."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from csc_tui.domain.errors import CrmError
from csc_tui.sentences import explain
from csc_tui.ui.widgets.record_view import RecordView, Stop, View
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from csc_tui.domain import detail
    from csc_tui.domain.record import Record
    from csc_tui.domain.ref import Ref
    from csc_tui.services.records import Card
    from csc_tui.ui.frame import Frame
    from csc_tui.ui.widgets.history_view import HistoryView

_UNREAD = frozenset({"note", "older"})
"""Roles of lines that stand for what was not read yet."""
PAUSE = 0.5
"""Seconds that a record is open before anything more is asked for."""
LAST_NOTES = 2
"""Notes that stand among the values."""
LOOKED_UP = 1.0
"""Seconds for which a key waits for the record at most: the store is sooner, the CRM may not be."""


class RecordActions:
    """The record under the eyes: loading it, moving in it, acting on the cursor's stop."""

    def __init__(
        self,
        frame: Frame,
        view: RecordView,
        history: HistoryView | None = None,
        *,
        short: bool = False,
    ) -> None:
        """`history` is what may stand beside it; `short`: the narrow words of the preview."""
        self.frame = frame
        self.view = view
        self.history = history
        self.ref: Ref | None = None
        self.card: Card | None = None
        self.failure = ""
        """Why there is no card, in words."""
        self._short = short
        self.beside = False
        """Whether the whole history stands beside it."""
        self._awaited = False
        """Whether the notes will be asked for by themselves."""
        self._looked = asyncio.Event()
        """Set once the store has been asked for the record."""
        self._placed = False
        """Whether the cursor has got its first place in the record."""
        self._loading: asyncio.Task[None] | None = None
        self._again: asyncio.Task[None] | None = None
        self._stale = False
        """Whether something has changed since it was last begun to be read again."""

    # --- loading

    def open(self, ref: Ref, *, ask: bool) -> None:
        """Show a record out of the store; `ask`: from the CRM where it is not there."""
        self.close()
        self.ref, self.card, self.failure = ref, None, ""
        self._placed = self._awaited = False
        self._looked.clear()
        self._loading = asyncio.create_task(self._load(ref, ask=ask))

    def changed(self) -> None:
        """The record, or what is known of those it links to, is another now: show it anew."""
        self._stale = self.ref is not None
        if self._stale and (self._again is None or self._again.done()):
            self._again = asyncio.create_task(self._keep_up())

    def clear(self) -> None:
        """Show no record at all."""
        self.close()
        self.ref = self.card = None
        self.view.show(None, fresh=True)

    def close(self) -> None:
        """Nothing is wanted any more."""
        for task in (self._loading, self._again):
            if task is not None:
                task.cancel()
        self._again, self._stale = None, False

    async def settled(self) -> None:
        """Wait until the record is shown, or it is known that it cannot be."""
        if self._loading is not None:
            await asyncio.wait({self._loading})

    async def looked_up(self) -> None:
        """Wait until the record is shown if the store has it: keys may come faster than that."""
        if not self._looked.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._looked.wait(), LOOKED_UP)

    async def _load(self, ref: Ref, *, ask: bool) -> None:
        desk = self.frame.csc.desk
        await desk.awake.wait()
        try:
            card = await desk.records.card(ref)
            if card is None and ask:
                self._looked.set()
                self.frame.draw()
                await desk.records.fetch(ref)
                card = await desk.records.card(ref)
            self._awaited = ask and card is not None and self._wants_notes(card)
            self._show(card)
            self._looked.set()
            if card is not None and ask:
                await self._complete(card)
            elif card is not None and self._nameless(card.record):
                await self._rest()
                desk.lookups.want("fields")
        except CrmError as error:
            self.failure, self._awaited = explain(error), False
            self._show(self.card)

    async def _keep_up(self) -> None:
        """One reading for all that changes meanwhile: a change of thousands tells of each."""
        while self._stale and self.ref is not None:
            self._stale = False
            await self._load_again(self.ref)

    async def _load_again(self, ref: Ref) -> None:
        card = await self.frame.csc.desk.records.card(ref)
        if ref == self.ref:
            self._show(card)

    async def _complete(self, card: Card) -> None:
        """Half a second later: what its list left out, names of linked people, or the last notes.

        That is one request. While keys are pressed nothing is asked.
        """
        absent, record, desk = card.missing(), card.record, self.frame.csc.desk
        unknown = self._nameless(record)
        if not (absent or record.lacks or unknown or self._awaited):
            return
        await self._rest()
        if unknown:
            desk.lookups.want("fields")
        if self._awaited:
            told = await desk.records.notes.fetch(record.ref)
            desk.records.notes.want_names(desk.records.notes.on(record, told))
        elif record.lacks:
            await desk.records.fetch(record.ref)
        elif absent:
            await desk.records.fetch_many(absent)
        self._awaited = False
        await self._load_again(record.ref)

    def _nameless(self, record: Record) -> bool:
        """Whether it has custom fields whose definitions, kept for a day, are not here."""
        from csc_tui.services.records import nameless  # with the models: not before the first rows

        return nameless(record, self.frame.csc.desk.resources[record.resource])

    async def _rest(self) -> None:
        """Half a second in which no key is pressed."""
        app = self.frame.csc
        pressed = -1
        while pressed != app.presses:
            pressed = app.presses
            await app.clock.sleep(PAUSE)

    def _wants_notes(self, card: Card) -> bool:
        """Whether nothing else is wanted more than the notes."""
        notes, record = self.frame.csc.desk.records.notes, card.record
        if not notes.can(record.ref) or notes.fresh(card.told):
            return False
        return notes.bring_records or not (record.lacks or card.missing())

    def _show(self, card: Card | None) -> None:
        self.card = card
        self.view.show(self._view(card) if card else None, fresh=not self._placed)
        if self.history is not None:
            self.history.show(self._entries(card) if card else [], fresh=not self._placed)
            self.view.active = not self.history.active
        self._placed = self._placed or card is not None
        self.frame.draw()

    def _view(self, card: Card) -> View:
        from csc_tui.domain import detail
        from csc_tui.services.todo import is_open
        from csc_tui.ui.record_head import at_right

        desk = self.frame.csc.desk
        record = card.record
        head = record.head()
        zone = self.frame.csc.zone
        lines = detail.lines(
            desk.resources[record.resource],
            record,
            desk.choices(),
            lambda ref: card.linked[ref].name if ref in card.linked else "",
            zone,
            (lambda ref: card.linked[ref].phone if ref in card.linked else "")
            if record.resource != desk.tabs[0].name
            else None,
            None if self.beside else detail.NoteRows(LAST_NOTES, self._instead_of_notes(card)),
            [
                *(
                    detail.task_line(desk.resources[it.resource], it, zone)
                    for it in card.tasks
                    if not self.beside and is_open(desk, it)
                ),
                *(detail.course_line(desk.resources[it.resource], it) for it in card.under_way),
            ],
        )
        right = at_right(record, desk.resources[record.resource], zone, short=self._short)
        return View(head.title, head.subtitle, head.target, right, lines)

    def _entries(self, card: Card) -> list[detail.Line]:
        """What the history shows: notes and tasks, then the way to older notes."""
        from csc_tui.domain import detail, history
        from csc_tui.services.todo import tasks_about

        desk, record = self.frame.csc.desk, card.record
        resource, todo = desk.resources[record.resource], tasks_about(desk, record.resource)
        tasks = history.Tasks(todo, card.tasks) if todo is not None else None
        entries = history.history(resource, record, self.frame.csc.zone, tasks)
        notes = resource.notes is not None and getattr(record, resource.notes.name)
        if notes and card.told.more:
            entries.append(detail.Line("", "", rows=(say("note.older"),), role="older"))
        if not notes and (words := self._instead_of_notes(card)):
            entries.append(detail.Line("", "", rows=(words,), role="note"))
        return entries

    def _instead_of_notes(self, card: Card) -> str:
        """What is said where no note stands."""
        if card.told.at:
            return say("note.none")
        return "" if self._awaited else say("note.unread")

    # --- where the cursor is

    @property
    def stop(self) -> Stop | None:
        """What the cursor is on."""
        return self._side.stop

    @property
    def _side(self) -> RecordView | HistoryView:
        """Where the cursor is: in the record or in its history."""
        return self.history if self.history is not None and self.history.active else self.view

    def other_side(self) -> None:
        """From the record into its history, and back."""
        if self.history is not None:
            self.history.active = not self.history.active and bool(self.history.stops)
            self.view.active = not self.history.active
            self.frame.draw()

    def do_record_up(self) -> None:
        """One stop up."""
        self._move(-1)

    def do_record_down(self) -> None:
        """One stop down."""
        self._move(1)

    def do_record_page_up(self) -> None:
        """Half a screen of stops up."""
        self._move(-max(1, self.view.size.height // 2))

    def do_record_page_down(self) -> None:
        """Half a screen of stops down."""
        self._move(max(1, self.view.size.height // 2))

    def do_record_home(self) -> None:
        """To the first line."""
        self._move(-len(self._side.stops))

    def do_record_end(self) -> None:
        """To the last line."""
        self._move(len(self._side.stops))

    def _move(self, stops: int) -> None:
        self._side.move(stops)
        self.frame.draw()

    def concerns(self, ref: Ref) -> bool:
        """Whether a record is the one that is shown, one of its deals, or a task it may have."""
        kind = self.frame.csc.desk.resources.get(ref.resource)
        going = self.card.under_way if self.card is not None else ()
        return (
            ref == self.ref
            or (kind is not None and kind.todo is not None)
            or any(ref == one.ref for one in going)
        )

    @property
    def task(self) -> Ref | None:
        """What can be ticked off: the record, or the task that the cursor is on."""
        if self.card is None:
            return None
        target = self.stop.target if self.stop is not None else None
        known = self.frame.csc.desk.resources
        if target is not None and known[target.resource].todo is not None:
            return target
        return self.card.record.ref

    # --- acting

    def do_record_follow(self) -> None:
        """To the linked record; a number or an address is shown large, a long text alone."""
        stop = self.stop
        if stop is None:
            return
        if stop.target is not None:
            self.frame.csc.open_record(stop.target)
        elif stop.line is not None and stop.line.part is None and stop.line.role in _UNREAD:
            self.frame.run_worker(self._read_notes(), exclusive=True, group="refresh")
        elif stop.line is not None:
            self.frame.csc.show_value(stop.line)
        else:
            self.frame.hint(say("record.nothing_to_follow"))

    def do_record_edit(self) -> None:
        """The record's own form."""
        if self.card is not None:
            self.frame.csc.editing.record(self.card.record)

    def do_record_edit_here(self) -> None:
        """The form of what the cursor is on."""
        if self.card is None or self.stop is None:
            return
        if not self.frame.csc.editing.here(self.card.record, self.stop):
            self.frame.hint(say("record.nothing_to_edit"))

    def do_record_add(self) -> None:
        """Ask what to add."""
        if self.card is not None:
            self.frame.csc.editing.add(self.card.record)

    def do_record_tags(self) -> None:
        """All tags in one field."""
        if self.card is not None and not self.frame.csc.editing.tags(self.card.record):
            self.frame.hint(say("tags.cannot"))

    def do_record_delete(self) -> None:
        """Ask whether what the cursor is on is to be deleted."""
        card, stop = self.card, self.stop
        if card and stop and not self.frame.csc.editing.delete(card.record, stop):
            self.frame.hint(say("record.nothing_to_delete"))

    def do_record_copy(self) -> None:
        """Wait for the key that says what is copied."""
        if self.card is not None:
            from csc_tui.ui.copying import CopyActions

            self.frame.await_copy(CopyActions(self.frame, self.card, self.stop))

    async def do_record_web(self) -> None:
        """The record's page in the browser."""
        if self.ref is not None:
            await self.frame.csc.open_web(self.ref)

    def do_record_note(self) -> None:
        """The form of a new note about it."""
        if self.card is not None and not self.frame.csc.editing.note(self.card.record):
            self.frame.hint(say("note.cannot"))

    async def _read_notes(self) -> None:
        """Ask the CRM for the last notes, or for those before the ones that are here."""
        if self.ref is not None:
            await self._ask(self.frame.csc.desk.records.notes.fetch_older(self.ref))

    def do_refresh(self) -> None:
        """Ask the CRM for the record again."""
        if self.ref is not None:
            self.frame.run_worker(self._refresh(self.ref), exclusive=True, group="refresh")

    async def _refresh(self, ref: Ref) -> None:
        records = self.frame.csc.desk.records
        await self._ask(records.fetch(ref))
        if self.card is not None and self.card.told.at:
            await self._ask(records.notes.fetch(ref))

    async def _ask(self, asking: Awaitable[object]) -> None:
        """Await an answer, say what goes wrong, show what is known then."""
        try:
            await asking
        except CrmError as error:
            self.frame.csc.messages.failure(explain(error), "record")
        else:
            self.frame.csc.messages.mended("record")
            self.failure = ""
        self.changed()
