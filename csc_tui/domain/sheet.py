"""A record as cells of a table that loses nothing: every part has columns of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from csc_tui.domain.field import Kind
from csc_tui.domain.lookup import choices_of
from csc_tui.domain.record import CustomValue, plain
from csc_tui.domain.ref import CUSTOM
from csc_tui.domain.typed import shown
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.domain.field import Field, Plain
    from csc_tui.domain.lookup import Lookups
    from csc_tui.domain.record import Record
    from csc_tui.domain.ref import Ref
    from csc_tui.domain.resource import Resource


class Heading(NamedTuple):
    """A column. Columns sort in the order of the resource."""

    group: int
    number: int
    """How manieth of its kind: `Phone 2`."""
    place: int
    title: str


def sheet_row(
    resource: Resource,
    record: Record,
    lookups: Lookups,
    names: Mapping[Ref, str],
    decimal: str = ".",
) -> dict[Heading, str]:
    """The cells of a record by their columns; columns of its own fields are there even empty.

    `names` are those of records that it links to without telling them, `decimal` is what stands
    before the fraction of a number.
    """
    return dict(_cells(resource, record, lookups, names, decimal))


def _cells(
    resource: Resource, record: Record, lookups: Lookups, names: Mapping[Ref, str], decimal: str
) -> Iterator[tuple[Heading, str]]:
    yield Heading(0, 0, 0, say("subject.id")), record.id
    for place, field in enumerate(resource.fields):
        said = _said(field, record.value(field.name), lookups)
        if field.kind is Kind.NUMBER:
            said = said.replace(".", decimal)
        yield Heading(1, 0, place, field.label), said
    known = {one.name for one in resource.fields}
    for value in record.custom_values():
        if f"{CUSTOM}{value.type_id}" not in known:
            title = value.type_name or f"#{value.type_id}"
            yield Heading(2, 0, 0, title), str(value.content or "")
    for group, kind in enumerate(resource.parts, 3):
        parts = getattr(record, kind.name, ())
        if issubclass(kind.model, CustomValue):
            continue
        if kind.model.inline:
            yield Heading(group, 0, 0, kind.label), ", ".join(one.text() for one in parts)
            continue
        links = any(field.kind is Kind.LINK for field in kind.fields)
        for number, part in enumerate(parts, 1):
            if not links and (other := part.target()) is not None:
                # No field of the part says whom it is about: a company's people.
                title = say("sheet.linked", kind=kind.label, number=number)
                yield Heading(group, number, -1, title), names.get(other) or f"#{other.id}"
            for place, field in enumerate(kind.fields):
                title = say("sheet.part", kind=kind.label, number=number, label=field.label)
                yield (
                    Heading(group, number, place, title),
                    _said(field, part.value(field.name), lookups),
                )
    last = len(resource.parts) + 3
    times = (record.head().last_contact, record.created_at, record.updated_at)
    for place, (name, when) in enumerate(zip(("last", "created", "updated"), times, strict=True)):
        yield Heading(last, 0, place, say(f"subject.{name}")), str(plain(when) or "")


def _said(field: Field, value: Plain, lookups: Lookups) -> str:
    """A value in words, without what a form adds to explain a code."""
    if isinstance(value, str) and field.lookup in ("countries", "languages"):
        return value
    return shown(field, value, choices_of(field, lookups))
