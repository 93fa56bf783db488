"""Which path and verb does what (Concord fact sheet §7 to §12)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from csc_tui.demo.concord import (
    associating,
    billing,
    commenting,
    definitions,
    documents,
    exporting,
    hooking,
    lists,
    parts,
    talking,
    tokens,
    uploading,
    view,
)
from csc_tui.demo.concord.answers import not_found, wrong_verb
from csc_tui.demo.concord.discovery import Fields
from csc_tui.demo.concord.exchange import Exchange
from csc_tui.demo.concord.filtering import rules_shown
from csc_tui.demo.concord.kind import Kind
from csc_tui.demo.concord.kinds import KINDS, STATUSES, TABLES
from csc_tui.demo.listing import Listing
from csc_tui.demo.messages import Answer, integer

Handler = Callable[[Exchange], Answer]
_BATCH = 500
_ABOVE = ("create-fields", "index-fields", "export-fields")
_BELOW = ("update-fields", "detail-fields")
_CLONED = ("products", "documents", "document_templates")


def route(exchange: Exchange) -> Answer:
    """Answers a call. Raises Refused: 404 for what is nowhere, 405 for another verb."""
    path = exchange.path
    if not path:
        raise not_found()
    if path[0] in _ROOMS:
        return _ROOMS[path[0]](exchange)
    kind = KINDS.get(path[0])
    if kind is None:
        raise not_found()
    if len(path) == 1:
        return _verb(exchange, {"GET": _index, "POST": _create}, kind)
    if len(path) == 2:
        return _second(exchange, kind, path[1])
    if len(path) == 3:
        return _third(exchange, kind, path[2])
    if len(path) == 4 and (kind.table, path[2]) == ("deals", "status"):
        return _verb(exchange, {"PUT": _status}, kind)
    if len(path) == 4 and kind.media and path[2] == "media":
        return _verb(exchange, {"DELETE": uploading.remove}, kind)
    raise not_found()


Verbs = Mapping[str, Callable[[Exchange, Kind], Answer]]


def _verb(exchange: Exchange, verbs: Verbs, kind: Kind) -> Answer:
    if exchange.method not in verbs:
        raise wrong_verb()
    return verbs[exchange.method](exchange, kind)


# /contacts


def _index(exchange: Exchange, kind: Kind) -> Answer:
    return exchange.page(kind)


def _create(exchange: Exchange, kind: Kind) -> Answer:
    if kind.admin:
        exchange.admin_only()
    record_id = exchange.writer.create(kind, exchange.body, exchange.customs(kind))
    return exchange.one(kind, record_id, 201)


# /contacts/7


def _second(exchange: Exchange, kind: Kind, name: str) -> Answer:
    """/contacts/7, /contacts/search, /contacts/create-fields."""
    if name == "search":
        return _verb(exchange, {"GET": lambda call, of: call.bare(of)}, kind)
    if name in _ABOVE:
        purpose = name.removesuffix("-fields")
        return _verb(exchange, {"GET": lambda call, of: _fields(call, of, purpose)}, kind)
    if name == "rules":
        return _verb(exchange, {"GET": _rules}, kind)
    if (kind.table, name) == ("products", "active"):
        return _verb(exchange, {"GET": _active}, kind)
    if name == "export":
        return _verb(exchange, {"POST": exporting.export}, kind)
    return _verb(exchange, {"GET": _show, "PUT": _update, "DELETE": _delete}, kind)


def _show(exchange: Exchange, kind: Kind) -> Answer:
    return exchange.one(kind, exchange.path[1])


def _update(exchange: Exchange, kind: Kind) -> Answer:
    row = exchange.find(kind, exchange.path[1])
    if kind.admin:
        exchange.admin_only()
    exchange.writer.update(kind, row, exchange.body, exchange.customs(kind))
    return exchange.one(kind, row["id"])


def _delete(exchange: Exchange, kind: Kind) -> Answer:
    row = exchange.find(kind, exchange.path[1])
    if kind.admin:
        exchange.admin_only()
    exchange.writer.delete(kind, row, {**exchange.tree, **exchange.body})
    return Answer(204)


def _fields(exchange: Exchange, kind: Kind, purpose: str) -> Answer:
    fields = Fields(exchange.view, kind, exchange.customs(kind))
    return Answer(200, fields.listed(purpose))


def _rules(exchange: Exchange, kind: Kind) -> Answer:
    return Answer(200, rules_shown(kind, exchange.customs(kind)))


def _active(exchange: Exchange, kind: Kind) -> Answer:
    return exchange.page(kind, Listing(["is_active = 1"]))


# /contacts/7/deals


def _third(exchange: Exchange, kind: Kind, name: str) -> Answer:
    """/contacts/7/deals, /contacts/7/timeline, /deals/7/billable and the like."""
    if name in _BELOW:
        exchange.find(kind, exchange.path[1])
        purpose = name.removesuffix("-fields")
        return _verb(exchange, {"GET": lambda call, of: _fields(call, of, purpose)}, kind)
    if name == "timeline" and kind.table in parts.FOLLOWED:
        return _verb(exchange, {"GET": talking.timeline}, kind)
    if name == "clone" and kind.table in _CLONED:
        return _verb(exchange, {"POST": _clone}, kind)
    if name == "comments" and kind.comments:
        return commenting.of_record(exchange, kind)
    if name == "media" and kind.media:
        return _verb(exchange, {"POST": uploading.add}, kind)
    if (kind.table, name) == ("deals", "billable"):
        return _verb(exchange, {"GET": _billable, "POST": _bill}, kind)
    if kind.table == "activities" and name in ("complete", "incomplete"):
        return _verb(exchange, {"POST": _complete}, kind)
    if kind.table == "documents" and name in documents.STATES:
        return _verb(exchange, {"POST": documents.set_state}, kind)
    if (kind.table, name) == ("pipelines", "stages"):
        return _verb(exchange, {"GET": _stages}, kind)
    other = KINDS.get(name)
    if other is None or other.table not in kind.associates:
        raise not_found()
    return _verb(exchange, {"GET": _associated}, kind)


def _associated(exchange: Exchange, kind: Kind) -> Answer:
    row = exchange.find(kind, exchange.path[1])
    other = KINDS[exchange.path[2]]
    scope = Listing(
        ["id IN (SELECT other_id FROM associations WHERE kind = ? AND owner_id = ? AND other = ?)"],
        [kind.table, row["id"], other.table],
    )
    if exchange.tree.get("timeline"):
        scope.order = f"{'date' if other.table == 'calls' else 'created_at'} DESC, id DESC"
    return exchange.page(other, scope)


def _stages(exchange: Exchange, kind: Kind) -> Answer:
    row = exchange.find(kind, exchange.path[1])
    scope = Listing(["pipeline_id = ?"], [row["id"]], "display_order, id")
    return exchange.page(TABLES["pipeline_stages"], scope)


def _clone(exchange: Exchange, kind: Kind) -> Answer:
    row = exchange.find(kind, exchange.path[1])
    title = kind.title[0]
    copy = {
        one.name: view.value(one.kind, row[one.name]) for one in kind.attributes if one.writable
    }
    copy |= {name: None for name in kind.unique if name != title}
    copy[title] = _free_name(exchange, kind, str(row[title]))
    record_id = exchange.writer.create(kind, copy, [])
    return exchange.one(kind, record_id)


def _free_name(exchange: Exchange, kind: Kind, name: str) -> str:
    """A name that no other record has: with (copy), (copy 2) ..."""
    count = 1
    while True:
        free = f"{name} (copy{f' {count}' if count > 1 else ''})"
        if not exchange.view.store.rows(kind, f"{kind.title[0]}_key = fold(?)", [free]):
            return free
        count += 1


def _billable(exchange: Exchange, kind: Kind) -> Answer:
    row = exchange.find(kind, exchange.path[1])
    return Answer(200, billing.shown(exchange.view, integer(row["id"]) or 0))


def _bill(exchange: Exchange, kind: Kind) -> Answer:
    row = exchange.find(kind, exchange.path[1])
    billing.save(exchange.view, integer(row["id"]) or 0, exchange.body)
    return _billable(exchange, kind)


def _status(exchange: Exchange, kind: Kind) -> Answer:
    """/deals/9/status/won: deprecated, still there."""
    status = exchange.path[3]
    if status not in STATUSES:
        raise not_found()
    row = exchange.find(kind, exchange.path[1])
    exchange.writer.update(kind, row, {**exchange.body, "status": status}, [])
    return exchange.one(kind, row["id"])


def _complete(exchange: Exchange, kind: Kind) -> Answer:
    row = exchange.find(kind, exchange.path[1])
    exchange.writer.update(kind, row, {"is_completed": exchange.path[2] == "complete"}, [])
    return exchange.one(kind, row["id"])


# /trashed/contacts


def _trashed(exchange: Exchange) -> Answer:
    path = exchange.path
    kind = KINDS.get(path[1]) if len(path) in (2, 3) else None
    if kind is None:
        raise not_found()
    if not kind.soft:
        raise wrong_verb() if exchange.view.switches.trash_of_others == "405" else not_found()
    if len(path) == 2:
        return _verb(exchange, {"GET": _trash, "DELETE": _empty}, kind)
    if path[2] == "search":
        return _verb(exchange, {"GET": lambda call, of: call.bare(of, trashed=True)}, kind)
    return _verb(exchange, {"GET": _show_trashed, "POST": _restore, "DELETE": _destroy}, kind)


def _trash(exchange: Exchange, kind: Kind) -> Answer:
    return exchange.page(kind, trashed=True)


def _empty(exchange: Exchange, kind: Kind) -> Answer:
    limit = integer(exchange.tree.get("limit")) or _BATCH
    tail = "ORDER BY id LIMIT ?"
    rows = exchange.view.store.rows(kind, "deleted_at IS NOT NULL", [max(0, limit)], tail)
    seen = [row for row in rows if exchange.view.sees(kind, row)]
    for row in seen:
        exchange.writer.destroy(kind, row)
    return Answer(200, {"deleted": len(seen)})


def _show_trashed(exchange: Exchange, kind: Kind) -> Answer:
    return exchange.one(kind, exchange.path[2], trashed=True)


def _restore(exchange: Exchange, kind: Kind) -> Answer:
    row = exchange.find(kind, exchange.path[2], trashed=True)
    exchange.writer.restore(kind, row)
    return exchange.one(kind, row["id"])


def _destroy(exchange: Exchange, kind: Kind) -> Answer:
    exchange.writer.destroy(kind, exchange.find(kind, exchange.path[2], trashed=True))
    return Answer(204)


# /fields/contacts/create


def _zapier_fields(exchange: Exchange) -> Answer:
    path = exchange.path
    if len(path) != 3 or path[1] not in KINDS or path[2] not in ("create", "update"):
        raise not_found()
    purpose = path[2]
    verbs: Verbs = {"GET": lambda call, of: _fields(call, of, purpose)}
    return _verb(exchange, verbs, KINDS[path[1]])


def _me(exchange: Exchange) -> Answer:
    if len(exchange.path) > 1:
        raise not_found()
    if exchange.method != "GET":
        raise wrong_verb()
    return exchange.one(KINDS["users"], exchange.view.viewer["id"])


def _token(exchange: Exchange) -> Answer:
    """/token has but a POST, which comes before all this; below it there is nothing."""
    raise wrong_verb() if len(exchange.path) == 1 else not_found()


_ROOMS: dict[str, Handler] = {
    "me": _me,
    "token": _token,
    "personal-access-tokens": tokens.answer,
    "trashed": _trashed,
    "fields": _zapier_fields,
    "associations": associating.answer,
    "comments": commenting.answer,
    "custom-fields": definitions.answer,
    "tags": definitions.tags,
    "zapier": hooking.answer,
    **lists.ROOMS,
}
"""What is no kind of record, by its first path segment."""
