"""A list that is put together here: what a filter lets through, in any order, all of it at hand.

The rows of a `Listing` come page by page as they are looked at, in an order that the server has.
Here they come from one reading of the list, from end to end, and stay in memory. What changes so
that it fits no more leaves at once; it comes back to its place where that is taken back.
"""

from __future__ import annotations

from bisect import bisect_left
from contextlib import aclosing
from typing import TYPE_CHECKING

from csc_tui.domain.ordering import Key, Order, made_here
from csc_tui.services.desk import parse_raw
from csc_tui.services.events import RowsChanged
from csc_tui.services.packed import PackedRows
from csc_tui.services.reading import Reading
from csc_tui.store.rows import Row
from csc_tui.worker.lane import Lane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csc_tui.domain.errors import CrmError
    from csc_tui.domain.filter import Filter
    from csc_tui.domain.query import Query
    from csc_tui.domain.record import Record
    from csc_tui.services.desk import Desk
    from csc_tui.services.layout import Tab

_Place = tuple[Key, int]
"""What a row is ordered by: the order's own key, then the number with which it came in."""
_AS_IT_COMES: Key = (False, "")

AT_ONCE = 250
"""Records that are read out of the store together."""


class Gathered:
    """Some records of one resource, all of them here; a list source like any other."""

    failure: CrmError | None = None
    """What fails here is said by whoever gathers."""
    stored = 0
    answered_at = 0.0

    def __init__(self, desk: Desk, query: Query, tab: Tab, wanted: Filter | None) -> None:
        """`query` names resource and order, which may be one that no server has."""
        self.query = query
        self.tab = tab
        self.wanted = wanted
        self.whole = False
        """Whether all has come in that was to come in."""
        self.local = False
        """Whether only what the store has was looked through."""
        self._desk = desk
        self._rows = PackedRows()
        self._keys: list[_Place] = []
        """Where each of the rows stands among the others."""
        self._places: dict[str, _Place] = {}
        """The same by id, also of those that have left."""
        self._count = 0
        first = tab.sorts[0].sort
        self._order = Order(desk.resources[tab.name], query.sort) if made_here(query.sort) else None
        self.reading = Reading(desk, query._replace(sort=first) if self._order else query, wanted)
        """Where they come from; tells how far it is."""
        desk.events.showing.add(self)

    # --- what the screen reads

    @property
    def resource(self) -> str:
        """What it lists."""
        return self.query.resource

    @property
    def total(self) -> int:
        """How many there are so far."""
        return len(self._rows)

    @property
    def length(self) -> int:
        """Rows to show."""
        return len(self._rows)

    @property
    def page_rows(self) -> int:
        """All of it is one page."""
        return max(1, len(self._rows))

    def row(self, index: int) -> Row | None:
        """Row `index`, 0-based."""
        if not 0 <= index < len(self._rows):
            return None
        return self._rows[~index if self._backwards else index]

    @property
    def _backwards(self) -> bool:
        """Whether the last of the rows kept stands first."""
        return self._order is not None and self.query.sort.descending

    def index_of(self, record_id: str, near: int) -> int | None:
        """Where a record stands; where it would stand if it has left."""
        place = self._places.get(record_id)
        if place is None:
            return None
        at = bisect_left(self._keys, place)
        return len(self._rows) - at - (self._at(record_id) is not None) if self._backwards else at

    def ids(self) -> list[str]:
        """The ids of all rows in their order."""
        return self._rows.ids[:: -1 if self._backwards else 1]

    def concerned(self, ids: set[str]) -> set[str]:
        """All of these where a filter says what belongs here, else those that have a row."""
        return ids if self.wanted is not None else ids & self._places.keys()

    def has_left(self, record_id: str) -> bool:
        """Whether it was changed since it came in, so that it fits no more."""
        return record_id in self._places and self._at(record_id) is None

    def loading(self) -> None:
        """Nothing is awaited for single rows."""

    # --- what the screen asks for

    def look(self) -> None:
        """Nothing is asked for again by looking at it."""

    def show(self, first: int, last: int) -> None:
        """All rows are in memory."""

    def refresh(self) -> None:
        """Only who gathered it can do so again."""

    def forget_pages(self) -> None:
        """There are none."""

    def close(self) -> None:
        """Nothing runs here."""

    def changed(self, row: Row, record: Record) -> None:
        """A record looks another way: it keeps its place, leaves, or comes (back) to it."""
        at, fits = self._at(row.id), self.wanted is None or self.wanted.matches(record)
        if at is not None and fits:
            self._rows[at] = row
        elif at is not None:
            del self._rows[at], self._keys[at]
        elif fits and row.id in self._places:
            self._insert(row, self._places[row.id])
        elif fits and self.wanted is not None and self.whole:
            self._take([record])

    def remove(self, record_id: str) -> None:
        """A record is gone."""
        at = self._at(record_id)
        if at is not None:
            del self._rows[at], self._keys[at]
        self._places.pop(record_id, None)

    def _at(self, record_id: str) -> int | None:
        """The number of a record's row, however they are shown; None where it has none."""
        place = self._places.get(record_id)
        if place is None:
            return None
        at = bisect_left(self._keys, place)
        return at if at < len(self._keys) and self._keys[at] == place else None

    def _insert(self, row: Row, place: _Place) -> None:
        at = bisect_left(self._keys, place)
        self._keys.insert(at, place)
        self._rows.insert(at, row)

    # --- what a jump by name asks for

    async def load_page(self, number: int, lane: Lane = Lane.CURSOR) -> tuple[Row, ...]:
        """The one page."""
        return tuple(self._rows)

    async def boundaries(self) -> list[tuple[int, str, str]]:
        """No page but the one."""
        return []

    async def known_place(self, text: str) -> int | None:
        """All names are on the one page."""
        return None

    # --- gathering

    async def ask(self) -> None:
        """Have all of it from the CRM; rows are there as they come in. Raises CrmError."""
        async with aclosing(self.reading.pages()) as pages:
            async for found in pages:
                self._take(found)
        self._end()

    async def look_here(self) -> None:
        """Look through what the store has; nothing is asked for."""
        self.local = True
        if self.query.sort != self.tab.sorts[0].sort:
            self._order = Order(self._desk.resources[self.tab.name], self.query.sort)
        async with aclosing(self.reading.stored()) as pages:
            async for found in pages:
                self._take(found)
        self._end()

    async def recut(self) -> None:
        """The list has other columns: make the cells anew, out of the store."""
        ids = self.ids()
        for start in range(0, len(ids), AT_ONCE):
            found = await self._desk.store.records(self.tab.name, ids[start : start + AT_ONCE])
            for one in found.values():
                if (at := self._at(one.id)) is not None:
                    record = self._desk.record(self.tab.name, parse_raw(one.raw))
                    self._rows[at] = self._row_of(self._desk.overlaid(record))
        self._tell()

    def join(self, record: Record) -> bool:
        """A record was made here: it takes its place, if it belongs to these; False if not."""
        if self.wanted is not None and not self.wanted.matches(record):
            return False
        self._take([record])
        return True

    def _take(self, records: Sequence[Record]) -> None:
        for record in records:
            if record.id not in self._places:
                self._count += 1
                key = self._order.key(record) if self._order is not None else _AS_IT_COMES
                self._places[record.id] = place = (key, self._count)
                self._insert(self._row_of(record), place)
        self._tell()

    def _row_of(self, record: Record) -> Row:
        return Row(record.id, self._desk.cells(record), record.version())

    def _end(self) -> None:
        self.whole = True
        self._tell()

    def _tell(self) -> None:
        self._desk.events.tell(RowsChanged(self.query))
