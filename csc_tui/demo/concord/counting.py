"""What is counted of the records that hang on others (Concord fact sheet §10.1 to §10.5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from csc_tui.demo.concord import moments
from csc_tui.demo.concord.kind import Kind
from csc_tui.demo.concord.kinds import TABLES
from csc_tui.demo.concord.reading import alive
from csc_tui.demo.schema import Row
from csc_tui.demo.store import Store, listed

_JOINED = (
    "FROM associations AS a JOIN {other} AS o ON o.id = a.other_id AND {alive}"
    " WHERE a.kind = ? AND a.other = ? AND a.owner_id IN (SELECT value FROM json_each(?))"
)


def counts(store: Store, kind: Kind, rows: Sequence[Row], viewer: Row) -> list[Row]:
    """The counts of each row, in order; as many statements for one row as for many."""
    ids = listed([row["id"] for row in rows])
    found: defaultdict[object, Row] = defaultdict(dict)
    if kind.table in ("contacts", "companies", "deals"):
        for other in ("contacts", "companies", "calls", "notes"):
            if other in kind.associates:
                _associated(store, kind, other, ids, found)
        _documents(store, kind, ids, found)
        if "deals" in kind.associates:
            _deals(store, kind, ids, found)
        _activities(store, kind, ids, viewer, found)
    if kind.table == "deals":
        for owner, number in store.select(
            "SELECT b.deal_id, count(*) FROM billables AS b"
            " JOIN billable_lines AS l ON l.billable_id = b.id"
            " WHERE b.deal_id IN (SELECT value FROM json_each(?)) GROUP BY 1",
            [ids],
        ):
            found[owner]["products_count"] = number
    if kind.comments:
        for owner, number in store.select(
            "SELECT parent_id, count(*) FROM comments WHERE parent = ?"
            " AND parent_id IN (SELECT value FROM json_each(?)) GROUP BY 1",
            [kind.table, ids],
        ):
            found[owner]["comments_count"] = number
    zero = _zero(kind)
    return [{**zero, **found[row["id"]]} for row in rows]


def _zero(kind: Kind) -> Row:
    """What is shown where there is nothing to count."""
    names: list[str] = ["comments_count"] if kind.comments else []
    if kind.table in ("contacts", "companies", "deals"):
        others = (one for one in ("contacts", "companies", "deals") if one in kind.associates)
        names += [f"{one}_count" for one in others]
        names += ["calls_count", "notes_count", "documents_count", "draft_documents_count"]
        names += ["unread_emails_for_user_count", "incomplete_activities_for_user_count"]
    if "deals" in kind.associates and kind.table in ("contacts", "companies"):
        states = ("open", "closed", "won", "lost")
        names += [f"{state}_deals_count" for state in states]
    if kind.table == "deals":
        names.append("products_count")
    zero: Row = dict.fromkeys(names, 0)
    if "activities" in kind.associates:
        zero["next_activity_date"] = None
    return zero


def _associated(
    store: Store, kind: Kind, other: str, ids: str, found: defaultdict[object, Row]
) -> None:
    joined = _JOINED.format(other=other, alive=_alive(other))
    sql = f"SELECT a.owner_id, count(*) {joined} GROUP BY 1"
    for owner, number in store.select(sql, [kind.table, other, ids]):
        found[owner][f"{other}_count"] = number


def _documents(store: Store, kind: Kind, ids: str, found: defaultdict[object, Row]) -> None:
    joined = _JOINED.format(other="documents", alive=_alive("documents"))
    sql = f"SELECT a.owner_id, count(*), sum(o.status = 'draft') {joined} GROUP BY 1"
    for owner, number, drafts in store.select(sql, [kind.table, "documents", ids]):
        found[owner] |= {"documents_count": number, "draft_documents_count": drafts}


def _deals(store: Store, kind: Kind, ids: str, found: defaultdict[object, Row]) -> None:
    joined = _JOINED.format(other="deals", alive=_alive("deals"))
    sql = (
        "SELECT a.owner_id, count(*), sum(o.status = 'open'), sum(o.status != 'open'),"
        f" sum(o.status = 'won'), sum(o.status = 'lost') {joined} GROUP BY 1"
    )
    names = ("deals_count", "open_deals_count", "closed_deals_count")
    for owner, *numbers in store.select(sql, [kind.table, "deals", ids]):
        keys = (*names, "won_deals_count", "lost_deals_count")
        found[owner] |= dict(zip(keys, numbers, strict=True))


def _activities(
    store: Store, kind: Kind, ids: str, viewer: Row, found: defaultdict[object, Row]
) -> None:
    joined = _JOINED.format(other="activities", alive=_alive("activities"))
    sql = (
        f"SELECT a.owner_id, sum(o.user_id = ?), min(o.due_date) {joined}"
        " AND o.completed_at IS NULL GROUP BY 1"
    )
    for owner, number, due in store.select(sql, [viewer["id"], kind.table, "activities", ids]):
        found[owner] |= {
            "incomplete_activities_for_user_count": number or 0,
            "next_activity_date": moments.moment(moments.parse(due) or 0),
        }


def _alive(other: str) -> str:
    condition = alive(TABLES[other])
    return condition if condition == "TRUE" else f"o.{condition}"
