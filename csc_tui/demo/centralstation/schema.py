"""The file of the CentralStationCRM dialect."""

from __future__ import annotations

from collections.abc import Iterator

from csc_tui.demo.centralstation.business import with_business
from csc_tui.demo.centralstation.chores import with_chores
from csc_tui.demo.centralstation.office import with_office
from csc_tui.demo.centralstation.resources import PROTOCOL_LINKS, RESOURCES
from csc_tui.demo.schema import Row, Schema, World

ACCOUNT_ID = 77
"""The only account of this server."""
GROUP_ID = 5
"""The permission group of all its records."""


def _linked(world: World) -> Iterator[tuple[str, list[Row]]]:
    """The world speaks this dialect's words; only whom a note is about has its own table."""
    for table, batch in with_business(with_chores(with_office(world))):
        yield table, batch
        if table == "protocols":
            yield "protocol_links", [link for row in batch for link in _links(row)]


def _links(note: Row) -> Iterator[Row]:
    for key, table in PROTOCOL_LINKS.items():
        ids = note.get(key)
        for one in ids if isinstance(ids, list) else ():
            yield {
                "protocol_id": note["id"],
                "attachable_type": RESOURCES[table].class_name,
                "attachable_id": one,
            }


SCHEMA = Schema(
    file="centralstation.sqlite3",
    version=4,
    tables=RESOURCES,
    translate=_linked,
    statements=(
        """CREATE TABLE protocol_links (
            protocol_id INTEGER, attachable_type TEXT, attachable_id INTEGER,
            PRIMARY KEY (attachable_type, attachable_id, protocol_id)
        ) WITHOUT ROWID""",
        """CREATE TABLE participants (
            attachable_type TEXT, attachable_id INTEGER, person_id INTEGER,
            PRIMARY KEY (attachable_type, attachable_id, person_id)
        ) WITHOUT ROWID""",
        "CREATE TABLE merges (due INTEGER, name TEXT, winner INTEGER, losers TEXT)",
    ),
    indexes=(
        "CREATE INDEX protocol_links_id ON protocol_links (protocol_id)",
        "CREATE INDEX participants_person ON participants (person_id)",
    ),
    defaults={
        "account_id": ACCOUNT_ID,
        "group_id": GROUP_ID,
        "api_input": 0,
        "active": 1,
        "data_hash": "{}",
        "attachments_count": 0,
        "comments_count": 0,
        "fuzzy": 0,
        "all_day": 0,
        "email_invitations": 0,
    },
)
"""Whom a note is about, whom a deal or project, and merges to come, beside the resources."""
