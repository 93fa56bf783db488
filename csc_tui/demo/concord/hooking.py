"""Subscriptions of a service outside (Concord fact sheet §12.8): kept, and never called.

Which actions there are is open there, so any is taken; the demo asks nobody anything.
"""

from __future__ import annotations

import json

from csc_tui.demo.concord import moments
from csc_tui.demo.concord.answers import invalid, not_found, required, wrong_verb
from csc_tui.demo.concord.exchange import Exchange
from csc_tui.demo.concord.kinds import KINDS
from csc_tui.demo.messages import Answer, integer
from csc_tui.demo.schema import Row


def answer(exchange: Exchange) -> Answer:
    """POST /zapier/hooks/contacts/create, DELETE /zapier/hooks/7."""
    path = exchange.path
    if path[1:2] != ("hooks",) or len(path) not in (3, 4):
        raise not_found()
    if exchange.method != ("POST" if len(path) == 4 else "DELETE"):
        raise wrong_verb()
    return _subscribe(exchange) if len(path) == 4 else _unsubscribe(exchange)


def _subscribe(exchange: Exchange) -> Answer:
    _, _, resource, action = exchange.path
    if resource not in KINDS:
        raise not_found()
    body = exchange.body
    missing = {name: [required(name)] for name in ("targetUrl", "zapId") if not body.get(name)}
    if missing:
        raise invalid(missing)
    store, user, now = exchange.view.store, exchange.view.viewer["id"], exchange.view.now
    data = body.get("data")
    number = store.number("SELECT max(id) FROM hooks") + 1
    kept = [str(body["targetUrl"]), resource, action, user, str(body["zapId"]), json.dumps(data)]
    store.write("INSERT INTO hooks VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [number, *kept, now])
    shown: Row = {"id": number, "hook": kept[0], "resource_name": resource, "action": action}
    shown |= {"user_id": user, "zap_id": body["zapId"], "data": data}
    at = moments.moment(now)
    return Answer(201, {**shown, "created_at": at, "updated_at": at})


def _unsubscribe(exchange: Exchange) -> Answer:
    store = exchange.view.store
    own = [integer(exchange.path[2]), exchange.view.viewer["id"]]
    if not store.select("SELECT 1 FROM hooks WHERE id = ? AND user_id = ?", own):
        raise not_found()
    store.write("DELETE FROM hooks WHERE id = ? AND user_id = ?", own)
    return Answer(204)
