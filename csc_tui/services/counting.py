"""How long a list is, also where the server cannot be asked for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csc_tui.crm.adapter import Adapter
    from csc_tui.domain.query import Query
    from csc_tui.services.delta import Ask


async def count(crm: Adapter, ask: Ask, query: Query, page_rows: int) -> int | None:
    """The length of a list; where it is not told its pages are walked through, the bare records.

    None where the server answers nonsense. Raises CrmError.
    """
    request = crm.count(query)
    if request is not None:
        return crm.read_total(await ask(request))
    seen: set[str] = set()
    number = 1
    while True:
        raws = crm.read_list(query.resource, await ask(crm.ids(query, number)))
        before = len(seen)
        seen.update(str(raw["id"]) for raw in raws)
        # A server that gives the same page for ever is not followed.
        if len(raws) < page_rows or len(seen) == before:
            return len(seen)
        number += 1
