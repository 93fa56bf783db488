"""Comments on activities, calls and notes (Concord fact sheet §12.4)."""

from __future__ import annotations

from csc_tui.demo.concord import parts
from csc_tui.demo.concord.answers import Errors, invalid, not_found, required, wrong_verb
from csc_tui.demo.concord.exchange import Exchange
from csc_tui.demo.concord.kind import Kind
from csc_tui.demo.concord.kinds import COMMENTS
from csc_tui.demo.messages import Answer
from csc_tui.demo.schema import Row

_VIA = ("via_resource", "via_resource_id")


def of_record(exchange: Exchange, kind: Kind) -> Answer:
    """/activities/7/comments; below notes and calls also where these are shown."""
    row = exchange.find(kind, exchange.path[1])
    if exchange.method not in ("GET", "POST"):
        raise wrong_verb()
    given = exchange.tree if exchange.method == "GET" else exchange.body
    errors: Errors = {}
    if kind.table != "activities":
        errors = {name: [required(name)] for name in _VIA if not given.get(name)}
        if given.get("via_resource") not in (None, *parts.FOLLOWED):
            errors["via_resource"] = ["The selected via resource is invalid."]
    if exchange.method == "POST" and not _body(exchange):
        errors["body"] = [required("body")]
    if errors:
        raise invalid(errors)
    if exchange.method == "GET":
        where = "parent = ? AND parent_id = ?"
        rows = exchange.view.store.rows(COMMENTS, where, [kind.table, row["id"]], "ORDER BY id")
        return Answer(200, exchange.shown(COMMENTS, rows, []))
    now = exchange.view.now
    comment: Row = {
        "body": _body(exchange),
        "created_by": exchange.view.viewer["id"],
        "parent": kind.table,
        "parent_id": row["id"],
        "created_at": now,
        "updated_at": now,
    }
    record_id = exchange.view.store.insert(COMMENTS, comment)
    return exchange.one(COMMENTS, record_id, 201)


def answer(exchange: Exchange) -> Answer:
    """/comments/7."""
    if len(exchange.path) != 2:
        raise not_found()
    row = exchange.find(COMMENTS, exchange.path[1])
    if exchange.method == "DELETE":
        exchange.writer.destroy(COMMENTS, row)
        return Answer(204)
    if exchange.method == "PUT":
        if not _body(exchange):
            raise invalid({"body": [required("body")]})
        changes: Row = {"body": _body(exchange), "updated_at": exchange.view.now}
        exchange.view.store.update(COMMENTS, row, changes)
    elif exchange.method != "GET":
        raise wrong_verb()
    return exchange.one(COMMENTS, row["id"])


def _body(exchange: Exchange) -> str:
    return str(exchange.body.get("body") or "").strip()
