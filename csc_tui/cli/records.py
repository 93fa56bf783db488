"""`csc-tui list`: records on standard output, as they come in."""

from __future__ import annotations

import sys
from contextlib import aclosing
from typing import TYPE_CHECKING

from csc_tui.cli.at_desk import filter_of, query_of, resource_of
from csc_tui.cli.columns import Shown, columns_of
from csc_tui.cli.exits import OK
from csc_tui.cli.formats import writer_of
from csc_tui.cli.output import put
from csc_tui.domain.dump import dump
from csc_tui.services.lookup import FIELDS
from csc_tui.services.reading import Reading
from csc_tui.words import say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from csc_tui.domain.filter import Filter
    from csc_tui.domain.record import Record
    from csc_tui.domain.resource import Resource
    from csc_tui.services.desk import Desk


async def list_records(desk: Desk, found: argparse.Namespace) -> int:
    """Print a list, or what of it a filter lets through, as it comes in."""
    resource = resource_of(desk, found.resource)
    query = query_of(resource, found.sort)
    wanted = await filter_of(desk, resource, found.filter, offline=found.offline)
    columns = await _columns(desk, resource, found)
    order = None
    if found.sort or found.offline or resource.views:
        from csc_tui.services.ordered import order_of, ordered  # a plain list need not wait for it

        order = order_of(desk, query, offline=found.offline)
        query = query._replace(sort=resource.sorts[0].sort) if order is not None else query
    reading = Reading(desk, query, wanted)
    if wanted and not found.offline:
        await announce(reading, wanted)
    writer = writer_of(
        found,
        columns,
        lambda record: (
            {one.name: one.value(record) for one in columns}
            if found.columns
            else dump(desk.resources[resource.name], record)
        ),
    )
    most = found.limit if order is None else None
    source = reading.stored(most) if found.offline else reading.pages(most)
    if order is not None:
        source = ordered(source, order, found.limit)
    async with aclosing(source) as pages:
        async for page in pages:
            whole = found.offline or found.columns or not (found.json or found.jsonl)
            writer.write(page if whole else await _called(desk, resource.name, page))
    writer.end()
    if wanted:
        aside(say("filter.found", matched=f"{reading.matched:,}", checked=f"{reading.checked:,}"))
    return OK


async def _columns(desk: Desk, resource: Resource, found: argparse.Namespace) -> list[Shown]:
    """The columns, with the words of those that hold ids. ConfigError; CrmError."""
    if found.columns and found.offline:
        await desk.lookups.recall()
    elif found.columns:
        await desk.lookups.require(FIELDS)
    columns = columns_of(desk.resources[resource.name], found.columns, desk.choices())
    fields = [one.subject.field for one in columns if one.subject is not None]
    named = {one.lookup for one in fields if one is not None and one.lookup}
    if found.offline or not named:
        return columns
    for name in named:
        await desk.lookups.require(name)
    return columns_of(desk.resources[resource.name], found.columns, desk.choices())


async def _called(desk: Desk, resource: str, page: Sequence[Record]) -> Sequence[Record]:
    """A page whose custom fields a program finds by the same names each time."""
    from csc_tui.services.records import called  # a list for a person need not wait for it

    return await called(desk, resource, page)


async def announce(reading: Reading, wanted: Filter) -> None:
    """Say what a filter costs before it runs, where somebody is there to read it."""
    if sys.stderr.isatty():
        cost = await reading.cost()
        checked = f"{cost.records:,}"
        aside(say("filter.plan", words=wanted.words(), count=cost.requests, checked=checked))


def aside(text: str) -> None:
    """A line for the person at the terminal, apart from the data; not into a log or pipe."""
    if sys.stderr.isatty():
        put(text, sys.stderr)
