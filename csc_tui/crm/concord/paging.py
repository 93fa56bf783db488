"""Pages of lists: how long they are asked to be, and what answers say of them. Fact sheet §5."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from csc_tui.http.message import Response

PAGE_ROWS = 100
"""The largest page that the vendor documents. Not every list honours it; `meta` tells."""

_MOST = 10**8
"""A count above this is nonsense."""

_ROWS = 1_000
"""A page longer than this is nonsense."""


def mapping(value: object) -> Mapping[str, Any]:
    """An object of JSON; an empty one for all else."""
    return value if isinstance(value, Mapping) else {}


def rows(response: Response) -> int:
    """The length that the list's pages have; 0 where it does not say so."""
    return _count(_told(response).get("per_page"), _ROWS) or 0


def read_total(response: Response) -> int | None:
    """`meta.total`; None for nonsense."""
    return _count(_told(response).get("total"), _MOST)


def pages(response: Response) -> int:
    """How many pages the list of an answer has; 1 where it does not say so."""
    return _count(mapping(mapping(response.data).get("meta")).get("last_page"), _MOST) or 1


def _told(response: Response) -> Mapping[str, Any]:
    body = mapping(response.data)
    return mapping(body.get("meta")) or body


def _count(value: object, most: int) -> int | None:
    if isinstance(value, str) and len(value) < 10 and value.isascii() and value.isdigit():
        value = int(value)
    good = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
    return value if good and isinstance(value, int) else None
