"""What screens show and forms ask of contacts, companies, deals and activities, as data."""

from __future__ import annotations

from collections.abc import Sequence

from csc_tui.crm.concord import custom, parts
from csc_tui.crm.concord.activities import Activity
from csc_tui.crm.concord.models import Company, Contact, Deal
from csc_tui.crm.concord.notes import NOTES
from csc_tui.crm.concord.paging import PAGE_ROWS
from csc_tui.domain.change import Verb
from csc_tui.domain.column import Column, SortOption, task_columns
from csc_tui.domain.field import Field
from csc_tui.domain.lookup import FieldDefinition
from csc_tui.domain.query import Sort
from csc_tui.domain.resource import Merging, NewEntry, PartKind, Resource, ToDo, task_views

_LINKED = frozenset({Verb.CREATE, Verb.DELETE})
"""A link is there or not: there is nothing in it to change."""

_PHONES = PartKind("phones", "Phone", "phone", "phones", parts.Phone, parts.Phone.fields(),
                   presets={"kind": "work"})  # fmt: skip
_OWN_PHONES = _PHONES._replace(unique=True)
"""Of contacts: no two have the same number (§10.1)."""
_TAGS = PartKind("tags", "Tags", "tag", "tags", parts.Tag, parts.Tag.fields(), verbs=_LINKED)
_ADDRESS = PartKind("addresses", "Address", "address", "addresses", parts.Place, (),
                    verbs=frozenset())  # fmt: skip
_CONTACTS = PartKind("contacts", "Contacts", "contact", "contacts", parts.ContactLink,
                     parts.ContactLink.fields(), verbs=_LINKED)  # fmt: skip
_COMPANIES = PartKind("companies", "Company", "company", "companies", parts.CompanyLink,
                      parts.CompanyLink.fields(), verbs=_LINKED)  # fmt: skip
_DEALS = PartKind("deals", "Deals", "deal", "deals", parts.DealLink, parts.DealLink.fields(),
                  verbs=_LINKED)  # fmt: skip

_BY_NAME = (
    SortOption(Sort("name"), "by name", "name"),
    SortOption(Sort("name", descending=True), "by name, Z to A", "name"),
)
_BY_TIME = (
    SortOption(Sort("created", descending=True), "newest first"),
    SortOption(Sort("created"), "oldest first"),
    SortOption(Sort("updated", descending=True), "last changed first"),
    SortOption(Sort("updated"), "longest unchanged first"),
)

_ADDRESS_FORM = (
    NewEntry("street", heading="Address"),
    NewEntry("postal_code"),
    NewEntry("city"),
    NewEntry("state"),
    NewEntry("country"),
)
_WORK = NewEntry("phones.0.number", "Reached at", "Phone", "work", {"kind": "work"})

CONTACTS = Resource(
    name="contacts",
    title="Contacts",
    one="contact",
    many="contacts",
    also=("person", "people"),
    model=Contact,
    fields=Contact.fields(),
    columns=(
        Column("name", "Name", 22, grow=30),
        Column("company", "Company", 19, at=60, grow=28),
        Column("city", "City", 11, at=70),
        Column("phone", "Phone", 17),
        Column("tags", "Tags", 16, at=100, grow=60),
        Column("email", "E-mail", 26, at=128),
        Column("last", "Last", 4, at=76, age=True),
    ),
    sorts=(*_BY_NAME, *_BY_TIME),
    parts=(_OWN_PHONES, _ADDRESS, _TAGS, _COMPANIES, _DEALS),
    notes=NOTES,
    new_form=(
        NewEntry("first_name", heading="Contact"),
        NewEntry("last_name"),
        NewEntry("job_title"),
        NewEntry("owner"),
        NewEntry("source"),
        _WORK,
        NewEntry("phones.1.number", "", "Phone", "mobile", {"kind": "mobile"}),
        NewEntry("email"),
        NewEntry("companies.0.record", heading="Works at"),
        NewEntry("tags", heading="Tags"),
        *_ADDRESS_FORM,
    ),
    has_bin=True,
    merging=Merging.BY_MOVING,
    called_by="last_name",
    web_path="/contacts/{id}",
    page_rows=PAGE_ROWS,
)
"""Contacts, without the account's custom fields."""

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
        Column("email", "E-mail", 26, at=128),
        Column("last", "Last", 4, at=76, age=True),
    ),
    sorts=(*_BY_NAME, *_BY_TIME),
    parts=(_PHONES, _ADDRESS, _CONTACTS, _DEALS, _TAGS),
    notes=NOTES,
    new_form=(
        NewEntry("name", heading="Company"),
        NewEntry("domain"),
        NewEntry("industry"),
        NewEntry("owner"),
        NewEntry("source"),
        _WORK,
        NewEntry("email"),
        NewEntry("tags", heading="Tags"),
        *_ADDRESS_FORM,
    ),
    has_bin=True,
    merging=Merging.BY_MOVING,
    web_path="/companies/{id}",
    page_rows=PAGE_ROWS,
)
"""Companies, without the account's custom fields."""

