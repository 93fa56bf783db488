"""The line in which a filter is typed: it completes, and says what is wrong at the place."""

from __future__ import annotations

import textwrap
from functools import partial
from typing import TYPE_CHECKING

from csc_tui.domain.filter_completion import common, last_term, needed, offers, stored
from csc_tui.glyphs import harmless, width
from csc_tui.ui.prompt import Prompt
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from csc_tui.domain.filter_completion import Offer, Term
    from csc_tui.domain.filter_text import FilterError
    from csc_tui.store.rows import Row
    from csc_tui.ui.screens.list import ListScreen

SIGN = "f "
"""Stands before what is typed."""
_SAID = 66
"""Cells of a line of what is wrong."""


class Nothing:
    """A list without rows: its place is wanted for words."""

    length = 0

    def row(self, index: int) -> Row | None:
        """There is none."""

    def index_of(self, record_id: str, near: int) -> int | None:
        """Nowhere."""

    def show(self, first: int, last: int) -> None:
        """Nothing is to be had."""


class FilterLine:
    """A filter while it is typed, from `f` until `⏎` or `esc`."""

    def __init__(self, screen: ListScreen, text: str, run: Callable[[str], None]) -> None:
        """`run` gets what was typed."""
        self._screen = screen
        self._run = run
        self.prompt = Prompt(SIGN, text)
        self._note = ""
        self.wrong: list[str] = []
        """What is wrong with it, in place of the rows."""
        self._row = (screen.rows.cursor, screen.rows.top)
        self._runs = 0
        """How often it was run: that ends what it was being completed to."""

    @property
    def note(self) -> str:
        """A word on the last key, or that the CRM is waited for."""
        return self._screen.shell.errand.words or self._note

    # --- typing

    def typed(self, key: str) -> bool:
        """A key for the line."""
        if not self.prompt.typed(key):
            return False
        self._changed()
        return True

    def pasted(self, text: str) -> None:
        """A paste into the line."""
        self.prompt.pasted(text)
        self._changed()

    def _changed(self) -> None:
        self._note = ""
        if self.wrong:
            self.wrong = []
            self.show_rows()

    def refuse(self, error: FilterError) -> None:
        """It cannot be read: say so under the place, and let it be mended."""
        before = width(harmless(self.prompt.text[: error.at]))
        self.wrong = [
            harmless(SIGN + self.prompt.text),
            " " * (len(SIGN) + before) + "^" * max(1, width(harmless(error.piece))),
            "",
            *textwrap.wrap(harmless(error.words()), _SAID),
        ]
        self._screen.rows.use(Nothing(), self._screen.tab.columns)
        self._screen.draw()

    def show_rows(self) -> None:
        """Give the list its rows back."""
        rows = self._screen.rows
        rows.use(self._screen.listing, self._screen.tab.columns)
        rows.cursor, rows.top = self._row

    # --- keys

    def do_filter_run(self) -> None:
        """See what it costs, and run it."""
        self._runs += 1
        self._changed()
        self._run(self.prompt.text.strip())

    def do_filter_clear(self) -> None:
        """Empty the line."""
        self.prompt.clear()
        self._changed()
        self._screen.draw()

    async def do_filter_complete(self) -> None:
        """Go on with what is meant; where several are, choose one of them."""
        await self._screen.shell.errand.run(self._complete())

    async def _complete(self) -> None:
        begun = self.prompt.text, self._runs
        found = await self._offers(self.prompt.text)
        if (self.prompt.text, self._runs) != begun or self._screen.narrow().line is not self:
            return  # the keys were faster
        self._changed()
        if not found:
            self._note = say("filter.no-offer")
        elif len(found) == 1:
            self.prompt.text = found[0].text
        else:
            self._choose(found)
        self._screen.draw()

    async def _offers(self, text: str) -> list[Offer]:
        """The ways to go on, with what has to be looked up for them."""
        term = last_term(text)
        if term is None:
            return []
        desk, name = self._screen.csc.desk, self._screen.tab.name
        await desk.awake.wait()
        # A custom field that has only just been heard of may have a lookup of its own.
        for _ in range(2):
            for lookup in needed(desk.resources[name], term):
                await desk.lookups.need(lookup)
        here = await self._here(term)
        return offers(desk.resources[name], desk.choices(), term, here)

    async def _here(self, term: Term) -> list[str]:
        """Values out of the store: cities, companies. Nothing is asked for."""
        desk = self._screen.csc.desk
        where = stored(desk.resources[self._screen.tab.name], term)
        if where is None:
            return []
        if where.column:
            return await desk.lookups.values(where.resource, where.column, term.typed)
        found = await desk.lookups.records(where.resource, term.typed)
        return list(dict.fromkeys(one.words for one, _ in found))

    def _choose(self, found: list[Offer]) -> None:
        from csc_tui.ui.screens.menu import MenuScreen

        longest = common([one.text for one in found])
        if len(longest) > len(self.prompt.text):
            self.prompt.text = longest
        options = [(one.words, one.text) for one in found]
        title = say("filter.offers", count=f"{len(found):,}")
        self._screen.app.push_screen(MenuScreen(title, options, partial(self._take)))

    def _take(self, text: str) -> None:
        self.prompt.text = text
        self._screen.draw()
