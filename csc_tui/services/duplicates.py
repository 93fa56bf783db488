"""Looking for duplicates in the store; nothing is asked of the CRM."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from csc_tui.domain.duplicates import Known, Pair, name_words, pairs
from csc_tui.domain.folding import fold
from csc_tui.services.desk import parse_raw
from csc_tui.store.phones import national

if TYPE_CHECKING:
    from csc_tui.domain.record import Record
    from csc_tui.services.desk import Desk
    from csc_tui.store.rows import StoredRecord

AT_ONCE = 250
"""Records that are read together."""
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
    known: list[Known] = []
    async for page in desk.store.each(resource, AT_ONCE):
        known += await asyncio.to_thread(_known_of, desk, resource, page)
        tell(len(known))
    stop = threading.Event()
    try:
        return await asyncio.to_thread(pairs, known, stop.is_set)
    finally:
        stop.set()


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


def _known_of(desk: Desk, resource: str, page: Sequence[StoredRecord]) -> list[Known]:
    return [_known(desk.record(resource, parse_raw(one.raw))) for one in page]


def _known(record: Record) -> Known:
    found, card = record.found_by(), record.business_card()
    return Known(
        record.id,
        record.sort_name(),
        name_words(found.names),
        frozenset(filter(None, map(_digits, found.phones))),
        frozenset(fold(one.value) for one in card.emails),
        "" if card.is_firm else fold(card.company),
        fold(record.cell("city")),
    )


def _digits(number: str) -> str:
    """A number without country and trunk prefix; empty for one that is too short to tell."""
    digits = national(number)
    return digits if len(digits) >= SHORTEST else ""
