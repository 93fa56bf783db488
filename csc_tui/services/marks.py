"""Marks: the records that one has chosen, by id, whatever the lists do meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from csc_tui.services.gone import id_of
from csc_tui.worker.lane import Lane

if TYPE_CHECKING:
    from csc_tui.domain.query import Query
    from csc_tui.domain.ref import Ref
    from csc_tui.services.browse import Listing
    from csc_tui.services.desk import Desk

AT_ONCE = 4
"""Pages of ids that are asked for together."""


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


def pages_of(desk: Desk, query: Query, total: int) -> int:
    """The requests that naming all records of a list costs."""
    return -(-total // desk.page_rows(query.resource))


async def named(desk: Desk, query: Query, total: int, progress: Callable[[int], None]) -> list[str]:
    """The ids of all records of a list, not more of each; nobody waits for anything else.

    `progress` is told how many pages have come. Raises CrmError.
    """
    found: dict[int, list[str]] = {}
    numbers = iter(range(1, pages_of(desk, query, total) + 1))

    async def fetch() -> None:
        for number in numbers:
            answer = await desk.ask(desk.crm.ids(query, number), Lane.SYNC)
            found[number] = [id_of(raw) for raw in desk.crm.read_list(query.resource, answer)]
            progress(len(found))

    tasks = [asyncio.create_task(fetch()) for _ in range(AT_ONCE)]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
    return [one for number in sorted(found) for one in found[number]]


async def stretch(
    listing: Listing, pages: Sequence[int], progress: Callable[[int], None]
) -> dict[int, str]:
    """The ids of all rows of these pages by their places, 0-based. Raises CrmError.

    `progress` as in `named`.
    """
    found: dict[int, str] = {}
    for done, page in enumerate(pages):
        rows = await listing.load_page(page, Lane.SYNC)
        start = (page - 1) * listing.page_rows
        found |= {start + place: row.id for place, row in enumerate(rows)}
        progress(done + 1)
    return found
