"""Looking for duplicates in the store; nothing is asked of the CRM."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from csc_tui.domain.duplicates import Known, Pair, name_words, pairs
from csc_tui.domain.folding import fold
from csc_tui.services.desk import parse_raw
from csc_tui.store.phones import index_phone

if TYPE_CHECKING:
    from csc_tui.domain.record import Record
    from csc_tui.services.desk import Desk

AT_ONCE = 250
"""Records that are read together."""
SHORTEST = 6
"""Digits of a number that tells somebody apart."""


async def duplicates(desk: Desk, resource: str) -> list[Pair]:
    """The pairs among the records of a resource that are here, the surest first."""
    known = [
        _known(desk.record(resource, parse_raw(one.raw)))
        async for page in desk.store.each(resource, AT_ONCE)
        for one in page
    ]
    return await asyncio.to_thread(pairs, known)


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
    forms = [it.digits for it in index_phone(number) if not it.digits.startswith("r")]
    shortest = min(forms, key=len, default="")
    return shortest if len(shortest) >= SHORTEST else ""
