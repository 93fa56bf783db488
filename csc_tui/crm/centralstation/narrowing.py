"""What of a filter this server is asked for: fact sheet §1.5, where no source disagrees.

Tag by its exact name, times and the responsible user. Names, cities and free text are matched by
the client alone: how the server compares texts is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from csc_tui.crm.centralstation.asking import BOUNDS
from csc_tui.crm.centralstation.routes import ROUTES
from csc_tui.domain.filter import Between, Filter, OneOf, Tagged
from csc_tui.domain.folding import fold
from csc_tui.domain.lookup import Lookups
from csc_tui.domain.query import Bound, Query

_STRICT = timedelta(seconds=1)
"""A comparison by time leaves the moment itself out, and may look at whole seconds only."""


def narrow(query: Query, wanted: Filter, lookups: Lookups) -> Query:
    """The query with every condition of a filter that the server keeps to."""
    if asks := ROUTES[query.resource].asks:
        bounds = [
            Bound(term.subject.name, "=", term.options[0])
            for term in wanted.terms
            if isinstance(term, OneOf) and len(term.options) == 1 and term.subject.name in asks
        ]
        return query._replace(where=(*query.where, *bounds))
    for term in wanted.terms:
        match term:
            case Tagged() if not query.tag:
                query = query._replace(tag=_spelling(term.name, lookups))
            case Between() if term.subject.name in BOUNDS:
                query = query._replace(where=(*query.where, *_times(term)))
            case OneOf(options=(only,)) if term.subject.name in BOUNDS:
                bound = Bound(term.subject.name, "=", only)
                query = query._replace(where=(*query.where, bound))
    return query


def _spelling(name: str, lookups: Lookups) -> str:
    """The one way in which the account spells a tag; empty where there are several, or none."""
    wanted = fold(name)
    known = {one.value for one in lookups.get("tags", ()) if fold(one.value) == wanted}
    return known.pop() if len(known) == 1 else ""


def _times(term: Between) -> Iterator[Bound]:
    if term.since is not None:
        yield Bound(term.subject.name, ">", _moment(term.since, -_STRICT))
    if term.until is not None:
        yield Bound(term.subject.name, "<", _moment(term.until, _STRICT))


def _moment(when: datetime, margin: timedelta) -> str:
    with suppress(OverflowError):
        when += margin
    return when.astimezone(UTC).isoformat(timespec="milliseconds")
