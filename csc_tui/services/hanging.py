"""What hangs on a record beside its parts: notes, calls and the like, by their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.worker.lane import Lane

if TYPE_CHECKING:
    from csc_tui.crm.adapter import Hanging
    from csc_tui.domain.ref import Ref
    from csc_tui.services.desk import Desk


async def hanging(desk: Desk, ref: Ref, lane: Lane = Lane.CURSOR) -> Hanging:
    """What would be left behind if the record went; nothing where the CRM moves it by itself.

    Raises CrmError.
    """
    asking = desk.crm.hanging(ref)
    try:
        request = next(asking)
        while True:
            request = asking.send(await desk.ask(request, lane))
    except StopIteration as done:
        found: Hanging = done.value
        return found
