"""Changes -> requests. Routes and wrappers: CentralStationCRM fact sheet §3, §4, §7.

A PUT holds only what changed. Cleared text is sent as empty text (a null `state_code` is refused,
§1.4), cleared ids and enums as null.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from csc_tui.crm.centralstation.asking import SHOWN
from csc_tui.crm.centralstation.reading import WRAPPERS
from csc_tui.crm.centralstation.resources import COMPANIES, PEOPLE
from csc_tui.domain.change import Change, Verb
from csc_tui.domain.field import Field, Kind, Plain
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


def write(change: Change) -> tuple[Request, ...]:
    """The requests that carry out a change, in order.

    For a changed custom field, `change.base` has to hold the id of its present value under
    `custom:71#id` (`Record.base` puts it there); without it a new value is added. For a position
    that is changed from its company, `change.base` has to hold `person: {"id": "7"}` (so does
    `Part.base`): positions have routes under people only.
    """
    if change.parent is not None:
        return (_part(change, change.parent),)
    if change.verb is Verb.CREATE:
        return (_create(change),)
    path = f"/{change.ref.resource}/{change.ref.id}"
    if change.verb is Verb.DELETE:
        return (Request("DELETE", path),)
    return _update(change, path)


def nested(resource: str) -> frozenset[str]:
    """The part kinds that a create may hold: those of the resource that have `_attributes`."""
    known = {one.name for one in _resource(resource).parts if Verb.CREATE in one.verbs}
    return frozenset(_INLINE) & known


def _resource(name: str) -> Resource:
    return {"people": PEOPLE, "companies": COMPANIES}[name]


def _create(change: Change) -> Request:
    resource = _resource(change.ref.resource)
    body = _own(resource.fields, change.values, keep_empty=False)
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
    return Request(
        "POST",
        f"/{resource.name}",
        SHOWN[resource.name],
        {WRAPPERS[resource.name]: body},
    )


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


def _update(change: Change, path: str) -> tuple[Request, ...]:
    resource = _resource(change.ref.resource)
    body = _own(resource.fields, change.values)
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
    put = [Request("PUT", path, (), {WRAPPERS[resource.name]: body})] if body else []
    return (*put, *gone)


def _part(change: Change, parent: Ref) -> Request:
    kind = change.ref.resource
    segment, wrapper = _ROUTES[kind]
    if kind == "positions":
        parent = _holder(change, parent)
    path = f"/{parent.resource}/{parent.id}/{segment}"
    if change.verb is not Verb.CREATE:
        path = f"{path}/{change.ref.id}"
    if change.verb is Verb.DELETE:
        return Request("DELETE", path)
    return Request(_VERBS[change.verb], path, (), {wrapper: _part_body(change, parent)})


def _part_body(change: Change, parent: Ref) -> dict[str, Any]:
    part: PartKind = _resource(parent.resource).part(change.ref.resource)
    body = _own(part.fields, change.values, keep_empty=change.verb is not Verb.CREATE)
    if "type_id" in change.values:
        body = {"custom_fields_type_id": _id(change.values["type_id"]), **body}
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
                body[one.wire] = None if one.wire.endswith("_id") or one.choices else ""
        elif one.lookup == "companies":
            body |= _company(value)
        elif one.wire.endswith("_id"):
            body[one.wire] = _id(value["id"] if isinstance(value, dict) else value)
        elif one.kind is Kind.FLAG:
            body[one.wire] = bool(value)
        else:
            body[one.wire] = value
    return body


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
