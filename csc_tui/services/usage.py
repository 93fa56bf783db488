"""What an account uses most: counted on the records that are here, for the order of options."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from csc_tui.domain.query import Query
from csc_tui.domain.record import parts_of
from csc_tui.services.desk import parse_raw

if TYPE_CHECKING:
    from csc_tui.domain.field import Field
    from csc_tui.domain.record import Node, Record
    from csc_tui.services.desk import Desk

PAGES = (1, 2)
"""Pages of each list, in its usual order, that are looked at: enough for an order."""


async def used_most(desk: Desk) -> dict[str, Counter[str]]:
    """Lookup name -> value -> how many of the records that were looked at have it."""
    found: dict[str, Counter[str]] = {}
    for tab in desk.tabs:
        for number in PAGES:
            page = await desk.store.page(Query(tab.name, tab.sorts[0].sort).key, number)
            if page is None:
                continue
            stored = await desk.store.records(tab.name, [row.id for row in page.rows])
            raws = [(tab.name, one.raw) for one in stored.values()]
            records = (desk.record(name, parse_raw(raw)) for name, raw in raws)
            await asyncio.to_thread(_count, found, records)
    return found


def _count(found: dict[str, Counter[str]], records: Iterable[Record]) -> None:
    looked_up: dict[type[Node], list[Field]] = {}
    for record in records:
        nodes: list[Node] = [
            record,
            *(part for name in parts_of(type(record)) for part in getattr(record, name)),
        ]
        for node in nodes:
            if type(node) not in looked_up:
                looked_up[type(node)] = [one for one in node.fields() if one.lookup]
            for field in looked_up[type(node)]:
                value = node.value(field.name)
                if isinstance(value, str) and value:
                    found.setdefault(field.lookup, Counter())[value] += 1
