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
from csc_tui.ui.commands.command import Command, Place
from csc_tui.ui.empty import empty_words
from csc_tui.ui.frame import NARROW, Frame
from csc_tui.ui.paint import Line, Role, plain
from csc_tui.ui.preview import Preview
from csc_tui.ui.screens.list_actions import ListActions
from csc_tui.ui.screens.marking import Marking
from csc_tui.ui.widgets.record_list import RecordList
from csc_tui.ui.widgets.record_view import position_words
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Sequence

    from textual.events import Resize

    from csc_tui.domain.column import SortOption
    from csc_tui.services.browse import Listing
    from csc_tui.services.layout import Tab
    from csc_tui.store.rows import Row
    from csc_tui.ui.prompt import Prompt
    from csc_tui.ui.searching import Jumping, Searching


class ListScreen(Frame):
    """One resource's list."""

    def __init__(self, tab: Tab, listing: Listing) -> None:
        super().__init__()
        self.tab = tab
        self.listing = listing
        self.rows = RecordList(id="list", mark=self._mark)
        self.preview = Preview(self)
        self.actions = ListActions(self)
        self.marking = Marking(self)
        self.searching: Searching | None = None
        self.jumping: Jumping | None = None

    def body(self) -> list[Widget]:
        """The rows; the preview beside them where there is room."""
        self.preview.place()
        return [Horizontal(self.rows, self.preview.view)]

    def on_mount(self) -> None:
        """Show the list and hear of changes."""
        self.rows.use(self.listing, self.tab.columns)
        self._arrange()
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
        """No notes where the CRM takes none about these records."""
        if command.id not in ("list.note", "record.note"):
            return True
        resource = self.csc.desk.resources.get(self.tab.name)
        return resource is not None and resource.takes_notes

    # --- the preview

    @property
    def place(self) -> Place:  # type: ignore[override]
        """The record's keys while the cursor is in the preview."""
        prompt = self._prompt
        if prompt is not None and prompt.typing:
            return Place.SEARCH
        return Place.RECORD if self.preview.active else Place.LIST

    @property
    def handlers(self) -> Sequence[object]:  # type: ignore[override]
        """What answers the keys: a line that is typed, the preview with its record, the row."""
        typing = [one for one in (self.jumping, self.searching) if one is not None]
        record = (self.preview.actions,) if self.preview.active else ()
        return (*typing, self.preview, *record, self.actions, self.marking)

    @property
    def inside(self) -> bool:
        """Whether a search is shown or the cursor is in the preview."""
        return self.preview.active or self.searching is not None

    def do_back(self) -> Awaitable[None] | None:
        """Out of the preview, out of the search, else as everywhere."""
        if self.preview.active:
            self.preview.leave()
            return None
        if self.searching is not None and not self.csc.messages.bad:
            self.end_search()
            return None
        if self.marking.stop():
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
        else:
            self.rows.empty_words = empty_words(self.tab, self.listing, self.csc.clock.now())
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
            return position_words(self.preview.view)
        total = self.listing.total
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
        if self.size.width >= NARROW:
            words = say("screen.all_sorted", many=self.tab.many, sorted=words)
        return self.marking.words(words)

    def waiting_words(self) -> str:
        """How far marking and what was begun is; which rows are awaited."""
        if words := self.marking.waiting_words() or self.csc.bulk_words:
            return self.marking.words(words)
        awaited = self.listing.loading()
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
        self.listing.close()
        self.listing = self.csc.listing(self.tab, option)
        self.rows.use(self.listing, self.tab.columns)
        self.draw()

    def sort_option(self) -> SortOption | None:
        """The order that the list is in."""
        sort = self.listing.query.sort
        return next((one for one in self.tab.sorts if one.sort == sort), None)

    def _heard(self, event: Event) -> None:
        if isinstance(event, RecordGone) and event.ref.resource == self.tab.name:
            self.listing.remove(event.ref.id)
            self.preview.gone(event.ref)
            if self.searching is not None:
                self.searching.hits.remove(event.ref.id)
        if isinstance(event, RecordChanged):
            if event.row is not None and event.ref.resource == self.tab.name:
                self.listing.replace(event.row)
                if self.searching is not None:
                    self.searching.hits.replace(event.row)
            self.preview.changed(event.ref)
        if isinstance(event, LookupsChanged):
            self._take_columns()
            self.preview.changed()
        if isinstance(event, RowsChanged | RecordChanged | LookupsChanged | Failed) and (
            self.is_current
        ):
            self.csc.redraw_soon()

    def _take_columns(self) -> None:
        """Custom fields have become columns, or have ceased to be: the rows are made anew."""
        tab = self.csc.desk.tab(self.tab.name)
        if tab is None or tab.columns == self.tab.columns:
            return
        self.tab = tab
        self.rows.take_columns(tab.columns)
        self._arrange()
        self.listing.refresh()

    def _arrange(self) -> None:
        """Put the columns in the order that was chosen for this account."""
        self.rows.order = chosen(
            self.tab, self.csc.desk.store.value_now(f"columns.{self.tab.name}")
        )

    @property
    def row(self) -> Row | None:
        """The row under the cursor; says so where it is not there yet."""
        row = self.rows.row
        if row is None:
            self.hint(say("screen.not_loaded"))
        return row

    # --- search, jump, order, copy

    @property
    def _prompt(self) -> Prompt | None:
        line = self.jumping or self.searching
        return line.prompt if line is not None else None

    def typed(self, key: str) -> bool:
        """A key for the line at the bottom."""
        line = self.jumping or self.searching
        if line is None or not line.typed(key):
            return False
        self.draw()
        return True

    def pasted(self, text: str) -> None:
        """A paste into the line at the bottom."""
        line = self.jumping or self.searching
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
        if self.searching is not None or option is not self.tab.sorts[0]:
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

    # --- moving

    def _moved(self) -> None:
        self.rows.redraw()
        self.draw_lower()
        self.preview.rest()

    def do_list_up(self) -> None:
        """One row up."""
        self.rows.move(-1)
        self._moved()

    def do_list_down(self) -> None:
        """One row down."""
        self.rows.move(1)
        self._moved()

    def do_list_page_up(self) -> None:
        """A page up."""
        self.rows.page(-1)
        self._moved()

    def do_list_page_down(self) -> None:
        """A page down."""
        self.rows.page(1)
        self._moved()

    def do_list_home(self) -> None:
        """To the first row."""
        self.rows.move_to(0)
        self._moved()

    def do_list_end(self) -> None:
        """To the last row."""
        self.rows.move_to(self.rows.total - 1)
        self._moved()

    def do_list_columns_left(self) -> None:
        """Columns to the left."""
        self._scroll_columns(-1)

    def do_list_columns_right(self) -> None:
        """Columns to the right."""
        self._scroll_columns(1)

    def _scroll_columns(self, direction: int) -> None:
        self.csc.desk.lookups.want("fields")
        if not self.rows.scroll_columns(direction):
            self.hint(say("screen.no_more_columns"))
        self.draw()

    def do_refresh(self) -> None:
        """Ask the CRM again for what is on screen."""
        if self.preview.active:
            self.preview.actions.do_refresh()
            return
        if self.searching is not None and self.searching.shows_hits:
            self.searching.again()
            return
        self.listing.refresh()
        self.csc.messages.dismiss()
        self._moved()
