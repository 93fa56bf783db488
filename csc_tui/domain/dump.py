"""A record as one plain object for other programs: fields by name, then all its parts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from csc_tui.domain.record import CustomValue, plain
from csc_tui.domain.ref import CUSTOM
from csc_tui.glyphs import escaped

if TYPE_CHECKING:
    from csc_tui.domain.field import Plain
    from csc_tui.domain.record import Record
    from csc_tui.domain.resource import Resource


def dump(resource: Resource, record: Record) -> dict[str, Plain]:
    """The object; its keys are the declared names, `custom` has the custom fields by their label.

    Everything that the resource declares is there, with None or an empty list where the record
    has nothing. Parts that a list has left out are None: nobody knows whether there are any.
    """
    found: dict[str, Plain] = {
        "resource": resource.name,
        "id": record.id,
        "name": record.sort_name(),
    }
    for field in resource.fields:
        if not field.name.startswith(CUSTOM):
            found[field.name] = record.value(field.name)
    found["custom"] = _custom(resource, record)
    for part in resource.parts:
        if not issubclass(part.model, CustomValue):
            parts = getattr(record, part.name, ())
            known = part.name not in record.lacks
            found[part.name] = [{"id": it.id, **it.base()} for it in parts] if known else None
    found["last_contact"] = plain(record.head().last_contact)
    found["created_at"] = plain(record.created_at)
    found["updated_at"] = plain(record.updated_at)
    return found


def _custom(resource: Resource, record: Record) -> dict[str, Plain]:
    labels = {one.name: one.label for one in resource.fields}
    return {
        labels.get(f"{CUSTOM}{one.type_id}", one.type_name) or f"#{one.type_id}": one.content
        for one in record.custom_values()
    }


def json_text(value: object) -> str:
    """A value as one line of JSON in which nothing can drive or mislead a terminal."""
    return escaped(json.dumps(value, ensure_ascii=False))
