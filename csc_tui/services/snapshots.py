"""Records as plain values: what the user saw, what was deleted, what others changed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.field import Field, Plain
from csc_tui.domain.merge import Agree, Clash, agrees, merge
from csc_tui.domain.record import CustomValue
from csc_tui.domain.ref import CUSTOM, Ref
from csc_tui.domain.twin import holds_part
from csc_tui.store.edit_rows import UNMADE, Snapshot

if TYPE_CHECKING:
    from csc_tui.domain.record import Node, Part, Record
    from csc_tui.domain.resource import PartKind, Resource


def snapshot_of(resource: Resource, record: Record) -> Snapshot:
    """All that can be written of a record, with its parts that are at the server.

    Not what was read before its definition had come: by that it would look like another value.
    """
    unknown = {CUSTOM + one.type_id for one in record.custom_values() if not one.known}
    names = [one.name for one in resource.fields if one.writable]
    names += [CUSTOM + one.type_id for one in record.custom_values()]
    names = [one for one in names if one not in unknown]
    parts = {
        kind.name: {one.id: one.base() for one in getattr(record, kind.name, ()) if _is_made(one)}
        for kind in resource.parts
        if not issubclass(kind.model, CustomValue) and kind.name not in record.lacks
    }
    return Snapshot({name: record.value(name) for name in dict.fromkeys(names)}, parts)


def _is_made(part: Part) -> bool:
    return bool(part.id) and not part.id.startswith(UNMADE)


def snapshot_from(values: Mapping[str, Plain]) -> Snapshot:
    """The snapshot that `Snapshot.as_values` was made from."""
    fields = {name: value for name, value in values.items() if not isinstance(value, list)}
    return Snapshot(
        fields,
        {
            kind: {str(one["id"]): {k: v for k, v in one.items() if k != "id"} for one in items}
            for kind, items in values.items()
            if isinstance(items, list)
        },
    )


def moved(before: Snapshot, now: Snapshot) -> tuple[Clash, ...]:
    """What has changed, path by path, with the values before and now; nothing is mine."""
    seen = before.as_values()
    current = {name: value for name, value in now.as_values().items() if name in seen}
    paths = merge(seen, seen, current).theirs_only
    return tuple(Clash(one, _at(seen, one), None, _at(current, one)) for one in paths)


def _at(values: Mapping[str, Plain], path: str) -> Plain:
    """The value that a path of a merge leads to."""
    name, _, rest = path.partition("/")
    found = values.get(name)
    if not rest or not isinstance(found, list):
        return found
    part_id, _, field = rest.partition("/")
    part: dict[str, Any] | None = next((it for it in found if str(it["id"]) == part_id), None)
    return (part or {}).get(field) if field else part


def node_of(change: Change, record: Record) -> Node | None:
    """What a change of something that exists is about; None if that part is not there."""
    if change.parent is None:
        return record
    return part_of(record, change.ref.resource, change.ref.id)


def part_of(record: Record, kind: str, part_id: str) -> Part | None:
    """A part by its kind and id."""
    parts: tuple[Part, ...] = getattr(record, kind, ())
    return next((one for one in parts if one.id and one.id == part_id), None)


def parts_like(record: Record, kind: PartKind, values: Mapping[str, Plain]) -> tuple[Part, ...]:
    """The parts of a kind that have these values."""
    parts: tuple[Part, ...] = getattr(record, kind.name, ())
    return tuple(one for one in parts if one.id and holds_part(kind, one, values))


def parts_there(record: Record, kind: PartKind, values: Mapping[str, Plain]) -> tuple[Part, ...]:
    """The parts that leave no room for one with these values, the likest first.

    Nothing has the same tag twice; of others what has to be filled in is what counts.
    """
    parts: tuple[Part, ...] = getattr(record, kind.name, ())
    if kind.model.inline:
        named = str(values.get(kind.fields[0].name) or "").casefold()
        return tuple(one for one in parts if one.text().casefold() == named)
    needed = {one.name: values.get(one.name) for one in kind.fields if one.required}
    return (*parts_like(record, kind, values), *parts_like(record, kind, needed))


def renamed(change: Change, record: Record, resource: Resource) -> Change:
    """The change of a part under the id that the part has since: some are named by their value."""
    if change.parent is None or change.verb is not Verb.UPDATE or node_of(change, record):
        return change
    kind = resource.part(change.ref.resource)
    found = parts_like(record, kind, change.values)
    return replace(change, ref=Ref(kind.name, found[0].id)) if len(found) == 1 else change


def fields_of_change(change: Change, resource: Resource) -> tuple[Field, ...]:
    """The fields that a change may name."""
    return resource.part(change.ref.resource).fields if change.parent else resource.fields


def agreeing(fields: Iterable[Field]) -> Agree:
    """Whether the server may have made one value of the other, by the kind of the field."""
    kinds = {one.name: one.kind for one in fields}
    return lambda name, one, other: agrees(one, other, kinds.get(name))
