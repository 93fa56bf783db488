"""What happened in the background, on the message line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.errors import CertificateError, Offline, Timeout
from csc_tui.sentences import explain
from csc_tui.services.events import Event, Failed, Mended, Noticed, SyncMoved, WorkChanged
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.ui.messages import Messages


def tell(event: Event, messages: Messages, *, offline: bool) -> bool:
    """Say what an event means; whether anything on the lower lines may be another now."""
    match event:
        case Failed():
            lost = isinstance(event.error, Offline | Timeout | CertificateError)
            messages.failure(explain(event.error), "line" if lost else event.doing)
        case Mended():
            messages.mended(event.doing)
        case Noticed(bad=True):
            messages.failure(say(event.key, **dict(event.values)), "notice")
        case Noticed():
            messages.success(say(event.key, **dict(event.values)))
        case WorkChanged():
            if not offline:
                messages.mended("line")
        case SyncMoved():
            pass  # the status line says how far it is
        case _:
            return False
    return True
