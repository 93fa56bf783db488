"""People and companies as this CRM has them: the single schema of their fields.

Attributes, limits, includes and methods: CentralStationCRM fact sheet §3, §4.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

import pydantic

from csc_tui.crm.centralstation.notes import Protocol
from csc_tui.crm.centralstation.parts import (
    Address,
    Assistant,
    Contact,
    CustomField,
    Email,
    Employer,
    HistoricEvent,
    Homepage,
    Im,
    Phone,
    Position,
    Sm,
    Staff,
    Tag,
)
from csc_tui.domain.business_card import BusinessCard
from csc_tui.domain.dates import aware_of
from csc_tui.domain.field import Choice, Kind, field
from csc_tui.domain.record import FoundBy, Head, Id, Moment, Part, Record

GENDERS = (
    Choice("male_user", "male"),
    Choice("female_user", "female"),
    Choice("diverse_user", "diverse"),
    Choice("family_user", "family"),
    Choice("gender_unknown", "unknown"),
    Choice("male_auto", "male (automatic)"),
    Choice("female_auto", "female (automatic)"),
    Choice("family_auto", "family (automatic)"),
)
"""Those with `automatic` are what the CRM concluded from the first name by itself."""

_LISTED = ("id", "updated_at", "stream_updated_at", "phones", "emails", "addresses", "tags")
"""What lists and the search look at of people and companies alike."""

P = TypeVar("P", bound=Part)

_ENCLOSED = ("deals", "projects")
"""Includes that hold records of the resource of that name."""

_OWN_WORK = ("work", "work_hq")
_OWN_PRIVATE = ("private",)


def in_order(parts: Iterable[P]) -> list[P]:
    """Parts with the primary one first, the others as they came."""
    found = list(parts)
    return found if len(found) < 2 else sorted(found, key=lambda one: one.rank())


def _texts(contacts: Iterable[Contact]) -> Iterator[str]:
    return filter(None, (one.text() for one in contacts))


def _first_text(contacts: Iterable[Contact]) -> str:
    return next(_texts(in_order(contacts)), "")


def main_phone(phones: Iterable[Phone]) -> str:
    """Primary, else mobile, else office, else the first; as written."""
    rank = {"mobile": 1, "office": 2}
    written = [one for one in phones if one.number]
    if len(written) < 2:
        return written[0].text() if written else ""
    best = min(written, key=lambda one: 0 if one.primary else rank.get(one.kind or "", 3))
    return best.text()


class Streamed(Record):
    """What all resources have in common: tags, custom fields, a stream, whose they are."""

    tags: tuple[Tag, ...] = ()
    custom_fields: tuple[CustomField, ...] = ()
    notes: tuple[Protocol, ...] = ()
    """Asked for apart from the record."""
    stream_updated_at: Moment | None = None
    """Time of the last entry in the record's stream: the last contact."""
    responsible_user_natural_name: str | None = None
    created_by_user_id: Id | None = None
    updated_by_user_id: Id | None = None

    def author(self, name: str) -> str:
        """Id of who changed (`updated_at`) or created (`created_at`) it."""
        by = {"updated_at": self.updated_by_user_id, "created_at": self.created_by_user_id}
        return by.get(name) or ""

    def cell(self, column: str) -> str:
        """`name`, `last` or `tags`."""
        if column == "last":
            return aware_of(self.stream_updated_at).isoformat() if self.stream_updated_at else ""
        if column == "tags":
            return ", ".join(one.name for one in self.tags if one.name)
        return self.sort_name() if column == "name" else ""


