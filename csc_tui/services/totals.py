"""How many records of each kind an account has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.query import Query
from csc_tui.worker.lane import Lane

if TYPE_CHECKING:
    from csc_tui.services.desk import Desk
    from csc_tui.services.layout import Tab


_FIRST = 2
"""Tabs: people and companies; that many have room on the line that says so."""


async def totals(desk: Desk) -> list[tuple[Tab, int]]:
    """The first tabs, each with its total, one request each; those without an answer are left out.

    Raises CrmError.
    """
    await desk.awake.wait()
    found = []
    for tab in desk.tabs[:_FIRST]:
        request = desk.crm.count(Query(tab.name, tab.sorts[0].sort))
        if request is None:
            continue
        response = await desk.ask(request, Lane.VISIBLE)
        if (total := desk.crm.read_total(response)) is not None:
            found.append((tab, total))
    return found
