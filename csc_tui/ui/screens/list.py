"""The list of a resource: rows, cursor, columns, and the preview beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.widget import Widget

from csc_tui.domain.ref import Ref
from csc_tui.services.events import (
    Event,
    Failed,
    LookupsChanged,
    RecordChanged,
    RecordGone,
    RowsChanged,
)
from csc_tui.services.layout import chosen
from csc_tui.ui.columns import heads
from csc_tui.ui.commands.command import Command, Place, usable
from csc_tui.ui.empty import empty_words
from csc_tui.ui.frame import NARROW, Frame
from csc_tui.ui.paint import Line, Role, plain
from csc_tui.ui.preview import Preview
from csc_tui.ui.screens.list_actions import ListActions
from csc_tui.ui.screens.marking import Marking
from csc_tui.ui.screens.moving import Moving
from csc_tui.ui.widgets.record_list import RecordList
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Sequence

    from textual.events import Resize

    from csc_tui.domain.column import SortOption
    from csc_tui.services.browse import Listing
    from csc_tui.services.gathered import Gathered
    from csc_tui.services.layout import Tab
    from csc_tui.store.rows import Row
    from csc_tui.ui.prompt import Prompt
    from csc_tui.ui.screens.filter_line import FilterLine
    from csc_tui.ui.screens.narrowing import Narrowing
    from csc_tui.ui.screens.task_list import TaskList
    from csc_tui.ui.searching import Jumping, Searching


class ListScreen(Frame):
    """One resource's list."""

    def __init__(self, tab: Tab, listing: Listing) -> None:
        super().__init__()
        self.tab = tab
        self.whole = listing
        """The list in an order that the server has."""
        self.narrowing: Narrowing | None = None
        """What filters the list or orders it otherwise, from the first time on."""
        self.rows = RecordList(id="list", mark=self._mark)
        self.preview = Preview(self)
        self.actions = ListActions(self)
        self.marking = Marking(self)
        self._moving = Moving(self)
        self._tasks: TaskList | None = None
        self.searching: Searching | None = None
        self.jumping: Jumping | None = None

    @property
    def listing(self) -> Listing | Gathered:
        """What stands in the list: all of it, or what a filter lets through."""
        return (self.narrowing and self.narrowing.shown) or self.whole

    @property
    def narrowed(self) -> bool:
        """Whether a filter is in force, or an order that is made here."""
        return self.listing is not self.whole

    def body(self) -> list[Widget]:
        """The rows; the preview beside them where there is room."""
        self.preview.place()
        return [Horizontal(self.rows, *self.preview.widgets)]

    def on_mount(self) -> None:
        """Show the list and hear of changes."""
        if self.tasks is None or not self.tasks.open():
            self.rows.use(self.listing, self.tab.columns)
        self.place_columns()
        self.csc.desk.events.listen(self._heard)

    def on_screen_resume(self) -> None:
        """Somebody looks at it again."""
        self.listing.look()

    def on_resize(self, event: Resize) -> None:
        """More rows may be seen."""
        self.listing.look()

    async def press(self, key: str) -> None:
        """A key: somebody looks at the rows."""
        self.listing.look()
        await super().press(key)

    def offers(self, command: Command) -> bool:
        """Whether it is of use for these records."""
        return usable(command, self.csc.desk.resources.get(self.tab.name), self.marking.count)

    @property
    def tasks(self) -> TaskList | None:
        """What a list of tasks has beside; None of other records."""
        if self._tasks is None and self.tab.todo:
            from csc_tui.ui.screens.task_list import TaskList

            self._tasks = TaskList(self)
        return self._tasks

    # --- the preview

    @property
    def place(self) -> Place:  # type: ignore[override]
        """The record's keys while the cursor is in the preview."""
        prompt = self._prompt
        if prompt is not None and prompt.typing:
            return Place.FILTER if self._filter_line is not None else Place.SEARCH
        return Place.RECORD if self.preview.active else Place.LIST

    @property
    def handlers(self) -> Sequence[object]:  # type: ignore[override]
        """What answers the keys: a line that is typed, the preview with its record, the row."""
        lines = (self.jumping, self._filter_line, self.narrowing, self.searching)
        typing = [one for one in lines if one is not None]
        record = (self.preview.actions,) if self.preview.active else ()
        own = (
            self.actions,
            self.marking,
            self._moving,
            *(self.tasks.handlers if self.tasks is not None else ()),
        )
        return (*typing, self.preview, *record, *own)

    @property
    def inside(self) -> bool:
        """Whether a search or filter is shown or the cursor is in the preview."""
        return self.preview.active or self.searching is not None or self.narrowed

    def do_back(self) -> Awaitable[None] | None:
        """Out of the preview, the search, the filter, else as everywhere."""
        if self.preview.active:
            self.preview.leave()
            return None
        if self.searching is not None and not self.csc.messages.bad:
            self.end_search()
            return None
        if self.marking.stop() or self.csc.stop_export():
            return None
        if self.narrowing is not None and not self.csc.messages.bad:
            if self.narrowing.stop():
                return None
            if self.narrowed:
                self.narrowing.end()
                return None
        return self.csc.do_back()

    def _mark(self, record_id: str) -> str:
        mark = self.csc.desk.mark(self.tab.name, record_id) or self.marking.sign(record_id)
        if not mark and self.searching is not None and self.searching.hits.on_server(record_id):
            return "s"
        return mark

    # --- drawing

    def draw(self) -> None:
        """Draw the rows as well."""
        if self.too_small or not self.is_mounted:
            return
        self.rows.now = self.csc.clock.now()
        self.rows.headings = self.searching.headings() if self.searching is not None else {}
        if self.searching is not None and self.searching.shows_hits:
            self.rows.empty_words = self.searching.empty_words()
        elif self._filter_line is not None and self._filter_line.wrong:
            self.rows.empty_words = self._filter_line.wrong
        elif self.narrowing is not None and self.narrowed:
            self.rows.empty_words = self.narrowing.empty_words()
        else:
            self.rows.empty_words = empty_words(self.tab, self.whole, self.csc.clock.now())
        self.preview.place()
        self.rows.by_line = self.csc.terminal.skills.scrolls and not self.preview.shown
        self.rows.redraw()
        self.preview.draw()
        super().draw()

    def second_line(self, columns: int) -> Line:
        """Column heads."""
        option = self.sort_option()
        descending = self.listing.query.sort.descending
        return plain(
            heads(self.rows.placed, option.column if option else "", descending), Role.HEAD
        )

    def position(self) -> str:
        """Row and total; in the preview its stops."""
        if self.preview.active:
            return self.preview.position()
        total = self.listing.total
        if self._filter_line is not None:
            return self._filter_line.note
        if self.searching is not None:
            return self.searching.counts()
        if total is None:
            return ""
        key = "screen.position_narrow" if self.size.width < NARROW else "screen.position"
        if not total:
            return say("screen.position_empty")
        return say(key, row=f"{self.rows.cursor + 1:,}", total=f"{total:,}")

    def message_line(self) -> Line:
        """What is typed stands before every message."""
        prompt = self._prompt
        quiet = not self.csc.messages.text and self.pending is None
        if prompt is not None and (prompt.typing or quiet):
            return prompt.line()
        return super().message_line()

    def idle_words(self) -> str:
        """How the list is ordered."""
        option = self.sort_option()
        words = option.words if option else ""
        if self.narrowing is not None and self.narrowed:
            return self.marking.words(self.narrowing.words(words))
        if self.size.width >= NARROW:
            words = say("screen.all_sorted", many=self.tab.many, sorted=words)
        return self.marking.words(words)

    def waiting_words(self) -> str:
        """How far marking and what was begun is; which rows are awaited."""
        if words := self.marking.waiting_words() or self.csc.bulk_words:
            return self.marking.words(words)
        if self.narrowing is not None and (words := self.narrowing.waiting_words()):
            return words
        awaited = self.whole.loading() if not self.narrowed else None
        if awaited is None or self.listing.row(self.rows.cursor) is not None:
            return ""
        first, last = awaited
        return say(
            "screen.waiting_rows",
            first=f"{first + 1:,}",
            last=f"{last + 1:,}",
            seconds=self.csc.eta_words(),
        )

    def step(self, ref: Ref, rows: int) -> Ref | None:
        """Move the cursor from a record by so many rows; None where no row is (yet)."""
        if ref.resource != self.tab.name:
            return None
        if not self.rows.go_to(ref.id, rows):
            return None
        row = self.rows.row
        return Ref(ref.resource, row.id) if row is not None else None

    def order(self, option: SortOption) -> None:
        """Show the list in another order; hits have none but their own."""
        if self.searching is not None:
            self.end_search()
        if self.narrow().order(option):
            return
        self.whole.close()
        self.whole = self.csc.listing(self.tab, option)
        self.rows.use(self.listing, self.tab.columns)
        self.draw()

    def sort_option(self) -> SortOption | None:
        """The order that the list is in."""
        sort = self.listing.query.sort
        known = self.narrowing.options() if self.narrowing is not None else self.tab.sorts
        return next((one for one in known if one.sort == sort), None)

    def narrow(self) -> Narrowing:
        """What filters the list; loaded when that is first wanted."""
        if self.narrowing is None:
            from csc_tui.ui.screens.narrowing import Narrowing

            self.narrowing = Narrowing(self)
        return self.narrowing

    def _heard(self, event: Event) -> None:
        if isinstance(event, RecordGone) and event.ref.resource == self.tab.name:
            for source in {self.whole, self.listing}:
                source.remove(event.ref.id)
            self.preview.gone(event.ref)
            if self.searching is not None:
                self.searching.hits.remove(event.ref.id)
        if isinstance(event, RecordChanged):
            if event.row is not None and event.ref.resource == self.tab.name:
                self.whole.replace(event.row)
                if self.narrowing is not None:
                    self.narrowing.changed(event)
                if self.searching is not None:
                    self.searching.hits.replace(event.row)
            self.preview.changed(event.ref)
        if isinstance(event, LookupsChanged):
            self.actions.take_columns()
            self.preview.changed()
        if isinstance(event, RowsChanged | RecordChanged | LookupsChanged | Failed) and (
            self.is_current
        ):
            self.csc.redraw_soon()

    def place_columns(self) -> None:
        """Put the columns in the order that was chosen for this account."""
        self.rows.order = chosen(
            self.tab, self.csc.desk.store.value_now(f"columns.{self.tab.name}")
        )

    @property
    def row(self) -> Row | None:
        """The row under the cursor; says so where it is not there yet."""
        row = self.rows.row
        if row is None:
            self.hint(say("screen.not_loaded" if self.rows.total else "screen.no_record"))
        return row

    # --- search, jump, order, copy

    @property
    def _filter_line(self) -> FilterLine | None:
        return self.narrowing.line if self.narrowing is not None else None

    @property
    def _line(self) -> Jumping | FilterLine | Searching | None:
        """The line that is typed at the bottom."""
        return self.jumping or self._filter_line or self.searching

    @property
    def _prompt(self) -> Prompt | None:
        return self._line.prompt if self._line is not None else None

    def typed(self, key: str) -> bool:
        """A key for the line at the bottom."""
        line = self._line
        if line is None or not line.typed(key):
            return False
        self.draw()
        return True

    def pasted(self, text: str) -> None:
        """A paste into the line at the bottom."""
        line = self._line
        if line is not None:
            line.pasted(text)

    def do_list_search(self) -> None:
        """Into the search line."""
        from csc_tui.ui.searching import Searching

        if self.searching is None:
            self.searching = Searching(self)
        self.searching.begin()
        self.draw()

    def do_list_jump(self) -> None:
        """Type a name to jump to."""
        from csc_tui.ui.searching import Jumping

        option = self.sort_option()
        if self.searching is not None or option != self.tab.sorts[0]:
            self.hint(say("search.jump_needs_name"))
            return
        self.jumping = Jumping(self)
        self.draw()

    def end_search(self) -> None:
        """Nothing is typed or searched for any more."""
        if self.jumping is not None:
            self.jumping = None
        elif self.searching is not None:
            self.searching.end()
            self.searching = None
        self.draw()

    def do_refresh(self) -> None:
        """Ask the CRM again for what is on screen."""
        if self.preview.active:
            self.preview.actions.do_refresh()
            return
        if self.searching is not None and self.searching.shows_hits:
            self.searching.again()
            return
        if self.narrowing is not None and self.narrowed:
            self.narrowing.again()
            return
        self.whole.refresh()
        self.csc.messages.dismiss()
        self.moved()

    def moved(self) -> None:
        """The cursor has moved: draw what shows it."""
        self.rows.redraw()
        self.draw_lower()
        self.preview.rest()
