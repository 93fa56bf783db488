"""Lists that are no resources, and the search over everything (Concord fact sheet §11, §12.6)."""

from __future__ import annotations

from collections.abc import Callable

from csc_tui.demo.concord import custom, moments
from csc_tui.demo.concord.answers import invalid, not_found, required, wrong_verb
from csc_tui.demo.concord.brackets import texts
from csc_tui.demo.concord.exchange import Exchange
from csc_tui.demo.concord.kinds import BRANDS, COUNTRIES, TABLES
from csc_tui.demo.concord.particulars import shown_due
from csc_tui.demo.concord.reading import alive
from csc_tui.demo.concord.searching import contained
from csc_tui.demo.concord.view import value
from csc_tui.demo.folding import fold
from csc_tui.demo.messages import Answer, integer
from csc_tui.demo.schema import Row

_PER_GROUP = 10
_SEARCHED = ("contacts", "companies", "deals", "activities", "products")
_PERMISSIONS = ("view all contacts",)
_OF_ONES = ("teams", "roles", "brands")
"""Lists whose items have a route of their own."""
_ICONS = {"contacts": "Users", "companies": "OfficeBuilding", "deals": "Folder"}


def _countries(exchange: Exchange) -> object:
    rows = exchange.view.store.rows(COUNTRIES, "TRUE", [], "ORDER BY name_key, id")
    return [{name: row[name] for name in ("id", "name", "iso_2")} for row in rows]


def _currencies(exchange: Exchange) -> object:
    return {
        code: {"name": name, "symbol": symbol, "precision": 2, "iso_code": code}
        for code, name, symbol in (
            *(("EUR", "Euro", "€"), ("GBP", "Pound Sterling", "£")),
            *(("USD", "US Dollar", "$"), ("CHF", "Swiss Franc", "CHF")),
        )
    }


def _timezones(exchange: Exchange) -> object:
    names = custom.timezones()
    if exchange.view.switches.timezone_list == "object":
        return {name: name for name in names}
    return names


def _brands(exchange: Exchange) -> object:
    rows = exchange.view.store.rows(BRANDS, "TRUE", [], "ORDER BY id")
    names = ("id", "name", "display_name")
    return [
        {**{name: row[name] for name in names}, "is_default": bool(row["is_default"]), "config": {}}
        for row in rows
    ]


def _teams(exchange: Exchange) -> object:
    owner = exchange.view.store.rows(TABLES["users"], "super_admin = 1", [], "ORDER BY id LIMIT 1")
    return [
        {"id": 1, "name": "Vertrieb", "user_id": row["id"], "members": [exchange.view.user(row)]}
        for row in owner
    ]


def _roles(exchange: Exchange) -> object:
    exchange.admin_only()
    return [{"id": 1, "name": "Vertrieb", "permissions": list(_PERMISSIONS)}]


def _permissions(exchange: Exchange) -> object:
    """Those that the roles have; of a permission the sheet knows the name alone (§11)."""
    exchange.admin_only()
    return [{"name": name} for name in _PERMISSIONS]


def _calendar(exchange: Exchange) -> object:
    """Activities between two days, both of which count (§11)."""
    ends = {name: moments.day(exchange.tree.get(name)) for name in ("start_date", "end_date")}
    missing = {name: [required(name)] for name, found in ends.items() if found is None}
    if missing:
        raise invalid(missing)
    if exchange.tree.get("resource_name") not in (None, "", "activities"):
        return []
    kind = TABLES["activities"]
    where = (
        f"{alive(kind)} AND substr(due_date, 1, 10) <= ?"
        " AND substr(coalesce(end_date, due_date), 1, 10) >= ?"
    )
    rows = exchange.view.store.rows(
        kind, where, [ends["end_date"], ends["start_date"]], "ORDER BY due_date, id"
    )
    return [
        {
            "id": row["id"],
            "title": row["title"],
            "start": shown_due(exchange.view, row["due_date"]),
            "end": shown_due(exchange.view, row["end_date"]),
            "allDay": moments.is_day(row["due_date"]),
            "readonly": not exchange.view.rights(kind, row)["update"],
            "extendedProps": {},
        }
        for row in rows
        if exchange.view.sees(kind, row)
    ]


def _search(exchange: Exchange) -> object:
    """Groups of at most ten records whose title contains `q`; `only` names the kinds."""
    q = str(exchange.tree.get("q") or "").strip()
    if not q:
        return []
    only = texts(exchange.tree.get("only"), ",") or _SEARCHED
    groups = []
    for name in _SEARCHED:
        kind = TABLES[name]
        if name not in only:
            continue
        title = " || ' ' || ".join(f"{column}_key" for column in kind.title)
        where = f"{title} LIKE ? ESCAPE '\\' AND {alive(kind)}"
        pattern = contained(fold(q))
        rows = exchange.view.store.rows(
            kind, where, [pattern], f"ORDER BY {title}, id LIMIT {_PER_GROUP}"
        )
        data: list[Row] = [
            {
                "id": row["id"],
                "path": f"/{kind.name}/{row['id']}",
                "display_name": kind.titled(row),
                "created_at": value("time", row["created_at"]),
                "resourceName": kind.name,
            }
            for row in rows
            if exchange.view.sees(kind, row)
        ]
        if data:
            groups.append(
                {
                    "title": f"{kind.label}s",
                    "resource_name": kind.name,
                    "icon": _ICONS.get(name, "DocumentText"),
                    "action": "redirect",
                    "data": data,
                }
            )
    return groups


def _search_emails(exchange: Exchange) -> object:
    """Groups of at most ten records whose address contains `q`."""
    q = str(exchange.tree.get("q") or "").strip()
    groups = []
    for name in ("contacts", "companies") if q else ():
        kind = TABLES[name]
        where = f"email_key LIKE ? ESCAPE '\\' AND {alive(kind)}"
        tail = f"ORDER BY email_key, id LIMIT {_PER_GROUP}"
        rows = exchange.view.store.rows(kind, where, [contained(fold(q))], tail)
        data = [
            {
                "id": row["id"],
                "path": f"/{kind.name}/{row['id']}",
                "address": row["email"],
                "name": kind.titled(row),
                "resourceName": kind.name,
            }
            for row in rows
            if exchange.view.sees(kind, row)
        ]
        if data:
            groups.append({"title": f"{kind.label}s", "resource_name": kind.name, "data": data})
    return groups


_LISTS: dict[tuple[str, ...], Callable[[Exchange], object]] = {
    ("countries",): _countries,
    ("currencies",): _currencies,
    ("timezones",): _timezones,
    ("brands",): _brands,
    ("teams",): _teams,
    ("roles",): _roles,
    ("permissions",): _permissions,
    ("calendar",): _calendar,
    ("search",): _search,
    ("search", "email-address"): _search_emails,
}


def _answer(exchange: Exchange) -> Answer:
    path = exchange.path
    make = _LISTS.get(path) or (_LISTS[path[:1]] if _names_one(path) else None)
    if make is None:
        raise not_found()
    if exchange.method != "GET":
        raise wrong_verb()
    found = make(exchange)
    if not _names_one(path):
        return Answer(200, found)
    one = [it for it in found if it["id"] == integer(path[1])] if isinstance(found, list) else []
    if not one:
        raise not_found()
    return Answer(200, one[0])


def _names_one(path: tuple[str, ...]) -> bool:
    """/teams/1 and the like."""
    return len(path) == 2 and path[0] in _OF_ONES


ROOMS = {path[0]: _answer for path in _LISTS}
"""By first path segment."""
