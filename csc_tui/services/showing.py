"""Which rows are in memory: only those need be made anew when a record looks another way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from weakref import WeakSet


class RowHolder(Protocol):
    """A list of which some rows are in memory."""

    @property
    def resource(self) -> str:
        """What it lists."""

    def ids(self) -> Iterable[str]:
        """The ids of the rows that are in memory."""


class Showing:
    """The lists of a desk, as long as somebody has them."""

    def __init__(self) -> None:
        self._lists: WeakSet[RowHolder] = WeakSet()

    def add(self, one: RowHolder) -> None:
        """There is another list."""
        self._lists.add(one)

    def ids(self, resource: str) -> set[str]:
        """The ids of the records of a resource whose rows are in memory."""
        return {one for it in self._lists if it.resource == resource for one in it.ids()}
