"""What the list shows and how it is ordered where the server cannot say it: filters, any column.

A filter or such an order is first counted, in requests; then the list is read from end to end and
what belongs to it is shown as it comes in (`services.gathered`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.errors import CrmError
from csc_tui.domain.filter_text import FilterError
from csc_tui.domain.ordering import made_here, orders_of
from csc_tui.sentences import explain
from csc_tui.services.filtering import read_filter
from csc_tui.services.gathered import Gathered
from csc_tui.ui.bulk import time_words
from csc_tui.ui.screens.filter_line import FilterLine
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from textual.worker import Worker

    from csc_tui.domain.column import SortOption
    from csc_tui.domain.filter import Filter
    from csc_tui.domain.query import Sort
    from csc_tui.domain.ref import Ref
    from csc_tui.services.events import RecordChanged
    from csc_tui.services.reading import Cost
    from csc_tui.ui.screens.list import ListScreen

EASY = 5
"""Requests up to which nobody is asked first."""
GROUP = "narrowing"
"""Names what runs, so that another filter ends it."""


class Narrowing:
    """Filter and order of one list, and how far they are."""

    def __init__(self, screen: ListScreen) -> None:
        self._screen = screen
        self.line: FilterLine | None = None
        """What is typed, while it is."""
        self.shown: Gathered | None = None
        """What stands in the list; None: the list as the server orders it."""
        self.text = ""
        """The filter of `shown` as it was typed; empty for none."""
        self._typed = ""
        """What was typed last, run or not."""
        self._plan = ""
        """What it costs, in words, while it runs."""
        self._busy = ""
        """What is done before it runs."""
        self._work: Worker[None] | None = None

    @property
    def coming(self) -> bool:
        """Whether more of what is shown is still looked for: what stands there is not all."""
        return self.shown is not None and self._work is not None

    # --- typing

    def begin(self) -> None:
        """Type a filter, or change the one that is there."""
        self.line = FilterLine(self._screen, self._typed, self._entered)

    def do_filter_end(self) -> None:
        """Leave the line; the list is as it was."""
        if self._busy:
            self.stop()
        self._close_line()
        self._have_rows()
        self._screen.draw()

    def _close_line(self) -> None:
        if self.line is not None:
            if self.line.wrong:
                self.line.show_rows()
            self.line = None

    def _entered(self, text: str) -> None:
        self._typed = text
        if not text:
            self._close_line()
            self.end()
            return
        self._start(self._filter(text))

    async def _filter(self, text: str) -> None:
        """Read what was typed; then as `_arrange`."""
        self._busy = say("filter.reading")
        self._screen.draw()
        try:
            wanted = await self.read(text)
        except FilterError as error:
            if self.line is not None:
                self.line.refuse(error)
            return
        self._close_line()
        await self._arrange(text, wanted, self._sort)

    async def read(self, text: str) -> Filter | None:
        """The filter that a text means, None for an empty one. Raises FilterError; CrmError."""
        csc = self._screen.csc
        await csc.desk.awake.wait()
        if not text:
            return None
        return await read_filter(
            csc.desk,
            self._screen.tab.name,
            text,
            zone=csc.zone,
            offline=csc.desk.offline,
        )

    # --- running

    @property
    def _sort(self) -> Sort:
        return self._screen.listing.query.sort

    def order(self, option: SortOption) -> bool:
        """Show the list in another order; False where the server's own list has it."""
        if self.shown is None and not made_here(option.sort):
            return False
        if not self.text and not made_here(option.sort):
            self.end()
            return False
        wanted = self.shown.wanted if self.shown is not None else None
        self._start(self._arrange(self.text, wanted, option.sort))
        return True

    def again(self) -> None:
        """Run it once more."""
        shown, row = self.shown, self._screen.rows.row
        if shown is not None:
            self._start(self._again(shown, row.id if row is not None else ""))

    async def _again(self, shown: Gathered, record_id: str) -> None:
        """As `_arrange`; the cursor comes back to its record, unless a key came meanwhile."""
        screen = self._screen
        pressed = screen.csc.presses
        await self._arrange(self.text, shown.wanted, shown.query.sort)
        place = screen.listing.index_of(record_id, 0)
        if place is not None and pressed == screen.csc.presses:
            screen.rows.move_to(place, centre=True)

    def show(self, text: str, option: SortOption) -> None:
        """Show what a filter lets through (empty: all) in any of `options`."""
        if text or made_here(option.sort):
            self._start(self._view(text, option.sort))
        else:
            self.end()
            self._screen.order(option)

    def open(self, coming: Callable[[], Awaitable[tuple[str, Sort] | None]]) -> None:
        """Show what `coming` gives, a filter and its order, once it does; None: the whole list."""
        self._start(self._open(coming))

    async def _open(self, coming: Callable[[], Awaitable[tuple[str, Sort] | None]]) -> None:
        self._busy = say("filter.reading")
        if (view := await coming()) is not None:
            await self._view(*view)

    async def _view(self, text: str, sort: Sort) -> None:
        self._busy = say("filter.reading")
        try:
            wanted = await self.read(text)
        except FilterError as error:
            self._typed = text
            self.begin()
            if self.line is not None:
                self.line.refuse(error)
            return
        await self._arrange(text, wanted, sort)

    async def _arrange(self, text: str, wanted: Filter | None, sort: Sort) -> None:
        """See what it costs and run it, after a question where that is much."""
        screen, desk = self._screen, self._screen.csc.desk
        query = screen.whole.query._replace(sort=sort)
        made = Gathered(desk, query, screen.tab, wanted)
        here = await desk.store.how_many(screen.tab.name)
        total = screen.whole.total
        if desk.offline or (wanted is None and total is not None and here >= total):
            await self._run(text, made, None)
            return
        self._busy = say("filter.counting")
        screen.draw()
        cost = await made.reading.cost()
        self._busy = ""
        if cost.requests <= EASY:
            await self._run(text, made, cost)
        else:
            self._ask(text, made, cost, here)

    def _ask(self, text: str, made: Gathered, cost: Cost, here: int) -> None:
        """Say what it costs and what can be had without that."""
        from csc_tui.ui.screens.menu import MenuScreen

        screen = self._screen
        many, of = screen.tab.many, self._whole_words(cost.records)
        time = time_words(screen.csc.desk, cost.requests)
        there = say("filter.ask-crm", plan=self._plan_words(cost), time=time)
        kept = say("filter.ask-here", stored=f"{here:,}", total=of, many=many)
        options: list[tuple[str, Cost | None]] = [(there, cost), (kept, None)]
        if here >= (screen.whole.total or here + 1):
            options.reverse()

        def take(chosen: Cost | None) -> None:
            self._start(self._run(text, made, chosen))

        screen.app.push_screen(MenuScreen(say("filter.ask"), options, take))

    def _plan_words(self, cost: Cost) -> str:
        return say(
            "filter.cost",
            count=cost.requests,
            checked=f"{cost.records:,}",
            total=self._whole_words(cost.records),
        )

    def _whole_words(self, at_least: int) -> str:
        return f"{max(self._screen.whole.total or 0, at_least):,}"

    async def _run(self, text: str, made: Gathered, cost: Cost | None) -> None:
        """Show it and have it come in; `cost` None: look through what is here alone."""
        screen = self._screen
        self.shown, self.text, self._typed = made, text, text
        self._plan = self._plan_words(cost) if cost is not None else ""
        if screen.searching is not None:
            screen.end_search()
        screen.rows.use(made, screen.tab.columns)
        screen.draw()
        pressed = screen.csc.presses
        await (made.ask() if cost is not None else made.look_here())
        if pressed == screen.csc.presses and screen.rows.shows(made):
            # Rows that came later stand above the first: nobody has chosen that one.
            screen.rows.move_to(0)
            screen.draw()

    def _start(self, work: Coroutine[None, None, None]) -> None:
        self.stop()
        self._work = self._screen.run_worker(self._guarded(work), group=GROUP, exclusive=True)

    async def _guarded(self, work: Coroutine[None, None, None]) -> None:
        csc = self._screen.csc
        try:
            await work
        except CrmError as error:
            csc.messages.failure(explain(error), GROUP)
        else:
            csc.messages.mended(GROUP)
        self._busy = ""
        self._work = None
        self._have_rows()
        csc.redraw_soon()

    def _have_rows(self) -> None:
        """Show all of the list where nothing came of the view that it was to open with."""
        screen = self._screen
        nothing = self.shown is None and self.line is None and self._work is None
        if nothing and screen.searching is None and not screen.rows.shows(screen.whole):
            screen.rows.use(screen.whole, screen.tab.columns)

    def stop(self) -> bool:
        """Ask for no more; what has come in stays. False if nothing runs."""
        if self._work is None:
            return False
        self._work.cancel()
        self._work = None
        self._busy = ""
        self._have_rows()
        self._screen.csc.redraw_soon()
        return True

    def end(self) -> None:
        """Show the whole list again."""
        self.stop()
        self.shown, self.text, self._typed = None, "", ""
        screen = self._screen
        if screen.whole.total is None:
            screen.whole.prime()  # nobody has looked at it, but it may have been read on the way
        screen.rows.use(screen.listing, screen.tab.columns)
        screen.listing.look()
        screen.draw()

    # --- what changes meanwhile

    def changed(self, event: RecordChanged) -> None:
        """A record looks another way: it may leave, or come back; by a key of his he is told."""
        made = self.shown
        if made is None or event.row is None or event.record is None:
            return
        stood = made.index_of(event.ref.id, 0) is not None and not made.has_left(event.ref.id)
        made.changed(event.row, event.record)
        csc = self._screen.csc
        if stood and made.has_left(event.ref.id) and csc.base is self._screen:
            csc.outcomes.left(event.record)

    def has_left(self, ref: Ref) -> bool:
        """Whether a record was changed so that the filter lets it through no more."""
        made = self.shown
        return made is not None and made.resource == ref.resource and made.has_left(ref.id)

    # --- words

    def options(self) -> list[SortOption]:
        """The orders that the list can have: the server's, then those that are made here."""
        tab = self._screen.tab
        return [*tab.sorts, *orders_of(tab.columns, tab.sorts)]

    def waiting_words(self) -> str:
        """How far it is; empty where nothing runs."""
        if self._work is None or self._busy:
            return self._busy
        made = self.shown
        if made is None:
            return ""
        checked = f"{made.reading.checked:,}"
        found = f"{made.total:,}"
        if made.local:
            return say("filter.looking", checked=checked, found=found)
        return say("filter.coming", plan=self._plan, checked=checked, found=found)

    def words(self, ordered: str) -> str:
        """What the list is, in words, and over how much of the account that was found."""
        made, tab = self.shown, self._screen.tab
        if made is None:
            return ""
        said = made.wanted.words() if made.wanted is not None else ""
        words = say("filter.shown", many=tab.many, words=said, ordered=ordered)
        if not said:
            words = say("filter.ordered", many=tab.many, ordered=ordered)
        if partly := self._partly():
            words = say("filter.partly", partly=partly, words=words)
        return words

    def _partly(self) -> str:
        """Of how much of the list that is true; empty for all of it."""
        made, total = self.shown, self._screen.whole.total
        if made is None:
            return ""
        checked = made.reading.checked
        if made.local and (total is None or checked < total):
            of = "…" if total is None else f"{total:,}"
            return say("filter.of-here", checked=f"{checked:,}", total=of)
        if not made.local and not made.whole:
            return say("filter.of-checked", checked=f"{checked:,}")
        return ""

    def empty_words(self) -> list[str]:
        """What stands where nothing fits."""
        made = self.shown
        if made is None or (self._work is not None and not made.whole) or not self.text:
            return []
        total = self._screen.whole.total
        of = made.reading.checked if self._partly() or total is None else total
        key = "filter.none-here" if self._partly() else "filter.none"
        keymap = self._screen.csc.keymap
        return [
            say(key, total=f"{of:,}", filter=self.text),
            "",
            say("filter.none-back", key=keymap.of("back"), many=self._screen.tab.many),
            say("filter.none-change", key=keymap.of("list.filter")),
        ]
