"""Records and their parts: the models that every adapter derives its own from.

Reading is tolerant: a value that does not validate is taken out alone, kept raw and read-only in
`unreadable`; the rest of the record is as strict as the model says. Unknown keys are kept.

Modules with models do without `from __future__ import annotations`: what is text would be compiled
anew for every model that derives from it, which takes a fifth of the time of making them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar, NamedTuple, Self

import pydantic

from csc_tui.domain.alone import validate_alone
from csc_tui.domain.business_card import BusinessCard, Place, Reach
from csc_tui.domain.change import Verb
from csc_tui.domain.dates import aware_of
from csc_tui.domain.field import Field, Kind, Plain, fields_of
from csc_tui.domain.ref import CUSTOM, Ref

validate_alone()

Id = Annotated[str, pydantic.StringConstraints(pattern=r"^[A-Za-z0-9_-]{0,64}$")]
"""The id of a record or part as a server may give it: it becomes part of addresses."""

Moment = Annotated[datetime, pydantic.AfterValidator(aware_of)]
"""A time as a server may give it; without a zone it counts as UTC, so that all can be compared."""


_REFUSED = "\0refused"
"""Key by which `Node.read` hands over what it took out; no server has one like it."""


class Node(pydantic.BaseModel):
    """What records and parts have in common: an id, fields, values."""

    model_config = pydantic.ConfigDict(
        extra="allow",
        frozen=True,
        populate_by_name=True,
        coerce_numbers_to_str=True,
        defer_build=True,  # a command that lists people never validates a deal
        # Of itself the reader of JSON keeps sixteen thousand texts of what it has read, for good.
        cache_strings="keys",
    )

    listed: ClassVar[frozenset[str]] = frozenset()
    """The fields that `cell`, `sort_name`, `found_by` and `version` look at; none: all of them."""

    id: Id = ""
    updated_at: Moment | None = None
    created_at: Moment | None = None
    unreadable: Mapping[str, Any] = pydantic.Field(default_factory=dict, validation_alias=_REFUSED)
    """Wire key -> raw value, for values that the model refused."""

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Self:
        """A node out of the server's JSON object; never raises for odd values."""
        try:
            return cls.validated(raw)
        except pydantic.ValidationError:
            return cls._read_piecemeal(raw)

    @classmethod
    def validated(cls, values: Mapping[str, Any]) -> Self:
        """A node out of values that are all as the model says. Raises pydantic.ValidationError."""
        # By the names on the wire alone: no other key of the server's means an attribute.
        return cls.model_validate(values, by_alias=True, by_name=False)

    @classmethod
    def validated_text(cls, text: bytes) -> Self:
        """As `validated`, out of the JSON text of an object."""
        return cls.model_validate_json(text, by_alias=True, by_name=False)

    @classmethod
    def _read_piecemeal(cls, raw: Mapping[str, Any]) -> Self:
        """Each part by itself, and without the values that the model refuses."""
        values = dict(raw)
        for name, part in parts_of(cls).items():
            wire = str(cls.model_fields[name].validation_alias or name)
            items = values.get(wire)
            if isinstance(items, list):
                values[wire] = tuple(part.read(x) for x in items if isinstance(x, Mapping))
        bad: dict[str, Any] = {}
        while True:
            try:
                return cls.validated({**values, _REFUSED: bad} if bad else values)
            except pydantic.ValidationError as error:
                failed = {str(one["loc"][0]) for one in error.errors() if one["loc"]}
                failed &= values.keys()
                if not failed:
                    return cls.model_construct(id=cls._id_of(raw), unreadable=dict(raw))
                bad |= {key: values.pop(key) for key in failed}

    @classmethod
    def _id_of(cls, raw: Mapping[str, Any]) -> str:
        """The id of what cannot be read at all; empty if that is no id either."""
        try:
            return Node.model_validate({"id": raw.get("id", "")}).id
        except pydantic.ValidationError:
            return ""

    @classmethod
    def fields(cls) -> tuple[Field, ...]:
        """The declared fields, in order."""
        return fields_of(cls)

    def value(self, name: str) -> Plain:
        """A field's value in plain form; None where there is none."""
        return plain(getattr(self, name, None))

    def words(self, name: str) -> str:
        """The words for an id in a field, where the server gave them along; else empty."""
        said = getattr(self, f"{name}_name", None)
        return said if isinstance(said, str) else ""


