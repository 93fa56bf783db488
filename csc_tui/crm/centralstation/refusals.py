"""Responses -> errors. Codes and bodies: CentralStationCRM fact sheet §1.7."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from csc_tui.crm.centralstation.parts import CustomField
from csc_tui.crm.centralstation.resources import RESOURCES
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
from csc_tui.domain.field import Field
from csc_tui.domain.ref import CUSTOM
from csc_tui.http.message import Response

_LONGEST = 200
"""Characters of a server's message that are kept."""

_MOST = 20
"""Attributes of a 422, and messages for each of them, that are kept."""

_ALSO_AS_PAGES = frozenset({400, 413, 414, 415, 431})
"""What is said of a request itself, by a proxy in a web page too: it is refused each time."""

_WORD = re.compile(r"\s*\w{0,20}\s*")
"""A body that is no JSON and yet no failure: what `check_connection` says is not known."""


def error(response: Response) -> CrmError | None:
    """What went wrong; None for a good answer."""
    status = response.status
    html = not response.is_json and response.text.lstrip()[:1] == "<"
    if 200 <= status < 300:
        if response.is_json or _WORD.fullmatch(response.text):
            return None
        return NotAnApi(status, "html") if html else ServerBroken(status, "json")
    if status < 400:
        return Redirected(response.headers.get("location", ""))
    if status == 401:
        return Unauthorized()
    if status == 422:
        return Invalid(_messages(response))
    if status in (429, 503):
        return RateLimited(None) if status == 429 else Unavailable(None)  # see the worker
    if status == 507:
        return QuotaReached(_said(response))
    if status >= 500:
        return ServerBroken(status, "status")
    if html:
        return Rejected(status, "") if status in _ALSO_AS_PAGES else NotAnApi(status, "html")
    if status in (403, 404, 410):
        return Forbidden() if status == 403 else NotFound()
    return Rejected(status, _said(response))


def _said(response: Response) -> str:
    """The server's own words, in one line."""
    body = response.data if isinstance(response.data, Mapping) else {}
    for key in ("description", "message", "error"):
        if isinstance(words := body.get(key), str) and words.strip():
            return " ".join(words.split())[:_LONGEST]
    return " ".join(response.text.split())[:_LONGEST] if not response.is_json else ""


def _messages(response: Response) -> dict[str, tuple[str, ...]]:
    """Attribute -> messages; words that belong to no attribute stand under the empty key."""
    body = response.data
    if isinstance(body, Mapping) and isinstance(inner := body.get("errors"), Mapping | list):
        body = inner
    if isinstance(body, list):
        body = {"": body}
    if not isinstance(body, Mapping) or not body:
        said = _said(response)
        return {"": (said,)} if said else {}
    found: dict[str, tuple[str, ...]] = {}
    for key, value in islice(body.items(), _MOST):
        items = value[:_MOST] if isinstance(value, list) else [value]
        words = tuple(" ".join(str(one).split())[:_LONGEST] for one in items if one is not None)
        if words:
            found["" if key in _OF_NO_ATTRIBUTE else str(key)[:_LONGEST]] = words
    return found


_OF_NO_ATTRIBUTE = frozenset({"base", "error", "message"})
"""Keys of a 422 whose words are about the record as a whole."""


def refused(response: Response, change: Change) -> CrmError | None:
    """As `error`; the keys of a 422 become the paths that the form of `change` has."""
    found = error(response)
    if not isinstance(found, Invalid):
        return found
    return found.renamed(lambda key: _path(key, change))


_KEY = re.compile(r"(\w+)(?:\[(\d+)\])?\.(\w+)")
"""`addrs.city`, `addrs[0].city`: an attribute of an inline part."""


def _path(key: str, change: Change) -> str:
    resource = RESOURCES[change.record.resource]
    if change.parent is not None:
        return _named(resource.part(change.ref.resource).fields, key)
    if not (nested := _KEY.fullmatch(key)):
        return _named(resource.fields, key)
    include, index, attribute = nested.groups()
    for kind in resource.parts:
        wire = kind.model.__name__
        if include not in _INCLUDES.get(wire, ()):
            continue
        if issubclass(kind.model, CustomField):
            return next((one for one in change.values if one.startswith(CUSTOM)), key)
        if kind.name == "tags":
            return "tags"
        return f"{kind.name}.{index or 0}.{_named(kind.fields, attribute)}"
    return key


_INCLUDES = {
    "Phone": ("tels", "tel", "contact_details"),
    "Email": ("emails", "email"),
    "Homepage": ("homepages", "homepage"),
    "Im": ("ims", "im"),
    "Sm": ("sms", "sm"),
    "Address": ("addrs", "addr"),
    "Tag": ("tags", "tag"),
    "Position": ("positions", "position"),
    "CustomField": ("custom_fields", "custom_field"),
}
"""Part model -> what a nested error key may call it (assumed: the Rails habit)."""


def _named(fields: Sequence[Field], key: str) -> str:
    """The field of a wire key; `company_name` and `user` are said of `company_id`, `user_id`."""
    alias = {"company_name": "company_id"}.get(key, key)
    for one in fields:
        if one.wire in (alias, f"{alias}_id"):
            return one.name
    return key
