"""Orders that are made here: by any column, where the server has none of that kind."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from csc_tui.domain.column import SortOption
from csc_tui.domain.dates import read_day
from csc_tui.domain.field import Kind
from csc_tui.domain.folding import fold
from csc_tui.domain.query import Sort
from csc_tui.domain.subject import subject_of
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csc_tui.domain.column import Column
    from csc_tui.domain.field import Plain
    from csc_tui.domain.record import Record
    from csc_tui.domain.resource import Resource

_HERE = "here:"
"""Begins the name of an order that no server is asked for."""

_WORDS = {
    (False, False): "up",
    (False, True): "down",
    (True, True): "latest",
    (True, False): "earliest",
}
"""Whether a column holds times, and whether it descends -> what the order is called."""

Key = tuple[bool, Decimal | str]
"""Compares two records: whether it has a value, and that value; of one order all are of a kind."""


def orders_of(columns: Sequence[Column], sorts: Sequence[SortOption]) -> list[SortOption]:
    """The orders by columns that the server has not: A to Z and back, latest times first."""
    served = {(one.column, one.sort.descending) for one in sorts}
    return [
        SortOption(
            Sort(f"{_HERE}{column.name}", down),
            say(f"order.{_WORDS[column.age, down]}", title=column.title),
            column.name,
        )
        for column in columns
        for down in (column.age, not column.age)
        if (column.name, down) not in served
    ]


def made_here(sort: Sort) -> bool:
    """Whether an order is one that only this program makes."""
    return sort.name.startswith(_HERE)


def order_name(sort: Sort) -> str:
    """An order as a person names it: `name`, `-updated`, `city`."""
    return sort.key.replace(_HERE, "", 1)


def find_order(options: Sequence[SortOption], name: str) -> SortOption | None:
    """The order that goes by a name, the server's first; None for none."""
    return next((one for one in options if order_name(one.sort) == name), None)


class Order:
    """An order by what a record has under one name.

    Numbers go by their size, times by the clock, texts without case and accents. Records that
    have none of it stand last, either way.
    """

    def __init__(self, resource: Resource, sort: Sort) -> None:
        self._column = sort.name.removeprefix(_HERE)
        self.descending = sort.descending
        """Whether the greatest key stands first."""
        subject = subject_of(resource, self._column, {})
        self._measured = subject if subject is not None and subject.kind in _MEASURED else None

    def key(self, record: Record) -> Key:
        """What records compare by; the greatest stands first where the order descends."""
        value = self._value(record)
        there = value is not None
        return there is self.descending, "" if value is None else value

    def _value(self, record: Record) -> Decimal | str | None:
        if self._measured is not None:
            values = self._measured.values(record)
            return _ordered(self._measured.kind, values[0]) if values else None
        text = record.cell(self._column)
        shown = read_day(text)
        return (shown.isoformat() if shown else fold(text)) or None


_MEASURED = (Kind.NUMBER, Kind.DATE, Kind.TIME, Kind.MOMENT)
"""Kinds that are compared by more than their text."""


def _ordered(kind: Kind, value: Plain) -> Decimal | str | None:
    if kind is not Kind.NUMBER:
        return str(value)
    try:
        return Decimal(str(value))
    except ArithmeticError:
        return None
