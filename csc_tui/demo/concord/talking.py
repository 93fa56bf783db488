"""A record's timeline: what happened to it and what was said (Concord fact sheet §7)."""

from __future__ import annotations

from csc_tui.demo.concord.changes import changelog
from csc_tui.demo.concord.exchange import Exchange
from csc_tui.demo.concord.kind import Kind
from csc_tui.demo.concord.kinds import TABLES
from csc_tui.demo.concord.reading import Asked
from csc_tui.demo.concord.view import Shown
from csc_tui.demo.messages import Answer, integer
from csc_tui.demo.store import listed

_EVENTS = ("notes", "calls", "activities")
_LATEST = 100


def timeline(exchange: Exchange, kind: Kind) -> Answer:
    """Change log, notes, calls and activities together, latest first."""
    row = exchange.find(kind, exchange.path[1])
    record_id = integer(row["id"]) or 0
    log = changelog(exchange.view.store, kind, [record_id])
    mixed = [(at, entry) for _, at, entry in log]
    for name in _EVENTS:
        mixed += _talks(exchange, kind, record_id, name)
    mixed.sort(key=lambda one: one[0], reverse=True)
    resources = [
        {"name": name, "label": TABLES[name].label, "timeline_relation": name} for name in _EVENTS
    ]
    return Answer(200, {"data": [one for _, one in mixed[:_LATEST]], "resources": resources})


def _talks(exchange: Exchange, kind: Kind, record_id: int, name: str) -> list[tuple[int, Shown]]:
    other = TABLES[name]
    ids = [
        row[0]
        for row in exchange.view.store.select(
            "SELECT other_id FROM associations WHERE kind = ? AND owner_id = ? AND other = ?",
            [kind.table, record_id, name],
        )
    ]
    within = "id IN (SELECT value FROM json_each(?))"
    if other.soft:
        within += " AND deleted_at IS NULL"
    rows = exchange.view.store.rows(other, within, [listed(ids)])
    shown = exchange.renderer.records(other, rows, Asked(), exchange.customs(other))
    column = "date" if name == "calls" else "created_at"
    return [(integer(row[column]) or 0, one) for row, one in zip(rows, shown, strict=True)]
