"""The pages of a list that are in memory: a few, those that were looked at last."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from csc_tui.store.rows import Row

KEPT = 5
"""Pages in memory at a time; the rest is in the store."""


@dataclass(eq=False, repr=False)
class Page:
    """One page."""

    rows: tuple[Row, ...]
    at: float
    """When the CRM answered, epoch seconds; 0: to be asked for again."""


class Pages:
    """The pages of one list by their number (1-based); rows are counted from 0."""

    def __init__(self, rows: int) -> None:
        """`rows` of a page."""
        self.rows = rows
        self._pages: OrderedDict[int, Page] = OrderedDict()

    def __contains__(self, number: int) -> bool:
        return number in self._pages

    def get(self, number: int) -> Page | None:
        """A page if it is here."""
        return self._pages.get(number)

    def looked_at(self, number: int) -> Page | None:
        """A page if it is here; others are dropped before it."""
        if number in self._pages:
            self._pages.move_to_end(number)
        return self._pages.get(number)

    def keep(self, number: int, rows: tuple[Row, ...], at: float) -> None:
        """A page has come; the one that was looked at longest ago goes."""
        self._pages[number] = Page(rows, at)
        self._pages.move_to_end(number)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)

    def clear(self) -> None:
        """Nothing of it is of use any more."""
        self._pages.clear()

    def ask_again(self, beginning: int = 1) -> None:
        """Pages from this one on are old from now on."""
        for number, page in self._pages.items():
            if number >= beginning:
                page.at = 0.0

    # --- rows

    def row(self, index: int) -> Row | None:
        """A row by its place in the list."""
        page, place = self._pages.get(index // self.rows + 1), index % self.rows
        return page.rows[place] if page is not None and place < len(page.rows) else None

    @property
    def length(self) -> int:
        """Rows at hand and before them, and one more to come where the last page is full."""
        if not self._pages:
            return 0
        last = max(self._pages)
        rows = len(self._pages[last].rows)
        return (last - 1) * self.rows + rows + (rows >= self.rows)

    def end_before(self, number: int) -> int:
        """Rows up to the last one that is here before a page; 0 if there is none."""
        here = {n: len(page.rows) for n, page in self._pages.items() if n < number and page.rows}
        return max(((n - 1) * self.rows + rows for n, rows in here.items()), default=0)

    def index_of(self, record_id: str, near: int) -> int | None:
        """Where a record stands, looked for in the page of row `near` first."""
        home = near // self.rows + 1
        for number in sorted(self._pages, key=lambda one: abs(one - home)):
            for place, row in enumerate(self._pages[number].rows):
                if row.id == record_id:
                    return (number - 1) * self.rows + place
        return None

    def ids(self) -> set[str]:
        """The records whose rows are here."""
        return {row.id for page in self._pages.values() for row in page.rows}

    def replace(self, row: Row) -> bool:
        """Another row for a record wherever it stands; False if it is nowhere."""
        found = False
        for page in self._pages.values():
            for place, old in enumerate(page.rows):
                if old.id == row.id:
                    page.rows = (*page.rows[:place], row, *page.rows[place + 1 :])
                    found = True
        return found

    def remove(self, record_id: str) -> bool:
        """A record is gone: its page and those behind it are old; False if it is not here."""
        index = self.index_of(record_id, 0)
        if index is None:
            return False
        number = index // self.rows + 1
        page = self._pages[number]
        page.rows = tuple(row for row in page.rows if row.id != record_id)
        self.ask_again(number)
        return True
