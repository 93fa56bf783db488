"""Responses -> raw records, totals, lookups. Shapes: Concord fact sheet §4, §7, §11.

Everything here takes what comes: absent keys, nulls, unknown keys, lists with and without an
envelope. Only an answer that cannot be what was asked for raises `ServerBroken`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from zlib import crc32

from csc_tui.crm.adapter import Page, Raw, Whoami
from csc_tui.crm.concord import custom, paging
from csc_tui.crm.concord.models import LINKS, Owned
from csc_tui.crm.concord.notes import NOTE, NOTES, ROUTES, entry_id
from csc_tui.crm.concord.paging import mapping
from csc_tui.crm.concord.parts import CustomField
from csc_tui.crm.concord.resources import RESOURCES
from csc_tui.domain.change import Change
from csc_tui.domain.errors import ServerBroken
from csc_tui.domain.field import Choice
from csc_tui.domain.lookup import FieldDefinition
from csc_tui.domain.ref import CUSTOM
from csc_tui.domain.resource import Resource
from csc_tui.http.message import Response

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What an id may look like: it becomes part of addresses (as `domain.record.Id`)."""

_NAMED = {
    "user": "owner_name",
    "source": "source_name",
    "industry": "industry_name",
    "parent": "parent_company_name",
    "stage": "stage_name",
    "pipeline": "pipeline_name",
    "country": "country_name",
    "type": "kind_name",
}
"""An object that comes beside an id -> the attribute that keeps its words."""

_APART = frozenset({*_NAMED, *ROUTES.values()})
"""Keys of a record that its model does not read as they come; its notes have their own reading."""


def text(value: object) -> str:
    """An id or word as text; empty for what is neither text nor a whole number."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def id_of(value: object) -> str:
    """An id as text; empty for what can be none."""
    found = text(value)
    return found if _ID.fullmatch(found) else ""


def name_of(raw: object) -> str:
    """What an embedded record or lookup row is called."""
    found = mapping(raw)
    return text(found.get("display_name")) or text(found.get("name"))


def items(response: Response) -> list[Any]:
    """The items of a list, bare or in an envelope. Raises ServerBroken."""
    data = response.data
    if isinstance(data, Mapping):
        data = data.get("data")
    if not isinstance(data, list):
        raise ServerBroken(response.status, "shape")
    return data


def read_list(response: Response) -> list[Raw]:
    """The records of a page or a search."""
    return [_bare(item, response.status) for item in items(response)]


def read_one(response: Response) -> Raw:
    """The record of a show or a write: bare, or in an envelope."""
    inner = mapping(response.data).get("data")
    return _bare(inner if isinstance(inner, Mapping) else response.data, response.status)


def _bare(item: object, status: int) -> Raw:
    if isinstance(item, Mapping) and id_of(item.get("id")):
        return item
    raise ServerBroken(status, "shape")


def read_page(response: Response) -> Page:
    """A page with the list's total and the length that its pages have."""
    return Page(read_list(response), paging.read_total(response), paging.rows(response))


def read_created(response: Response, change: Change) -> str:
    """The id of a new record; of a new part that of the one that the record has for it now."""
    raw = mapping(response.data)
    raw = raw if "id" in raw else mapping(raw.get("data"))
    if change.parent is None:
        return id_of(raw.get("id"))
    if change.ref.resource == NOTES.name:
        made = id_of(raw.get("id"))
        return entry_id(str(change.values.get("kind") or NOTE), made) if made else ""
    if change.ref.resource == "phones":
        wanted = phone_key(text(change.values.get("number")))
        keys = [str(one["id"]) for one in _phones(raw.get("phones"))]
        return wanted if wanted in keys else keys[-1] if keys else ""
    if change.ref.resource == "tags":
        wanted = text(change.values.get("name")).casefold()
        tags = [one for one in _tags(raw.get("tags")) if name_of(one).casefold() == wanted]
        return id_of(tags[0].get("id")) if tags else ""
    return id_of(mapping(change.values.get("record")).get("id"))


def read_whoami(response: Response) -> Whoami:
    """The bare user. Nothing in it tells one installation from another."""
    body = mapping(response.data)
    body = body if "id" in body else mapping(body.get("data"))
    called = text(body.get("name")) or text(body.get("display_name"))
    return Whoami(id_of(body.get("id")), called or text(body.get("email")), "")


