"""What is different between a record as the user saw it, as it is, and as it was to become."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, cast

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.field import Plain
from csc_tui.domain.merge import Clash, Merge, agrees, merge, same
from csc_tui.domain.record import Record
from csc_tui.services.snapshots import (
    agreeing,
    fields_of_change,
    moved,
    node_of,
    part_of,
    snapshot_from,
    snapshot_of,
)

if TYPE_CHECKING:
    from csc_tui.domain.record import Node, Part
    from csc_tui.domain.resource import Resource
    from csc_tui.store.edit_rows import Edit


def merged(change: Change, node: Node, resource: Resource) -> Merge:
    """What the user changed and what others changed in the same fields since, in one."""
    names = tuple(change.values)
    base = {name: change.base.get(name) for name in names}
    theirs = {name: node.value(name) for name in names}
    return merge(base, change.values, theirs, agreeing(fields_of_change(change, resource)))


def others_in(edit: Edit, record: Record, resource: Resource) -> tuple[str, ...]:
    """What others have changed since the user saw the record, but for his own fields."""
    change = edit.change
    prefix = f"{change.ref.resource}/{change.ref.id}/" if change.parent else ""
    mine = {prefix + name for name in change.values}
    paths = (one.path for one in moved(edit.snapshot, snapshot_of(resource, record)))
    return tuple(path for path in paths if path not in mine)


def unseen(edit: Edit, record: Record, node: Node, resource: Resource) -> tuple[Clash, ...]:
    """What would be deleted that the user has not seen."""
    change = edit.change
    now = snapshot_of(resource, record)
    # What the CRM makes up by itself (a salutation) is no reason to ask.
    known = now.fields if change.parent is None else base_of(node, ())
    clashes = [
        Clash(name, before, None, node.value(name))
        for name, before in change.base.items()
        if name in known and not same(before, node.value(name))
    ]
    if change.parent is None:
        seen = edit.snapshot if edit.snapshot.fields else snapshot_from(change.base)
        found = moved(seen, now)
        clashes += [one for one in found if one.path not in change.base]
    return tuple(clashes)


def read_back(
    change: Change, record: Record, resource: Resource
) -> tuple[Mapping[str, Plain], Mapping[str, Plain]]:
    """What stands there now, and what of it is not what was sent."""
    node = None if change.verb is Verb.DELETE else node_of(change, record)
    if node is None:
        return {}, {}
    kinds = {one.name: one.kind for one in fields_of_change(change, resource)}
    altered = {
        name: node.value(name)
        for name, sent in change.values.items()
        if not isinstance(sent, list) and not agrees(sent, node.value(name), kinds.get(name))
    }
    if change.verb is Verb.UPDATE:
        return {name: node.value(name) for name in change.values}, altered
    if change.parent is None:
        return snapshot_of(resource, record).as_values(), altered
    part = part_of(record, change.ref.resource, change.ref.id)
    return (part.base() if part else {}), altered


def base_of(node: Node, names: Iterable[str]) -> dict[str, Plain]:
    """What the adapter needs to know of what is there; of a part all of it."""
    return node.base(names) if isinstance(node, Record) else dict(cast("Part", node).base())
