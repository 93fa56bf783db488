"""What can be asked of a record by name: `city`, `Job title`, `updated`; for columns and filters.

Every name is read off the resource: its fields and columns, the kinds of its parts and their
fields, each by its name or its label, whatever the case and the blanks.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from csc_tui.domain.field import Kind
from csc_tui.domain.folding import fold
from csc_tui.domain.record import plain
from csc_tui.domain.typed import shown
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.domain.field import Choice, Field, Plain
    from csc_tui.domain.lookup import Lookups
    from csc_tui.domain.record import Record
    from csc_tui.domain.resource import PartKind, Resource

Read = Callable[["Record"], Iterable["Plain"]]
"""The values that a record has of something; none where it has none."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that a record has none, one or several values of."""

    name: str
    """Stable: `city`, `phones`, `custom:71`."""
    label: str
    kind: Kind
    read: Read = dataclasses.field(compare=False)
    many: bool = False
    """Whether a record may have several values."""
    field: Field | None = None
    """What the value is, where it is the value of one field."""
    choices: Sequence[Choice] = dataclasses.field(default=(), compare=False)
    """The options of that field, where it has none of its own."""

    def values(self, record: Record) -> list[Plain]:
        """The values in plain form, each once; empty ones left out."""
        found: list[Plain] = []
        for one in self.read(record):
            if one not in (None, "", [], {}) and one not in found:
                found.append(one)
        return found

    def texts(self, record: Record) -> list[str]:
        """The values as a person reads them."""
        return [self.said(one) for one in self.values(record)]

    def said(self, value: Plain) -> str:
        """One value as a person reads it."""
        if self.field is None:
            return str(value)
        return shown(self.field, value, self.choices)


@dataclass(frozen=True, slots=True)
class _Source:
    label: str
    kind: Kind
    read: Read
    field: Field | None = None
    many: bool = True


def bare(name: str) -> str:
    """A name as it is compared: `Job title`, `job_title` and `jobtitle` are one."""
    return "".join(one for one in fold(name) if one.isalnum())


def subject_of(resource: Resource, name: str, lookups: Lookups) -> Subject | None:
    """What `name` means for a resource; None for nothing."""
    wanted = bare(name)
    if not wanted:
        return None
    for rank in (_own(resource), _hanging(resource)):
        found = [(key, source) for keys, key, source in rank if wanted in map(bare, keys)]
        if found:
            return _joined(found, lookups)
    return None


def subject_names(resource: Resource) -> list[str]:
    """Every name that `subject_of` knows, one for each thing, in the order of the resource."""
    names: dict[str, None] = {}
    for rank in (_own(resource), _hanging(resource)):
        for keys, _, _ in rank:
            names.setdefault(keys[0])
    return list(names)


def _joined(found: list[tuple[str, _Source]], lookups: Lookups) -> Subject:
    """One subject of all that goes by the name: a city of the list, and that of any address."""
    key, first = found[0]
    sources = [source for _, source in found]
    if ordered := [source for source in sources if source.kind in _ORDERED]:
        sources = ordered
        first = ordered[0]
    kinds = {source.kind for source in sources}
    field = first.field if len(sources) == 1 else None

    def read(record: Record) -> Iterator[Plain]:
        for source in sources:
            for value in source.read(record):
                if source.field is not None and field is None:
                    yield shown(source.field, value, lookups.get(source.field.lookup, ()))
                else:
                    yield value

    choices = lookups.get(field.lookup, ()) if field is not None else ()
    kind = kinds.pop() if len(kinds) == 1 else Kind.TEXT
    many = len(sources) > 1 or first.many
    return Subject(key, first.label, kind, read, many, field, choices)


_ORDERED = (Kind.DATE, Kind.MOMENT, Kind.NUMBER)
"""What a name means rather than a text, if it means both."""

_Known = tuple[tuple[str, ...], str, _Source]
"""The words for it, its name, and where it is read."""


def _own(resource: Resource) -> Iterator[_Known]:
    """What a record is and has itself."""
    yield ("id",), "id", _Source("Id", Kind.TEXT, lambda it: [it.id], many=False)
    yield ("name",), "name", _Source("Name", Kind.TEXT, lambda it: [it.sort_name()], many=False)
    for name, words in _TIMES.items():
        yield words, name, _Source(say(f"subject.{name}"), Kind.TIME, _time(name), many=False)
    for one in resource.fields:
        words = (one.name, one.label)
        yield (
            (*words, "owner") if one.lookup == "users" else words,
            one.name,
            _Source(one.label, one.kind, _value(one.name), one, many=False),
        )


_TIMES = {
    "updated": ("updated", "updated_at", "changed"),
    "created": ("created", "created_at"),
    "last": ("last", "last_contact", "contacted"),
}


def _time(name: str) -> Read:
    def read(record: Record) -> Iterable[Plain]:
        when: datetime | None = (
            record.head().last_contact if name == "last" else getattr(record, f"{name}_at")
        )
        return [plain(when)]

    return read


def _value(name: str) -> Read:
    return lambda record: [record.value(name)]


def _hanging(resource: Resource) -> Iterator[_Known]:
    """What the list shows of it, and what hangs on it."""
    known = {"name", *_TIMES, *(part.name for part in resource.parts)}
    for column in resource.columns:
        if column.name not in known:
            kind = _roles(resource).get(column.name, Kind.TEXT)
            yield (
                (column.name, column.title),
                column.name,
                _Source(column.title, kind, _cell(column.name), many=False),
            )
    for part in resource.parts:
        kind = _roles(resource).get(part.one, Kind.TEXT)
        words = (part.one, part.name, part.many, part.label)
        yield words, part.name, _Source(part.label, kind, _texts(part.name))
    for part in resource.parts:
        for one in part.fields:
            if one.name != "content":
                yield (
                    (one.name, one.label),
                    one.name,
                    _Source(one.label, one.kind, _inner(part.name, one.name), one),
                )


def _roles(resource: Resource) -> dict[str, Kind]:
    """The names of what holds phone numbers."""
    return {
        name: Kind.PHONE
        for part in resource.parts
        if part.model.role == "phone"
        for name in (part.one, part.name)
    }


def _cell(name: str) -> Read:
    return lambda record: [text] if (text := record.cell(name)) else []


def _texts(kind: str) -> Read:
    return lambda record: [part.text() for part in getattr(record, kind, ())]


def _inner(kind: str, name: str) -> Read:
    return lambda record: [part.value(name) for part in getattr(record, kind, ())]


def part_named(resource: Resource, one: str) -> PartKind | None:
    """The kind of part that sentences name so: `tag`; None where the resource has none."""
    return next((part for part in resource.parts if part.one == one), None)
