"""Synchronising from the screen: begun, paused and let go on by one command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.errors import CrmError
from csc_tui.domain.query import Query
from csc_tui.services.events import Failed
from csc_tui.services.sync_words import forecasts, results, share
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.services.desk import Desk
    from csc_tui.services.sync import Sync
    from csc_tui.ui.messages import Messages


async def synchronise(desk: Desk, messages: Messages) -> None:
    """Fetch the whole account, people first; a run that is under way is paused or goes on.

    What it costs is said before, what came of it afterwards.
    """
    await desk.awake.wait()
    sync = desk.sync
    if sync.progress is not None:
        if sync.paused:
            sync.go_on()
        else:
            sync.pause()
            messages.success(say("sync.paused"))
        return
    try:
        plans = await sync.plan(Query(tab.name, tab.sorts[0].sort) for tab in desk.tabs)
        messages.success(forecasts(plans))
        outcomes = await sync.run(plans)
    except CrmError as error:
        desk.events.tell(Failed(error, "sync"))
        return
    messages.mended("sync")
    many = {name: resource.many for name, resource in desk.resources.items()}
    messages.success(results(outcomes, many))


def status(sync: Sync) -> str:
    """How far the run is, for the status line."""
    if sync.paused or sync.progress is None:
        return say("sync.status_paused")
    return say("sync.status", share=share(sync.progress))