def plain(value: object) -> Plain:
    """A value as JSON would hold it: dates and decimals as text, tuples as lists."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if value is None or isinstance(value, bool | int | str | list | dict):
        return value
    return str(value)


class Part(Node):
    """Something that hangs on a record and has an id of its own: a phone, an address, a tag."""

    role: ClassVar[str] = "text"
    """What it is good for: `phone`, `email`, `address`, `url`, `note`, `text`; `y p` uses it."""
    inline: ClassVar[bool] = False
    """Whether all of them stand in one row: tags."""
    made_of: ClassVar[str] = ""
    """The field of the record that it is a view of, where it is no part of its own."""

    def label(self) -> str:
        """Its own label where the part kind's does not do: `Birthday`; else empty."""
        return ""

    def kind_words(self) -> str:
        """What stands between label and value: `office`, `private`; may be empty."""
        return ""

    def allows(self, verb: Verb) -> bool:
        """Whether this one can be changed or deleted, where its kind as a whole can."""
        return True

    def rank(self) -> int:
        """Its place inside its kind: 0 for the primary one, 2 for what is past, else 1."""
        return 1

    def text(self) -> str:
        """The value in one line, as it is shown."""
        return ""

    def rows(self) -> tuple[str, ...]:
        """The value in pieces that belong on rows of their own where it is narrow."""
        return (self.text(),)

    def base(self) -> dict[str, Plain]:
        """What `Change.base` has to hold for a change of this part: all its fields as they are."""
        return {one.name: self.value(one.name) for one in self.fields()}

    def extra(self) -> str:
        """What stands behind the value: job title and department."""
        return ""

    def to_copy(self) -> str:
        """What `y` copies; several lines for a postal address."""
        return self.text()

    def target(self) -> Ref | None:
        """The record that `⏎` goes to, if the part is a link."""
        return None

    def sorts(self) -> tuple[str, ...]:
        """What sort it is for an address book: `work`, `home`, `cell`, `fax`; none if unknown."""
        return ()

    def pieces(self) -> dict[str, str]:
        """Of an address: `street`, `zip_code`, `city`, `state`, `country`; else nothing."""
        return {}


def parts_of(model: type[Node]) -> dict[str, type[Part]]:
    """The attributes of a model that hold parts, with the part's model."""
    if (known := _PARTS.get(model)) is None:
        known = {}
        for name, info in model.model_fields.items():
            inner = getattr(info.annotation, "__args__", ())
            if inner and isinstance(inner[0], type) and issubclass(inner[0], Part):
                known[name] = inner[0]
        _PARTS[model] = known
    return known


_PARTS: dict[type[Node], dict[str, type[Part]]] = {}
"""Read off each model once."""


class CustomValue(Part):
    """The value of a custom field on a record."""

    type_id: Id = ""
    """The id of its definition."""
    type_name: str = ""
    """The definition's name, where the server gives it along."""
    content: Any = None
    """The value in plain form."""
    known: bool = True
    """Whether it was read by its definition; else its content may have another shape."""


class FoundBy(NamedTuple):
    """What a search finds a record by."""

    names: str
    """First and last name, or the company's name."""
    words: tuple[str, ...] = ()
    """E-mails, companies, cities."""
    phones: tuple[str, ...] = ()
    """Phone numbers as written."""


class Head(NamedTuple):
    """The first two lines of a record: who it is."""

    title: str
    """`Dr. Jürgen Müller`."""
    subtitle: str = ""
    """`Head of purchasing, Brandt GmbH`."""
    target: Ref | None = None
    """Where `⏎` on the subtitle leads."""
    last_contact: datetime | None = None
    responsible: str = ""
    """The responsible user's name where the record carries it."""


def _reached(parts: Iterable[Part], role: str) -> tuple[Reach, ...]:
    found = [one for one in parts if one.role == role and one.text()]
    return tuple(Reach(one.text(), one.sorts()) for one in sorted(found, key=lambda it: it.rank()))


