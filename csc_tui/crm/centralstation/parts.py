"""What hangs on records: phones, addresses, tags, positions, people and the rest.

Keys, limits and enums: CentralStationCRM fact sheet §7. Enum values that are not known here are
kept and shown as they came.
"""

from datetime import date
from typing import ClassVar

import pydantic

from csc_tui.domain.dates import day
from csc_tui.domain.field import Choice, Kind, Plain, field
from csc_tui.domain.link import Link
from csc_tui.domain.lookup import words_of
from csc_tui.domain.postal import in_two, postal
from csc_tui.domain.record import CustomValue, Id, Part
from csc_tui.domain.ref import Ref

_CONTACT_WORDS = {
    "office": "office",
    "mobile": "mobile",
    "private": "private",
    "fax": "fax",
    "office_hq": "head office",
    "voip": "voip",
    "skype": "skype",
    "other": "other",
}
"""All values of a contact detail's `atype`; which of them goes with which kind is not told."""


_SORTS = {
    "office": ("work",),
    "office_hq": ("work",),
    "work": ("work",),
    "work_hq": ("work",),
    "mobile": ("cell",),
    "private": ("home",),
    "fax": ("fax",),
}
"""`atype` -> the words that address books have for it."""


def _contact_kinds(*values: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, _CONTACT_WORDS[value]) for value in values)


PHONE_KINDS = _contact_kinds("office", "mobile", "private", "fax", "office_hq", "voip", "other")
EMAIL_KINDS = _contact_kinds("office", "office_hq", "private", "other")
WEB_KINDS = _contact_kinds("office", "private", "other")
CHAT_KINDS = _contact_kinds("skype", "office", "private", "other")
ADDRESS_KINDS = (
    Choice("work_hq", "head office"),
    Choice("work", "work"),
    Choice("invoice", "invoice"),
    Choice("delivery", "delivery"),
    Choice("private", "private"),
    Choice("other", "other"),
)
EVENT_KINDS = (
    Choice("birthday", "Birthday"),
    Choice("anniversary", "Anniversary"),
    Choice("first_met", "First met"),
    Choice("renewal", "Renewal"),
    Choice("other", "Other date"),
)
"""Words that are at the same time the labels of the dates on a record."""


class Contact(Part):
    """What the five kinds of contact detail have in common; the value is `name` on the wire."""

    value_name: ClassVar[str] = ""
    """The attribute that holds the value."""
    primary: bool | None = None

    def kind_words(self) -> str:
        """`office`, `mobile`; an unknown kind as it came."""
        kind = str(getattr(self, "kind", None) or "")
        return _CONTACT_WORDS.get(kind, kind)

    def rank(self) -> int:
        """What the CRM calls primary stands first."""
        return 0 if self.primary else 1

    def sorts(self) -> tuple[str, ...]:
        """What sort of number or address it is."""
        return _SORTS.get(str(getattr(self, "kind", None) or ""), ())

    def text(self) -> str:
        """The value as written in the CRM."""
        return str(getattr(self, self.value_name) or "")


class Phone(Contact):
    """A telephone number."""

    role: ClassVar[str] = "phone"
    value_name: ClassVar[str] = "number"
    listed: ClassVar[frozenset[str]] = frozenset(("number", "kind", "primary"))
    number: str | None = field(
        "Number", wire="name", kind=Kind.PHONE, required=True, max_length=250
    )
    kind: str | None = field("Kind", wire="atype", kind=Kind.CHOICE, choices=PHONE_KINDS)


class Email(Contact):
    """An e-mail address."""

    role: ClassVar[str] = "email"
    value_name: ClassVar[str] = "address"
    listed: ClassVar[frozenset[str]] = frozenset(("address", "primary"))
    address: str | None = field(
        "E-mail", wire="name", kind=Kind.EMAIL, required=True, max_length=250
    )
    kind: str | None = field("Kind", wire="atype", kind=Kind.CHOICE, choices=EMAIL_KINDS)


