"""Forms as data: which fields, in which order, with which labels and first values."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from csc_tui.domain.field import Field, Kind, Plain
from csc_tui.domain.folding import fold
from csc_tui.domain.record import READ_ONLY_KINDS, CustomValue
from csc_tui.domain.ref import CUSTOM
from csc_tui.domain.typed import BadValue, check, shown, ticked
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.domain.record import Part, Record
    from csc_tui.domain.resource import NewEntry, PartKind, Resource

__all__ = [
    "BadValue",
    "Entry",
    "check",
    "edit_entries",
    "find_field",
    "goes",
    "new_entries",
    "part_entries",
    "shown",
    "single_entry",
    "ticked",
]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a form."""

    path: str
    """What its value is filed under: `last_name`, `custom:71`, `phones.0.number`."""
    field: Field
    value: Plain = None
    """What the form begins with."""
    label: str = ""
    heading: str = ""
    """The heading above it, where a group begins."""
    gap: bool = False
    """Whether a blank line stands above it (above its heading, if it has one)."""
    note: str = ""
    """At the right of the box: `⏎ pick`, `number`, `office`."""
    words: str = ""
    """The words for a value that is an id, as far as the record tells them."""
    presets: Mapping[str, Plain] = dataclasses.field(default_factory=dict)
    """Further values for `change.nest`, by path: `{"phones.0.=kind": "office"}`.

    Give `nest` those of all entries; it leaves out parts of which nothing else was filled.
    """


def edit_entries(resource: Resource, record: Record) -> list[Entry]:
    """The form of a record: its own fields, the custom ones, then those of several lines."""
    writable = [one for one in resource.fields if _offered(one)]
    custom = [one for one in writable if one.name.startswith(CUSTOM)]
    own = [one for one in writable if one not in custom and one.kind is not Kind.LONG]
    long = [one for one in writable if one not in custom and one.kind is Kind.LONG]
    return [
        Entry(
            path=one.name,
            field=one,
            value=record.value(one.name),
            label=one.label,
            gap=index == 0 and group is not own,
            note=_note(one),
            words=record.words(one.name),
        )
        for group in (own, custom, long)
        for index, one in enumerate(group)
    ]


def new_entries(resource: Resource) -> list[Entry]:
    """The form of a new record: what `new_form` says, then the custom fields."""
    entries = [_new(resource, one) for one in resource.new_form]
    custom = [one for one in resource.fields if one.name.startswith(CUSTOM) and _offered(one)]
    return entries + [
        Entry(path=one.name, field=one, label=one.label, gap=index == 0, note=_note(one))
        for index, one in enumerate(custom)
    ]


def single_entry(resource: Resource, name: str) -> Entry:
    """One field alone, or the tags as names; what is emptied is taken away."""
    made = _named(resource, name)._replace(required=False)
    return Entry(path=name, field=made, label=made.label, note=_note(made))


def _new(resource: Resource, new: NewEntry) -> Entry:
    kind, _, rest = new.path.partition(".")
    index, _, name = rest.partition(".")
    if not rest:
        made = _named(resource, kind)
    else:
        fields = {one.name: one for one in resource.part(kind).fields}
        made = fields[name]._replace(required=False)
    note = new.note or _note(made)
    if resource.todo is not None and new.path == resource.todo.whose:
        note = say("form.note.mine")
    return Entry(
        path=new.path,
        field=made,
        label=new.label or made.label,
        heading=new.heading,
        gap=bool(new.heading) or new.gap,
        note=say("form.note.required") if made.required else note,
        presets={f"{kind}.{index}.={key}": value for key, value in new.presets.items()},
    )


def _named(resource: Resource, name: str) -> Field:
    """A field of the record, or a part kind whose parts are typed as names with commas."""
    for one in resource.fields:
        if one.name == name:
            return one
    part = resource.part(name)
    only = part.fields[0]
    return only._replace(name=name, label=part.label, kind=Kind.TAGS, required=False)


def part_entries(
    kind: PartKind, part: Part | None, resource: Resource | None = None
) -> list[Entry]:
    """The form of a part: of `part` as it is, or of a new one (None) with the kind's presets.

    A custom field's value is edited as its definition says; that is looked up in `resource`.
    """
    entries = []
    for one in kind.fields:
        made = one
        if isinstance(part, CustomValue) and resource is not None:
            defined = {it.name: it for it in resource.fields}.get(f"{CUSTOM}{part.type_id}", one)
            made = defined._replace(name=one.name, required=True)
        if part is not None and made.goes_with is not None:
            # What it is stays what it is: the other field is not in this form.
            fits = goes(made, part.value(made.goes_with[0]))
            made = made._replace(goes_with=None, writable=fits)
        if not _offered(made) or (part is not None and made.lasts):
            continue
        value = part.value(one.name) if part else kind.presets.get(one.name)
        entries.append(
            Entry(path=one.name, field=made, value=value, label=made.label, note=_note(made))
        )
    return entries


def goes(field: Field, value: Plain) -> bool:
    """Whether a field is asked for beside that value of the one that it goes with."""
    wanted = field.goes_with[1] if field.goes_with else ""
    return value == wanted if wanted else value not in (None, "")


def _offered(one: Field) -> bool:
    return one.writable and one.kind not in READ_ONLY_KINDS


_KIND_NOTES = {
    Kind.NUMBER: "form.note.number",
    Kind.DATE: "form.note.date",
    Kind.FLAG: "form.note.flag",
    Kind.LONG: "form.note.long",
    Kind.MOMENT: "form.note.moment",
    Kind.CHOICE: "form.note.pick",
    Kind.SEVERAL: "form.note.several",
    Kind.COLOUR: "form.note.colour",
    Kind.TAGS: "form.note.tags",
}


def _note(one: Field) -> str:
    if one.hint:
        return one.hint
    if one.begins:
        return say("form.note.now")
    if one.whole_day:
        return say("form.note.due")
    if one.kind is Kind.LINK:
        return say("form.note.company" if one.free else "form.note.find")
    if one.lookup == "tags" and one.kind is Kind.TEXT:
        return say("form.note.tag")
    return say(_KIND_NOTES[one.kind]) if one.kind in _KIND_NOTES else ""


def find_field(entries: Sequence[Entry], typed: str) -> int | None:
    """The first entry whose label holds the typed text, case and accents ignored; None: none."""
    wanted = fold(typed)
    if not wanted:
        return None
    return next((i for i, one in enumerate(entries) if wanted in fold(one.label)), None)