class Record(Node):
    """A person, a company: something that stands in a list and opens on a screen of its own."""

    resource: ClassVar[str] = ""
    """Its resource's name."""
    detail: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Groups of field and part names in the order of use; `custom` stands for custom fields."""

    @property
    def lacks(self) -> frozenset[str]:
        """Kinds of part that the answer it came with did not tell: it may have some or none."""
        return frozenset()

    @property
    def ref(self) -> Ref:
        """What links to this record hold."""
        return Ref(self.resource, self.id)

    def custom_values(self) -> Iterator[CustomValue]:
        """The custom fields' values that the record carries."""
        for name, part in parts_of(type(self)).items():
            if issubclass(part, CustomValue):
                yield from getattr(self, name)

    def value(self, name: str) -> Plain:
        """A field's plain value, also of a custom field (`custom:71`)."""
        if name.startswith(CUSTOM):
            wanted = name.removeprefix(CUSTOM)
            return next((v.content for v in self.custom_values() if v.type_id == wanted), None)
        return super().value(name)

    def part_id(self, name: str) -> str:
        """The id of the part that holds a custom field's value (`custom:71`); empty for none."""
        wanted = name.removeprefix(CUSTOM)
        return next((v.id for v in self.custom_values() if v.type_id == wanted), "")

    def base(self, names: Iterable[str]) -> dict[str, Plain]:
        """What `Change.base` has to hold for these fields: their values as they are now.

        For a custom field that has a value also `custom:71#id`, the id of its part, by which the
        adapter changes that value instead of adding a second one.
        """
        found: dict[str, Plain] = {}
        for name in names:
            found[name] = self.value(name)
            if name.startswith(CUSTOM) and (part := self.part_id(name)):
                found[f"{name}#id"] = part
        return found

    def addressee(self, part: Part) -> tuple[str, ...]:
        """The lines that stand above an address of this record on a letter."""
        return ()

    def letter_salutation(self) -> str:
        """How a letter to it begins; empty where the CRM does not say."""
        return ""

    def business_card(self) -> BusinessCard:
        """What an address book takes of it: names and company, and its parts by their roles."""
        parts = [one for name in parts_of(type(self)) for one in getattr(self, name)]
        places: Iterable[Part] = getattr(self, "addresses", ())
        tags = (one.text() for one in getattr(self, "tags", ()))
        own = [str(self.value(it.name) or "") for it in self.fields() if it.kind is Kind.EMAIL]
        return BusinessCard(
            full_name=self.head().title,
            last_name=str(self.value("last_name") or ""),
            first_name=str(self.value("first_name") or ""),
            company=self.cell("company"),
            job_title=str(self.value("job_title") or ""),
            phones=_reached(parts, "phone"),
            emails=(*(Reach(one) for one in own if one), *_reached(parts, "email")),
            pages=_reached(parts, "url"),
            places=tuple(Place(one.pieces(), one.sorts()) for one in places),
            tags=tuple(one for one in tags if one),
        )

    def enclosed(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Resource -> raw records of it, as its own answers hold them, that came inside this one.

        They are neither parts nor changed with it.
        """
        return {}

    def author(self, name: str) -> str:
        """The id of the user who did what `updated_at` or `created_at` tells; may be empty."""
        return ""

    def sort_name(self) -> str:
        """The name as lists, trails and links show it: `Müller, Jürgen`."""
        raise NotImplementedError

    def head(self) -> Head:
        """Who it is, for the record screen and the preview."""
        raise NotImplementedError

    def cell(self, column: str) -> str:
        """The text of a list column; `last` gives an ISO time, all others what is shown."""
        raise NotImplementedError

    def found_by(self) -> FoundBy:
        """What the search index holds of it."""
        raise NotImplementedError

    def version(self) -> str:
        """What a conflict check compares: the time of the last change as the server wrote it."""
        return self.updated_at.isoformat() if self.updated_at else ""


READ_ONLY_KINDS = frozenset({Kind.TIME})
"""Kinds that no form offers."""
