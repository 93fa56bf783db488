"""Responses -> raw records, totals, lookups. Shapes: CentralStationCRM fact sheet §1.3, §2.

Everything here takes what comes: absent keys, nulls, unknown keys, wrapped or bare items. Only
an answer that cannot be what was asked for raises `ServerBroken`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from csc_tui.crm.adapter import Raw, Whoami
from csc_tui.crm.centralstation.resources import RESOURCES
from csc_tui.crm.centralstation.routes import ROUTES
from csc_tui.domain.digest import Digest
from csc_tui.domain.digest import digest as digest_of
from csc_tui.domain.errors import ServerBroken
from csc_tui.domain.field import Choice, Kind
from csc_tui.domain.listed import only_listed, read_listed
from csc_tui.domain.lookup import FieldDefinition
from csc_tui.domain.record import Record
from csc_tui.domain.unread import Unread
from csc_tui.http.message import Response

CHILD_WRAPPERS = {
    "tels": "tel",
    "emails": "email",
    "homepages": "homepage",
    "ims": "im",
    "sms": "sm",
    "addrs": "addr",
    "addrs_from_company": "addr",
    "tags": "tag",
    "positions": "position",
    "companies": "company",
    "people": "person",
    "custom_fields": "custom_field",
    "historic_events": "historic_event",
    "assis": "assi",
}
"""Include -> the wrapper of its items where a list of them stands alone."""

_MOST = 10**8
"""A count above this is nonsense."""

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What an id may look like: it becomes part of addresses (as `domain.record.Id`)."""

_KINDS = {
    "string": Kind.TEXT,
    "select": Kind.CHOICE,
    "decimal": Kind.NUMBER,
    "date": Kind.DATE,
    "url": Kind.URL,
}
"""`ftype` of a custom field -> kind. Fact sheet §7."""

_CATEGORIES = {one.category: name for name, one in ROUTES.items()}


def read_list(resource: str, response: Response) -> list[Raw]:
    """The records of a page or a search, without wrappers."""
    wrapper = ROUTES[resource].wrapper
    return [_bare(item, wrapper, response.status) for item in _items(response)]


def read_one(resource: str, response: Response) -> Raw:
    """The record of a show or a create, without its wrapper."""
    return _bare(response.data, ROUTES[resource].wrapper, response.status)


def _items(response: Response) -> list[Any]:
    if not isinstance(response.data, list):
        raise ServerBroken(response.status, "shape")
    return response.data


