"""Changes -> requests. Routes and bodies: Concord fact sheet §7-§10, §12, §13.

A PUT is partial, but a list in it replaces the whole list: phones and tags are sent with all that
the record has beside them; links are attached and detached one by one (§8 B), so that what others
link meanwhile stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from csc_tui.crm.concord import custom
from csc_tui.crm.concord.activities import Activity, moved
from csc_tui.crm.concord.models import LINKS, Owned
from csc_tui.crm.concord.notes import NOTE, NOTES, ROUTES, place_of
from csc_tui.domain.change import Change, Verb
from csc_tui.domain.field import Field, Kind, Plain
from csc_tui.domain.markup import html
from csc_tui.domain.ref import CUSTOM, Ref
from csc_tui.domain.resource import Resource
from csc_tui.http.message import Request

_DECIDED = frozenset({"won", "lost"})
"""Between these two a deal goes only by way of `open` (§10.3: else 409)."""


def write(change: Change, resource: Resource, record: Owned | None) -> tuple[Request, ...]:
    """The requests that carry out a change, in order; none where it is so already.

    For a change of a part `record` is what it hangs on, as it was just read; so it is of an
    activity that is moved.
    """
    if change.parent is not None:
        return _part(change, change.parent, record)
    path = f"/{change.ref.resource}/{change.ref.id}"
    match change.verb:
        case Verb.CREATE:
            body = _body(change.values, resource, fresh=True)
            return (Request("POST", f"/{change.ref.resource}", (), body),)
        case Verb.DELETE:
            return (Request("DELETE", path),)
        case Verb.RESTORE:
            return (Request("POST", f"/trashed{path}"),)
        case Verb.ATTACH | Verb.DETACH:
            # That notes and the like are taken here too follows from their lists below a record.
            method = "PUT" if change.verb is Verb.ATTACH else "DELETE"
            body = {name: [custom.whole(str(it)) for it in _all(ids)]
                    for name, ids in change.values.items()}  # fmt: skip
            return (Request(method, f"/associations{path}", (), body),)
        case Verb.DESTROY:
            return (Request("DELETE", f"/trashed{path}"),)
        case _:
            return _update(change, resource, path, record)


def _update(
    change: Change, resource: Resource, path: str, record: Owned | None
) -> tuple[Request, ...]:
    body = _body(change.values, resource, fresh=False)
    if isinstance(record, Activity):
        body = moved(body, change.values, record)
    if not body:
        return ()
    told = change.base.get("status")
    between = {told, change.values.get("status")} == _DECIDED
    first = (Request("PUT", path, (), {"status": "open"}),) if between else ()
    return (*first, Request("PUT", path, (), body))


def _body(values: Mapping[str, Plain], resource: Resource, *, fresh: bool) -> dict[str, Any]:
    """Declared and custom fields under the vendor's keys; of something new also its parts."""
    body: dict[str, Any] = {}
    for one in resource.fields:
        if one.name in values and one.writable:
            value = _value(one, values[one.name])
            if not fresh or value not in (None, []):
                body[one.wire] = value
    if not fresh:
        return body
    phones = [_phone(one) for one in _listed(values.get("phones"))]
    tags = [str(it.get("name") if isinstance(it, dict) else it) for it in _all(values.get("tags"))]
    links = {kind: [_linked(one) for one in _listed(values.get(kind))] for kind in LINKS}
    parts = {"phones": phones, "tags": tags, **links}
    return body | {key: it for key, it in parts.items() if it}


def _value(field: Field, value: Plain) -> Any:
    if field.kind is Kind.LINK:
        return custom.whole(str(value["id"])) if isinstance(value, dict) and value else None
    if field.wire.endswith("_id") and not field.name.startswith(CUSTOM):
        return custom.whole(str(value)) if value not in (None, "") else None
    return custom.write(field, value)


def _all(values: Plain) -> list[Any]:
    return values if isinstance(values, list) else []


