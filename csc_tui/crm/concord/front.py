"""What is needed of Concord CRM until a list has been asked for."""

from __future__ import annotations

from csc_tui.crm.adapter import Limits
from csc_tui.crm.concord import asking
from csc_tui.domain.query import Query
from csc_tui.http.message import Request


class ConcordFront:
    """Keeps the protocol `csc_tui.crm.adapter.Front`; what each method does is said there."""

    name = "concord"
    title = "Concord CRM"
    limits = Limits(slots=1, window=60.0, told=True, pages_count=True)
    """Per minute; how many, each answer says. Concord fact sheet §2."""

    def headers(self, key: str) -> dict[str, str]:
        """The key's header. Fact sheet §1; never `Origin` nor `Referer`."""
        return {
            "Authorization": f"Bearer {key}",
            "Accept": "application/json",
            "Content-Type": "application/json",
        }

    def page(self, query: Query, page: int) -> Request:
        """One page of a list."""
        return asking.page(query, page)
