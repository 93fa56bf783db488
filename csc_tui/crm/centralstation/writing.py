"""Changes -> requests. Routes and wrappers: CentralStationCRM fact sheet §3-§5, §7.

A PUT holds only what changed. Cleared text is sent as empty text (a null `state_code` is refused,
§1.4), cleared ids, enums, dates and numbers as null.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from csc_tui.crm.centralstation.notes import (
    HTML,
    NOTES,
    OWNERS,
    PLAIN,
    is_teaser,
    protocols,
    teaser,
)
from csc_tui.crm.centralstation.resources import RESOURCES
from csc_tui.crm.centralstation.routes import ROUTES
from csc_tui.crm.centralstation.tasks import ATTACHABLE, Task
from csc_tui.domain.change import Change, Verb
from csc_tui.domain.due import moved_end
from csc_tui.domain.field import Field, Kind, Plain
from csc_tui.domain.markup import readable
from csc_tui.domain.record import Record
from csc_tui.domain.ref import CUSTOM, Ref
from csc_tui.domain.resource import PartKind, Resource
from csc_tui.http.message import Request

_ROUTES = {
    "phones": ("contact_details", "tel"),
    "emails": ("contact_details", "email"),
    "homepages": ("contact_details", "homepage"),
    "ims": ("contact_details", "im"),
    "sms": ("contact_details", "sm"),
    "addresses": ("addrs", "addr"),
    "tags": ("tags", "tag"),
    "positions": ("positions", "position"),
    "custom_fields": ("custom_fields", "custom_field"),
    "events": ("historic_events", "historic_event"),
    "assistants": ("assis", "assi"),
}
"""Part kind -> path segment under the record, wrapper of the body."""

_INLINE = {
    "phones": "tels",
    "emails": "emails",
    "homepages": "homepages",
    "ims": "ims",
    "sms": "sms",
    "addresses": "addrs",
    "tags": "tags",
    "positions": "positions",
}
"""Part kind -> what stands before `_attributes` in the body of a create. Fact sheet §3."""

_VERBS = {Verb.CREATE: "POST", Verb.UPDATE: "PUT", Verb.DELETE: "DELETE"}


_PEOPLE = "people"
"""The part kind that has no route: whom a deal or project is with is an attribute of it."""


def write(change: Change, record: Record | None = None) -> tuple[Request, ...]:
    """The requests that carry out a change, in order; none where it is so already.

    For a changed custom field, `change.base` has to hold the id of its present value under
    `custom:71#id` (`Record.base` puts it there); without it a new value is added. For a position
    that is changed from its company, `change.base` has to hold `person: {"id": "7"}` (so does
    `Part.base`): positions have routes under people only. For a change of the people of a deal
    or project `record` is that record as it was just read: they are sent as a whole; so it is of
    a task that is moved, which ends later then too.
    """
    if change.parent is not None:
        if ROUTES[change.parent.resource].attached:
            return _attachment(change, change.parent, record)
        if change.ref.resource == _PEOPLE:
            return _participants(change, change.parent, record)
        return (_part(change, change.parent),)
    if change.verb is Verb.CREATE:
        return (_create(change),)
    path = f"/{change.ref.resource}/{change.ref.id}"
    if change.verb is Verb.DELETE:
        return (Request("DELETE", path),)
    if change.verb is Verb.MERGE:
        # `looser_ids` is how the vendor spells it (fact sheet §3); the winner is in the path.
        winner = f"/{change.ref.resource}/{change.into.id}/merge"
        return (Request("POST", winner, (), {"looser_ids": [_id(change.ref.id)]}),)
    return _update(change, path, record)


def nested(resource: str) -> frozenset[str]:
    """The part kinds that a create may hold: those of the resource that have `_attributes`."""
    parts = RESOURCES[resource].parts
    if ROUTES[resource].attached:
        return frozenset(it.name for it in parts)
    return frozenset({*_INLINE, _PEOPLE}) & {it.name for it in parts if Verb.CREATE in it.verbs}


def _create(change: Change) -> Request:
    route, resource = ROUTES[change.ref.resource], RESOURCES[change.ref.resource]
    body = {**route.begins, **_own(resource.fields, change.values, keep_empty=False)}
    custom = [
        {"custom_fields_type_id": _id(name.removeprefix(CUSTOM)), "name": value}
        for name, value in change.values.items()
        if name.startswith(CUSTOM) and value not in (None, "")
    ]
    for name, wire in _INLINE.items():
        if items := _items(resource, name, change.values.get(name)):
            body[f"{wire}_attributes"] = items
    if custom:
        body["custom_fields_attributes"] = custom
    if route.attached:
        body |= _attached(change.values)
    elif people := change.values.get(_PEOPLE):
        listed = people if isinstance(people, list) else []
        body |= _named(filter(None, map(_linked, listed)))
    return Request("POST", f"/{resource.name}", route.shown, {route.wrapper: body})


def _items(resource: Resource, name: str, values: Plain) -> list[dict[str, Any]]:
    """Inline parts of one kind; tags also as a list of names."""
    if not isinstance(values, list):
        return []
    part = resource.part(name)
    bodies = (
        _own(part.fields, one if isinstance(one, dict) else {"name": one}, keep_empty=False)
        for one in values
    )
    return [one for one in bodies if one]


def _attached(values: Mapping[str, Plain]) -> dict[str, Any]:
    """The record that a new task is about: the first, where more are named than it can have."""
    for name, class_name in ATTACHABLE.items():
        listed = values.get(name)
        linked = next(filter(None, map(_linked, listed if isinstance(listed, list) else [])), "")
        if linked:
            return {"attachable_type": class_name, "attachable_id": _id(linked)}
    return {}


def _attachment(change: Change, parent: Ref, record: Record | None) -> tuple[Request, ...]:
    """Another record, or none, that a task is about."""
    kind, there = change.ref.resource, record.about() if isinstance(record, Task) else None
    if change.verb is Verb.DELETE:
        if there != Ref(kind, change.ref.id):
            return ()
        body: dict[str, Any] = {"attachable_type": None, "attachable_id": None}
    else:
        linked = _linked(change.values)
        if there == Ref(kind, linked):
            return ()
        body = {"attachable_type": ATTACHABLE[kind], "attachable_id": _id(linked)}
    wrapped = {ROUTES[parent.resource].wrapper: body}
    return (Request("PUT", f"/{parent.resource}/{parent.id}", (), wrapped),)


def _update(change: Change, path: str, record: Record | None) -> tuple[Request, ...]:
    resource = change.ref.resource
    body = _own(RESOURCES[resource].fields, change.values)
    if isinstance(record, Task) and record.due and record.end and change.values.get("due"):
        body["end_time"] = moved_end(record.due, record.end, str(change.values["due"]))
    custom: list[dict[str, Any]] = []
    gone: list[Request] = []
    for name, value in change.values.items():
        if not name.startswith(CUSTOM):
            continue
        present = change.base.get(f"{name}#id")
        if value in (None, ""):
            if present:
                gone.append(Request("DELETE", f"{path}/custom_fields/{present}"))
        elif present:
            custom.append({"id": _id(present), "name": value})
        else:
            made = _id(name.removeprefix(CUSTOM))
            custom.append({"custom_fields_type_id": made, "name": value})
    if custom:
        body["custom_fields_attributes"] = custom
    put = [Request("PUT", path, (), {ROUTES[resource].wrapper: body})] if body else []
    return (*put, *gone)


def _part(change: Change, parent: Ref) -> Request:
    kind = change.ref.resource
    if kind == NOTES.name:
        path, wrapper = protocols(parent)[0], "protocol"
    else:
        if kind == "positions":
            parent = _holder(change, parent)
        segment, wrapper = _ROUTES[kind]
        path = f"/{parent.resource}/{parent.id}/{segment}"
    if change.verb is not Verb.CREATE:
        path = f"{path}/{change.ref.id}"
    if change.verb is Verb.DELETE:
        return Request("DELETE", path)
    return Request(_VERBS[change.verb], path, (), {wrapper: _part_body(change, parent)})


def _part_body(change: Change, parent: Ref) -> dict[str, Any]:
    part: PartKind = RESOURCES[parent.resource].part(change.ref.resource)
    body = _own(part.fields, change.values, keep_empty=change.verb is not Verb.CREATE)
    if part is NOTES:
        body |= _note_body(change, parent)
    if "type_id" in change.values:
        body = {"custom_fields_type_id": _id(change.values["type_id"]), **body}
    return body


def _participants(change: Change, parent: Ref, record: Record | None) -> tuple[Request, ...]:
    """One more or one fewer of the people, beside all that are there."""
    there = [one.id for one in getattr(record, _PEOPLE, ())]
    if change.verb is Verb.DELETE:
        wanted = [one for one in there if one != change.ref.id]
    else:
        wanted = list(dict.fromkeys((*there, _linked(change.values))))
    if wanted == there:
        return ()
    body = {ROUTES[parent.resource].wrapper: _named(wanted)}
    return (Request("PUT", f"/{parent.resource}/{parent.id}", (), body),)


def _named(people: Iterable[str]) -> dict[str, str]:
    """People as the server takes them: a text with commas that replaces all. Fact sheet §5."""
    return {"person_ids_set": ",".join(people)}


def _linked(values: Plain | Mapping[str, Plain]) -> str:
    """The id of the record in the values of one link; empty where there is none."""
    record = values.get("record") if isinstance(values, Mapping) else None
    return str((record.get("id") or "") if isinstance(record, dict) else record or "")


def _note_body(change: Change, parent: Ref) -> dict[str, Any]:
    """What the CRM has to be told about a text, and about a new one whom it is about.

    Without a format it is taken for HTML, where ends of lines and `<` mean something else; a note
    that an undo makes again has the one that it had, and its title. A title that was made of the
    old words becomes one of the new. In the answer to a POST under a person
    `person_ids` was empty (fact sheet §6), so the person is named.
    """
    values, base = change.values, change.base
    if change.verb is Verb.CREATE:
        body = {"format": values.get("format") or PLAIN, OWNERS[parent.resource]: [_id(parent.id)]}
        return {**body, "name": values["title"]} if values.get("title") else body
    if "content" not in values:
        return {}
    old = base.get("format") or HTML
    body = {"format": PLAIN} if old == HTML else {}
    title, words = str(base.get("title") or ""), str(base.get("content") or "")
    if title and is_teaser(title, readable(words, str(old))):
        body["name"] = teaser(str(values["content"]))
    return body


def _holder(change: Change, parent: Ref) -> Ref:
    """The person whose position it is, where the change was made from the company."""
    if parent.resource == "people":
        return parent
    person = change.base.get("person")
    return Ref("people", str(person["id"]) if isinstance(person, dict) else "")


def _own(
    fields: Sequence[Field], values: Mapping[str, Plain], *, keep_empty: bool = True
) -> dict[str, Any]:
    """The declared fields among `values` under their wire names."""
    body: dict[str, Any] = {}
    for one in fields:
        if one.name not in values or not one.writable or one.name.startswith(CUSTOM):
            continue
        value = values[one.name]
        if value in (None, ""):
            if keep_empty:
                body[one.wire] = None if _is_null(one) else ""
        elif one.lookup == "companies":
            body |= _company(value)
        elif one.kind is Kind.NUMBER and one.decimals == 0:
            body[one.wire] = _id(value)
        elif one.wire.endswith("_id"):
            body[one.wire] = _id(value["id"] if isinstance(value, dict) else value)
        elif one.kind is Kind.FLAG:
            body[one.wire] = bool(value)
        else:
            body[one.wire] = value
    return body


def _is_null(field: Field) -> bool:
    """Whether nothing in it is null rather than empty text."""
    return (
        field.wire.endswith("_id")
        or bool(field.choices)
        or field.kind in (Kind.NUMBER, Kind.DATE, Kind.MOMENT)
    )


def _company(value: Plain) -> dict[str, Any]:
    """A company that is there by its id; a new one by its name alone."""
    if isinstance(value, dict):
        if value.get("id"):
            return {"company_id": _id(value["id"])}
        return {"company_name": value.get("name")}
    return {"company_id": _id(value)}


def _id(value: object) -> int | str:
    """An id as the server writes it: a number where it is one."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else text
