"""A sweep over the ids of a list: what is there and not here is fetched, what is gone is removed.

A record is taken out only after two signs: a sweep during which the count stood still and matched
did not name it, and asked for by its id it did not come.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from csc_tui.domain.errors import NotFound, Rejected
from csc_tui.domain.ref import Ref
from csc_tui.services.counting import count
from csc_tui.services.events import RecordGone
from csc_tui.services.overtaken import id_of
from csc_tui.store.sweep import Sweep

if TYPE_CHECKING:
    from csc_tui.crm.adapter import Raw
    from csc_tui.domain.query import Query
    from csc_tui.services.delta import Ask, Keep
    from csc_tui.services.desk import Desk

TRIES = 3
"""Sweeps after which it is given up that the count stands still."""
ASKED = 100
"""Ids in one request: an address has its limits."""

Each = Callable[[Iterator[int], Callable[[int], Awaitable[None]]], Awaitable[None]]
"""Does something for each number, several at a time."""


class Swept(NamedTuple):
    """What a sweep did."""

    removed: int = 0
    settled: bool = True
    """False where the list never stood still: nothing was removed then."""


async def sweep(desk: Desk, ask: Ask, query: Query, each: Each, keep: Keep) -> Swept:
    """Make the store's records of a whole resource those that the server has. Raises CrmError."""
    for _ in range(TRIES):
        begun = desk.clock.now()
        swept = Sweep(query.resource)
        before = await count(desk.crm, ask, query, desk.page_rows(query.resource)) or 0
        strangers = await _name(desk, ask, query, each, swept, before)
        after = await count(desk.crm, ask, query, desk.page_rows(query.resource))
        await fetch(desk, ask, query.resource, strangers, keep)
        if swept.named == before == after:
            unnamed = await desk.store.unnamed(swept, begun)
            return Swept(await remove(desk, ask, query.resource, unnamed, keep))
    return Swept(settled=False)


async def _name(
    desk: Desk, ask: Ask, query: Query, each: Each, swept: Sweep, total: int
) -> list[str]:
    """Have the server name all its records; gives the ids of those that are not here."""
    strangers: list[str] = []

    async def page(number: int) -> None:
        raws = desk.crm.read_list(query.resource, await ask(desk.crm.ids(query, number)))
        ids = [id_of(raw) for raw in raws]
        strangers.extend(await desk.store.note_named(swept, ids))

    await each(iter(range(1, -(-total // desk.page_rows(query.resource)) + 1)), page)
    return strangers


async def fetch(desk: Desk, ask: Ask, resource: str, ids: Sequence[str], keep: Keep) -> set[str]:
    """Fetch records by their ids; gives the ids of those that came. Raises CrmError."""
    came: set[str] = set()
    for begin in range(0, len(ids), ASKED):
        some = ids[begin : begin + ASKED]
        asked = desk.records.confirmed.asking()
        try:
            response = await ask(desk.crm.show_many(resource, some))
            raws: Sequence[Raw] = desk.crm.read_list(resource, response)
        except Rejected:
            raws = await _one_by_one(desk, ask, resource, some)
        if not {id_of(raw) for raw in raws} <= set(some):
            raws = await _one_by_one(desk, ask, resource, some)
        raws = asked.newer(resource, raws)
        if raws:
            await keep(raws)
        came.update(id_of(raw) for raw in raws)
    return came


async def _one_by_one(desk: Desk, ask: Ask, resource: str, ids: Sequence[str]) -> list[Raw]:
    """For a server that gives other records than those it was asked for."""
    raws = []
    for one in ids:
        with suppress(NotFound):
            response = await ask(desk.crm.show(Ref(resource, one)))
            raws.append(desk.crm.read_one(resource, response))
    return raws


async def remove(desk: Desk, ask: Ask, resource: str, ids: Sequence[str], keep: Keep) -> int:
    """Take records out that the server did not name, but for those that come all the same."""
    came = await fetch(desk, ask, resource, ids, keep)
    gone = [one for one in ids if one not in came]
    removed = await desk.store.forget_all(resource, gone)
    for one in gone:
        desk.events.tell(RecordGone(Ref(resource, one)))
    return removed
