"""From what a person wants to the changes that do it: the same for forms and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from csc_tui.domain.change import Change, Verb, diff
from csc_tui.domain.ref import Ref

if TYPE_CHECKING:
    from csc_tui.domain.field import Field, Plain
    from csc_tui.domain.record import Part, Record
    from csc_tui.domain.resource import PartKind, Resource


def edited(record: Record, values: Mapping[str, Plain]) -> list[Change]:
    """The record's own fields get these values; none where they have them already."""
    changed = diff(record.base(values), values)
    if not changed:
        return []
    base = record.base(changed)
    return [Change(Verb.UPDATE, record.ref, None, changed, base, record.version())]


def deleted(resource: Resource, record: Record) -> Change:
    """The record goes, with all that hangs on it."""
    base = record.base(one.name for one in resource.fields)
    return Change(Verb.DELETE, record.ref, base=base, version=record.version())


def destroyed(record: Record) -> Change:
    """The record goes out of the bin for good."""
    return Change(Verb.DESTROY, record.ref)


def deleted_part(kind: str, record: Record, part: Part) -> Change:
    """A part of the record goes."""
    base, version = part.base(), record.version()
    return Change(Verb.DELETE, Ref(kind, part.id), record.ref, base=base, version=version)


def begun(fields: Iterable[Field], values: Mapping[str, Plain], now: float) -> dict[str, Plain]:
    """The values of something new, those that begin with this moment put in where none was typed.

    Of a field that is not among `values` nothing is said. `now`: seconds since the epoch.
    """
    there = [one.name for one in fields if one.begins and one.name in values]
    begins = datetime.fromtimestamp(int(now), UTC).isoformat()
    return {**values, **{name: begins for name in there if values[name] in (None, "")}}


def tagged(kind: PartKind, record: Record, names: Iterable[str]) -> list[Change]:
    """The record gets these tags too; those that it has, in whatever case, are left alone."""
    had = {name.casefold() for name in tag_names(record)}
    new = {name.casefold(): name for name in names if name.casefold() not in had}
    ref, version = Ref(kind.name, ""), record.version()
    return [
        Change(Verb.CREATE, ref, record.ref, {"name": name}, {}, version) for name in new.values()
    ]


def untagged(kind: PartKind, record: Record, names: Iterable[str]) -> list[Change]:
    """The record loses these tags, in whatever case they are written."""
    gone = {name.casefold() for name in names}
    return [
        deleted_part(kind.name, record, part)
        for name, part in tag_names(record).items()
        if name.casefold() in gone
    ]


def tag_names(record: Record) -> dict[str, Part]:
    """The tags of a record by name."""
    parts: tuple[Part, ...] = getattr(record, "tags", ())
    return {one.text(): one for one in parts if one.text()}
