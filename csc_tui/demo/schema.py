"""The SQLite schema, made from the resources, and the columns computed when a row is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from csc_tui.demo.folding import clean_number, digits, fold
from csc_tui.demo.resource import Resource

VERSION = 1
"""Kept in `user_version`; a file of another version is made anew."""

Row = dict[str, object]
"""Columns of one row by name, as stored."""

_SQL_TYPES = {"int": "INTEGER", "bool": "INTEGER", "time": "INTEGER"}

TABLES = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT)",
    "CREATE TABLE sequences (name TEXT PRIMARY KEY, last INTEGER)",
    """CREATE TABLE protocol_links (
        protocol_id INTEGER, attachable_type TEXT, attachable_id INTEGER,
        PRIMARY KEY (attachable_type, attachable_id, protocol_id)
    ) WITHOUT ROWID""",
    "CREATE TABLE merges (due INTEGER, name TEXT, winner INTEGER, losers TEXT)",
)
"""What is not a resource: settings of the file, last ids, whom a note is about, merges to come."""

INDEXES = ("CREATE INDEX protocol_links_id ON protocol_links (protocol_id)",)
"""Indexes of those tables."""


def create_table(resource: Resource) -> str:
    """The CREATE TABLE of a resource."""
    columns = [
        f'"{one.name}" '
        + _SQL_TYPES.get(one.kind, "TEXT")
        + (" PRIMARY KEY" if one.name == "id" else "")
        for one in resource.attributes
    ]
    return f"CREATE TABLE {resource.table} ({', '.join((*columns, *resource.hidden))})"


def create_indexes(resource: Resource) -> list[str]:
    """The CREATE INDEX statements of a resource, for after the first filling."""
    return [
        f"CREATE INDEX {resource.table}_{number} ON {resource.table} ({columns})"
        for number, columns in enumerate(resource.indexes)
    ]


def columns(resource: Resource) -> list[str]:
    """All stored columns: the attributes in wire order, then the hidden ones."""
    return [
        *(one.name for one in resource.attributes),
        *(one.split()[0] for one in resource.hidden),
    ]


def _person(row: Mapping[str, object]) -> Row:
    return {"name_key": fold(row.get("name")), "first_key": fold(row.get("first_name"))}


def _company(row: Mapping[str, object]) -> Row:
    return {"name_key": fold(row.get("name"))}


def _contact_detail(row: Mapping[str, object]) -> Row:
    phone = row.get("type") == "Tel"
    number = row.get("name") if phone else ""
    return {
        "name_key": fold(row.get("name")),
        "digits": digits(number),
        "name_clean": clean_number(number),
    }


def _historic_event(row: Mapping[str, object]) -> Row:
    year, _, rest = str(row.get("name")).partition("-")
    month, _, day = rest.partition("-")
    if not (year.isdigit() and month.isdigit() and day.isdigit()):
        return {}
    return {"year": int(year), "month": int(month), "day": int(day)}


_COMPUTED: dict[str, Callable[[Mapping[str, object]], Row]] = {
    "people": _person,
    "companies": _company,
    "contact_details": _contact_detail,
    "historic_events": _historic_event,
}


def computed(table: str, row: Mapping[str, object]) -> Row:
    """The columns of a row that follow from its others: search keys, parts of a date."""
    compute = _COMPUTED.get(table)
    return compute(row) if compute else {}


def stored(resource: Resource, row: Mapping[str, object]) -> Row:
    """A copy of the row with json attributes as text, as they are stored."""
    result = dict(row)
    for one in resource.attributes:
        if one.kind == "json" and one.name in result and result[one.name] is not None:
            result[one.name] = json.dumps(result[one.name], ensure_ascii=False)
    return result
