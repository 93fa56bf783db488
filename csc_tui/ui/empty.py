"""What stands in a list without rows: which emptiness it is, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.errors import Forbidden, Offline, Timeout
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.services.browse import Listing
    from csc_tui.services.layout import Tab


def empty_words(tab: Tab, listing: Listing, now: float) -> list[str]:
    """The lines for a list that has no rows to show; none while its first answer is awaited."""
    if isinstance(listing.failure, Forbidden):
        return [say("screen.empty_forbidden", many=tab.many)]
    if isinstance(listing.failure, Offline | Timeout):
        here = {"many": tab.many, "stored": f"{listing.stored:,}"}
        if listing.total is None:
            return [say("screen.empty_offline", **here)]
        return [say("screen.empty_offline_of", total=f"{listing.total:,}", **here)]
    if listing.failure is not None and not listing.total:
        return [say("screen.empty_failed", many=tab.many), "", say("screen.empty_again")]
    if listing.total != 0:
        return []
    seconds = max(0, int(now - listing.answered_at))
    return [
        say("screen.empty", many=tab.many),
        "",
        say("screen.empty_new"),
        say("screen.empty_again"),
        "",
        say("screen.empty_why_1", seconds=seconds),
        say("screen.empty_why_2"),
    ]
