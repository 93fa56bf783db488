"""A record's timeline: what happened to it and what was said (Concord fact sheet §7)."""

from __future__ import annotations

import json

from csc_tui.demo.concord.exchange import Exchange
from csc_tui.demo.concord.kind import Kind
from csc_tui.demo.concord.kinds import TABLES
from csc_tui.demo.concord.reading import Asked
from csc_tui.demo.concord.view import Shown, value
from csc_tui.demo.messages import Answer, integer
from csc_tui.demo.store import listed

_EVENTS = ("notes", "calls", "activities")
_LATEST = 100


def timeline(exchange: Exchange, kind: Kind) -> Answer:
    """Change log, notes, calls and activities together, latest first."""
    row = exchange.find(kind, exchange.path[1])
    record_id = integer(row["id"]) or 0
    mixed = [(at, entry) for at, entry in changelog(exchange, kind, record_id)]
    for name in _EVENTS:
        mixed += _talks(exchange, kind, record_id, name)
    mixed.sort(key=lambda one: one[0], reverse=True)
    resources = [
        {"name": name, "label": TABLES[name].label, "timeline_relation": name} for name in _EVENTS
    ]
    return Answer(200, {"data": [one for _, one in mixed[:_LATEST]], "resources": resources})


def changelog(exchange: Exchange, kind: Kind, record_id: int) -> list[tuple[int, Shown]]:
    """When, and what was changed by whom."""
    found = []
    for change_id, at, name, event, attributes in exchange.view.store.select(
        "SELECT c.id, c.at, u.name, c.event, c.attributes FROM changes AS c"
        " LEFT JOIN users AS u ON u.id = c.user_id"
        " WHERE c.kind = ? AND c.owner_id = ? ORDER BY c.id DESC",
        [kind.table, record_id],
    ):
        entry: Shown = {
            "id": change_id,
            "causer_name": name,
            "description": event,
            "properties": {"attributes": json.loads(str(attributes))},
            "created_at": value("time", at),
            "timeline_component": f"record-{event}",
            "timeline_relation": "changelog",
            "timeline_key": "changelog",
            "timeline_sort_column": "created_at",
        }
        found.append((integer(at) or 0, entry))
    return found


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
