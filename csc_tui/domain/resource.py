"""Resources: kinds of record, what the server can do with them, what a screen shows of them.

Everything that differs between people and companies, or between two CRMs, is said here in data;
screens ask the resource and never the vendor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from csc_tui.domain.change import Verb
from csc_tui.domain.query import PAGE_ROWS
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.domain.column import Column, SortOption
    from csc_tui.domain.field import Field, Plain
    from csc_tui.domain.record import Part, Record

ALL_VERBS = frozenset({Verb.CREATE, Verb.UPDATE, Verb.DELETE})
"""A resource or part that can be created, changed and deleted."""


class Merging(StrEnum):
    """How two records become one."""

    BY_CRM = "by_crm"
    """The CRM does it, a little after it has said yes; nothing takes it back."""
    BY_MOVING = "by_moving"
    """What one has is given to the other, piece by piece; then it goes into the bin."""


class PartKind(NamedTuple):
    """One kind of part of a resource: phones of people, addresses of companies."""

    name: str
    """The attribute on the record's model: `phones`."""
    label: str
    """As the record screen shows it: `Phone`."""
    one: str
    """As sentences name it: `phone`; the plural adds what `many` says."""
    many: str
    model: type[Part]
    fields: tuple[Field, ...]
    """What its form shows."""
    verbs: frozenset[Verb] = ALL_VERBS
    presets: Mapping[str, Plain] = {}
    """Values that a new one begins with."""
    unique: bool = False
    """Whether no two records may have the same one."""


class NewEntry(NamedTuple):
    """One line of the form for a new record: a field of its own, or of a part in the making."""

    path: str
    """`last_name`, or `phones.0.number`: part kind, how manieth, field."""
    heading: str = ""
    """The heading above it, where a group begins."""
    label: str = ""
    """Instead of the field's own label."""
    note: str = ""
    """At the right of the box: `office`."""
    presets: Mapping[str, Plain] = {}
    """Further values of the same part if this one is filled: `{"kind": "office"}`."""
    gap: bool = False
    """Whether a group begins here that has no heading: a blank line stands above."""


class ToDo(NamedTuple):
    """Which fields of a record say what is to be done about it."""

    done: str
    """The flag that it is done."""
    due: str
    """When it is due, see `domain.due`."""
    whose: str
    """The user whose task it is; a new one always has one."""
    about: tuple[str, ...]
    """Its part kinds that link to what it is about, each named as the resource that it leads to."""


class Course(NamedTuple):
    """Which field of a record says how far it has come, and what else is told of it elsewhere."""

    state: str
    """A field with choices."""
    ended: frozenset[str]
    """Its values where nothing is left to be done: won or lost."""
    told: tuple[str, ...]
    """Columns whose texts stand behind its name on a record that it is about."""


def task_views(todo: ToDo, many: str) -> tuple[View, ...]:
    """What one looks for among things to be done: what is mine and open, by when it is due."""
    mine = f"{todo.whose}:me {todo.done}:no"
    return (
        View(say("view.mine", many=many), mine, todo.due),
        View(say("view.overdue", many=many), f"{mine} {todo.due}<now", todo.due),
        View(say("view.today", many=many), f"{mine} {todo.due}:today", todo.due),
        View(say("view.week", many=many), f"{mine} {todo.due}:week", todo.due),
        View(say("view.all", many=many), "", ""),
    )


class View(NamedTuple):
    """A filter and an order that a resource brings along under a name."""

    words: str
    """`my overdue tasks`."""
    filter: str
    """As it is typed; empty: the whole list in the server's order."""
    sort: str
    """The order or column that it is ordered by; empty: the first order."""


class Resource(NamedTuple):
    """A kind of record that has a tab."""

    name: str
    title: str
    """The tab: `People`."""
    one: str
    """`person`."""
    many: str
    """`people`."""
    model: type[Record]
    fields: tuple[Field, ...]
    """Declared fields, then the account's custom fields."""
    columns: tuple[Column, ...]
    """In the order of display."""
    sorts: tuple[SortOption, ...]
    """The first is the order when first opened."""
    parts: tuple[PartKind, ...] = ()
    notes: PartKind | None = None
    """What is written about its records, asked for apart from them; None: nothing can be."""
    new_form: tuple[NewEntry, ...] = ()
    verbs: frozenset[Verb] = ALL_VERBS
    has_bin: bool = False
    """Whether the CRM keeps deleted records for a while."""
    merging: Merging | None = None
    """How duplicates become one; None: not at all."""
    also: tuple[str, ...] = ()
    """What others call it, and a command line may: a script then runs on every CRM."""
    called_by: str = "name"
    """The field that one calls a record by: the last name of a person."""
    views: tuple[View, ...] = ()
    """The first one opens its list; none: that is the whole list."""
    todo: ToDo | None = None
    """Set where its records are things to be done."""
    course: Course | None = None
    """Set where its records are open until they are won or lost."""
    web_path: str = ""
    """Path of a record's page under the account's address, with `{id}`."""
    page_rows: int = PAGE_ROWS
    """Rows of one page of its list, as far as is known before the server has answered."""

    def field(self, name: str) -> Field:
        """The field of this name; KeyError if there is none."""
        for one in self.fields:
            if one.name == name:
                return one
        raise KeyError(name)

    def typed_field(self, path: str, part: str = "") -> Field | None:
        """The field that a form or a refusal names: `last_name`, `phones.0.number`.

        `part`: the kind of part whose own fields (`number`) are meant. None: no such field.
        """
        kind, dot, _ = path.partition(".")
        name, part = path.rpartition(".")[2], kind if dot else part
        fields = self.fields
        if part:
            fields = next((one.fields for one in self.all_parts if one.name == part), ())
        return next((one for one in fields if one.name == name), None)

    @property
    def owner_label(self) -> str:
        """What the CRM calls the user whose record it is: `Owner`; empty where it has none."""
        return next((one.label for one in self.fields if one.lookup == "users"), "")

    @property
    def has_card(self) -> bool:
        """Whether it is somebody who can be rung: what is sold or is to be done is nobody."""
        return any(one.name == "phones" for one in self.parts)

    @property
    def all_parts(self) -> tuple[PartKind, ...]:
        """The kinds that come with a record, then its notes."""
        return (*self.parts, self.notes) if self.notes else self.parts

    def tells_of(self, resource: str) -> bool:
        """Whether its records are things to be done about records of a resource."""
        return self.todo is not None and resource in self.todo.about

    @property
    def takes_notes(self) -> bool:
        """Whether notes about its records can be written."""
        return self.notes is not None and Verb.CREATE in self.notes.verbs

    @property
    def takes_tags(self) -> bool:
        """Whether tags can be put on its records."""
        return any(one.name == "tags" and Verb.CREATE in one.verbs for one in self.parts)

    def part(self, name: str) -> PartKind:
        """The part kind of this name; KeyError if there is none."""
        for one in self.all_parts:
            if one.name == name:
                return one
        raise KeyError(name)


class Resources(Mapping[str, Resource]):
    """All resources of a CRM by name, in tab order.

    Each is made when it is asked for first: what lists people need not wait for models of deals.
    """

    def __init__(self, makers: Mapping[str, Callable[[], Resource]]) -> None:
        self._makers = makers
        self._made: dict[str, Resource] = {}

    def __getitem__(self, name: str) -> Resource:
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)
