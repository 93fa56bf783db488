"""Reading intents -> requests. Parameters: Concord fact sheet §5, §7."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from csc_tui.crm.adapter import Way
from csc_tui.crm.concord.paging import PAGE_ROWS, pages
from csc_tui.domain.query import Query, Sort
from csc_tui.domain.ref import Ref
from csc_tui.http.message import Request, Response

LISTED = {
    "contacts": "companies;deals",
    "companies": "deals",
    "deals": "companies;contacts",
    "activities": "contacts;companies;deals",
}
"""Links that a list is asked to hold. Not the contacts of companies: there may be thousands."""

SHOWN = {
    "contacts": "companies;deals",
    "companies": "contacts;deals",
    "deals": "companies;contacts",
    "activities": "contacts;companies;deals",
}
"""Links that a record is asked to hold, all that its screen shows."""

_BY_NAME = {
    "contacts": ("last_name", "first_name"),
    "companies": ("name",),
    "deals": ("name",),
    "activities": ("title",),
}
_BY = {
    "created": "created_at",
    "updated": "updated_at",
    "amount": "amount",
    "closes": "expected_close_date",
    "due": "due_date",
}
"""Order of ours -> column."""

_HITS = 50
"""Hits asked for at once; whoever has more has to type more."""

_LONGEST = 200
"""Characters of a search text that are sent; no name or address has more."""

_PHONE_LIKE = re.compile(r"[\d\s()+./-]+")

_LOOKUPS = {
    "users": "/users",
    "sources": "/sources",
    "industries": "/industries",
    "stages": "/pipeline-stages",
    "lost_reasons": "/lost-reasons",
    "activity_types": "/activity-types",
    "nations": "/countries",
    "outcomes": "/call-outcomes",
}
"""Lookup -> its list. Tags have none (§11)."""

_WITHOUT_FIELDS = frozenset({"activities"})
"""Resources that no custom fields were seen on (§10.4)."""

_WITH = {"stages": (("with", "pipeline"),)}


def page(query: Query, number: int) -> Request:
    """One page of a list in an order."""
    links = (("with", LISTED[query.resource]),)
    if query.deleted:
        return _list(f"trashed/{query.resource}", number, *links)
    return _list(query.resource, number, *_ordered(query.resource, query.sort), *links)


def count(query: Query) -> Request:
    """The length of a list, with as little of it as can be had."""
    params = (("page", "1"), ("per_page", "1"), ("select", "id"))
    return Request("GET", f"/{query.resource}", params, at_most=PAGE_ROWS)


def ids(query: Query, number: int) -> Request:
    """A page of records with little more than their ids, the oldest first."""
    return _list(query.resource, number, ("order", "id|asc"), ("select", "id"))


def changes(resource: str, since: datetime, number: int) -> tuple[Way, ...]:
    """The latest changes first: the server filters by no time."""
    return (Way(page(Query(resource, Sort("updated", descending=True)), number), "updated_at"),)


def show(ref: Ref) -> Request:
    """One record with its links."""
    return Request("GET", f"/{ref.resource}/{ref.id}", (("with", SHOWN[ref.resource]),))


def show_with(ref: Ref, names: Iterable[str]) -> Request:
    """One record with its links and with what else hangs on it."""
    wanted = ";".join((SHOWN[ref.resource], *names))
    return Request("GET", f"/{ref.resource}/{ref.id}", (("with", wanted),))


def hung_on(ref: Ref, name: str, number: int) -> Request:
    """A page of what hangs on a record, the newest first where the server sorts as it is asked."""
    return _list(f"{ref.resource}/{ref.id}/{name}", number, ("timeline", "1"))


def show_many(resource: str, found: Sequence[str]) -> Request:
    """Several records by their ids, at most a page of them."""
    wanted = (("q", ",".join(found)), ("search_fields", "id:in"))
    return _list(resource, 1, *wanted, ("with", LISTED[resource]))


def twins(resource: str) -> Request:
    """What was made last, newest first, with its links."""
    order = _ordered(resource, Sort("created", descending=True))
    return _list(resource, 1, *order, ("with", LISTED[resource]))


def _list(resource: str, number: int, *params: tuple[str, str]) -> Request:
    paging = (("page", str(number)), ("per_page", str(PAGE_ROWS)))
    return Request("GET", f"/{resource}", (*paging, *params), at_most=PAGE_ROWS)


def _ordered(resource: str, sort: Sort) -> tuple[tuple[str, str], ...]:
    """An order; equals stand by their ids, so that none is on two pages."""
    direction = "desc" if sort.descending else "asc"
    columns = _BY_NAME[resource] if sort.name == "name" else (_BY[sort.name],)
    return tuple(
        (f"order[{place}][{key}]", value)
        for place, column in enumerate((*columns, "id"))
        for key, value in (("field", column), ("direction", direction))
    )


def search(resource: str, words: str) -> tuple[Request, ...]:
    """At most two requests that together find what a text may mean; none for blank text.

    Its `;` and `:` would be read as the search's own (§5).
    """
    words = " ".join(re.sub("[;:|]", " ", words[: 2 * _LONGEST]).split())[:_LONGEST].strip()
    if not words.strip(" ,"):
        return ()
    placed = resource in ("contacts", "companies")
    if placed and _PHONE_LIKE.fullmatch(words) and sum(map(str.isdigit, words)) >= 3:
        return (_hits(resource, words, "phones.number:like"),)
    if placed and "@" in words:
        return (_hits(resource, words, "email:like"),)
    if resource != "contacts":
        return (_hits(resource, words, f"{_BY_NAME[resource][0]}:like"),)
    first, second = _names(words)
    if not second:
        return (_hits(resource, first, "first_name:like;last_name:like"),)
    both = "first_name:like;last_name:like"
    return tuple(
        _hits(resource, f"first_name:{one};last_name:{other}", both, ("search_match", "and"))
        for one, other in dict.fromkeys(((first, second), (second, first)))
    )


def _names(words: str) -> tuple[str, str]:
    """`Jürgen Müller` and `Müller, Jürgen` as first and last name; the last may be missing."""
    last, comma, first = (one.strip() for one in words.partition(","))
    if comma and first and last:
        return first, last
    head, _, tail = words.replace(",", " ").strip().rpartition(" ")
    return (head.strip(), tail) if head else (tail, "")


def _hits(resource: str, words: str, fields: str, *more: tuple[str, str]) -> Request:
    params = (("q", words), ("search_fields", fields), *more, ("take", str(_HITS)))
    links = ("with", LISTED[resource])
    return Request("GET", f"/{resource}/search", (*params, links), at_most=_HITS)


def lookup(name: str, number: int, last: Response | None) -> Request | None:
    """A page of a lookup, or the fields of one resource after the other; None for no more."""
    if name == "fields":
        known = [one for one in LISTED if one not in _WITHOUT_FIELDS]
        found = known[number - 1 : number]
        return Request("GET", f"/{found[0]}/create-fields") if found else None
    if name not in _LOOKUPS or (number > 1 and (last is None or number > pages(last))):
        return None
    if name == "nations":
        return Request("GET", _LOOKUPS[name])
    paging = (("page", str(number)), ("per_page", str(PAGE_ROWS)))
    return Request("GET", _LOOKUPS[name], (*paging, *_WITH.get(name, ())), at_most=PAGE_ROWS)