def _bare(item: object, wrapper: str, status: int) -> Raw:
    if isinstance(item, Unread):
        return item
    if isinstance(item, dict):  # asking for a Mapping takes six times as long, of every record
        inner = item.get(wrapper)
        if isinstance(inner, dict):
            item = inner
        if bare_id(item.get("id")):
            return item
    raise ServerBroken(status, "shape")


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    """An id or word as text; empty for what is neither text nor a whole number."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def bare_id(value: object) -> str:
    """An id as text; empty for what can be none."""
    text = _text(value)
    return text if _ID.fullmatch(text) else ""


def read_total(response: Response) -> int | None:
    """`total_entries`, else `total_size`; None for nonsense."""
    body = _mapping(response.data)
    for key in ("total_entries", "total_size"):
        value = body.get(key)
        if isinstance(value, str) and len(value) < 10 and value.isascii() and value.isdigit():
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST:
            return value
    return None


def read_created(response: Response) -> str:
    """The id in the answer to a create; empty where there is none."""
    body = _mapping(response.data)
    if found := bare_id(body.get("id")):
        return found
    inner = next(iter(body.values()), None) if len(body) == 1 else None
    return bare_id(_mapping(inner).get("id"))


def read_whoami(response: Response) -> Whoami:
    """The bare (or wrapped) user. `name` is the log-in, `first` and `last` the person."""
    body = _mapping(response.data)
    body = _mapping(body.get("user")) or body
    names = [_text(body.get(key)) for key in ("first", "last")]
    called = " ".join(one for one in names if one)
    accounts = body.get("accounts")
    sole = accounts[0] if isinstance(accounts, list) and len(accounts) == 1 else None
    account = _account(body.get("current_account")) or _account(sole)
    return Whoami(
        user_id=bare_id(body.get("id")),
        name=called or _text(body.get("name")) or _text(body.get("login")),
        account_id=account or _text(body.get("account_id")),
    )


def _account(value: object) -> str:
    """The id of an account given as an object, wrapped or not, or as the id alone."""
    outer = _mapping(value)
    return _text(value) or _text((_mapping(outer.get("account")) or outer).get("id"))


def read_choices(name: str, response: Response) -> list[Choice]:
    """Users as id, name and log-in; tags by their name alone."""
    if name == "users":
        return [one for item in _items(response) if (one := _user(item)) is not None]
    wrapped = (_mapping(_mapping(one).get("tag")) or _mapping(one) for one in _items(response))
    named = (
        _text(one) or _text(inner.get("name"))
        for one, inner in zip(_items(response), wrapped, strict=True)
    )
    return [Choice(one, one) for one in dict.fromkeys(named) if one]


def _user(item: object) -> Choice | None:
    outer = _mapping(item)
    user = _mapping(outer.get("user")) or outer
    names = [_text(user.get(key)) for key in ("first", "name")]
    login = _text(user.get("login"))
    words = " ".join(one for one in names if one) or login
    found = bare_id(user.get("id"))
    return Choice(found, words or f"#{found}", login) if found else None


def read_definitions(response: Response) -> list[FieldDefinition]:
    """The custom fields of the resources that are served; others are left out."""
    found = []
    for item in _items(response):
        outer = _mapping(item)
        raw = _mapping(outer.get("custom_fields_type")) or outer
        resource = _CATEGORIES.get(_text(raw.get("category")))
        made = bare_id(raw.get("id"))
        if not resource or not made:
            continue
        options = raw.get("options")
        position = raw.get("position")
        found.append(
            FieldDefinition(
                id=made,
                resource=resource,
                label=_text(raw.get("name")) or f"#{made}",
                kind=_KINDS.get(_text(raw.get("ftype")), Kind.TEXT).value,
                options=tuple(Choice(one, one) for one in filter(None, map(_text, options)))
                if isinstance(options, list)
                else (),
                position=position if isinstance(position, int) else 0,
            )
        )
    return found


def record(resource: str, raw: Raw) -> Record:
    """The typed record of a raw one. Its positions get their companies' names put in."""
    values = _unwrapped(resource, raw, CHILD_WRAPPERS)
    return RESOURCES[resource].model.read(values)


def digest(resource: str, raw: Raw) -> Digest:
    """What lists and the search hold of a raw record."""
    if isinstance(raw, Unread) and raw.digest is not None:
        return raw.digest
    kind = RESOURCES[resource]
    values = _unwrapped(resource, raw, _listed_wrappers(resource))
    return digest_of(read_listed(kind.model, values) or record(resource, raw), kind.columns)


@cache
def _listed_wrappers(resource: str) -> dict[str, str]:
    model = only_listed(RESOURCES[resource].model)
    looked_at = {info.validation_alias or name for name, info in model.model_fields.items()}
    return {key: wrapper for key, wrapper in CHILD_WRAPPERS.items() if key in looked_at}


def _unwrapped(resource: str, raw: Raw, wrappers: Mapping[str, str]) -> dict[str, Any]:
    values = dict(raw)
    for key, wrapper in wrappers.items():
        value = raw.get(key)
        if value is None:
            values.pop(key, None)
        elif value:
            values[key] = _children(value, wrapper)
    if resource == "people" and isinstance(values.get("positions"), list):
        values["positions"] = _named(values["positions"], values.get("companies"))
    return values


def _children(items: object, wrapper: str) -> object:
    if not isinstance(items, list):
        return items
    return [
        _mapping(one[wrapper])
        if isinstance(one, dict) and len(one) == 1 and wrapper in one
        else one
        for one in items
    ]


def _named(positions: list[Any], companies: object) -> list[Any]:
    names = {
        _text(one.get("id")): one.get("name")
        for one in (companies if isinstance(companies, list) else ())
        if isinstance(one, dict)
    }
    return [
        {"company_name": names.get(_text(one.get("company_id"))), **one}
        if isinstance(one, dict)
        else one
        for one in positions
    ]
