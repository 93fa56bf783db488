"""Deals and projects: work for a company and its people that is won, lost or still open.

Attributes, limits, includes, methods and orders: CentralStationCRM fact sheet §5. Pipelines
(`deal_type_id`, `deal_type_stage_id`) are kept as they come: what they hold is not known.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self

from csc_tui.crm.centralstation import served
from csc_tui.crm.centralstation.models import Streamed
from csc_tui.crm.centralstation.notes import NOTES
from csc_tui.crm.centralstation.parts import Participant
from csc_tui.domain.change import Verb
from csc_tui.domain.column import Column, SortOption
from csc_tui.domain.dates import day
from csc_tui.domain.field import Choice, Kind, Plain, field
from csc_tui.domain.lookup import words_of
from csc_tui.domain.numbers import grouped
from csc_tui.domain.query import Sort
from csc_tui.domain.record import FoundBy, Head, Id, plain
from csc_tui.domain.ref import Ref
from csc_tui.domain.resource import Course, NewEntry, PartKind, Resource

STATES = (
    Choice("open_0", "open"),
    Choice("open_25", "25 %"),
    Choice("open_50", "50 %"),
    Choice("open_75", "75 %"),
    Choice("won", "won"),
    Choice("lost", "lost"),
)
VALUE_TYPES = (
    Choice("total", "total"),
    Choice("monthly", "monthly"),
    Choice("hourly", "hourly"),
    Choice("daily", "daily"),
)


class Venture(Streamed):
    """What deals and projects have in common."""

    name: str | None = field("Name", required=True, max_length=120)
    state: str | None = field(
        "State", wire="current_state", kind=Kind.CHOICE, choices=STATES, clears=False
    )
    target_date: date | None = field("Target date", kind=Kind.DATE)
    company: Id | None = field("Company", wire="company_id", kind=Kind.LINK, lookup="companies")
    responsible: Id | None = field("Responsible", wire="user_id", kind=Kind.CHOICE, lookup="users")
    background: str | None = field("Background", kind=Kind.LONG)
    company_name: str | None = None
    """Put in from the include `company`."""
    people: tuple[Participant, ...] = ()

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Self:
        """As `Node.read`; the company's name is taken out of its include.

        One source calls `background` `description`.
        """
        values = dict(raw)
        company = values.pop("company", None)
        if isinstance(company, Mapping):
            inner = company.get("company", company)
            values["company_name"] = inner.get("name") if isinstance(inner, Mapping) else None
        if "background" not in values and "description" in values:
            values["background"] = values["description"]
        return super().read(values)

    @property
    def lacks(self) -> frozenset[str]:
        """The people, where the answer did not hold them."""
        return frozenset({"people"} - self.model_fields_set)

    def value(self, name: str) -> Plain:
        """As `Record.value`; the company with id and name."""
        if name == "company":
            return {"id": self.company, "name": self.company_name or ""} if self.company else None
        return super().value(name)

    def sort_name(self) -> str:
        """Its name."""
        return self.name or (f"#{self.id}" if self.id else "")

    def head(self) -> Head:
        """Name; company; last contact; responsible user."""
        return Head(
            title=self.sort_name(),
            subtitle=self.company_name or "",
            target=Ref("companies", self.company) if self.company else None,
            last_contact=self.stream_updated_at,
            responsible=self.responsible_user_natural_name or "",
        )

    def cell(self, column: str) -> str:
        """As for all; `state`, `target` and `company`."""
        if column == "state":
            return words_of(STATES, self.state or "") or self.state or ""
        if column == "target":
            return day(self.target_date) if self.target_date else ""
        return (self.company_name or "") if column == "company" else super().cell(column)

    def found_by(self) -> FoundBy:
        """Name; company and people."""
        words = (self.company_name or "", *(one.text() for one in self.people))
        return FoundBy(self.name or "", tuple(filter(None, words)))


class Deal(Venture):
    """Work that one may be paid for; its value is a decimal, on the wire as text."""

    resource: ClassVar[str] = "deals"
    detail: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("amount", "value_type", "currency", "state", "probability", "target_date"),
        ("notes", "company", "people"),
        ("tags", "custom"),
        ("background",),
        ("updated_at", "created_at"),
    )

    amount: Decimal | None = field("Value", wire="value", kind=Kind.NUMBER)
    value_type: str | None = field("Value type", kind=Kind.CHOICE, choices=VALUE_TYPES)
    currency: str | None = field("Currency", max_length=3)
    probability: Decimal | None = field(
        "Probability", kind=Kind.NUMBER, digits=3, decimals=0, least=0
    )

    def cell(self, column: str) -> str:
        """As for both; `amount` with its currency, and `value_type`."""
        if column == "amount":
            amount = "" if self.amount is None else grouped(str(plain(self.amount)))
            return f"{amount} {self.currency or ''}".strip() if amount else ""
        if column == "value_type":
            return words_of(VALUE_TYPES, self.value_type or "") or self.value_type or ""
        return super().cell(column)


class Project(Venture):
    """Work that is to be done."""

    resource: ClassVar[str] = "projects"
    detail: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("state", "target_date"),
        ("notes", "company", "people"),
        ("tags", "custom"),
        ("background",),
        ("updated_at", "created_at"),
    )


_PARTS = (
    PartKind("people", "People", "person", "people", Participant, Participant.fields(),
             verbs=frozenset({Verb.CREATE, Verb.DELETE})),
    served.TAGS,
    served.CUSTOM_FIELDS,
)  # fmt: skip
_ENDED = frozenset({"won", "lost"})
_BY_TARGET = (
    SortOption(Sort("target"), "soonest target first", "target"),
    SortOption(Sort("target", descending=True), "latest target first", "target"),
    SortOption(Sort("state"), "by state", "state"),
)
_STATE = Column("state", "State", 5, at=60)
_TARGET = Column("target", "Target", 11, at=74)
_COMPANY = Column("company", "Company", 19, at=100, grow=28)
_TAGS = Column("tags", "Tags", 16, at=128, grow=60)
_ABOUT = (
    NewEntry("company", heading="About"),
    NewEntry("people.0.record"),
    NewEntry("tags", heading="Tags"),
    NewEntry("background", gap=True),
)

DEALS = Resource(
    name="deals",
    title="Deals",
    one="deal",
    many="deals",
    model=Deal,
    fields=Deal.fields(),
    columns=(
        Column("name", "Name", 26, grow=34),
        _STATE,
        Column("amount", "Value", 16),
        Column("value_type", "Type", 7, at=90),
        _TARGET,
        _COMPANY,
        _TAGS,
        served.LAST,
    ),
    sorts=(
        *served.BY_NAME,
        SortOption(Sort("amount", descending=True), "largest first", "amount"),
        *_BY_TARGET,
        *served.BY_TIME,
    ),
    parts=_PARTS,
    notes=NOTES,
    new_form=(
        NewEntry("name", heading="Deal"),
        NewEntry("amount"),
        NewEntry("value_type"),
        NewEntry("currency"),
        NewEntry("target_date"),
        NewEntry("state"),
        NewEntry("probability"),
        NewEntry("responsible"),
        *_ABOUT,
    ),
    course=Course("state", _ENDED, ("state", "amount")),
    web_path="/deals/{id}",
)

PROJECTS = Resource(
    name="projects",
    title="Projects",
    one="project",
    many="projects",
    model=Project,
    fields=Project.fields(),
    columns=(
        Column("name", "Name", 26, grow=34),
        _STATE,
        _TARGET,
        _COMPANY,
        _TAGS,
        served.LAST,
    ),
    sorts=(*served.BY_NAME, *_BY_TARGET, *served.BY_TIME),
    parts=_PARTS,
    notes=NOTES,
    new_form=(
        NewEntry("name", heading="Project"),
        NewEntry("target_date"),
        NewEntry("state"),
        NewEntry("responsible"),
        *_ABOUT,
    ),
    course=Course("state", _ENDED, ("state", "target")),
    web_path="/projects/{id}",
)
