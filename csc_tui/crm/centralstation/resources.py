"""People and companies as data, and all that this CRM serves: the list of resources.

Deals, projects and tasks stand in modules of their own, imported when they are asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from csc_tui.crm.centralstation import parts, served
from csc_tui.crm.centralstation.models import Company, Person
from csc_tui.crm.centralstation.notes import NOTES
from csc_tui.domain.change import Verb
from csc_tui.domain.column import Column
from csc_tui.domain.field import Field, Kind
from csc_tui.domain.lookup import FieldDefinition
from csc_tui.domain.ref import CUSTOM
from csc_tui.domain.resource import Merging, NewEntry, PartKind, Resource, Resources

_OFFICE = {"kind": "office"}
_CONTACT_PARTS = (
    PartKind("phones", "Phone", "phone", "phones", parts.Phone, parts.Phone.fields(),
             presets=_OFFICE),
    PartKind("emails", "E-mail", "e-mail", "e-mails", parts.Email, parts.Email.fields(),
             presets=_OFFICE),
    PartKind("homepages", "Web", "web address", "web addresses", parts.Homepage,
             parts.Homepage.fields(), presets=_OFFICE),
    PartKind("addresses", "Address", "address", "addresses", parts.Address,
             parts.Address.fields(), presets={"kind": "work"}),
    served.TAGS,
)  # fmt: skip
_RARE_PARTS = (
    PartKind("ims", "Messenger", "messenger", "messengers", parts.Im, parts.Im.fields(),
             presets=_OFFICE),
    PartKind("sms", "Social media", "social media profile", "social media profiles", parts.Sm,
             parts.Sm.fields(), presets=_OFFICE),
    served.CUSTOM_FIELDS,
)  # fmt: skip
_PERSON_PARTS = (
    *_CONTACT_PARTS,
    PartKind("positions", "Company", "position", "positions", parts.Position,
             parts.Position.fields()),
    PartKind("events", "Date", "date", "dates", parts.HistoricEvent,
             parts.HistoricEvent.fields(), presets={"kind": "birthday"}),
    PartKind("assistants", "Assistant", "assistant", "assistants", parts.Assistant,
             parts.Assistant.fields()),
    *_RARE_PARTS,
)  # fmt: skip
_COMPANY_PARTS = (
    *_CONTACT_PARTS,
    PartKind("positions", "People", "position", "positions", parts.Staff,
             tuple(it for it in parts.Staff.fields() if it.name not in ("company", "person")),
             verbs=frozenset({Verb.UPDATE, Verb.DELETE})),
    *_RARE_PARTS,
)  # fmt: skip

_SORTS = (*served.BY_NAME, *served.BY_TIME)
_EMAIL = Column("email", "E-mail", 26, at=128)

_ADDRESS_FORM = (
    NewEntry("addresses.0.street", heading="Address", presets={"kind": "work"}),
    NewEntry("addresses.0.zip"),
    NewEntry("addresses.0.city"),
    NewEntry("addresses.0.country"),
)


def _reached_at(*entries: NewEntry) -> tuple[NewEntry, ...]:
    return (
        NewEntry("phones.0.number", "Reached at", "Phone", "office", {"kind": "office"}),
        *entries,
        NewEntry("emails.0.address", "", "E-mail", "office", {"kind": "office"}),
    )


PEOPLE = Resource(
    name="people",
    title="People",
    one="person",
    many="people",
    also=("contact", "contacts"),
    model=Person,
    fields=Person.fields(),
    columns=(
        Column("name", "Name", 22, grow=30),
        Column("company", "Company", 19, at=60, grow=28),
        Column("city", "City", 11, at=70),
        Column("phone", "Phone", 17),
        Column("tags", "Tags", 16, at=100, grow=60),
        _EMAIL,
        served.LAST,
    ),
    sorts=_SORTS,
    parts=_PERSON_PARTS,
    notes=NOTES,
    new_form=(
        NewEntry("salutation", heading="Person"),
        NewEntry("title"),
        NewEntry("first_name"),
        NewEntry("last_name"),
        NewEntry("gender"),
        NewEntry("language"),
        NewEntry("responsible"),
        *_reached_at(NewEntry("phones.1.number", "", "Phone", "mobile", {"kind": "mobile"})),
        NewEntry("positions.0.company", heading="Works at", presets={"main": True}),
        NewEntry("positions.0.job_title"),
        NewEntry("tags", heading="Tags"),
        *_ADDRESS_FORM,
        NewEntry("background", gap=True),
    ),
    merging=Merging.BY_CRM,
    called_by="last_name",
    web_path="/people/{id}",
)

COMPANIES = Resource(
    name="companies",
    title="Companies",
    one="company",
    many="companies",
    model=Company,
    fields=Company.fields(),
    columns=(
        Column("name", "Name", 26, grow=30),
        Column("city", "City", 14, at=60),
        Column("phone", "Phone", 17),
        Column("tags", "Tags", 12, at=70, grow=60),
        _EMAIL,
        served.LAST,
    ),
    sorts=_SORTS,
    parts=_COMPANY_PARTS,
    notes=NOTES,
    new_form=(
        NewEntry("name", heading="Company"),
        NewEntry("responsible"),
        *_reached_at(),
        NewEntry("homepages.0.url", "", "Web address", "office", {"kind": "office"}),
        NewEntry("tags", heading="Tags"),
        *_ADDRESS_FORM,
        NewEntry("background", gap=True),
    ),
    merging=Merging.BY_CRM,
    web_path="/companies/{id}",
)


def _deals() -> Resource:
    from csc_tui.crm.centralstation.ventures import DEALS

    return DEALS


def _projects() -> Resource:
    from csc_tui.crm.centralstation.ventures import PROJECTS

    return PROJECTS


def _tasks() -> Resource:
    from csc_tui.crm.centralstation.tasks import TASKS

    return TASKS


RESOURCES = Resources(
    {
        "people": lambda: PEOPLE,
        "companies": lambda: COMPANIES,
        "deals": _deals,
        "projects": _projects,
        "tasks": _tasks,
    }
)
"""All resources by name, in tab order, without the account's custom fields."""


def with_definitions(definitions: Sequence[FieldDefinition]) -> Resources:
    """All resources, each with the custom fields that the account defines for it."""
    return Resources({name: partial(_extended, name, definitions) for name in RESOURCES})


def _extended(name: str, definitions: Sequence[FieldDefinition]) -> Resource:
    one = RESOURCES[name]
    mine = sorted((it for it in definitions if it.resource == name), key=lambda it: it.position)
    return one._replace(fields=(*one.fields, *(_custom(it) for it in mine)))


_LONGEST = {Kind.TEXT: 255, Kind.URL: 190, Kind.CHOICE: 255}
"""Longest value of a custom field by kind, in characters."""


def _custom(definition: FieldDefinition) -> Field:
    kind = Kind(definition.kind)
    return Field(
        name=f"{CUSTOM}{definition.id}",
        label=definition.label,
        kind=kind,
        max_length=_LONGEST.get(kind, 0),
        choices=definition.options,
        hint={Kind.NUMBER: "number", Kind.DATE: "date"}.get(kind, ""),
    )
