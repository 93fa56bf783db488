"""The list of a resource: rows, cursor, columns, and the preview beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.widget import Widget

from csc_tui.services.events import Event, Failed, LookupsChanged, RecordChanged, RowsChanged
from csc_tui.ui.columns import heads
from csc_tui.ui.commands.command import Place
from csc_tui.ui.empty import empty_words
from csc_tui.ui.frame import NARROW, Frame
from csc_tui.ui.paint import Line, Role, plain
from csc_tui.ui.widgets.record_list import RecordList
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.domain.resource import SortOption
    from csc_tui.services.browse import Listing
    from csc_tui.services.layout import Tab
    from csc_tui.store.rows import Row


class ListScreen(Frame):
    """One resource's list."""

    place = Place.LIST

    def __init__(self, tab: Tab, listing: Listing) -> None:
        super().__init__()
        self.tab = tab
        self.listing = listing
        self._list = RecordList(id="list", mark=self._mark)

    def body(self) -> list[Widget]:
        """The rows; the preview beside them where there is room."""
        return [Horizontal(self._list)]

    def on_mount(self) -> None:
        """Show the list and hear of changes."""
        self._list.use(self.listing, self.tab.columns)
        self.csc.desk.events.listen(self._heard)

    def _mark(self, record_id: str) -> str:
        return self.csc.desk.mark(self.tab.name, record_id)

    # --- drawing

    def draw(self) -> None:
        """Draw the rows as well."""
        if self.too_small or not self.is_mounted:
            return
        self._list.now = self.csc.clock.now()
        self._list.empty_words = empty_words(self.tab, self.listing, self.csc.clock.now())
        self._list.redraw()
        super().draw()

    def second_line(self, columns: int) -> Line:
        """Column heads."""
        option = self._sort_option()
        descending = self.listing.query.sort.descending
        return plain(
            heads(self._list.placed, option.column if option else "", descending), Role.HEAD
        )

    def position(self) -> str:
        """Row and total."""
        total = self.listing.total
        if total is None:
            return ""
        key = "screen.position_narrow" if self.size.width < NARROW else "screen.position"
        if not total:
            return say("screen.position_empty")
        return say(key, row=f"{self._list.cursor + 1:,}", total=f"{total:,}")

    def idle_words(self) -> str:
        """How the list is ordered."""
        option = self._sort_option()
        words = option.words if option else ""
        if self.size.width < NARROW:
            return words
        return say("screen.all_sorted", many=self.tab.many, sorted=words)

    def waiting_words(self) -> str:
        """Which rows are awaited."""
        awaited = self.listing.loading()
        if awaited is None or self.listing.row(self._list.cursor) is not None:
            return ""
        first, last = awaited
        return say(
            "screen.waiting_rows",
            first=f"{first + 1:,}",
            last=f"{last + 1:,}",
            seconds=self.csc.eta_words(),
        )

    def _sort_option(self) -> SortOption | None:
        sort = self.listing.query.sort
        return next((one for one in self.tab.sorts if one.sort == sort), None)

    def _heard(self, event: Event) -> None:
        if isinstance(event, RowsChanged | RecordChanged | LookupsChanged | Failed) and (
            self.is_current
        ):
            self.csc.redraw_soon()

    @property
    def row(self) -> Row | None:
        """The row under the cursor; says so where it is not there yet."""
        row = self._list.row
        if row is None:
            self.hint(say("screen.not_loaded"))
        return row

    # --- moving

    def _moved(self) -> None:
        self.draw()

    def do_list_up(self) -> None:
        """One row up."""
        self._list.move(-1)
        self._moved()

    def do_list_down(self) -> None:
        """One row down."""
        self._list.move(1)
        self._moved()

    def do_list_page_up(self) -> None:
        """A page up."""
        self._list.page(-1)
        self._moved()

    def do_list_page_down(self) -> None:
        """A page down."""
        self._list.page(1)
        self._moved()

    def do_list_home(self) -> None:
        """To the first row."""
        self._list.move_to(0)
        self._moved()

    def do_list_end(self) -> None:
        """To the last row."""
        self._list.move_to(self._list.total - 1)
        self._moved()

    def do_list_columns_left(self) -> None:
        """Columns to the left."""
        self._scroll_columns(-1)

    def do_list_columns_right(self) -> None:
        """Columns to the right."""
        self._scroll_columns(1)

    def _scroll_columns(self, direction: int) -> None:
        if not self._list.scroll_columns(direction):
            self.hint(say("screen.no_more_columns"))
        self._moved()

    def do_refresh(self) -> None:
        """Ask the CRM again for what is on screen."""
        self.listing.refresh()
        self.csc.messages.dismiss()
        self._moved()