def _listed(values: Plain) -> list[dict[str, Any]]:
    return [one for one in _all(values) if isinstance(one, dict)]


def _phone(values: Mapping[str, Any]) -> dict[str, Any]:
    return {"number": values.get("number"), "type": values.get("kind") or "other"}


def _linked(values: Mapping[str, Any]) -> int | str:
    record = values.get("record")
    return custom.whole(str(record["id"] if isinstance(record, dict) else record))


# --- parts


def _part(change: Change, parent: Ref, record: Owned | None) -> tuple[Request, ...]:
    kind = change.ref.resource
    if kind in LINKS:
        return _link(change, parent, record)
    if kind == NOTES.name:
        return (_entry(change, parent),)
    body = _phones(change, record) if kind == "phones" else _tags(change, record)
    if body is None:
        return ()
    return (Request("PUT", f"/{parent.resource}/{parent.id}", (), {kind: body}),)


def _phones(change: Change, record: Owned | None) -> list[dict[str, Any]] | None:
    """All phones as they shall be; None where they are so."""
    there = {one.id: _phone({"number": one.number, "kind": one.kind})
             for one in getattr(record, "phones", ())}  # fmt: skip
    wanted = dict(there)
    if change.verb is Verb.DELETE:
        wanted.pop(change.ref.id, None)
    elif change.verb is Verb.UPDATE:
        wanted[change.ref.id] = _phone({**change.base, **change.values})
    else:
        new = _phone(change.values)
        if not any(one["number"] == new["number"] for one in there.values()):
            wanted[""] = new
    return list(wanted.values()) if wanted != there else None


def _tags(change: Change, record: Owned | None) -> list[str] | None:
    """All tags as they shall be; None where they are so. Case makes no difference (§12.2)."""
    there = [one.name for one in getattr(record, "tags", ()) if one.name]
    if change.verb is Verb.DELETE:
        gone = str(change.base.get("name") or "").casefold()
        wanted = [one for one in there if one.casefold() != gone]
    else:
        name = str(change.values.get("name"))
        known = name.casefold() in (one.casefold() for one in there)
        wanted = there if known else [*there, name]
    return wanted if wanted != there else None


def _link(change: Change, parent: Ref, record: Owned | None) -> tuple[Request, ...]:
    """Attach is PUT, detach is DELETE (§8 B). One that is there already would be a 409."""
    kind = change.ref.resource
    path = f"/associations/{parent.resource}/{parent.id}"
    if change.verb is Verb.DELETE:
        return (Request("DELETE", path, (), {kind: [custom.whole(change.ref.id)]}),)
    made = _linked(change.values)
    if str(made) in {one.id for one in getattr(record, kind, ())}:
        return ()
    return (Request("PUT", path, (), {kind: [made]}),)


# --- notes and calls


def _entry(change: Change, parent: Ref) -> Request:
    """A note has to be told whom it is about, also when it is changed; a call may be (§10.5 f.)."""
    if change.verb is Verb.CREATE:
        kind, number = str(change.values.get("kind") or NOTE), ""
    else:
        kind, number = place_of(change.ref.id)
    path = f"/{ROUTES[kind]}/{number}".rstrip("/")
    if change.verb is Verb.DELETE:
        return Request("DELETE", path)
    known = {it.name: it for it in NOTES.fields}
    body = {
        known[name].wire: _value(known[name], value)
        for name, value in change.values.items()
        if name in known and known[name].goes_with and kind != NOTE
    }
    if words := change.values.get("content"):
        body["body"] = change.values.get("body") or html(str(words))
    body |= {"via_resource": parent.resource, "via_resource_id": custom.whole(parent.id)}
    if change.verb is Verb.CREATE:  # that `via_resource` alone links it is assumed
        body[parent.resource] = [custom.whole(parent.id)]
        return Request("POST", path, (), body)
    if kind == NOTE and "body" not in body:
        body["body"] = change.base.get("body")
    return Request("PUT", path, (), body)
