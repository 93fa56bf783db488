"""The record screen's rows, made from a resource and a record: one line for each stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from csc_tui.domain.dates import day, moment
from csc_tui.domain.due import due_words
from csc_tui.domain.field import Field, Kind, Plain
from csc_tui.domain.lookup import Lookups, choices_of, words_of
from csc_tui.domain.note import Note, latest_first
from csc_tui.domain.numbers import grouped
from csc_tui.domain.ref import CUSTOM, Ref
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.domain.record import CustomValue, Part, Record
    from csc_tui.domain.resource import PartKind, Resource

_ROLES = {Kind.PHONE: "phone", Kind.EMAIL: "email", Kind.URL: "url"}
"""What the value of a field is good for: `y e` copies the first e-mail."""

_SHOWN_IN_WORDS = frozenset({Kind.CHOICE, Kind.SEVERAL, Kind.MOMENT, Kind.FLAG})
"""Kinds whose plain value means nothing to people."""

NOT_HERE = "…"
"""Stands for a linked record's name that is not in the store yet."""


@dataclass(frozen=True, slots=True)
class NoteRows:
    """How the last notes stand among the other values."""

    rows: int
    """How many at most; as many rows are kept for them."""
    instead: str = ""
    """What stands there where there are none: not yet, or not at all."""


@dataclass(frozen=True, slots=True)
class Line:
    """One value of a record: one stop of the cursor."""

    label: str
    """Of its kind; on every line, to be drawn where it differs from the line before."""
    text: str
    """The whole value; several lines only in a long text."""
    kind: str = ""
    """Between label and text: `office`."""
    rows: tuple[str, ...] = ()
    """The value in pieces for a narrow screen (street; zip and city); empty: only `text`."""
    extra: str = ""
    """Behind the value: `Head of purchasing, Purchasing`."""
    phone: str = ""
    """Behind that, of a linked person: the number to ring."""
    target: Ref | None = None
    """Where `⏎` goes; `›` stands behind the text then."""
    part: tuple[str, str] | None = None
    """Part kind and id, if it is a part with an id of its own."""
    field: str = ""
    """Name of the field that it is the value of, if a form edits it: `background`, `custom:71`."""
    copy: str = ""
    """What `y` copies."""
    role: str = "text"
    """`phone`, `email`, `address`, `url`, `note` or `text`."""
    group: int = 0
    """A blank line stands where this differs from the line before."""
    height: int = 1
    """Rows that are kept for it, however little it says; a note in two pieces takes twice that."""
    inline: bool = False
    """Whether it shares its row with its neighbours of the same label (tags)."""


def lines(
    resource: Resource,
    record: Record,
    lookups: Lookups,
    names: Callable[[Ref], str],
    zone: tzinfo,
    phones: Callable[[Ref], str] | None = None,
    notes: NoteRows | None = None,
    tasks: Sequence[Line] = (),
) -> list[Line]:
    """The rows of a record in the order of use; kinds without a value are left out.

    `names` gives a linked record's name out of the store, empty text if it is not there;
    `phones` its number; `notes` how the last notes are shown, None: not at all; `tasks` stand
    behind them, and whatever else is still open. Times are put into `zone`.
    """
    made = _Maker(resource, record, lookups, names, zone, phones, notes, tasks)
    return [
        replace(line, group=number)
        for number, group in enumerate(record.detail)
        for name in group
        for line in made.of(name)
    ]


def task_line(resource: Resource, task: Record, zone: tzinfo) -> Line:
    """What is to be done, where it stands on the record that it is about; `⏎` leads to it."""
    todo = resource.todo
    due = task.value(todo.due) if todo is not None else None
    when = due_words(str(due), zone) if due else ""
    whose = task.head().responsible
    return Line(
        label=resource.one.capitalize(),
        text=f"{when}  {task.sort_name()}".strip(),
        extra=f"({whose})" if whose else "",
        target=task.ref,
        copy=task.sort_name(),
    )