class Homepage(Contact):
    """A page on the web."""

    role: ClassVar[str] = "url"
    value_name: ClassVar[str] = "url"
    url: str | None = field(
        "Web address", wire="name", kind=Kind.URL, required=True, max_length=250
    )
    kind: str | None = field("Kind", wire="atype", kind=Kind.CHOICE, choices=WEB_KINDS)


class Im(Contact):
    """An address in a messenger."""

    value_name: ClassVar[str] = "handle"
    handle: str | None = field("Messenger", wire="name", required=True, max_length=250)
    kind: str | None = field("Kind", wire="atype", kind=Kind.CHOICE, choices=CHAT_KINDS)


class Sm(Contact):
    """A profile in a social network."""

    value_name: ClassVar[str] = "handle"
    handle: str | None = field("Social media", wire="name", required=True, max_length=250)
    kind: str | None = field("Kind", wire="atype", kind=Kind.CHOICE, choices=WEB_KINDS)


class Address(Part):
    """A postal address. City or country is mandatory (the server says so with a 422)."""

    role: ClassVar[str] = "address"
    listed: ClassVar[frozenset[str]] = frozenset(("city", "kind", "primary", "attachable_id"))
    kind: str | None = field("Kind", wire="atype", kind=Kind.CHOICE, choices=ADDRESS_KINDS)
    street: str | None = field("Street", max_length=255)
    zip: str | None = field("Zip", max_length=20)
    city: str | None = field("City", max_length=120)
    country: str | None = field(
        "Country", wire="country_code", kind=Kind.CHOICE, lookup="countries"
    )
    state: str | None = field("State", wire="state_code", max_length=10)
    primary: bool | None = None
    attachable_id: Id | None = None
    """The record it belongs to; tells the companies' addresses of a person apart."""

    def kind_words(self) -> str:
        """`work`, `private`; an unknown kind as it came."""
        return words_of(ADDRESS_KINDS, self.kind or "") or self.kind or ""

    def rank(self) -> int:
        """What the CRM calls primary stands first."""
        return 0 if self.primary else 1

    def rows(self) -> tuple[str, ...]:
        """Street; zip, city and country."""
        pieces = in_two(**self.pieces())
        return tuple(one for one in pieces if one)

    def text(self) -> str:
        """`Gereonstraße 18–32, 50670 Köln, DE`."""
        return ", ".join(self.rows())

    def to_copy(self) -> str:
        """As it stands on a letter, without the name."""
        return postal(**self.pieces())

    def sorts(self) -> tuple[str, ...]:
        """Whether it is where one works or lives."""
        return _SORTS.get(self.kind or "", ())

    def pieces(self) -> dict[str, str]:
        """Street, zip, city, state and country."""
        return {
            "street": self.street or "",
            "zip_code": self.zip or "",
            "city": self.city or "",
            "state": self.state or "",
            "country": self.country or "",
        }


class Tag(Part):
    """A tag: one row per record at the server, not a shared thing."""

    inline: ClassVar[bool] = True
    listed: ClassVar[frozenset[str]] = frozenset(("name",))
    name: str | None = field("Tag", required=True, max_length=60, lookup="tags", free=True)

    def text(self) -> str:
        """The tag's name."""
        return self.name or ""


class Position(Part):
    """What a person does at a company, seen from the person."""

    listed: ClassVar[frozenset[str]] = frozenset(("company", "company_name", "main", "former"))
    company: Id | None = field(
        "Company",
        wire="company_id",
        kind=Kind.LINK,
        lookup="companies",
        free=True,
        required=True,
        max_length=80,
    )
    """The company's id; as a value `{"id": "4411", "name": "Brandt GmbH"}`."""
    job_title: str | None = field("Job title", wire="name", max_length=80)
    department: str | None = field("Department", max_length=100)
    main: bool | None = field("Main position", wire="primary_function", kind=Kind.FLAG)
    former: bool | None = field("Former", kind=Kind.FLAG)
    company_name: str | None = None
    """Not on the wire of a position; put in from the record's `companies` by the reader."""
    person: Id | None = pydantic.Field(default=None, validation_alias="person_id")

    def value(self, name: str) -> Plain:
        """As `Node.value`; the company with id and name."""
        if name == "company":
            return {"id": self.company, "name": self.company_name} if self.company else None
        if name == "person":
            return {"id": self.person} if self.person else None
        return super().value(name)

    def rank(self) -> int:
        """The main position first, former ones last."""
        return 2 if self.former else 0 if self.main else 1

    def text(self) -> str:
        """The company's name."""
        return self.company_name or ""

    def extra(self) -> str:
        """`Head of purchasing, Purchasing`; `Assistant (former)`."""
        words = ", ".join(one for one in (self.job_title, self.department) if one)
        return f"{words} (former)".strip() if self.former else words

    def target(self) -> Ref | None:
        """The company."""
        return Ref("companies", self.company) if self.company else None


