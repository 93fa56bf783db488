"""Responses -> errors. Codes and bodies: Concord fact sheet §3. Texts are never compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice

from csc_tui.crm.concord.models import LINKS
from csc_tui.crm.concord.resources import RESOURCES
from csc_tui.domain.change import Change
from csc_tui.domain.errors import (
    CrmError,
    Forbidden,
    Invalid,
    NotAnApi,
    NotFound,
    QuotaReached,
    RateLimited,
    Redirected,
    Rejected,
    ServerBroken,
    Unauthorized,
    Unavailable,
)
from csc_tui.domain.ref import CUSTOM
from csc_tui.http.message import Response

_LONGEST = 200
"""Characters of a server's message that are kept."""

_MOST = 20
"""Keys of a 422, and messages for each of them, that are kept."""


_ALSO_AS_PAGES = frozenset({400, 413, 414, 415, 419, 431})
"""What is said of a request itself, by a proxy in a web page too: it is refused each time."""


def error(response: Response) -> CrmError | None:
    """What went wrong; None for a good answer."""
    status = response.status
    html = not response.is_json and response.text.lstrip()[:1] == "<"
    if 200 <= status < 300:
        if response.is_json or not response.text.strip():
            return None
        return NotAnApi(status, "html") if html else ServerBroken(status, "json")
    if status < 400:
        return Redirected(response.headers.get("location", ""))
    if status == 507:
        return QuotaReached(_said(response))
    if status >= 500:
        return Unavailable(None) if status == 503 else ServerBroken(status, "status")
    if html and status not in _ALSO_AS_PAGES:
        return NotAnApi(status, "html")
    plain: dict[int, CrmError] = {
        401: Unauthorized(),
        403: Forbidden(),
        404: NotFound(),
        410: NotFound(),
        429: RateLimited(None),
    }
    if status == 422:
        return Invalid(_messages(response))
    return plain.get(status) or Rejected(status, _said(response))


def _said(response: Response) -> str:
    """The server's own words, in one line."""
    body = response.data if isinstance(response.data, Mapping) else {}
    for key in ("message", "error"):
        if isinstance(words := body.get(key), str) and words.strip():
            return " ".join(words.split())[:_LONGEST]
    return ""


def _messages(response: Response) -> dict[str, tuple[str, ...]]:
    """Key -> messages; the sentence above them where there are no keys."""
    body = response.data if isinstance(response.data, Mapping) else {}
    errors = body.get("errors")
    found: dict[str, tuple[str, ...]] = {}
    for key, value in islice(errors.items(), _MOST) if isinstance(errors, Mapping) else ():
        items = value[:_MOST] if isinstance(value, list) else [value]
        words = tuple(" ".join(str(one).split())[:_LONGEST] for one in items if one is not None)
        if words:
            found[str(key)[:_LONGEST]] = words
    said = _said(response)
    return found or ({"": (said,)} if said else {})


def refused(response: Response, change: Change) -> CrmError | None:
    """As `error`; the keys of a 422 become the paths that the form of `change` has."""
    found = error(response)
    if not isinstance(found, Invalid):
        return found
    return found.renamed(lambda key: _path(key, change))


_NESTED = re.compile(r"(\w+)\.(\d+)(?:\.(\w+))?")
"""`phones.0.number`, `tags.1`: something in a list."""


def _path(key: str, change: Change) -> str:
    resource = RESOURCES[change.record.resource]
    nested = _NESTED.fullmatch(key)
    kind = nested[1] if nested else key
    if change.parent is not None:
        if kind != change.ref.resource:
            return key
        fields = resource.part(kind).fields
        name = (nested[3] if nested else None) or fields[0].wire
        return next((one.name for one in fields if one.wire == name), fields[0].name)
    if key.startswith("cf_"):
        return CUSTOM + key.partition(".")[0]
    if kind == "tags":
        return "tags"
    if kind == "phones":
        name = {"type": "kind"}.get((nested[3] if nested else None) or "", "number")
        return f"phones.{nested[2] if nested else 0}.{name}"
    if kind in LINKS:
        return f"{kind}.{nested[2] if nested else 0}.record"
    return next((one.name for one in resource.fields if key in (one.wire, one.name)), key)
