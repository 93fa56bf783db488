"""The change log of records (Concord fact sheet §7; the keys of an entry are assumed)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from csc_tui.demo.concord.kind import Kind
from csc_tui.demo.concord.view import Shown, value
from csc_tui.demo.messages import integer
from csc_tui.demo.store import Store, listed


def changelog(store: Store, kind: Kind, ids: Sequence[object]) -> list[tuple[object, int, Shown]]:
    """Record, epoch milliseconds and entry of each change, latest first; one statement."""
    found: list[tuple[object, int, Shown]] = []
    for owner, change_id, at, name, event, attributes in store.select(
        "SELECT c.owner_id, c.id, c.at, u.name, c.event, c.attributes FROM changes AS c"
        " LEFT JOIN users AS u ON u.id = c.user_id WHERE c.kind = ?"
        " AND c.owner_id IN (SELECT value FROM json_each(?)) ORDER BY c.id DESC",
        [kind.table, listed(ids)],
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
        found.append((owner, integer(at) or 0, entry))
    return found
