"""A record as it will be once its changes have reached the CRM: what screens show meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.field import Field, Kind, Plain, fields_of
from csc_tui.domain.record import CustomValue, Node, Part, Record, parts_of
from csc_tui.domain.ref import CUSTOM

if TYPE_CHECKING:
    from collections.abc import Iterable


def overlaid(record: Record, changes: Iterable[Change]) -> Record:
    """The record with these changes to it or to its parts; a new part has its change's id."""
    for change in changes:
        if change.record != record.ref:
            continue
        if change.parent is None:
            if change.verb is Verb.UPDATE:
                record = _own(record, change.values)
        elif change.ref.resource in parts_of(type(record)):
            record = _part(record, change)
    return record


def _own(record: Record, values: Mapping[str, Plain]) -> Record:
    update = attributes(type(record), values)
    custom = {name.removeprefix(CUSTOM): it for name, it in values.items() if CUSTOM in name}
    for name, model in parts_of(type(record)).items():
        if custom and issubclass(model, CustomValue):
            update[name] = _custom(getattr(record, name), model, custom)
    return record.model_copy(update=update)


def _custom(
    present: Iterable[CustomValue], model: type[CustomValue], values: Mapping[str, Plain]
) -> tuple[CustomValue, ...]:
    kept = [
        one.model_copy(update={"content": values[one.type_id], "known": True})
        if one.type_id in values
        else one
        for one in present
    ]
    known = {one.type_id for one in kept}
    kept += [
        model(type_id=type_id, content=it) for type_id, it in values.items() if it is not None
        and type_id not in known
    ]  # fmt: skip
    return tuple(one for one in kept if one.content not in (None, "", []))


def _part(record: Record, change: Change) -> Record:
    kind = change.ref.resource
    parts: tuple[Part, ...] = getattr(record, kind)
    if change.verb is Verb.DELETE:
        parts = tuple(one for one in parts if one.id != change.ref.id)
    elif change.verb is Verb.UPDATE:
        parts = tuple(
            one.model_copy(update=attributes(type(one), change.values))
            if one.id == change.ref.id
            else one
            for one in parts
        )
    elif not any(one.id == change.ref.id for one in parts if one.id):
        blank = parts_of(type(record))[kind]()
        update = {**attributes(type(blank), change.values), "id": change.ref.id}
        parts = (*parts, blank.model_copy(update=update))
    return record.model_copy(update={kind: parts})


def attributes(model: type[Node], values: Mapping[str, Plain]) -> dict[str, Any]:
    """Plain values as the model holds them; a link is its id, beside it `…_name` the name."""
    update: dict[str, Any] = {}
    known = {one.name: one for one in fields_of(model)}
    for name, value in values.items():
        if name not in model.model_fields:
            continue
        if isinstance(value, dict):
            update[name] = value.get("id") or None
            if f"{name}_name" in model.model_fields:
                update[f"{name}_name"] = value.get("name")
        else:
            update[name] = _typed(known.get(name), value)
    return update


def _typed(field: Field | None, value: Plain) -> object:
    if field is not None and field.kind is Kind.DATE and isinstance(value, str):
        return date.fromisoformat(value)
    return value
