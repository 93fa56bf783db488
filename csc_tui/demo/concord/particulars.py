"""What only one kind of record shows, or shows otherwise (Concord fact sheet §10, §11)."""

# ruff: noqa: S608 -- only names that the code itself declares stand in SQL, values never do
from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence

from csc_tui.demo.concord import billing, moments
from csc_tui.demo.concord.kinds import TABLES
from csc_tui.demo.concord.reading import Asked
from csc_tui.demo.concord.view import Shown, View
from csc_tui.demo.messages import integer
from csc_tui.demo.schema import Row
from csc_tui.demo.store import listed

STAGE = ("id", "name", "win_probability", "display_order", "pipeline_id")
"""What an embedded stage shows."""


def _contact(view: View, rows: Sequence[Row], shown: list[Shown], asked: Asked) -> None:
    for record, row in zip(shown, rows, strict=True):
        record |= {"avatar_url": None, "uploaded_avatar_url": None}
        record |= {"guest_email": row["email"], "guest_display_name": record["display_name"]}


def _company(view: View, rows: Sequence[Row], shown: list[Shown], asked: Asked) -> None:
    for record in shown:
        if asked.single:
            record["parents"] = [record["parent"]] if record["parent"] else []


def _deal(view: View, rows: Sequence[Row], shown: list[Shown], asked: Asked) -> None:
    today = moments.moment(view.now)[:10]
    times: defaultdict[object, Shown] = defaultdict(dict)
    for deal, stage, seconds in view.store.select(
        "SELECT deal_id, stage_id, seconds FROM stage_times"
        " WHERE deal_id IN (SELECT value FROM json_each(?))",
        [listed([row["id"] for row in rows])],
    ):
        times[deal][str(stage)] = seconds
    for record, row in zip(shown, rows, strict=True):
        record["amount"] = record["amount"] or 0
        status = row["status"]
        for name, needed in (
            *(("lost_reason", "lost"), ("lost_date", "lost")),
            ("won_date", "won"),
        ):
            if status != needed:
                record.pop(name)
        spent = times[row["id"]]
        since = (view.now - (integer(row["stage_changed_date"]) or view.now)) // 1000
        stage = str(row["stage_id"])
        spent[stage] = (integer(spent.get(stage)) or 0) + since
        record["time_in_stages"] = spent
        if row["expected_close_date"]:
            behind = status == "open" and str(row["expected_close_date"]) < today
            record["falls_behind_expected_close_date"] = behind
        if asked.single and "billable" in asked.relations:
            record["billable"] = billing.shown(view, integer(row["id"]) or 0)
    if asked.single:
        _stages(view, shown, "pipeline")


def _pipeline(view: View, rows: Sequence[Row], shown: list[Shown], asked: Asked) -> None:
    for record in shown:
        record["visibility_group"] = None
    holders: list[Shown] = [{"pipeline": record} for record in shown]
    _stages(view, holders, "pipeline")


def _stages(view: View, shown: list[Shown], name: str) -> None:
    """Puts the stages into the pipelines that records carry."""
    kind = TABLES["pipeline_stages"]
    holders = [one for record in shown if isinstance(one := record.get(name), dict)]
    ids = listed([one["id"] for one in holders])
    within = "pipeline_id IN (SELECT value FROM json_each(?))"
    rows = view.store.rows(kind, within, [ids], "ORDER BY display_order, id")
    for one in holders:
        one["stages"] = [
            {column: row[column] for column in STAGE}
            for row in rows
            if row["pipeline_id"] == one["id"]
        ]


def _activity(view: View, rows: Sequence[Row], shown: list[Shown], asked: Asked) -> None:
    guests = _guests(view, [row["id"] for row in rows])
    now = moments.spaced(view.now)
    for record, row in zip(shown, rows, strict=True):
        for name in ("due_date", "end_date"):
            record[name] = shown_due(view, row[name])
        done = row["completed_at"] is not None
        due = str(row["due_date"] or "")
        record |= {
            "is_completed": done,
            "is_reminded": row["reminded_at"] is not None,
            "is_due": not done and bool(due) and due < now[: max(len(due), 10)],
            "guests": guests[row["id"]],
        }


def shown_due(view: View, text: object) -> object:
    """A day, or a moment, as it is stored."""
    if not isinstance(text, str):
        return None
    if moments.is_day(text):
        return text if view.switches.all_day == "date" else moments.midnight(text)
    return moments.moment(moments.parse(text) or 0)


def _guests(view: View, ids: Sequence[object]) -> defaultdict[object, list[Shown]]:
    found: defaultdict[object, list[Shown]] = defaultdict(list)
    for kind, email, name in (
        ("users", "g.email", "g.name"),
        ("contacts", "g.email", "trim(g.first_name || ' ' || coalesce(g.last_name, ''))"),
    ):
        for activity, guest_id, address, title in view.store.select(
            f"SELECT l.activity_id, g.id, {email}, {name} FROM guests AS l"
            f" JOIN {kind} AS g ON g.id = l.guest_id WHERE l.kind = ?"
            " AND l.activity_id IN (SELECT value FROM json_each(?))",
            [kind, listed(ids)],
        ):
            found[activity].append(
                {
                    "id": guest_id,
                    "guest_email": address,
                    "guest_display_name": title,
                    "resource_name": kind,
                }
            )
    return found


def _document(view: View, rows: Sequence[Row], shown: list[Shown], asked: Asked) -> None:
    for record, row in zip(shown, rows, strict=True):
        record["amount"] = record["amount"] or 0
        page = uuid.uuid5(uuid.NAMESPACE_URL, f"{view.url}/documents/{row['id']}")
        record |= {"public_url": f"{view.url}/d/{page}", "google_fonts": [], "billable": None}


def _product(view: View, rows: Sequence[Row], shown: list[Shown], asked: Asked) -> None:
    for record in shown:
        for name in ("unit_price", "direct_cost", "tax_rate"):
            record[name] = record[name] or 0


def _viewed_user(view: View, rows: Sequence[Row], shown: list[Shown], asked: Asked) -> None:
    for record, row in zip(shown, rows, strict=True):
        record |= {"avatar": None, "avatar_url": None, "uploaded_avatar_url": None}
        record |= {"guest_email": row["email"], "guest_display_name": row["name"]}
        record |= {"teams": [], "notifications": {}}
        if view.viewer["super_admin"]:
            record["roles"] = []
        if row["id"] == view.viewer["id"]:
            record |= {"permissions": [], "dashboards": []}


def _comment(view: View, rows: Sequence[Row], shown: list[Shown], asked: Asked) -> None:
    for record in shown:
        del record["parent"], record["parent_id"]


PARTICULARS: dict[str, Callable[[View, Sequence[Row], list[Shown], Asked], None]] = {
    "contacts": _contact,
    "companies": _company,
    "deals": _deal,
    "pipelines": _pipeline,
    "activities": _activity,
    "documents": _document,
    "products": _product,
    "users": _viewed_user,
    "comments": _comment,
}
"""By table: completes the records of rows."""