DEALS = Resource(
    name="deals",
    title="Deals",
    one="deal",
    many="deals",
    model=Deal,
    fields=Deal.fields(),
    columns=(
        Column("name", "Name", 26, grow=34),
        Column("stage", "Stage", 15, at=60, grow=20),
        Column("amount", "Amount", 13),
        Column("closes", "Closes", 11, at=74),
        Column("company", "Company", 19, at=100, grow=28),
        Column("status", "Status", 6, at=80),
        Column("tags", "Tags", 16, at=128, grow=60),
    ),
    sorts=(
        *_BY_NAME,
        SortOption(Sort("amount", descending=True), "largest first", "amount"),
        SortOption(Sort("closes"), "soonest close first", "closes"),
        *_BY_TIME,
    ),
    parts=(_CONTACTS, _COMPANIES, _TAGS),
    notes=NOTES,
    new_form=(
        NewEntry("name", heading="Deal"),
        NewEntry("stage"),
        NewEntry("amount"),
        NewEntry("expected_close_date"),
        NewEntry("owner"),
        NewEntry("companies.0.record", heading="About"),
        NewEntry("contacts.0.record"),
        NewEntry("tags", heading="Tags"),
    ),
    has_bin=True,
    web_path="/deals/{id}",
    page_rows=PAGE_ROWS,
)
"""Deals, without the account's custom fields."""

_TODO = ToDo("done", "due", "owner", ("contacts", "companies", "deals"))
ACTIVITIES = Resource(
    name="activities",
    title="Activities",
    one="activity",
    many="activities",
    also=("task", "tasks"),
    model=Activity,
    fields=Activity.fields(),
    columns=task_columns("Title", "Owner"),
    sorts=(
        SortOption(Sort("due"), "soonest due first", "due"),
        SortOption(Sort("due", descending=True), "latest due first", "due"),
        *_BY_NAME,
        *_BY_TIME,
    ),
    parts=(_CONTACTS, _COMPANIES, _DEALS),
    new_form=(
        NewEntry("name", heading="Activity"),
        NewEntry("due"),
        NewEntry("end"),
        NewEntry("kind"),
        NewEntry("owner"),
        NewEntry("contacts.0.record", heading="About"),
        NewEntry("companies.0.record"),
        NewEntry("deals.0.record"),
    ),
    has_bin=True,
    views=task_views(_TODO, "activities"),
    todo=_TODO,
    web_path="/activities/{id}",
    page_rows=PAGE_ROWS,
)
"""Activities."""

RESOURCES = {one.name: one for one in (CONTACTS, COMPANIES, DEALS, ACTIVITIES)}


def with_definitions(definitions: Sequence[FieldDefinition]) -> dict[str, Resource]:
    """All resources, each with the custom fields that the account defines for it."""
    return {name: _extended(one, definitions) for name, one in RESOURCES.items()}


def _extended(one: Resource, definitions: Sequence[FieldDefinition]) -> Resource:
    mine = sorted((it for it in definitions if it.resource == one.name), key=lambda it: it.position)
    fields = [custom.field_of(it) for it in mine]
    return one._replace(
        fields=(*one.fields, *fields),
        columns=(*one.columns, *(_column(it) for it in fields)),
    )


def _column(field: Field) -> Column:
    """A custom field's column: reached by moving the columns, or chosen."""
    return Column(field.name, field.label, max(11, min(len(field.label), 18)), at=999)
