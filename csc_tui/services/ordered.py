"""A list from end to end in an order that its server or the store does not give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.ordering import Order, made_here

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from csc_tui.domain.query import Query
    from csc_tui.domain.record import Record
    from csc_tui.services.desk import Desk


def order_of(desk: Desk, query: Query, *, offline: bool) -> Order | None:
    """What has to be ordered here; None where it comes so. The store gives its records by name."""
    resource = desk.resources[query.resource]
    comes_so = query.sort.name == "name" and not query.sort.descending
    here = made_here(query.sort) or (offline and not comes_so)
    return Order(resource, query.sort) if here else None


async def ordered(
    pages: AsyncGenerator[list[Record], None], order: Order, limit: int | None
) -> AsyncGenerator[list[Record], None]:
    """All of it at once, at most `limit` records: the first of them may have come last."""
    found: list[Record] = []
    async for page in pages:
        found += page
    found.sort(key=order.key)
    if order.descending:
        found.reverse()
    yield found[:limit]
