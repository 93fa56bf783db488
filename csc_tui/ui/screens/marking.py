"""Marks in a list: one row, a stretch, all of it; and what one does to them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from csc_tui.domain.errors import CrmError
from csc_tui.sentences import explain
from csc_tui.words import say

if TYPE_CHECKING:
    from textual.worker import Worker

    from csc_tui.services.marks import Marks
    from csc_tui.ui.screens.list import ListScreen


class Marking:
    """The marks of one list, kept by the program for as long as it runs."""

    def __init__(self, screen: ListScreen) -> None:
        self._screen = screen
        self._anchor = ""
        """The id of the row that was marked last."""
        self._coming: tuple[int, int] | None = None
        """While ids are asked for: how many requests are answered, of how many."""
        self._work: Worker[None] | None = None

    @property
    def _marks(self) -> Marks:
        return self._screen.csc.marks

    @property
    def count(self) -> int:
        """How many records of this list are marked."""
        return self._marks.count(self._screen.tab.name)

    def sign(self, record_id: str) -> str:
        """The gutter's sign of a marked row."""
        return "+" if self._marks.has(self._screen.tab.name, record_id) else ""

    def words(self, rest: str) -> str:
        """How many are marked, before what else is said of the list."""
        if not self.count:
            return rest
        marked = say("marks.count", count=f"{self.count:,}")
        return say("marks.words", marked=marked, rest=rest) if rest else marked

    def waiting_words(self) -> str:
        """How many requests for ids are answered."""
        if self._coming is None:
            return ""
        return say("marks.coming", done=self._coming[0], of=self._coming[1])

    def stop(self) -> bool:
        """Ask for no more ids; False if none are asked for."""
        if self._coming is None or self._work is None:
            return False
        self._work.cancel()
        self._coming = None
        self._screen.csc.messages.success(say("marks.stopped"))
        return True

    # --- keys

    def do_list_mark(self) -> None:
        """Mark the row, or mark it no more; one down."""
        row = self._screen.row
        if row is None:
            return
        self._marks.toggle(self._screen.tab.name, row.id)
        self._anchor = row.id
        self._screen.rows.move(1)
        self._screen.moved()

    def do_list_mark_range(self) -> None:
        """Mark all from the row that was marked last to this one."""
        rows = self._screen.rows
        start = rows.place_of(self._anchor) if self._anchor else None
        if start is None or self._screen.row is None:
            if start is None:
                key = self._screen.csc.keymap.of("list.mark_range")
                self._screen.hint(say("marks.no_anchor", key=key))
            return
        first, last = sorted((start, rows.cursor))
        ids, missing = rows.ids(first, last)
        if not missing:
            self._marks.add(self._screen.tab.name, ids)
            self._screen.draw()
            return
        pages = sorted({one // self._screen.listing.page_rows + 1 for one in missing})
        what = say("marks.rows", count=f"{last - first + 1:,}", many=self._screen.tab.many)
        self._ask(what, len(pages), partial(self._load, first, last, pages))

    def do_list_mark_all(self) -> None:
        """Mark all that match; once more: none."""
        marks, name = self._marks, self._screen.tab.name
        total = self._total()
        if total is not None and total and self._all_marked(total):
            marks.put(name, ())
            self._screen.draw()
        elif total is not None:
            self._take_all("marks.all", total, lambda ids: marks.add(name, ids))

    def do_list_mark_invert(self) -> None:
        """Mark what is not marked, and no others."""
        marks, name = self._marks, self._screen.tab.name
        total = self._total()

        def invert(ids: Sequence[str]) -> None:
            marks.put(name, [one for one in ids if not marks.has(name, one)])

        if total is not None:
            self._take_all("marks.others", total, invert)

    def do_list_act(self) -> None:
        """Offer what can be done to the marked records."""
        csc = self._screen.csc
        if not self.count and not csc.bulk.running:
            keys = csc.keymap
            mark, every = keys.of("list.mark"), keys.of("list.mark_all")
            self._screen.hint(say("marks.none", mark=mark, all=every))
            return
        from csc_tui.ui.screens.offering import Offering

        name = self._screen.tab.name
        Offering(csc, name, self._marks.of(name)).show(csc.bulk.steps())

    # --- how it is done

    def _total(self) -> int | None:
        """The rows that there are; says so where that is not known."""
        screen = self._screen
        if screen.narrowing is not None and screen.narrowing.coming:
            screen.hint(say("marks.still_coming"))
            return None
        if screen.searching is not None and screen.searching.shows_hits:
            return len(screen.rows.ids(0, screen.rows.total - 1)[0])
        if screen.listing.total is None:
            screen.hint(say("marks.no_total"))
        return screen.listing.total

    def _all_marked(self, total: int) -> bool:
        """Whether all rows are marked; of rows that are not here their number has to tell."""
        rows, name = self._screen.rows, self._screen.tab.name
        ids, missing = rows.ids(0, rows.total - 1)
        marked = all(self._marks.has(name, one) for one in ids)
        return marked and (not missing or self.count >= total)

    def _take_all(self, words: str, total: int, take: Callable[[Sequence[str]], None]) -> None:
        """Have `take` called with the ids of all rows, those that are not here asked for."""
        screen = self._screen
        ids, missing = screen.rows.ids(0, screen.rows.total - 1)
        if not missing:
            take(ids)
            screen.draw()
            return
        what = say(
            words, count=f"{total - self.count * (words != 'marks.all'):,}", many=screen.tab.many
        )
        from csc_tui.services.naming import pages_of

        pages = pages_of(screen.csc.desk, screen.listing.query, total)
        self._ask(what, pages, partial(self._name, total, take))

    def _ask(self, what: str, requests: int, work: Callable[[], Awaitable[None]]) -> None:
        from csc_tui.ui.bulk import time_words
        from csc_tui.ui.screens.question import KEY, QuestionScreen

        screen = self._screen
        time = time_words(screen.csc.desk, requests)
        question = say("marks.ask", many=what, count=requests, time=time, key=KEY)

        async def begin() -> None:
            self._coming = (0, requests)
            self._work = screen.run_worker(self._guarded(work), group="marks", exclusive=True)

        screen.app.push_screen(QuestionScreen(screen, question, begin, say("marks.not_done")))

    async def _guarded(self, work: Callable[[], Awaitable[None]]) -> None:
        csc = self._screen.csc
        try:
            await work()
        except CrmError as error:
            csc.messages.failure(explain(error), "marks")
        else:
            csc.messages.mended("marks")
        self._coming = None
        csc.redraw_soon()

    async def _name(self, total: int, take: Callable[[Sequence[str]], None]) -> None:
        from csc_tui.services.naming import named

        screen = self._screen
        take(await named(screen.csc.desk, screen.listing.query, total, self._came))

    async def _load(self, first: int, last: int, pages: Sequence[int]) -> None:
        """The rows of a stretch, page by page."""
        from csc_tui.services.naming import stretch

        screen = self._screen
        here = dict(enumerate(screen.rows.ids_at(first, last), first))
        found = here | await stretch(screen.listing, pages, self._came)
        ids = [one for place, one in sorted(found.items()) if one and first <= place <= last]
        self._marks.add(screen.tab.name, ids)

    def _came(self, done: int) -> None:
        if self._coming is not None:
            self._coming = (done, self._coming[1])
        self._screen.csc.redraw_soon()
