"""How long a list is, also where the server cannot be asked for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csc_tui.crm.adapter import Adapter
    from csc_tui.domain.query import Query
    from csc_tui.services.delta import Ask


async def count(crm: Adapter, ask: Ask, query: Query, page_rows: int) -> int | None:
    """The length of a list; where it is not told its pages are walked through, the bare records.

    So is one whose pages should say it, and do not. None where the server answers nonsense.
    Raises CrmError.
    """
    request = crm.count(query)
    total = None if request is None else crm.read_total(await ask(request))
    if total is not None or (request is not None and not crm.limits.pages_count):
        return total
    seen: set[str] = set()
    number = 1
    while True:
        raws = crm.read_list(query.resource, await ask(crm.ids(query, number)))
        before = len(seen)
        seen.update(str(raw["id"]) for raw in raws)
        # A server that gives the same page for ever is not followed. One that should have told
        # the length of its pages may give fewer than it was asked for.
        short = request is None and len(raws) < page_rows
        if short or len(seen) == before:
            return len(seen)
        number += 1
