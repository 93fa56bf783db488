"""What a person and a company of the demo consist of, before they become rows of the wire."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Town(NamedTuple):
    """A town with what belongs to it."""

    name: str
    country: str
    """ISO 3166 alpha-2, upper case."""
    zips: tuple[str, ...]
    """Postal codes of the town; empty where the country has none."""
    state: str | None
    region: str | None
    """Key of `world_phones.RANGES`; None where no fictional numbers are known."""


@dataclass(slots=True)
class Address:
    """A postal address."""

    kind: str
    """atype of the wire: work_hq, work, invoice, delivery, private, other."""
    street: str | None
    zip: str | None
    town: Town
    primary: bool | None = None


@dataclass(slots=True)
class Contact:
    """A phone, e-mail, homepage, chat or social network address."""

    type: str
    """Tel, Email, Homepage, Im or Sm."""
    name: str
    kind: str = "office"
    """atype of the wire: office, office_hq, mobile, fax, private, voip, skype, other."""
    primary: bool | None = None
    clean: str | None = None
    """A phone's digits with `+`; None for everything else."""


@dataclass(slots=True)
class Job:
    """A position of a person in a company."""

    firm: int
    """Index of the company in the world's list."""
    name: str | None
    department: str | None
    primary: bool | None = None
    former: bool | None = False


@dataclass(slots=True)
class Note:
    """A protocol: note, call, meeting or mail."""

    days: int
    """How many days before the world's today."""
    title: str
    content: str
    badge: str = "note"
    user: int = 0
    """Index of its author among the users."""
    format: str = "plaintext"
    type: str = "ProtocolObjectNote"
    confidential: bool = False
    mail: dict[str, object] = field(default_factory=dict)
    """data_hash of a mail, else empty."""


@dataclass(slots=True)
class Stamps:
    """When a record came about, was changed and last seen in the stream; epoch milliseconds."""

    created: int
    updated: int
    stream: int


@dataclass(slots=True)
class Parts:
    """What persons and companies have in common."""

    stamps: Stamps
    owner: int | None
    """Index of the responsible user, None for nobody."""
    creator: int | None
    editor: int | None
    background: str | None = None
    addresses: list[Address] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    """Custom field's name -> value as text; dates YYYY-MM-DD, decimals with a point."""
    notes: list[Note] = field(default_factory=list)
    portrait: bool = False
    """Whether there is an avatar."""


@dataclass(slots=True)
class Firm:
    """A company of the world."""

    name: str
    town: Town | None
    domain: str
    parts: Parts
    id: int = 0


@dataclass(slots=True)
class Person:
    """A person of the world."""

    name: str
    parts: Parts
    first: str | None = None
    language: str | None = None
    salutation: str | None = None
    title: str | None = None
    gender: str | None = None
    identity: str | None = None
    jobs: list[Job] = field(default_factory=list)
    events: list[tuple[str, str, str | None]] = field(default_factory=list)
    """(atype, YYYY-MM-DD, description)."""
    assistants: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    """(name, e-mail, phone)."""
    id: int = 0