class Staff(Position):
    """The same seen from the company: its people."""

    person: Id | None = field(
        "Person", wire="person_id", kind=Kind.LINK, lookup="people", writable=False
    )
    """The person's id; as a value `{"id": "7"}`. Changes are sent to that person's route."""

    def text(self) -> str:
        """Empty: the company does not carry its people's names."""
        return ""

    def extra(self) -> str:
        """The job title alone, without the department if there is a title."""
        words = self.job_title or self.department or ""
        return f"{words} (former)".strip() if self.former else words

    def target(self) -> Ref | None:
        """The person."""
        return Ref("people", self.person) if self.person else None


class Participant(Link):
    """A person that a deal or project is with, as the include `people` gives it."""

    resource: ClassVar[str] = "people"
    record: Id | None = field("Person", kind=Kind.LINK, lookup="people", required=True)
    first_name: str | None = None
    name: str | None = None

    def text(self) -> str:
        """`Jürgen Müller`."""
        return " ".join(one for one in (self.first_name, self.name) if one)


class Employer(Part):
    """A company of a person as the include `companies` gives it; only its name is used."""

    listed: ClassVar[frozenset[str]] = frozenset(("name",))
    name: str | None = None


class CustomField(CustomValue):
    """The value of a custom field: on the wire `name` is the value."""

    type_id: Id = pydantic.Field(default="", validation_alias="custom_fields_type_id")
    type_name: str = pydantic.Field(default="", validation_alias="custom_fields_type_name")
    content: str | None = field("Value", wire="name", required=True, max_length=255)

    def label(self) -> str:
        """The custom field's name, where the server gave it along."""
        return self.type_name

    def text(self) -> str:
        """The value as it came."""
        return self.content or ""


class HistoricEvent(Part):
    """A birthday or another date of a person; `name` is the date on the wire."""

    kind: str | None = field(
        "Kind", wire="atype", kind=Kind.CHOICE, choices=EVENT_KINDS, required=True
    )
    on: date | None = field(
        "Date",
        wire="name",
        kind=Kind.DATE,
        required=True,
        past_with=("kind", ("birthday", "anniversary", "first_met")),
    )
    note: str | None = field("Note", wire="desc", max_length=255)

    def label(self) -> str:
        """`Birthday`."""
        return words_of(EVENT_KINDS, self.kind or "") or self.kind or ""

    def text(self) -> str:
        """`14 Mar 1974`."""
        return day(self.on) if self.on else str(self.unreadable.get("name", ""))

    def extra(self) -> str:
        """The note to it."""
        return self.note or ""


class Assistant(Part):
    """Who answers in somebody's stead."""

    name: str | None = field("Name", required=True, max_length=255)
    email: str | None = field("E-mail", kind=Kind.EMAIL, max_length=255)
    tel: str | None = field("Phone", kind=Kind.PHONE, max_length=255)
    primary: bool | None = None

    def rank(self) -> int:
        """What the CRM calls primary stands first."""
        return 0 if self.primary else 1

    def text(self) -> str:
        """`Petra Lang, +49 221 4710 120`."""
        return ", ".join(one for one in (self.name, self.tel, self.email) if one)

    def to_copy(self) -> str:
        """The number, else the e-mail address, else the name."""
        return self.tel or self.email or self.name or ""
