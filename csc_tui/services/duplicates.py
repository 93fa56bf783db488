"""Looking for duplicates in the store; nothing is asked of the CRM."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from csc_tui.domain.duplicates import Known, Pair, name_words, pairs
from csc_tui.domain.folding import fold
from csc_tui.services.uncollected import uncollected
from csc_tui.store.phones import national

if TYPE_CHECKING:
    from csc_tui.services.desk import Desk
    from csc_tui.store.rows import Indexed

AT_ONCE = 1_000
"""Records that are read together: some hundredths of a second."""
REST = 0.001
"""Seconds for which nothing is compared every now and then: whoever is at the keys goes first."""
SHORTEST = 6
"""Digits of a number that tells somebody apart."""

_APART = "apart."
"""Begins the key of the setting that holds the pairs that are two; the resource follows."""


async def duplicates(
    desk: Desk, resource: str, tell: Callable[[int], None] = lambda _: None
) -> list[Pair]:
    """The pairs among the records of a resource that are here, the surest first.

    `tell` hears how many are read. It is done beside the event loop and ends when it is cancelled.
    """
    with uncollected():
        return await _sought(desk, resource, tell)


async def _sought(desk: Desk, resource: str, tell: Callable[[int], None]) -> list[Pair]:
    known: list[Known] = []
    listed = enumerate(desk.resources[resource].columns)
    columns = {column.name: place for place, column in listed}
    async for page in desk.store.each_indexed(resource, AT_ONCE):
        known += await asyncio.to_thread(lambda: [_known(columns, one) for one in page])  # noqa: B023 -- awaited
        tell(len(known))
    known.reverse()
    stop = threading.Event()
    try:
        return await asyncio.to_thread(pairs, _given_up(known), lambda: stop.wait(REST))
    finally:
        stop.set()


def _given_up(known: list[Known]) -> Iterator[Known]:
    """From the last to the first; none is kept here, so that not all are given up in one go."""
    while known:
        yield known.pop()


async def said_apart(desk: Desk, resource: str) -> set[frozenset[str]]:
    """The pairs of ids of which somebody has said that they are two."""
    kept = await desk.store.value(f"{_APART}{resource}")
    return {frozenset(map(str, pair)) for pair in json.loads(kept)} if kept else set()


async def say_apart(desk: Desk, resource: str, pair: Pair, *, two: bool) -> set[frozenset[str]]:
    """Remember that a pair is two, or that it may be one; gives all that are remembered."""
    found = await said_apart(desk, resource)
    found = found | {pair.ids} if two else found - {pair.ids}
    kept = json.dumps(sorted(sorted(one) for one in found), separators=(",", ":"))
    await desk.store.set_value(f"{_APART}{resource}", kept)
    return found


def _known(columns: Mapping[str, int], one: Indexed) -> Known:
    return Known(
        one.id,
        next(iter(one.cells), ""),
        name_words(one.names),
        tuple(dict.fromkeys(filter(None, map(_digits, one.phones)))),
        tuple(dict.fromkeys(fold(it) for it in one.words if "@" in it)),
        _cell(columns, one, "company"),
        _cell(columns, one, "city"),
    )


def _cell(columns: Mapping[str, int], one: Indexed, name: str) -> str:
    place = columns.get(name, len(one.cells))
    return fold(one.cells[place]) if place < len(one.cells) else ""


def _digits(number: str) -> str:
    """A number without country and trunk prefix; empty for one that is too short to tell."""
    digits = national(number)
    return digits if len(digits) >= SHORTEST else ""
