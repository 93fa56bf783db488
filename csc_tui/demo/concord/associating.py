"""/associations: PUT attaches, POST replaces, DELETE detaches (Concord fact sheet §8)."""

from __future__ import annotations

from csc_tui.demo.concord import parts
from csc_tui.demo.concord.answers import forbidden, in_conflict, not_found, wrong_verb
from csc_tui.demo.concord.exchange import Exchange
from csc_tui.demo.concord.kind import Kind
from csc_tui.demo.concord.kinds import KINDS
from csc_tui.demo.messages import Answer, integer
from csc_tui.demo.schema import Row

_FIRST = 15


def answer(exchange: Exchange) -> Answer:
    """/associations/contacts/7."""
    path = exchange.path
    kind = KINDS.get(path[1]) if len(path) == 3 else None
    if kind is None or not kind.associates:
        raise not_found()
    if exchange.method not in ("GET", "PUT", "POST", "DELETE"):
        raise wrong_verb()
    row = exchange.find(kind, path[2])
    if exchange.method == "GET":
        return Answer(200, _shown(exchange, kind, row))
    wanted = _wanted(exchange, kind)
    record_id = integer(row["id"]) or 0
    if exchange.method == "PUT":
        _attach(exchange, kind, record_id, wanted)
    for other, ids in wanted.items():
        if exchange.method == "POST":
            parts.sync(exchange.view.store, kind, record_id, other, ids)
        elif exchange.method == "DELETE":
            parts.detach(exchange.view.store, kind, record_id, other, ids)
    return exchange.one(kind, record_id)


def _shown(exchange: Exchange, kind: Kind, row: Row) -> Row:
    """The first page of each kind, the first of them marked."""
    found: Row = {}
    for other in kind.associates:
        records = exchange.renderer.associated(kind, [row["id"]], other).get(row["id"], [])
        found[other] = [
            {**record, "is_primary_associated": index == 0}
            for index, record in enumerate(records[:_FIRST])
        ]
    return found


def _wanted(exchange: Exchange, kind: Kind) -> dict[str, set[int]]:
    """Ids by table; every key must be a kind that can be associated (409)."""
    wanted: dict[str, set[int]] = {}
    for name, value in exchange.body.items():
        other = KINDS.get(name)
        if other is None or other.table not in kind.associates:
            raise in_conflict(f"{name} cannot be associated.")
        if isinstance(value, list):
            wanted[other.table] = set(parts.ids_of(exchange.view, other.table, value))
    return wanted


def _attach(exchange: Exchange, kind: Kind, record_id: int, wanted: dict[str, set[int]]) -> None:
    """409 if the only record is attached already, 403 if nothing of it can be seen."""
    store = exchange.view.store
    if not any(wanted.values()):
        raise forbidden()
    single = len(wanted) == 1 and len(next(iter(wanted.values()))) == 1
    for other, ids in wanted.items():
        if not parts.attach(store, kind, record_id, other, ids) and single:
            raise in_conflict("The resource is already attached.")
