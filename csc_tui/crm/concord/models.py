"""Contacts, companies and deals as this CRM has them: the single schema of their fields.

Attributes and limits: Concord fact sheet §10. Strings have at most 191 characters (§7).
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from csc_tui.crm.concord.notes import Entry
from csc_tui.crm.concord.parts import (
    CompanyLink,
    ContactLink,
    CustomField,
    DealLink,
    Phone,
    Place,
    Tag,
)
from csc_tui.domain.dates import aware_of, day
from csc_tui.domain.field import Choice, Kind, Plain, field
from csc_tui.domain.numbers import grouped
from csc_tui.domain.record import FoundBy, Head, Id, Moment, Part, Record, plain
from csc_tui.domain.ref import CUSTOM

TEXT = 191
"""Characters of a text that names no other limit."""

STATUSES = (Choice("open", "Open"), Choice("won", "Won"), Choice("lost", "Lost"))

LINKS = ("contacts", "companies", "deals")
"""Kinds of part that are other records; lists may leave them out (§10.1)."""


def main_phone(phones: Iterable[Phone]) -> str:
    """Mobile, else work, else the first; as written."""
    rank = {"mobile": 0, "work": 1}
    best = min(
        (one for one in phones if one.number),
        key=lambda one: rank.get(one.kind or "", 2),
        default=None,
    )
    return best.text() if best else ""


class Owned(Record):
    """What all three have in common."""

    tags: tuple[Tag, ...] = ()
    custom_fields: tuple[CustomField, ...] = ()
    notes: tuple[Entry, ...] = ()
    """Asked for apart from the record."""
    display_name: str | None = None
    owner_name: str | None = None

    @property
    def lacks(self) -> frozenset[str]:
        """Links that the answer did not hold."""
        mine = {name for name in LINKS if name in type(self).model_fields}
        return frozenset(mine - self.model_fields_set)

    def cell(self, column: str) -> str:
        """`name`, `tags`, or a custom field by its name."""
        if column.startswith(CUSTOM):
            wanted = column.removeprefix(CUSTOM)
            return next((it.shown for it in self.custom_fields if it.type_id == wanted), "")
        if column == "tags":
            return ", ".join(one.name for one in self.tags if one.name)
        return self.sort_name() if column == "name" else ""

    def _number(self) -> str:
        return f"#{self.id}" if self.id else ""


class Placed(Owned):
    """What contacts and companies have in common."""

    phones: tuple[Phone, ...] = ()
    country_code: str | None = None
    country_name: str | None = None
    source_name: str | None = None
    last_contacted_at: Moment | None = None

    @property
    def addresses(self) -> tuple[Place, ...]:
        """The address fields as one value; none where all are empty."""
        names = ("street", "postal_code", "city", "state")
        found = {name: str(getattr(self, name, None) or "") for name in names}
        country = self.country_code or self.country_name or ""
        place = Place.read({**found, "country": country})
        return (place,) if place.text() else ()

    def cell(self, column: str) -> str:
        """As for all; `city`, `phone`, `email`, `last`."""
        if column == "last":
            last = self.last_contacted_at
            return aware_of(last).isoformat() if last else ""
        if column == "phone":
            return main_phone(self.phones)
        if column in ("city", "email"):
            return str(getattr(self, column, None) or "")
        return super().cell(column)

    def _words(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.cell("email"), self.cell("city"))))

    def _numbers(self) -> tuple[str, ...]:
        return tuple(one.text() for one in self.phones if one.text())


class Contact(Placed):
    """A person."""

    resource: ClassVar[str] = "contacts"
    detail: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("phones", "email", "addresses"),
        ("notes", "tags", "companies", "deals", "job_title", "source"),
        ("custom",),
        ("updated_at", "created_at"),
    )

    first_name: str | None = field("First name", required=True, max_length=TEXT)
    last_name: str | None = field("Last name", max_length=TEXT)
    job_title: str | None = field("Job title", max_length=TEXT)
    email: str | None = field("E-mail", kind=Kind.EMAIL, max_length=TEXT, unique=True)
    owner: Id | None = field("Owner", wire="user_id", kind=Kind.CHOICE, lookup="users")
    source: Id | None = field("Source", wire="source_id", kind=Kind.CHOICE, lookup="sources")
    street: str | None = field("Street address", max_length=TEXT)
    postal_code: str | None = field("Postal code", max_length=TEXT)
    city: str | None = field("City", max_length=TEXT)
    state: str | None = field("State/Region", max_length=TEXT)
    country: Id | None = field("Country", wire="country_id", kind=Kind.CHOICE, lookup="nations")
    companies: tuple[CompanyLink, ...] = ()
    deals: tuple[DealLink, ...] = ()

    def sort_name(self) -> str:
        """`Müller, Jürgen`."""
        names = [one for one in (self.last_name, self.first_name) if one]
        return ", ".join(names) or self.display_name or self._number()

    def full_name(self) -> str:
        """`Jürgen Müller`."""
        names = [one for one in (self.first_name, self.last_name) if one]
        return " ".join(names) or self.sort_name()

    def head(self) -> Head:
        """Name; job title and company; last contact; owner."""
        company = next(iter(self.companies), None)
        words = (self.job_title, company.text() if company else "")
        return Head(
            title=self.full_name(),
            subtitle=", ".join(one for one in words if one),
            target=company.target() if company else None,
            last_contact=self.last_contacted_at,
            responsible=self.owner_name or "",
        )

    def cell(self, column: str) -> str:
        """As for companies too; the first company."""
        if column == "company":
            return next((one.text() for one in self.companies), "")
        return super().cell(column)

    def found_by(self) -> FoundBy:
        """Names; e-mail, city and companies; phones."""
        names = " ".join(one for one in (self.first_name, self.last_name) if one)
        companies = tuple(one.text() for one in self.companies if one.text())
        return FoundBy(names, (*self._words(), *companies), self._numbers())

    def addressee(self, part: Part) -> tuple[str, ...]:
        """The company, then the person."""
        company = self.cell("company")
        return (company, self.full_name()) if company else (self.full_name(),)


class Company(Placed):
    """A company."""

    resource: ClassVar[str] = "companies"
    detail: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("phones", "email", "domain", "addresses"),
        ("notes", "contacts", "deals"),
        ("tags", "industry", "parent_company", "source"),
        ("custom",),
        ("updated_at", "created_at"),
    )

    name: str | None = field("Name", required=True, max_length=TEXT)
    domain: str | None = field("Domain", max_length=TEXT)
    email: str | None = field("E-mail", kind=Kind.EMAIL, max_length=TEXT, unique=True)
    owner: Id | None = field("Owner", wire="user_id", kind=Kind.CHOICE, lookup="users")
    industry: Id | None = field(
        "Industry", wire="industry_id", kind=Kind.CHOICE, lookup="industries"
    )
    source: Id | None = field("Source", wire="source_id", kind=Kind.CHOICE, lookup="sources")
    parent_company: Id | None = field(
        "Parent company", wire="parent_company_id", kind=Kind.LINK, lookup="companies"
    )
    street: str | None = field("Street address", max_length=TEXT)
    postal_code: str | None = field("Postal code", max_length=TEXT)
    city: str | None = field("City", max_length=TEXT)
    state: str | None = field("State/Region", max_length=TEXT)
    country: Id | None = field("Country", wire="country_id", kind=Kind.CHOICE, lookup="nations")
    industry_name: str | None = None
    parent_company_name: str | None = None
    contacts: tuple[ContactLink, ...] = ()
    deals: tuple[DealLink, ...] = ()

    def value(self, name: str) -> Plain:
        """As `Record.value`; the parent company with id and name."""
        if name == "parent_company":
            found = {"id": self.parent_company, "name": self.parent_company_name or ""}
            return found if self.parent_company else None
        return super().value(name)

    def sort_name(self) -> str:
        """The company's name."""
        return self.name or self.display_name or self._number()

    def head(self) -> Head:
        """Name; `Köln, DE`; last contact; owner."""
        where = (self.city, self.country_code or self.country_name)
        return Head(
            title=self.sort_name(),
            subtitle=", ".join(one for one in where if one),
            last_contact=self.last_contacted_at,
            responsible=self.owner_name or "",
        )

    def found_by(self) -> FoundBy:
        """Name; e-mail, city, domain; phones."""
        words = (*self._words(), self.domain or "")
        return FoundBy(self.name or "", tuple(filter(None, words)), self._numbers())

    def addressee(self, part: Part) -> tuple[str, ...]:
        """The company's name."""
        return (self.sort_name(),)


