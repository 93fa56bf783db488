"""Making one record of two: what would become of each value, what it costs, and having it done.

How it is done the resource says: either the CRM merges, or what the one has is given to the other
piece by piece, and only when all of that is confirmed it goes into the bin.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from csc_tui.domain.change import INTO, Change, Verb
from csc_tui.domain.changing import deleted, deleted_part, edited
from csc_tui.domain.folding import fold
from csc_tui.domain.merge import agrees, same
from csc_tui.domain.record import CustomValue
from csc_tui.domain.ref import CUSTOM, Ref
from csc_tui.domain.resource import Merging
from csc_tui.services.conflicts import Row, Side
from csc_tui.services.snapshots import snapshot_of
from csc_tui.store.edit_saving import Seen
from csc_tui.store.phones import national

if TYPE_CHECKING:
    from csc_tui.crm.adapter import Hanging
    from csc_tui.domain.field import Plain
    from csc_tui.domain.record import Part, Record
    from csc_tui.domain.resource import PartKind, Resource
    from csc_tui.services.desk import Desk
    from csc_tui.store.edit_rows import Edit


@dataclass(frozen=True, slots=True)
class Moved:
    """The parts of one kind that the record that goes has."""

    kind: PartKind
    new: tuple[Part, ...]
    """Those that come to the record that stays."""
    there: tuple[Part, ...]
    """Those that it has already."""


@dataclass(frozen=True, slots=True)
class Union:
    """Two records that are to become one."""

    resource: Resource
    stays: Record
    goes: Record
    rows: tuple[Row, ...]
    """Fields in which they differ; `mine` is the value of the record that stays."""
    moved: tuple[Moved, ...]
    hanging: Hanging = field(default_factory=dict)
    """What hangs on the record that goes and not on the one that stays, beside parts."""

    @property
    def lost(self) -> list[Row]:
        """The rows of values that the record that goes has and that nobody keeps."""
        return [it for it in self.rows if it.taken is Side.MINE and not same(it.theirs, None)]


def union(
    resource: Resource,
    stays: Record,
    goes: Record,
    hung: Mapping[Ref, Hanging] | None = None,
) -> Union:
    """What there is to choose; where the record that stays has nothing, the other's value.

    `hung` is what `hanging` gave for each of them.
    """
    hung = hung or {}
    there = hung.get(stays.ref, {})
    left = {
        kind: tuple(one for one in ids if one not in there.get(kind, ()))
        for kind, ids in hung.get(goes.ref, {}).items()
    }
    return Union(
        resource,
        stays,
        goes,
        tuple(_rows(resource, stays, goes)),
        tuple(_moved(resource, stays, goes)),
        {kind: ids for kind, ids in left.items() if ids},
    )


def _rows(resource: Resource, stays: Record, goes: Record) -> Iterable[Row]:
    # An address is taken as a whole: half of each would be a third one.
    views = [kind.model for kind in resource.parts if kind.model.made_of]
    address = {one.name for model in views for one in model.fields()}
    housed = any(not same(stays.value(name), None) for name in address)
    for one in resource.fields:
        if not one.writable or one.wire in stays.unreadable:
            continue
        mine, theirs = stays.value(one.name), goes.value(one.name)
        if not agrees(mine, theirs, one.kind):
            lacks = same(mine, None) and not (housed and one.name in address)
            taken = Side.THEIRS if lacks else Side.MINE
            yield Row(one.name, None, mine, theirs, asks=True, taken=taken)


def _moved(resource: Resource, stays: Record, goes: Record) -> Iterable[Moved]:
    for kind in resource.parts:
        by_crm = resource.merging is Merging.BY_CRM
        if issubclass(kind.model, CustomValue) or not (by_crm or Verb.CREATE in kind.verbs):
            continue  # these are fields, and moved as such
        known = {_sense(one) for one in getattr(stays, kind.name, ())} | {stays.ref}
        parts: Sequence[Part] = getattr(goes, kind.name, ())
        if parts:
            there = tuple(one for one in parts if _sense(one) in known)
            yield Moved(kind, tuple(one for one in parts if one not in there), there)


def _sense(part: Part) -> Ref | str:
    """What a part is, however it is written."""
    if (target := part.target()) is not None:
        return target
    digits = national(part.text()) if part.role == "phone" else ""
    return digits or fold(part.text())


def changes(found: Union) -> list[Change]:
    """What has to be done, in this order."""
    taken = {row.path: row.theirs for row in found.rows if row.taken is Side.THEIRS}
    if found.resource.merging is Merging.BY_CRM:
        return [*edited(found.stays, taken), _merge(found)]
    made = [(it.kind, part) for it in found.moved for part in it.new]
    # What only one record may have is taken off the one before the other gets it.
    own = {one.name for one in found.resource.fields if one.unique}
    given = {name: None for name, value in taken.items() if name in own and not same(value, None)}
    goes, stays = found.goes, found.stays
    return [
        *edited(goes, given),
        *(deleted_part(kind.name, goes, part) for kind, part in made if kind.unique),
        *edited(stays, taken),
        *(_made(kind, part, stays) for kind, part in made),
        *_attached(found),
        deleted(found.resource, goes),
    ]


def _merge(found: Union) -> Change:
    goes, stays = found.goes, found.stays
    base = deleted(found.resource, goes).base
    into = {INTO: {"id": stays.id, "name": stays.sort_name()}}
    return Change(Verb.MERGE, goes.ref, None, into, base, goes.version())


def _attached(found: Union) -> list[Change]:
    values: dict[str, Plain] = {kind: list(ids) for kind, ids in found.hanging.items()}
    stays = found.stays
    return [Change(Verb.ATTACH, stays.ref, None, values, {}, stays.version())] if values else []


def _made(kind: PartKind, part: Part, stays: Record) -> Change:
    values = {name: value for name, value in part.base().items() if not same(value, None)}
    return Change(Verb.CREATE, Ref(kind.name, ""), stays.ref, values, {}, stays.version())


def requests(desk: Desk, found: Union) -> int:
    """What it costs, each further look at a CRM that takes its time apart."""
    return sum(_cost(desk, found, change) for change in changes(found))


def _cost(desk: Desk, found: Union, change: Change) -> int:
    """Read, written, read back; of what is gone nothing is read back, links are not read before.

    After a merge it is looked whether the one is gone, and the other is read back.
    """
    record = found.stays if change.record == found.stays.ref else found.goes
    written = len(desk.crm.write(change, found.resource, record))
    after = 2 if change.verb is Verb.MERGE else 0 if change.removes else 1
    before = 0 if change.verb is Verb.ATTACH else 1
    return before + written + after


def unsettled(desk: Desk, refs: Iterable[Ref]) -> bool:
    """Whether something that was typed for one of these, or is being typed, is not confirmed."""
    wanted = set(refs)
    forms = tuple(f"{one.resource}/{one.id}/" for one in wanted)
    return any(
        one.record in wanted or (one.form is not None and f"{one.form.key}/".startswith(forms))
        for one in desk.edits.entries()
    )


async def queue(desk: Desk, found: Union) -> list[Edit]:
    """Put all of it into the outbox, as a chain. Raises as `Outbox.submit`."""
    seen = {
        one.ref: Seen(one.sort_name(), snapshot_of(found.resource, one))
        for one in (found.stays, found.goes)
    }
    return await desk.edits.batches.submit(changes(found), seen, chained=True)


def unreadable(resource: Resource, record: Record) -> bool:
    """Whether it has custom fields of which the CRM does not say what they are."""
    defined = any(one.name.startswith(CUSTOM) for one in resource.fields)
    return not defined and any(not one.known for one in record.custom_values())
