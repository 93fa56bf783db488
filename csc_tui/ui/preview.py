"""The preview beside a list: where it stands, what it follows, the cursor in it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

from csc_tui.domain.ref import Ref
from csc_tui.words import say

if TYPE_CHECKING:
    from textual.widget import Widget

    from csc_tui.ui.debounce import Debounce
    from csc_tui.ui.record_actions import RecordActions
    from csc_tui.ui.screens.list import ListScreen
    from csc_tui.ui.widgets.record_view import RecordView

SHOWN_FROM = 140
"""From this width on the preview stands beside the list."""
ASKED_FROM = 110
"""From this width on it does where `v` asks for it."""
AT_LEAST = 44
"""Cells that the preview has at least."""
LIST_WIDTH = 80
"""Cells that the list has beside it."""
RESTS = 0.15
"""Seconds for which the cursor has rested before the preview follows it."""


class Preview:
    """The record under the list's cursor."""

    def __init__(self, screen: ListScreen) -> None:
        self._screen = screen
        self.shown = False
        """Whether it stands beside the list."""
        self._wanted = False

    @cached_property
    def _resting(self) -> Debounce:
        """The cursor, until it rests."""
        from csc_tui.ui.debounce import Debounce

        return Debounce(self._screen, self.follow, RESTS)

    @cached_property
    def view(self) -> RecordView:
        """The record's rows; made, and loaded, when they are first shown."""
        from csc_tui.ui.widgets.record_view import RecordView

        view = RecordView(id="preview", edge="│")
        view.active = False
        beside = self._screen.rows.parent
        if beside is not None:  # else the list is yet to be put together
            cast("Widget", beside).mount(view)
        return view

    @cached_property
    def actions(self) -> RecordActions:
        """What can be done with the record."""
        from csc_tui.ui.record_actions import RecordActions

        return RecordActions(self._screen, self.view, short=True)

    @property
    def widgets(self) -> list[Widget]:
        """What stands beside the list: nothing before it was first shown."""
        return [self.view] if self._made else []

    @property
    def active(self) -> bool:
        """Whether the cursor is in it."""
        return self._made and self.view.active

    @property
    def _made(self) -> bool:
        return "view" in vars(self)

    def place(self) -> None:
        """Give list and preview their widths."""
        columns = self._screen.app.size.width
        self.shown = columns >= SHOWN_FROM or (self._wanted and columns >= ASKED_FROM)
        rows = self._screen.rows
        if self.shown:
            self.view.display = True
            rows.styles.width = min(LIST_WIDTH, columns - 1 - AT_LEAST)
        else:
            if self._made:
                self.view.display = self.view.active = False
            rows.styles.width = "1fr"

    def draw(self) -> None:
        """Draw it, if it is there."""
        if self.shown:
            if not self._resting.waits:
                self.follow()
            self.view.redraw()

    def position(self) -> str:
        """Its stops, while the cursor is in it."""
        from csc_tui.ui.widgets.record_view import position_words

        return position_words(self.view)

    def rest(self) -> None:
        """The list's cursor has moved: follow once it has rested."""
        if self.shown:
            self._resting.tell()

    def follow(self) -> None:
        """Show the record under the list's cursor."""
        if not self.shown or self.active:
            return
        rows = self._screen.rows
        row = rows.row
        if row is None:
            if not rows.total and self.actions.ref is not None:
                self.actions.clear()
            return
        ref = Ref(self._screen.tab.name, row.id)
        if self.actions.ref != ref:
            self.actions.open(ref, ask=False)

    def changed(self, ref: Ref | None = None) -> None:
        """A record changed, or (None) what all are shown by: show it anew if it is this one."""
        if self.shown and (ref is None or self.actions.concerns(ref)):
            self.actions.changed()

    def gone(self, ref: Ref) -> None:
        """A record is no more: the cursor goes back to the rows, and they say what is shown."""
        if self._made and ref == self.actions.ref:
            self.view.active = False
            self.actions.clear()

    def leave(self) -> None:
        """The cursor goes back to the row."""
        self.view.active = False
        self._screen.draw()

    def do_list_preview(self) -> None:
        """Show or hide it where there is room for the choice."""
        columns = self._screen.app.size.width
        if columns < ASKED_FROM:
            self._screen.hint(say("screen.no_room_preview", columns=ASKED_FROM))
        elif columns >= SHOWN_FROM:
            self._screen.hint(say("screen.preview_stays", columns=SHOWN_FROM))
        else:
            self._wanted = not self._wanted
            self.place()
            self._screen.call_after_refresh(self._screen.draw)

    async def do_list_into_preview(self) -> None:
        """Put the cursor into it, on the record under the list's cursor."""
        self.follow()
        if self.shown:
            if self._screen.row is None:
                return
            await self.actions.settled()
        if not self.shown or self.actions.card is None:
            self._screen.hint(say("screen.no_preview"))
            return
        self.view.active = True
        self._screen.draw()

    def do_record_other_side(self) -> None:
        """Back to the row."""
        self.leave()

    def do_record_next(self) -> None:
        """The next record of the list, with the cursor in it."""
        self._step(1)

    def do_record_previous(self) -> None:
        """The previous record of the list."""
        self._step(-1)

    def _step(self, rows: int) -> None:
        here = self.actions.ref
        ref = self._screen.step(here, rows) if here is not None else None
        if ref is None:
            self._screen.hint(say("record.no_more"))
        else:
            self.actions.open(ref, ask=False)
            self._screen.draw()

    def do_list_preview_down(self) -> None:
        """Scroll it down."""
        self._scroll(1)

    def do_list_preview_up(self) -> None:
        """Scroll it up."""
        self._scroll(-1)

    def _scroll(self, direction: int) -> None:
        if not self.shown:
            self._screen.hint(say("screen.no_preview"))
            return
        self.view.scroll(direction * max(1, self.view.size.height // 2))
        self._screen.draw()