class Contacted(Streamed):
    """What people and companies have in common."""

    phones: tuple[Phone, ...] = pydantic.Field(default=(), validation_alias="tels")
    emails: tuple[Email, ...] = ()
    homepages: tuple[Homepage, ...] = ()
    ims: tuple[Im, ...] = ()
    sms: tuple[Sm, ...] = ()
    addresses: tuple[Address, ...] = pydantic.Field(default=(), validation_alias="addrs")

    def cell(self, column: str) -> str:
        """As for all; `phone` and `email`."""
        if column == "phone":
            return main_phone(self.phones)
        return _first_text(self.emails) if column == "email" else super().cell(column)

    def enclosed(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Its deals and projects, open or not."""
        came = self.model_extra or {}
        return {
            name: [one for one in items if isinstance(one, Mapping)]
            for name in _ENCLOSED
            if isinstance(items := came.get(name), list)
        }

    def _words(self) -> tuple[str, ...]:
        return (*_texts(self.emails), *(one.city for one in self.addresses if one.city))

    def _numbers(self) -> tuple[str, ...]:
        return tuple(_texts(self.phones))


class Person(Contacted):
    """A person; `country_code` is the language and `name` the last name."""

    resource: ClassVar[str] = "people"
    listed: ClassVar[frozenset[str]] = frozenset(
        (*_LISTED, "first_name", "last_name", "positions", "employers", "company_addresses")
    )
    detail: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("phones", "emails", "addresses"),
        ("notes", "tags", "positions", "events", "salutation_formal"),
        ("custom",),
        ("background",),
        ("homepages", "ims", "sms", "assistants"),
        ("updated_at", "created_at"),
    )

    salutation: str | None = field("Salutation", max_length=80)
    title: str | None = field("Title", max_length=80)
    first_name: str | None = field("First name", max_length=255)
    last_name: str | None = field("Last name", wire="name", required=True, max_length=255)
    gender: str | None = field("Gender", kind=Kind.CHOICE, choices=GENDERS)
    language: str | None = field(
        "Language", wire="country_code", kind=Kind.CHOICE, lookup="languages"
    )
    responsible: Id | None = field("Responsible", wire="user_id", kind=Kind.CHOICE, lookup="users")
    background: str | None = field("Background", kind=Kind.LONG)
    salutation_formal: str | None = field("Salutation", writable=False)
    """The method of that name: `Sehr geehrter Herr Dr. Müller`."""
    positions: tuple[Position, ...] = ()
    employers: tuple[Employer, ...] = pydantic.Field(default=(), validation_alias="companies")
    company_addresses: tuple[Address, ...] = pydantic.Field(
        default=(), validation_alias="addrs_from_company"
    )
    events: tuple[HistoricEvent, ...] = pydantic.Field(
        default=(), validation_alias="historic_events"
    )
    assistants: tuple[Assistant, ...] = pydantic.Field(default=(), validation_alias="assis")

    def main_position(self) -> Position | None:
        """The main one, else the first; never a former one."""
        if not self.positions:
            return None
        held = [one for one in self.positions if not one.former]
        return in_order(held)[0] if held else None

    def sort_name(self) -> str:
        """`Müller, Jürgen`."""
        names = [one for one in (self.last_name, self.first_name) if one]
        return ", ".join(names) or (f"#{self.id}" if self.id else "")

    def full_name(self) -> str:
        """`Dr. Jürgen Müller`."""
        names = [one for one in (self.title, self.first_name, self.last_name) if one]
        return " ".join(names) or self.sort_name()

    def head(self) -> Head:
        """Name; main position; last contact; responsible user."""
        position = self.main_position()
        words = (position.job_title, position.company_name) if position else ()
        return Head(
            title=self.full_name(),
            subtitle=", ".join(one for one in words if one),
            target=position.target() if position else None,
            last_contact=self.stream_updated_at,
            responsible=self.responsible_user_natural_name or "",
        )

    def cell(self, column: str) -> str:
        """As for both; company of the main position, city as `_city` says."""
        if column == "company":
            position = self.main_position()
            return (position.company_name or "") if position else ""
        return self._city() if column == "city" else super().cell(column)

    def _city(self) -> str:
        """Own work address, else own private, else the main company's."""
        if not self.addresses and not self.company_addresses:
            return ""
        own = in_order(self.addresses)
        for kinds in (_OWN_WORK, _OWN_PRIVATE):
            for one in own:
                if one.city and one.kind in kinds:
                    return one.city
        position = self.main_position()
        company = position.company if position else None
        theirs = [one for one in self.company_addresses if one.attachable_id in (company, None)]
        return next((one.city for one in _office_first(theirs) if one.city), "")

    def found_by(self) -> FoundBy:
        """Names; e-mails, cities and companies; phones."""
        names = " ".join(one for one in (self.first_name, self.last_name) if one)
        companies = tuple(one.company_name for one in self.positions if one.company_name)
        words = dict.fromkeys((*self._words(), *companies, self._city()))
        return FoundBy(names, tuple(filter(None, words)), self._numbers())

    def business_card(self) -> BusinessCard:
        """As for all, with title, birthday, note and what the main position says."""
        position = self.main_position()
        born = next((one.on for one in self.events if one.kind == "birthday" and one.on), None)
        return (
            super()
            .business_card()
            ._replace(
                prefix=self.title or "",
                job_title=(position.job_title or "") if position else "",
                born=born,
                note=self.background or "",
            )
        )

    def letter_salutation(self) -> str:
        """`Sehr geehrter Herr Dr. Müller`."""
        return self.salutation_formal or ""

    def addressee(self, part: Part) -> tuple[str, ...]:
        """The company (unless it is a private address), then the person."""
        at_home = isinstance(part, Address) and part.kind in _OWN_PRIVATE
        company = "" if at_home else self.cell("company")
        return (company, self.full_name()) if company else (self.full_name(),)


class Company(Contacted):
    """A company; its people come from its positions."""

    resource: ClassVar[str] = "companies"
    listed: ClassVar[frozenset[str]] = frozenset((*_LISTED, "name"))
    detail: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("phones", "emails", "homepages", "ims", "sms", "addresses"),
        ("notes", "positions"),
        ("tags", "custom"),
        ("background",),
        ("updated_at", "created_at"),
    )

    name: str | None = field("Name", required=True, max_length=120)
    responsible: Id | None = field("Responsible", wire="user_id", kind=Kind.CHOICE, lookup="users")
    background: str | None = field("Background", kind=Kind.LONG)
    positions: tuple[Staff, ...] = ()

    def sort_name(self) -> str:
        """The company's name."""
        return self.name or (f"#{self.id}" if self.id else "")

    def head(self) -> Head:
        """Name; `Köln, DE`; last contact; responsible user."""
        seat = next((one for one in _office_first(self.addresses) if one.city or one.country), None)
        where = (seat.city, seat.country) if seat else ()
        return Head(
            title=self.sort_name(),
            subtitle=", ".join(one for one in where if one),
            last_contact=self.stream_updated_at,
            responsible=self.responsible_user_natural_name or "",
        )

    def cell(self, column: str) -> str:
        """As for both; the city of its seat."""
        if column == "city":
            return next((one.city for one in _office_first(self.addresses) if one.city), "")
        return super().cell(column)

    def found_by(self) -> FoundBy:
        """Name; e-mails and cities; phones."""
        return FoundBy(self.name or "", self._words(), self._numbers())

    def business_card(self) -> BusinessCard:
        """As for all, with the note."""
        return super().business_card()._replace(note=self.background or "")

    def addressee(self, part: Part) -> tuple[str, ...]:
        """The company's name."""
        return (self.sort_name(),)


def _office_first(addresses: Iterable[Address]) -> list[Address]:
    """A company's addresses: primary, head office, work, the rest."""
    rank = {"work_hq": 1, "work": 2}
    return sorted(addresses, key=lambda one: 0 if one.primary else rank.get(one.kind or "", 3))
