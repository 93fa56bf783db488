"""What one can do with the row under the cursor, and with the list as a whole."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from csc_tui.domain.errors import CrmError
from csc_tui.domain.ref import Ref
from csc_tui.sentences import explain
from csc_tui.services.layout import chosen
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from csc_tui.domain.record import Record
    from csc_tui.services.layout import Tab
    from csc_tui.services.records import Card
    from csc_tui.ui.screens.list import ListScreen


class ListActions:
    """Opening, editing, copying, ordering."""

    def __init__(self, screen: ListScreen) -> None:
        self._screen = screen

    async def _card(self) -> Card | None:
        """The record under the cursor; says so where it is not there yet."""
        row = self._screen.row
        if row is None:
            return None
        await self._screen.csc.desk.awake.wait()
        return await self._screen.csc.desk.records.card(Ref(self._screen.tab.name, row.id))

    async def _record(self) -> Record | None:
        card = await self._card()
        return card.record if card is not None else None

    def do_list_open(self) -> None:
        """Open the record under the cursor."""
        row = self._screen.row
        if row is not None:
            self._screen.csc.open_record(Ref(self._screen.tab.name, row.id))

    async def do_list_web(self) -> None:
        """The page of the record under the cursor, in the browser."""
        row = self._screen.row
        if row is not None:
            await self._screen.csc.open_web(Ref(self._screen.tab.name, row.id))

    async def do_list_edit(self) -> None:
        """The form of the record under the cursor."""
        if (record := await self._record()) is not None:
            self._screen.csc.editing.record(record)

    async def do_list_tags(self) -> None:
        """The tags of the record under the cursor."""
        record = await self._record()
        if record is not None and not self._screen.csc.editing.tags(record):
            self._screen.hint(say("tags.cannot"))

    async def do_list_note(self) -> None:
        """The form of a new note about the record under the cursor."""
        record = await self._record()
        if record is not None and not self._screen.csc.editing.note(record):
            self._screen.hint(say("note.cannot"))

    async def do_list_delete(self) -> None:
        """Ask whether the record under the cursor is to be deleted."""
        if (record := await self._record()) is not None:
            self._screen.csc.editing.delete(record, None)

    async def do_list_new(self) -> None:
        """The form of a new record; after a search that found nothing it has that name."""
        await self._screen.csc.desk.awake.wait()
        searching = self._screen.searching
        sought = searching.prompt.text.strip() if searching and not self._screen.rows.total else ""
        editing, resource = self._screen.csc.editing, self._screen.tab.name
        if self._screen.csc.desk.resources[resource].todo is not None:
            await editing.task(resource, sought)
        else:
            editing.new(resource, name=sought)

    async def do_list_copy(self) -> None:
        """Wait for the key that says what is copied."""
        if (card := await self._card()) is not None:
            from csc_tui.ui.copying import CopyActions

            self._screen.await_copy(CopyActions(self._screen, card, None))

    @property
    def do_list_bin(self) -> Callable[[], None] | None:
        """What opens the bin; None where the CRM has none."""
        screen = self._screen
        resource = screen.csc.desk.resources.get(screen.tab.name)
        if resource is None or not resource.has_bin:
            return None
        return lambda: screen.csc.open_bin(screen.tab)

    @property
    def do_list_dupes(self) -> Callable[[], None] | None:
        """What looks for duplicates; None where they could not be merged."""
        screen = self._screen
        resource = screen.csc.desk.resources.get(screen.tab.name)
        if resource is None or resource.merging is None:
            return None
        return lambda: screen.csc.open_dupes(screen.tab)

    async def do_list_filter(self) -> None:
        """Into the line of the filter."""
        screen = self._screen
        await screen.csc.desk.awake.wait()
        if screen.searching is not None:
            screen.end_search()
        screen.narrow().begin()
        screen.draw()

    async def do_list_export(self) -> None:
        """Write what is marked into a file, else what is shown: hits, a filter's, the list."""
        screen = self._screen
        coming = screen.narrowing is not None and screen.narrowing.coming
        if coming and not screen.marking.count:
            screen.hint(say("marks.still_coming"))
            return
        await screen.csc.errand.run(self._export(self._meant()))

    async def _export(self, ids: Sequence[str] | None) -> None:
        screen = self._screen
        try:
            await screen.csc.exporting.offer(screen.tab, ids, screen.whole.query)
        except CrmError as error:
            screen.csc.messages.failure(explain(error), "export")
        screen.draw()

    def _meant(self) -> Sequence[str] | None:
        """The ids of what one would call this list; None for all there is."""
        screen = self._screen
        if marked := screen.csc.marks.of(screen.tab.name):
            return marked
        hits = screen.searching is not None and screen.searching.shows_hits
        if hits or screen.narrowed:
            return screen.rows.ids(0, screen.rows.total - 1)[0]
        return None

    async def do_list_sort(self) -> None:
        """Offer the orders that the server has, then those by any column."""
        screen = self._screen
        await screen.csc.desk.awake.wait()
        known = screen.narrow().options()
        options = [(one.words, one) for one in known]
        current = screen.sort_option()
        at = known.index(current) if current else 0
        from csc_tui.ui.screens.menu import MenuScreen

        screen.app.push_screen(MenuScreen(say("screen.sort_title"), options, screen.order, at))

    def do_list_columns(self) -> None:
        """Choose the columns and their order."""
        from csc_tui.ui.screens.columns import ColumnsScreen

        screen = self._screen
        screen.csc.desk.lookups.want("fields")
        take = partial(self._arranged, screen.tab)
        rows = screen.rows
        shown = {one.cell for one in rows.placed}
        screen.app.push_screen(ColumnsScreen(screen.tab, rows.order, shown, take))

    def _arranged(self, tab: Tab, order: Sequence[int]) -> None:
        """Show these columns of what the tab was from now on; none: as they come."""
        # Custom fields may have become columns while one was choosing.
        names = ",".join(tab.columns[number].name for number in order)
        self.arrange(chosen(self._screen.tab, names))

    def arrange(self, order: Sequence[int]) -> None:
        """Show these columns from now on, by their numbers; none: as they come."""
        screen = self._screen
        screen.rows.order, screen.rows.scrolled = tuple(order), 0
        names = ",".join(screen.tab.columns[number].name for number in order)
        screen.run_worker(screen.csc.desk.store.set_value(f"columns.{screen.tab.name}", names))
        screen.draw()

    async def do_list_views(self) -> None:
        """The views that there are of this list, and the present one."""
        from csc_tui.config.views import Views
        from csc_tui.ui.screens.views import ViewsScreen

        screen = self._screen
        await screen.csc.desk.awake.wait()
        if screen.searching is not None:
            screen.end_search()
        screen.app.push_screen(ViewsScreen(screen, Views(screen.csc.desk.folder)))

    def take_columns(self) -> None:
        """Custom fields have become columns, or have ceased to be: the rows are made anew."""
        screen = self._screen
        tab = screen.csc.desk.tab(screen.tab.name)
        if tab is None or tab.columns == screen.tab.columns:
            return
        screen.tab = tab
        screen.rows.take_columns(tab.columns)
        screen.place_columns()
        screen.whole.refresh()
        if screen.narrowing is not None and screen.narrowing.shown is not None:
            screen.run_worker(screen.narrowing.shown.recut())

    async def show_new(self, ref: Ref) -> None:
        """Put the cursor on a record that was made or restored, unless a key came meanwhile."""
        screen = self._screen
        if ref.resource != screen.tab.name or screen.searching is not None:
            return
        card = await screen.csc.desk.records.card(ref)
        made = screen.narrowing.shown if screen.narrowing is not None else None
        if made is not None:
            if card is not None and made.join(card.record):
                screen.rows.move_to(made.index_of(ref.id, 0) or 0, centre=True)
            screen.draw()
            return
        screen.whole.refresh()
        if card is None or screen.sort_option() != screen.tab.sorts[0]:
            screen.draw()
            return
        from csc_tui.services.jump import first_so_spelt

        screen.whole.forget_pages()
        pressed = screen.csc.presses
        try:
            near = await first_so_spelt(screen.whole, card.record.sort_name())
            if near is not None:
                await screen.whole.renew(near)
        except CrmError:
            near = None  # the list says what is wrong with it
        if near is not None and pressed == screen.csc.presses:
            at = screen.listing.index_of(ref.id, near)
            screen.rows.move_to(near if at is None else at, centre=True)
        screen.draw()
