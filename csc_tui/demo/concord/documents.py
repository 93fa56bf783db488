"""Documents: what becomes of one (Concord fact sheet §10.7).

The demo sends no mails, so `send` changes nothing, and nobody signs; the pages at `public_url` are
not there, and a document has no products of its own.
"""

from __future__ import annotations

from csc_tui.demo.concord.exchange import Exchange
from csc_tui.demo.concord.kind import Kind
from csc_tui.demo.messages import Answer
from csc_tui.demo.schema import Row

STATES = {"lost": "lost", "accept": "accepted", "draft": "draft"}
"""The last segment of a route -> what the document is then."""


def set_state(exchange: Exchange, kind: Kind) -> Answer:
    """POST /documents/7/accept: 200 and the document."""
    row = exchange.find(kind, exchange.path[1])
    state = STATES[exchange.path[2]]
    accepted = state == "accepted"
    changes: Row = {
        "status": state,
        "accepted_at": exchange.view.now if accepted else None,
        "marked_accepted_by": exchange.view.viewer["id"] if accepted else None,
        "updated_at": exchange.view.now,
    }
    exchange.view.store.update(kind, row, changes)
    return exchange.one(kind, row["id"])
