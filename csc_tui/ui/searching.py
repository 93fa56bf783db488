"""Search and jump in a list: what is typed at the bottom, what the list shows for it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from csc_tui.domain.errors import CrmError
from csc_tui.sentences import explain
from csc_tui.services.away import Trip
from csc_tui.services.jump import first_so_spelt
from csc_tui.services.search import Search
from csc_tui.ui.prompt import Prompt
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.ui.screens.list import ListScreen


class Searching:
    """A search in a list, from `/` until `esc`; the row where one was is kept."""

    def __init__(self, screen: ListScreen) -> None:
        self._screen = screen
        self.prompt = Prompt("/")
        self.hits = Search(screen.csc.desk, screen.tab, self._found, self._columns)
        self._row = (screen.rows.cursor, screen.rows.top)

    def _columns(self) -> list[int]:
        return [one.cell for one in self._screen.rows.placed]

    def _found(self) -> None:
        self._screen.rows.headings = self.headings()
        if self.prompt.typing or self._screen.rows.row is None:
            self._screen.rows.to_first()
        self._screen.csc.redraw_soon()

    def headings(self) -> dict[int, str]:
        """The lines between the hits."""
        return self.hits.headings(say("search.server")) if self.shows_hits else {}

    def begin(self) -> None:
        """Into the line (again)."""
        self.prompt.typing = True
        self._screen.run_worker(self.hits.count_here())

    def typed(self, key: str) -> bool:
        """A key for the line."""
        before = self.prompt.text
        if not self.prompt.typed(key):
            return False
        if self.prompt.text != before:
            self._look()
        return True

    def pasted(self, text: str) -> None:
        """A paste into the line."""
        self.prompt.pasted(text)
        self._look()

    def again(self) -> None:
        """Ask for the same text once more."""
        self.hits.look_for(self.prompt.text)
        self.hits.ask_now()

    def _look(self) -> None:
        rows = self._screen.rows
        if self.prompt.text.strip():
            rows.use(self.hits, self._screen.tab.columns)
        else:
            self._show_list()
        self.hits.look_for(self.prompt.text)

    def _show_list(self) -> None:
        rows = self._screen.rows
        rows.use(self._screen.listing, self._screen.tab.columns)
        rows.cursor, rows.top = self._row

    @property
    def shows_hits(self) -> bool:
        """Whether the list shows hits and not all rows."""
        return bool(self.prompt.text.strip())

    def counts(self) -> str:
        """`6 here, 2 on the server, of 12,345`; before a letter is typed, how much is here."""
        total = self._screen.listing.total
        if not self.shows_hits:
            stored = self.hits.stored
            if stored is None or total is None:
                return ""
            many = self._screen.tab.many
            return say("search.here", stored=f"{stored:,}", total=f"{total:,}", many=many)
        key = "search.counts" if self.hits.asked else "search.counts_here"
        return say(
            key,
            here=f"{len(self.hits.here):,}",
            there=f"{len(self.hits.there):,}",
            total="…" if total is None else f"{total:,}",
        )

    def empty_words(self) -> list[str]:
        """What stands where nothing was found."""
        if self.hits.failed:
            return [say("search.nothing_asked", text=self.prompt.text)]
        if not self.hits.asked:
            return [say("search.nothing_here", text=self.prompt.text)]
        return [
            say("search.nothing", text=self.prompt.text),
            "",
            say("search.new", one=self._screen.tab.one),
        ]

    async def do_search_leave(self) -> None:
        """To the first hit; the server is asked now if it was not."""
        if not self.shows_hits:
            self._screen.end_search()
            return
        self.prompt.typing = False
        await self.hits.settle_here()
        self.hits.ask_now()
        self._screen.rows.to_first()
        self._screen.draw()

    def do_search_clear(self) -> None:
        """Empty the line."""
        self.prompt.clear()
        self._look()
        self._screen.draw()

    def do_search_end(self) -> None:
        """End the search; back to the row where one was."""
        self._screen.end_search()

    def end(self) -> None:
        """Give the list its rows back."""
        self.hits.close()
        self._show_list()


class Jumping:
    """`,` and letters: to the first name so spelt, at every letter."""

    def __init__(self, screen: ListScreen) -> None:
        self._screen = screen
        self.prompt = Prompt(",", beside=self._waiting_words)
        self.shorts = {"search.leave": say("jump.stay"), "search.end": say("jump.back")}
        """Command id -> its word in the footer, which is another than in a search."""
        self._row = screen.rows.cursor
        self._trip: Trip | None = None
        self._held = False
        """Whether the keys wait for it."""
        self._failed = False
        """Whether it could not be looked where the name is that was typed last."""

    def _waiting_words(self) -> str:
        """Behind what is typed, while the keys wait for the CRM: how that is given up."""
        waits = self._held and self._trip is not None and self._trip.out
        keymap = self._screen.csc.keymap
        return say("screen.asking", key=keymap.of("search.end")) if waits else ""

    def _tell(self) -> None:
        if self._held:
            self._screen.csc.redraw_soon()

    def _stop(self) -> None:
        if self._trip is not None and self._trip.task is not None:
            self._trip.task.cancel()

    def typed(self, key: str) -> bool:
        """A key for the line."""
        if not self.prompt.typed(key):
            return False
        self._look()
        return True

    def pasted(self, text: str) -> None:
        """A paste into the line."""
        self.prompt.pasted(text)
        self._look()

    def _look(self) -> None:
        self._stop()
        self._failed = False
        self._trip = Trip(self._tell)
        self._trip.start(self._jump(self.prompt.text))

    async def _jump(self, text: str) -> None:
        try:
            row = await first_so_spelt(self._screen.listing, text)
        except CrmError as error:
            self._failed = True
            self._screen.csc.messages.failure(explain(error), "jump")
        else:
            self._screen.csc.messages.mended("jump")
            self._screen.rows.move_to(self._row if row is None else row, centre=True)
        self._screen.draw()

    async def do_search_leave(self) -> None:
        """Stay at that row, once it is found: the next key is about the record that stands there.

        `esc` or `ctrl+c` ends the wait. Where it cannot be found, what was typed behind it is
        about nothing that stands there.
        """
        task = self._trip.task if self._trip is not None else None
        with self._screen.csc.holding(self.do_search_end) as forget_typed:
            if task is not None and not task.done():
                self._held = True
                self._screen.draw_lower()
                await asyncio.wait({task})
            if self._failed:
                forget_typed()
        if self._screen.jumping is self:
            self._screen.end_search()

    def do_search_clear(self) -> None:
        """Empty the line."""
        self.prompt.clear()
        self._look()

    def do_search_end(self) -> None:
        """Back to the row where one was."""
        self._stop()
        self._screen.end_search()
        self._screen.rows.move_to(self._row)
        self._screen.draw()
