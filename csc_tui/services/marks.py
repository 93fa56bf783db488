"""Marks: the records that one has chosen, by id, whatever the lists do meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csc_tui.domain.ref import Ref


class Marks:
    """The marked records of every resource, in the order in which they were marked."""

    def __init__(self) -> None:
        self._ids: dict[str, dict[str, None]] = {}

    def of(self, resource: str) -> tuple[str, ...]:
        """The ids that are marked."""
        return tuple(self._ids.get(resource, ()))

    def count(self, resource: str) -> int:
        """How many are marked."""
        return len(self._ids.get(resource, ()))

    def has(self, resource: str, record_id: str) -> bool:
        """Whether a record is marked."""
        return record_id in self._ids.get(resource, ())

    def toggle(self, resource: str, record_id: str) -> None:
        """Mark it, or mark it no more."""
        if self.has(resource, record_id):
            del self._ids[resource][record_id]
        else:
            self.add(resource, (record_id,))

    def add(self, resource: str, ids: Iterable[str]) -> None:
        """Mark these too."""
        self._ids.setdefault(resource, {}).update(dict.fromkeys(ids))

    def put(self, resource: str, ids: Iterable[str]) -> None:
        """Mark these and no others."""
        self._ids[resource] = dict.fromkeys(ids)

    def drop(self, ref: Ref) -> None:
        """Mark a record no more."""
        self._ids.get(ref.resource, {}).pop(ref.id, None)