def read_choices(name: str, response: Response) -> list[Choice]:
    """Options by id and name, each with what tells it apart from others of its name."""
    found = []
    for item in items(response):
        raw = mapping(item)
        made, words = id_of(raw.get("id")), name_of(raw)
        if name == "lost_reasons":
            made = words
        if not made:
            continue
        note = text(raw.get("email")) if name == "users" else text(raw.get("iso_2"))
        if name == "stages":
            note = name_of(raw.get("pipeline"))
        found.append(Choice(made, words or f"#{made}", note))
    return found


def read_definitions(resource: str, response: Response) -> list[FieldDefinition]:
    """The custom fields among the fields of a resource."""
    data = response.data
    fields = mapping(data).get("data", data)
    listed = list(fields.values()) if isinstance(fields, Mapping) else fields
    if not isinstance(listed, list):
        raise ServerBroken(response.status, "shape")
    made = (custom.definition(resource, raw, place) for place, raw in enumerate(listed))
    return [one for one in made if one is not None]


# --- records


def record(resource: Resource, raw: Raw) -> Owned:
    """The typed record of a raw one, its custom fields as their definitions say."""
    values = {
        key: value
        for key, value in raw.items()
        if key not in _APART and not key.startswith(custom.PREFIX)
    }
    for key, name in _NAMED.items():
        if isinstance(raw.get(key), Mapping):
            values[name] = name_of(raw[key]) or None
    values["country_code"] = text(mapping(raw.get("country")).get("iso_2")) or None
    for kind in LINKS:
        if isinstance(raw.get(kind), list):
            values[kind] = [
                {"id": id_of(one.get("id")), "record_name": _called(one)}
                for one in _listed(raw[kind])
            ]
        else:
            values.pop(kind, None)
    if "phones" in raw:
        values["phones"] = _phones(raw["phones"])
    if isinstance(raw.get("tags"), list):
        values["tags"] = _tags(raw["tags"])
    if isinstance(raw.get("expected_close_date"), str):
        values["expected_close_date"] = raw["expected_close_date"][:10]
    values["custom_fields"] = _custom(resource, raw)
    model = RESOURCES[resource.name].model
    assert issubclass(model, Owned)
    return model.read(values)


def _listed(raw: object) -> list[Mapping[str, Any]]:
    return [one for one in raw if isinstance(one, Mapping)] if isinstance(raw, list) else []


def _called(raw: Mapping[str, Any]) -> str | None:
    """A linked record's name as its own list has it: the last name of a contact first."""
    names = [text(raw.get(key)) for key in ("last_name", "first_name")]
    return ", ".join(filter(None, names)) or name_of(raw) or None


def _tags(raw: object) -> list[Mapping[str, Any]]:
    """Tags as objects, also where they come as names: a name is all that is written of them."""
    named = raw if isinstance(raw, list) else []
    return [
        {"id": f"{crc32(one.casefold().encode()):x}", "name": one} if isinstance(one, str) else one
        for one in named
        if isinstance(one, str | Mapping)
    ]


def phone_key(number: str) -> str:
    """What a phone is recognised by: its digits and letters. The server's ids change with it."""
    return re.sub(r"[^0-9A-Za-z]", "", number)[:60]


def _phones(raw: object) -> list[dict[str, Any]]:
    """Phones under ids of their own; of two that are alike the second is another one."""
    found: dict[str, dict[str, Any]] = {}
    for one in _listed(raw):
        number = text(one.get("number"))
        key = phone_key(number)
        if not key:
            continue
        while key in found:
            key += "_"
        found[key] = {**one, "id": key, "number": number}
    return list(found.values())


def _custom(resource: Resource, raw: Raw) -> list[dict[str, Any]]:
    """The custom fields that have a value, also those whose definition is not known (yet)."""
    defined = {one.wire: one for one in resource.fields if one.name.startswith(CUSTOM)}
    found = []
    for key, value in raw.items():
        if not key.startswith(custom.PREFIX):
            continue
        content = custom.read(defined.get(key), value)
        if content is None or content == []:
            continue
        words = custom.shown(defined.get(key), content)
        of_it = {"type_id": key, "type_name": key, "content": content, "shown": words}
        found.append({**of_it, **({} if key in defined else {"known": False, "raw": value})})
    return found


def defined(resource: Resource, record: Owned) -> Owned:
    """The record with its custom fields read by the definitions that have come since."""
    early = {one.type_id: one.raw for one in record.custom_fields if not one.known}
    if not early:
        return record
    known = (one for one in record.custom_fields if one.known)
    read = map(CustomField.read, _custom(resource, early))
    return record.model_copy(update={"custom_fields": (*known, *read)})
