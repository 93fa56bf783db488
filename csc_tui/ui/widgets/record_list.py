"""The list: any number of rows of which only those on screen are known to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from csc_tui.domain.column import Column
from csc_tui.ui.columns import Placed, cells, place
from csc_tui.ui.paint import Line, Role, Run, plain
from csc_tui.ui.widgets.canvas import Canvas
from csc_tui.ui.widgets.shortened import Shortened

if TYPE_CHECKING:
    from csc_tui.store.rows import Row

WAITING = "…"
"""Stands in a row that is not there yet."""


class Source(Protocol):
    """Where rows come from: a list of the CRM, or the hits of a search."""

    @property
    def length(self) -> int:
        """How many rows can be shown, as far as is known."""

    def row(self, index: int) -> Row | None:
        """Row `index`, 0-based, None while it is not there."""

    def index_of(self, record_id: str, near: int) -> int | None:
        """Where a record stands, or would if it had not left; None if that is not known."""

    def show(self, first: int, last: int) -> None:
        """These rows are on screen."""


class RecordList(Canvas):
    """Rows, a cursor, columns."""

    def __init__(self, *, id: str, mark: Callable[[str], str]) -> None:  # noqa: A002
        """`mark` gives the gutter's second cell for a record id."""
        super().__init__(id=id)
        self.cursor = 0
        """Row under the cursor, 0-based."""
        self.top = 0
        """First row on screen."""
        self._shortened = Shortened()
        self.by_line = False
        """Whether an edge scrolls by a single line: where the terminal itself moves the others."""
        self.scrolled = 0
        """Columns scrolled away."""
        self._columns: tuple[Column, ...] = ()
        self.order: tuple[int, ...] = ()
        """The numbers of the columns that the user has chosen, in his order; none: as they come."""
        self._source: Source | None = None
        self._mark = mark
        self._current_id = ""
        self.now = 0.0
        """Epoch seconds against which ages are reckoned; set before drawing."""
        self.headings: dict[int, str] = {}
        """Row index -> line that stands there instead of a row (search: `On the server …`)."""
        self.empty_words: list[str] = []
        """What stands there while none of the rows on screen can be had."""

    def use(self, source: Source, columns: Sequence[Column]) -> None:
        """Show another source from its first row on."""
        self._source = source
        self._columns = tuple(columns)
        self.cursor = self.top = 0
        self._current_id = ""

    def shows(self, source: Source) -> bool:
        """Whether its rows come from there."""
        return self._source is source

    def take_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns of the same rows."""
        self._columns = tuple(columns)

    @property
    def total(self) -> int:
        """Rows as far as is known."""
        return self._source.length if self._source else 0

    @property
    def row(self) -> Row | None:
        """The row under the cursor, None while it is not there."""
        return self._source.row(self.cursor) if self._source else None

    def place_of(self, record_id: str) -> int | None:
        """Where a record stands, None if that is not known."""
        return self._source.index_of(record_id, self.cursor) if self._source else None

    def ids_at(self, first: int, last: int) -> list[str]:
        """The ids of these rows, empty for those that are not here."""
        source = self._source
        found = (source.row(index) for index in range(first, last + 1)) if source else ()
        return [row.id if row is not None else "" for row in found]

    def ids(self, first: int, last: int) -> tuple[list[str], list[int]]:
        """The ids of these rows, and the places of those that are not here."""
        places = range(first, last + 1)
        at = [one for one in zip(places, self.ids_at(first, last), strict=True)
              if one[0] not in self.headings]  # fmt: skip
        return [one for _, one in at if one], [place for place, one in at if not one]

    @property
    def placed(self) -> list[Placed]:
        """The columns at the present width."""
        return place(self._columns, self.size.width, self.scrolled, self.order)

    def to_first(self) -> None:
        """Put the cursor on the first row, whatever stood there before."""
        first = (index for index in range(self.total) if index not in self.headings)
        self.cursor = next(first, 0)
        self.top = 0
        self._current_id = ""

    def move_to(self, index: int, *, centre: bool = False) -> None:
        """Put the cursor on a row; an edge scrolls by half a page, or as `by_line` says."""
        height = max(1, self.size.height)
        last = max(0, self.total - 1)
        step = 1 if index >= self.cursor else -1
        index = min(max(index, 0), last)
        while index in self.headings and 0 <= index + step <= last:
            index += step
        while index in self.headings:
            index -= step
        self.cursor = index
        if not self.top <= index < self.top + height:
            near = index - self.top in (height, -1) and not self.by_line
            back = height // 2 if near or centre else (height - 1 if index > self.top else 0)
            self.top = index - back
        self.top = min(max(self.top, 0), max(0, self.total - height))
        row = self.row
        self._current_id = row.id if row else ""

    def go_to(self, record_id: str, rows: int) -> bool:
        """Put the cursor so many rows behind a record; False where no row is (yet)."""
        source = self._source
        at = source.index_of(record_id, self.cursor) if source is not None else None
        if source is None or at is None:
            return False
        before, there = self.cursor, source.row(at)
        if rows > 0 and (there is None or there.id != record_id):
            at -= 1  # it has left, and the next one stands in its place
        self.cursor = at
        self.move_to(at + rows)
        if self.cursor == at or self.row is None:
            self.move_to(before)
            return False
        source.show(self.top, self.top + max(1, self.size.height) - 1)
        return True

    def move(self, rows: int) -> None:
        """Move the cursor by so many rows."""
        self.move_to(self.cursor + rows)

    def page(self, direction: int) -> None:
        """Move by a page, the cursor staying on its line of the screen."""
        height = max(1, self.size.height)
        self.top = min(max(self.top + direction * height, 0), max(0, self.total - height))
        self.move_to(self.cursor + direction * height)

    def scroll_columns(self, direction: int) -> bool:
        """Scroll the columns by one; False at either end."""
        after = self.scrolled + direction
        if after < 0 or after > max(0, len(self.order or self._columns) - 2):
            return False
        self.scrolled = after
        return True

    def redraw(self) -> None:
        """Draw the rows, the cursor staying on its record wherever that stands now."""
        source = self._source
        if source is None:
            return
        self._follow(source)
        height, columns = max(1, self.size.height), self.placed
        if self.total:
            self.cursor = min(self.cursor, self.total - 1)
            self.top = self._shortened.top(self.top, height, self.cursor)
            self.top = min(self.top, max(0, self.total - height))
        source.show(self.top, self.top + height - 1)
        shown = range(self.top, min(self.top + height, self.total))
        if self.empty_words and not any(source.row(index) for index in shown):
            words = [plain(f"      {text}" if text else "") for text in self.empty_words]
            self.draw([*([()] * min(4, max(0, height - len(words)))), *words][:height])
            return
        self.draw([self._line(source, index, columns) for index in shown])

    def _follow(self, source: Source) -> None:
        row = source.row(self.cursor)
        if row is not None and row.id == self._current_id:
            return
        if self._current_id:
            index = source.index_of(self._current_id, self.cursor)
            if index is not None:
                self.top = max(0, self.top + index - self.cursor)
                self.cursor = index
                return
        if row is not None:
            self._current_id = row.id

    def _line(self, source: Source, index: int, columns: Sequence[Placed]) -> Line:
        here = index == self.cursor
        role = Role.CURSOR if here else Role.TEXT
        if index in self.headings:
            return plain(f"  {self.headings[index]}", Role.MUTED)
        row = source.row(index)
        if row is None:
            return (Run(("›" if here else " ") + f" {WAITING}", role),)
        mark = self._mark(row.id) or " "
        return (Run(("›" if here else " ") + mark + cells(columns, row.cells, self.now), role),)
