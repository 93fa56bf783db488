"""One record on a screen of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.widget import Widget

from csc_tui.glyphs import harmless
from csc_tui.services.events import Event, LookupsChanged, RecordChanged, RecordGone
from csc_tui.ui.commands.command import Command, Place, usable
from csc_tui.ui.frame import Frame
from csc_tui.ui.record_actions import RecordActions
from csc_tui.ui.widgets.record_view import RecordView, position_words
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.domain.ref import Ref

HISTORY_FROM = 140
"""From this width on the history stands beside the record."""
RECORD_WIDTH = 80
"""Cells of the record then."""
WITHOUT_RECORD = frozenset({"record.next", "record.previous", "record.web"})
"""Commands that need no more of a record than where it is."""


class RecordScreen(Frame):
    """A record, its parts, one cursor."""

    place = Place.RECORD
    ref: Ref

    def __init__(self, ref: Ref) -> None:
        from csc_tui.ui.screens.chores import Chores  # the first rows do without both
        from csc_tui.ui.widgets.history_view import HistoryView

        super().__init__()
        self.ref = ref
        self._gone: Ref | None = None
        """The record that was here and is no more."""
        self._view = RecordView(id="record")
        self._history = HistoryView(id="history")
        self.actions = RecordActions(self, self._view, self._history)
        self.handlers = [self.actions, Chores(self, lambda: self.actions.task)]

    def body(self) -> list[Widget]:
        """The record's rows; its history beside them where there is room."""
        self._place()
        return [Horizontal(self._view, self._history)]

    def _place(self) -> None:
        """Give record and history their widths."""
        resource = self.csc.desk.resources.get(self.ref.resource)
        told = resource is not None and resource.notes is not None
        beside = told and self.app.size.width >= HISTORY_FROM
        self._history.display = beside
        self._view.styles.width = RECORD_WIDTH if beside else "1fr"
        if not beside:
            self._history.active, self._view.active = False, True
        if beside is not self.actions.beside:
            self.actions.beside = beside
            self.actions.changed()

    def on_mount(self) -> None:
        """Load the record and hear of changes."""
        self._deaf = self.csc.desk.events.listen(self._heard)
        self.actions.open(self.ref, ask=True)

    def on_unmount(self) -> None:
        """Want nothing any more."""
        self._deaf()
        self.actions.close()

    def on_screen_resume(self) -> None:
        """What lay above is closed: so is this if its record has gone meanwhile."""
        self._leave_if_gone()

    def _leave_if_gone(self) -> None:
        if self._gone == self.ref and self.on_top:
            self.app.pop_screen()

    async def press(self, key: str) -> None:
        """One key; whoever types `⏎ y y` in one go has not seen the record when the `y` comes."""
        await self.actions.looked_up()
        await super().press(key)

    def refusal(self, command: Command) -> str:
        """Nothing can be done with a record that is not here."""
        here = command.place is Place.RECORD and command.id not in WITHOUT_RECORD
        if here and self.actions.card is None:
            return say("screen.not_loaded")
        return super().refusal(command)

    def offers(self, command: Command) -> bool:
        """Whether it is of use for this record."""
        return usable(command, self.csc.desk.resources.get(self.ref.resource))

    def go_to(self, ref: Ref) -> None:
        """Show another record in this place: the next one of the list."""
        self.ref = ref
        self.actions.open(ref, ask=True)

    @property
    def name_words(self) -> str:  # type: ignore[override]
        """What trails call it."""
        card = self.actions.card
        return harmless(card.record.sort_name()) if card else "…"

    def draw(self) -> None:
        """Draw the rows as well."""
        if self.too_small or not self.is_mounted:
            return
        self._place()
        self._view.redraw()
        if self.actions.beside:
            self._history.redraw()
        super().draw()

    def trail(self) -> list[str]:
        """Tab, then the records that led here."""
        return self.csc.trail_words(self)

    def position(self) -> str:
        """The stop under the cursor and how many there are."""
        return position_words(self._history if self._history.active else self._view)

    def idle_words(self) -> str:
        """When the CRM gave the record, or why it is not here."""
        if self.actions.failure:
            return self.actions.failure
        card = self.actions.card
        if card is None:
            return say("record.loading")
        return say(
            "record.read", time=datetime.fromtimestamp(card.at, UTC).astimezone().strftime("%H:%M")
        )

    def _heard(self, event: Event) -> None:
        if isinstance(event, RecordGone) and event.ref == self.ref:
            self._gone = event.ref
            self._leave_if_gone()
        mine = isinstance(event, RecordChanged) and self.actions.concerns(event.ref)
        if self.is_mounted and (mine or isinstance(event, LookupsChanged)):
            self.actions.changed()

    def do_record_other_side(self) -> None:
        """Into the history, and back."""
        if self.actions.beside:
            self.actions.other_side()
        else:
            self.no_use(self.csc.keymap.of("record.other_side"))

    def do_record_next(self) -> None:
        """The next record of the list."""
        self._step(1)

    def do_record_previous(self) -> None:
        """The previous record of the list."""
        self._step(-1)

    def _step(self, rows: int) -> None:
        ref = self.csc.neighbour(self.ref, rows)
        if ref is None:
            self.hint(say("record.no_more"))
        else:
            self.go_to(ref)
