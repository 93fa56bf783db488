"""The ids of a list's records, also of those that are not here: asked for in the last lane."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from csc_tui.services.overtaken import id_of
from csc_tui.worker.lane import Lane

if TYPE_CHECKING:
    from csc_tui.domain.query import Query
    from csc_tui.services.browse import Listing
    from csc_tui.services.desk import Desk
    from csc_tui.services.gathered import Gathered

AT_ONCE = 4
"""Pages of ids that are asked for together."""


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
    listing: Listing | Gathered, pages: Sequence[int], progress: Callable[[int], None]
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
