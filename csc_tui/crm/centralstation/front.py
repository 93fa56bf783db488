"""What is needed of CentralStationCRM until a list has been asked for."""

from __future__ import annotations

from csc_tui.crm.adapter import Limits
from csc_tui.crm.centralstation import asking
from csc_tui.domain.query import Query
from csc_tui.http.message import Request


class CentralStationFront:
    """Keeps the protocol `csc_tui.crm.adapter.Front`; what each method does is said there."""

    name = "centralstation"
    title = "CentralStationCRM"
    limits = Limits(slots=50, window=10.0)
    """50 requests in 10 seconds. CentralStationCRM fact sheet §1.7."""

    def headers(self, key: str) -> dict[str, str]:
        """The key's header. Fact sheet §1.2."""
        return {"X-apikey": key, "Accept": "application/json"}

    def page(self, query: Query, page: int) -> Request:
        """One page of a list."""
        return asking.page(query, page)
