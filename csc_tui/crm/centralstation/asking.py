"""Reading intents -> requests. Parameters: CentralStationCRM fact sheet §1.5, §2-§5."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from csc_tui.crm.adapter import Way
from csc_tui.crm.centralstation.routes import ROUTES
from csc_tui.domain.query import PAGE_ROWS, Query, Sort
from csc_tui.domain.ref import Ref
from csc_tui.http.message import Request, Response

BOUNDS = {"created": "created_at", "updated": "updated_at", "responsible": "user_id"}
"""Conditions that the server keeps to -> the attribute. Fact sheet §1.5: `filter[…][…]`."""
_SIGNS = {"=": "equal", "<": "smaller_than", ">": "larger_than"}
_ORDERS = {
    "name": "abc",
    "created": "new",
    "updated": "update",
    "target": "date",
    "amount": "value",
    "state": "state",
}
"""Order -> its token; which of them a resource has is said in its `sorts`. Fact sheet §1.5."""
_HITS = 50
"""Hits asked for at once; whoever has more has to type more."""

_LONGEST = 200
"""Characters of a search text that are sent; no name or address has more."""

_PHONE_LIKE = re.compile(r"[\d\s()+./-]+")


def page(query: Query, number: int) -> Request:
    """One page of a list in an order."""
    direction = "desc" if query.sort.descending else "asc"
    return _list(
        query.resource,
        number,
        ("order", f"{_order(query.resource, query.sort.name)}-{direction}"),
        *_narrowed(query),
        *ROUTES[query.resource].shown,
    )


def _order(resource: str, name: str) -> str:
    return ROUTES[resource].orders.get(name) or _ORDERS[name]


def count(query: Query) -> Request | None:
    """The number of records in a list; None where the server has no such route."""
    if not ROUTES[query.resource].counted:
        return None
    return Request("GET", f"/{query.resource}/count", _narrowed(query))


def ids(query: Query, number: int) -> Request:
    """A page of records without their parts, the oldest first."""
    order = f"{_order(query.resource, 'created')}-asc"
    return _list(query.resource, number, ("order", order), *_narrowed(query))


def changes(resource: str, since: datetime, number: int) -> tuple[Way, ...]:
    """What was changed since a moment, and what had an entry in its stream since.

    The second also finds records of which only a part was changed, where that does not touch
    `updated_at` (fact sheet §1.5; which of the two serves is open). Lists without filters are
    given as they are: whoever asks finds out that they tell nothing.
    """
    if ROUTES[resource].asks:
        newest = page(Query(resource, Sort("created", descending=True)), number)
        return (Way(newest, "updated_at"),)
    latest = page(Query(resource, Sort("updated", descending=True), since=since), number)
    stream = _list(
        resource, number, ("stream_updated_at_after", _moment(since)), *ROUTES[resource].shown
    )
    return Way(latest, "updated_at"), Way(stream, "stream_updated_at")


def _narrowed(query: Query) -> tuple[tuple[str, str], ...]:
    """Parameters that leave records out. Fact sheet §1.5."""
    if asks := ROUTES[query.resource].asks:
        asked = ((*asks[one.field], one.value) for one in query.where if one.field in asks)
        return tuple((name, words.get(value, value)) for name, words, value in asked)
    found = (("tag_name", query.tag),) if query.tag else ()
    if query.since is not None:
        found = (*found, ("filter[updated_at][larger_than]", _moment(query.since)))
    bounds = ((f"filter[{BOUNDS[it.field]}][{_SIGNS[it.sign]}]", it.value) for it in query.where)
    return (*found, *bounds)


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="milliseconds")


def _list(resource: str, number: int, *params: tuple[str, str]) -> Request:
    paging = (("page", str(number)), ("perpage", str(PAGE_ROWS)))
    return Request("GET", f"/{resource}", (*paging, *params), at_most=PAGE_ROWS)


def show(ref: Ref) -> Request:
    """One record with all that its screen shows."""
    return Request("GET", f"/{ref.resource}/{ref.id}", ROUTES[ref.resource].shown)


def show_many(resource: str, ids: Sequence[str]) -> Request:
    """Several records by their ids, at most a page of them."""
    return _list(resource, 1, ("filter[id][in]", ",".join(ids)), *ROUTES[resource].shown)


def twins(resource: str, since: datetime) -> Request:
    """What was made since a moment, newest first. Fact sheet §1.5: filters, order `new`."""
    filtered = ("filter[created_at][larger_than]", _moment(since))
    return _list(
        resource,
        1,
        *(() if ROUTES[resource].asks else (filtered,)),
        ("order", f"{_order(resource, 'created')}-desc"),
        *ROUTES[resource].shown,
    )


def search(resource: str, text: str) -> tuple[Request, ...]:
    """At most three requests that together find what a text may mean.

    `name` and `first_name` in one search narrow each other (assumed: the sheet's open question
    3), so a single word is asked for as either in a request of its own.
    """
    words = " ".join(text[: 2 * _LONGEST].split())[:_LONGEST].strip()
    if not words or not ROUTES[resource].searched:
        return ()
    if not ROUTES[resource].reached:
        return (_search(resource, (("name", words),)),)
    if _PHONE_LIKE.fullmatch(words) and sum(map(str.isdigit, words)) >= 3:
        exact = (("phone", words),)
    elif "@" in words:
        exact = (("email", words),)
    else:
        return tuple(_search(resource, found) for found in _by_name(resource, words))
    details = _hits("/contact_details/search", (("name", words), ("query", resource)), resource)
    return (_search(resource, exact), details) if resource == "people" else (details,)


def _by_name(resource: str, words: str) -> list[tuple[tuple[str, str], ...]]:
    if resource != "people":
        return [(("name", words),)]
    last, comma, first = (one.strip() for one in words.partition(","))
    if comma and last and first:
        return [(("name", last), ("first_name", first))]
    words = words.strip(" ,") or words
    first, space, last = words.rpartition(" ")
    if not space:
        return [(("name", words),), (("first_name", words),)]
    head, _, tail = words.partition(" ")
    return [
        (("name", last), ("first_name", first)),
        (("name", head), ("first_name", tail)),
        (("name", words),),
    ]


def _search(resource: str, params: tuple[tuple[str, str], ...]) -> Request:
    return _hits(f"/{resource}/search", params, resource)


def _hits(path: str, params: tuple[tuple[str, str], ...], resource: str) -> Request:
    paging = (("page", "1"), ("perpage", str(_HITS)))
    return Request("GET", path, (*params, *paging, *ROUTES[resource].shown), at_most=_HITS)


def lookup(name: str, number: int, last: Response | None) -> Request | None:
    """A page of users, tag names or custom-field types; None where there is no more to ask."""
    items = last.data if last is not None else None
    if number > 1 and not (isinstance(items, list) and len(items) >= PAGE_ROWS):
        return None
    paging = (("page", str(number)), ("perpage", str(PAGE_ROWS)))
    if name == "users":
        return Request("GET", "/users", paging, at_most=PAGE_ROWS)
    if name == "fields":
        return Request(
            "GET", "/custom_fields_types", (*paging, ("order", "id-asc")), at_most=PAGE_ROWS
        )
    if name == "tags" and number == 1:
        return Request("GET", "/tags/list")
    return None