def course_line(resource: Resource, record: Record) -> Line:
    """A deal or project where it stands on a record that it is about; `⏎` leads to it."""
    told = resource.course.told if resource.course is not None else ()
    return Line(
        label=resource.one.capitalize(),
        text=record.sort_name(),
        extra="  ".join(filter(None, (record.cell(column) for column in told))),
        target=record.ref,
        copy=record.sort_name(),
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    resource: Resource
    record: Record
    lookups: Lookups
    names: Callable[[Ref], str]
    zone: tzinfo
    phones: Callable[[Ref], str] | None
    notes: NoteRows | None
    tasks: Sequence[Line]

    def of(self, name: str) -> Iterator[Line]:
        """The lines of one name in `Record.detail`."""
        if name == "custom":
            yield from self._custom()
        elif name in ("updated_at", "created_at"):
            yield from self._time(name)
        elif self.resource.notes is not None and name == self.resource.notes.name:
            if self.notes is not None:
                yield from self._last_notes(self.resource.notes, self.notes)
            yield from self.tasks
        elif (kind := next((it for it in self.resource.parts if it.name == name), None)) is None:
            yield from self._field(self.resource.field(name))
        else:
            parts = sorted(getattr(self.record, name), key=lambda one: one.rank())
            for part in parts:
                yield from self._part(kind, part)

    def _part(self, kind: PartKind, part: Part) -> Iterator[Line]:
        target = part.target()
        text, extra = part.text(), part.extra()
        if not text and target is not None:
            text = self.names(target) or NOT_HERE
        if not text:
            text, extra = extra, ""
        if not text:
            return
        copied = part.to_copy() or text
        if part.role == "address":
            copied = "\n".join((*self.record.addressee(part), copied))
        yield Line(
            label=part.label() or kind.label,
            text=text,
            kind=part.kind_words(),
            rows=rows if len(rows := part.rows()) > 1 else (),
            extra=extra,
            phone=self.phones(target) if self.phones and target else "",
            target=target,
            part=(kind.name, part.id) if part.id else None,
            field=part.made_of,
            copy=copied,
            role=part.role,
            inline=part.inline,
        )

    def _last_notes(self, kind: PartKind, shown: NoteRows) -> Iterator[Line]:
        """The newest ones; whatever comes of them, they take the same rows."""
        found = latest_first(getattr(self.record, kind.name))[: shown.rows]
        if not found:
            yield Line(kind.label, shown.instead, role=Note.role, height=shown.rows)
        before = ""
        for number, note in enumerate(found, start=1):
            height = 1 + (shown.rows - len(found) if number == len(found) else 0)
            yield replace(self._note(kind, note, before), height=height)
            before = note.who()

    def _note(self, kind: PartKind, note: Note, before: str) -> Line:
        """One of them; who wrote it is said where it is somebody else than `before`."""
        head, body = note.heading(self.zone), note.text()
        author = (note.who().split() or [""])[0] if note.who() != before else ""
        return Line(
            label=kind.label,
            text=f"{head}  {author}: {body}" if author else f"{head}  {body}",
            rows=(f"{head}  {author}".rstrip(), body),
            part=(kind.name, note.id),
            copy=body,
            role=note.role,
        )

    def _custom(self) -> Iterator[Line]:
        """In the order of their definitions; then those whose definition is not known (yet)."""
        defined = {
            one.name.removeprefix(CUSTOM): one
            for one in self.resource.fields
            if one.name.startswith(CUSTOM)
        }
        place = {type_id: number for number, type_id in enumerate(defined)}
        values = sorted(
            self.record.custom_values(), key=lambda one: place.get(one.type_id, len(place))
        )
        for value in values:
            yield from self._custom_value(value, defined.get(value.type_id))

    def _custom_value(self, value: CustomValue, field: Field | None) -> Iterator[Line]:
        text = self._words(field, value.content)
        if not text:
            return
        yield Line(
            label=field.label if field else value.type_name or f"#{value.type_id}",
            text=text,
            part=("custom_fields", value.id) if value.id else None,
            field=f"{CUSTOM}{value.type_id}",
            copy=text if field and field.kind in _SHOWN_IN_WORDS else str(value.content),
            role=_ROLES.get(field.kind, "text") if field else "text",
        )

    def _field(self, field: Field) -> Iterator[Line]:
        value = self.record.value(field.name)
        text = self._words(field, value)
        if not text:
            return
        linked = str(value.get("id") or "") if isinstance(value, dict) else ""
        yield Line(
            label=field.label,
            text=text,
            field=field.name if field.writable else "",
            copy=text,
            role=_ROLES.get(field.kind, "text"),
            target=Ref(field.lookup, linked) if linked else None,
        )

    def _words(self, field: Field | None, plain: Plain) -> str:
        """A field's plain value in the words of this screen."""
        if plain is None or plain in ("", []):
            return ""
        if isinstance(plain, bool):
            return say("form.yes") if plain else say("form.no")
        if isinstance(plain, dict):
            return str(plain.get("name") or plain.get("id") or "")
        if isinstance(plain, list):
            return ", ".join(filter(None, (self._words(field, one) for one in plain)))
        return self._words_of(field, str(plain)) if field else str(plain)

    def _words_of(self, field: Field, value: str) -> str:
        if field.kind is Kind.NUMBER:
            return grouped(value)
        if field.kind is Kind.DATE:
            try:
                return day(date.fromisoformat(value))
            except ValueError:
                return value
        if field.kind is Kind.MOMENT:
            try:
                return due_words(value, self.zone)
            except ValueError:
                return value
        if field.kind in (Kind.CHOICE, Kind.SEVERAL):
            known = words_of(choices_of(field, self.lookups), value)
            return known or self.record.words(field.name) or value
        return value

    def _time(self, name: str) -> Iterator[Line]:
        when = getattr(self.record, name)
        if not isinstance(when, datetime):
            return
        text = moment(when, self.zone)
        if by := words_of(self.lookups.get("users", ()), self.record.author(name)):
            text = say("form.by", time=text, name=by)
        label = say("form.changed") if name == "updated_at" else say("form.created")
        yield Line(label=label, text=text, copy=text)
