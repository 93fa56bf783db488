"""Records as a CSV file (Concord fact sheet §12.7); what its columns are is the demo's own."""

from __future__ import annotations

import csv
import io

from csc_tui.demo.concord.answers import Errors, invalid, required, selected
from csc_tui.demo.concord.brackets import texts
from csc_tui.demo.concord.discovery import Fields
from csc_tui.demo.concord.exchange import Exchange
from csc_tui.demo.concord.filtering import PERIODS, restrict_filters
from csc_tui.demo.concord.kind import Kind
from csc_tui.demo.concord.reading import alive
from csc_tui.demo.concord.view import Shown
from csc_tui.demo.listing import Listing
from csc_tui.demo.messages import Answer
from csc_tui.demo.schema import Row

_TYPES = ("csv",)
_DATES = ("date-field", "date-time-field")


def export(exchange: Exchange, kind: Kind) -> Answer:
    """POST /contacts/export: a file with a line for each record that fits. Raises Refused (422)."""
    body, customs = exchange.body, exchange.customs(kind)
    known = Fields(exchange.view, kind, customs).listed("export")
    chosen = texts(body.get("fields"), ",") or [str(one["attribute"]) for one in known]
    columns = [one for one in known if one["attribute"] in chosen]
    dated = str(body.get("date_range_field") or "created_at")
    errors = _errors(body, known, chosen, dated)
    if errors:
        raise invalid(errors)
    listing = Listing([alive(kind)])
    if not exchange.view.sees_all(kind):
        listing.restrict("user_id = ?", exchange.view.viewer["id"])
    restrict_filters(listing, kind, body.get("filters"), customs, exchange.view)
    if period := body.get("period"):
        query = {"type": "date", "rule": dated, "operator": "is", "value": period}
        rule = {"condition": "and", "children": [{"type": "rule", "query": query}]}
        restrict_filters(listing, kind, rule, customs, exchange.view)
    rows = exchange.view.store.rows(kind, listing.condition, listing.arguments, "ORDER BY id")
    return _file(kind, columns, exchange.shown(kind, rows, customs))


def _errors(body: Row, known: list[Row], chosen: list[str], dated: str) -> Errors:
    names = [one["attribute"] for one in known]
    dates = [one["attribute"] for one in known if one["component"] in _DATES]
    errors: Errors = {}
    if not body.get("type"):
        errors["type"] = [required("type")]
    elif body["type"] not in _TYPES:
        errors["type"] = [selected("type")]
    if body.get("period") and body["period"] not in PERIODS:
        errors["period"] = [selected("period")]
    if dated not in dates:
        errors["date_range_field"] = [selected("date_range_field")]
    if not set(chosen) <= set(names):
        errors["fields"] = [selected("fields")]
    return errors


def _file(kind: Kind, columns: list[Row], records: list[Shown]) -> Answer:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["ID", *(one["label"] for one in columns)])
    for record in records:
        writer.writerow([record["id"], *(_cell(record, one) for one in columns)])
    headers = {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": f'attachment; filename="{kind.name}.csv"',
    }
    return Answer(200, text=out.getvalue(), headers=headers)


def _cell(record: Shown, column: Row) -> str:
    """A value as text: of what has a name its name, of several all of them."""
    value = record.get(str(column.get("belongsToRelation") or column["attribute"]))
    return ", ".join(map(_word, value)) if isinstance(value, list) else _word(value)


def _word(value: object) -> str:
    if isinstance(value, dict):
        names = (value.get(one) for one in ("display_name", "name", "number"))
        return next((str(one) for one in names if one), "")
    return "" if value is None else str(value)