class Deal(Owned):
    """A deal in a stage of a pipeline."""

    resource: ClassVar[str] = "deals"
    detail: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("amount", "stage", "pipeline_name", "expected_close_date", "status", "lost_reason"),
        ("notes", "contacts", "companies"),
        ("tags", "custom"),
        ("updated_at", "created_at"),
    )

    name: str | None = field("Deal name", required=True, max_length=TEXT)
    stage: Id | None = field(
        "Stage", wire="stage_id", kind=Kind.CHOICE, lookup="stages", required=True
    )
    amount: Decimal | None = field("Amount", kind=Kind.NUMBER, digits=15, decimals=3, least=0)
    expected_close_date: date | None = field("Expected close", kind=Kind.DATE)
    status: str | None = field("Status", kind=Kind.CHOICE, choices=STATUSES, clears=False)
    lost_reason: str | None = field(
        "Lost reason", max_length=TEXT, kind=Kind.CHOICE, lookup="lost_reasons", free=True
    )
    owner: Id | None = field("Owner", wire="user_id", kind=Kind.CHOICE, lookup="users")
    pipeline_name: str | None = field("Pipeline", writable=False)
    stage_name: str | None = None
    contacts: tuple[ContactLink, ...] = ()
    companies: tuple[CompanyLink, ...] = ()

    def sort_name(self) -> str:
        """The deal's name."""
        return self.name or self.display_name or self._number()

    def head(self) -> Head:
        """Name; first company; owner."""
        company = next(iter(self.companies), None)
        return Head(
            title=self.sort_name(),
            subtitle=company.text() if company else "",
            target=company.target() if company else None,
            responsible=self.owner_name or "",
        )

    def cell(self, column: str) -> str:
        """As for all; `stage`, `amount`, `closes`, `company`, `status`."""
        if column == "company":
            return next((one.text() for one in self.companies), "")
        if column == "amount":
            return grouped(str(plain(self.amount))) if self.amount else ""
        if column == "closes":
            return day(self.expected_close_date) if self.expected_close_date else ""
        if column == "status":
            words = {one.value: one.words for one in STATUSES}
            return words.get(self.status or "", self.status or "")
        return (self.stage_name or "") if column == "stage" else super().cell(column)

    def found_by(self) -> FoundBy:
        """Name; companies and contacts."""
        links: tuple[Any, ...] = (*self.companies, *self.contacts)
        return FoundBy(self.name or "", tuple(one.text() for one in links if one.text()))
