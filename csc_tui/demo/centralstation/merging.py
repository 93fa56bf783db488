"""Merging people or companies: answered at once, carried out a little later.

CentralStationCRM fact sheet §3: `looser_ids` (sic), asynchronous, up to 5 s.
"""

# ruff: noqa: S608 -- only names that the code itself declares stand in SQL, values never do
from __future__ import annotations

import json

from csc_tui.demo.centralstation.answers import missing, not_found
from csc_tui.demo.centralstation.keys import VENTURES
from csc_tui.demo.centralstation.resource import Resource
from csc_tui.demo.centralstation.resources import RESOURCES
from csc_tui.demo.messages import integer
from csc_tui.demo.schema import Row
from csc_tui.demo.store import Store

_ATTACHED = [one for one in RESOURCES.values() if one.owner == "attachable"]


def begin(store: Store, resource: Resource, winner: Row, body: object, due: int) -> None:
    """Notes a merge that becomes due at an epoch millisecond.

    Raises Refused: 400 without looser_ids, 404 if one of them is unknown or the winner.
    """
    given = body.get("looser_ids") if isinstance(body, dict) else None
    if not isinstance(given, list) or not given:
        raise missing("looser_ids")
    losers = [integer(one) for one in given]
    for loser in losers:
        if loser is None or loser == winner["id"] or store.find(resource, loser) is None:
            raise not_found()
    store.write(
        "INSERT INTO merges VALUES (?, ?, ?, ?)",
        [due, resource.table, winner["id"], json.dumps(losers)],
    )


def finish(store: Store, now: int) -> None:
    """Carries out the merges that are due."""
    due = store.select("SELECT rowid, name, winner, losers FROM merges WHERE due <= ?", [now])
    if not due:
        return
    with store.transaction():
        for number, table, winner, losers in due:
            store.write("DELETE FROM merges WHERE rowid = ?", [number])
            if store.find(RESOURCES[str(table)], int(str(winner))) is not None:
                for loser in json.loads(str(losers)):
                    _merge(store, RESOURCES[str(table)], winner, loser)
                _touch(store, str(table), winner, now)


def _merge(store: Store, resource: Resource, winner: object, loser: object) -> None:
    mine, theirs = [resource.class_name, winner], [resource.class_name, loser]
    # What becomes of a custom field that both have no source tells: the winner's value stays.
    store.write(
        "DELETE FROM custom_fields WHERE attachable_type = ? AND attachable_id = ?"
        " AND custom_fields_type_id IN (SELECT custom_fields_type_id FROM custom_fields"
        " WHERE attachable_type = ? AND attachable_id = ?)",
        [*theirs, *mine],
    )
    for child in _ATTACHED:
        store.write(
            f"UPDATE {child.table} SET attachable_id = ?"
            " WHERE attachable_type = ? AND attachable_id = ?",
            [winner, resource.class_name, loser],
        )
    column = f"{resource.wrapper}_id"
    store.write(f"UPDATE positions SET {column} = ? WHERE {column} = ?", [winner, loser])
    if resource.table == "people":
        store.write(
            "UPDATE cal_event_attendees SET person_id = ? WHERE person_id = ?", [winner, loser]
        )
        store.write("UPDATE assis SET person_id = ? WHERE person_id = ?", [winner, loser])
        store.write(
            "UPDATE OR IGNORE participants SET person_id = ? WHERE person_id = ?", [winner, loser]
        )
        store.write("DELETE FROM participants WHERE person_id = ?", [loser])
    else:
        for table in VENTURES:
            store.write(f"UPDATE {table} SET company_id = ? WHERE company_id = ?", [winner, loser])
    owner = [resource.class_name, loser]
    store.write(
        "INSERT OR IGNORE INTO protocol_links SELECT protocol_id, attachable_type, ?"
        " FROM protocol_links WHERE attachable_type = ? AND attachable_id = ?",
        [winner, *owner],
    )
    store.write("DELETE FROM protocol_links WHERE attachable_type = ? AND attachable_id = ?", owner)
    store.write(
        "DELETE FROM tags WHERE attachable_type = ? AND attachable_id = ? AND id NOT IN"
        " (SELECT min(id) FROM tags WHERE attachable_type = ? AND attachable_id = ?"
        " GROUP BY name)",
        [resource.class_name, winner, resource.class_name, winner],
    )
    store.write(f"DELETE FROM {resource.table} WHERE id = ?", [loser])


def _touch(store: Store, table: str, winner: object, now: int) -> None:
    store.write(
        f"UPDATE {table} SET updated_at = max(?, updated_at + 1), stream_at = ? WHERE id = ?",
        [now, now, winner],
    )
