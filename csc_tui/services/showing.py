"""Which records lists are about: only those need be looked at when they look another way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from weakref import WeakSet


class RowHolder(Protocol):
    """A list of which some rows are in memory."""

    @property
    def resource(self) -> str:
        """What it lists."""

    def concerned(self, ids: set[str]) -> set[str]:
        """Those of these records that have a row here, or might get one."""


class Showing:
    """The lists of a desk, as long as somebody has them."""

    def __init__(self) -> None:
        self._lists: WeakSet[RowHolder] = WeakSet()

    def add(self, one: RowHolder) -> None:
        """There is another list."""
        self._lists.add(one)

    def concerned(self, resource: str, ids: Iterable[str]) -> set[str]:
        """Those of these records of a resource that some list is about."""
        asked = set(ids)
        mine = (it for it in self._lists if it.resource == resource)
        return {one for it in mine for one in it.concerned(asked)}
