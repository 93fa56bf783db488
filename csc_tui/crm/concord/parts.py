"""What hangs on contacts, companies and deals: phones, tags, links; and the address as one value.

Keys and types: Concord fact sheet §10, §12.1, §12.2, §13.
"""

from typing import Any, ClassVar

from csc_tui.domain.field import Choice, Kind, field
from csc_tui.domain.link import Link
from csc_tui.domain.lookup import words_of
from csc_tui.domain.postal import in_two, postal
from csc_tui.domain.record import CustomValue, Id, Part

PHONE_KINDS = (Choice("mobile", "mobile"), Choice("work", "work"), Choice("other", "other"))


class Phone(Part):
    """A telephone number. Its id is made of its digits: the server's changes with the number."""

    role: ClassVar[str] = "phone"
    number: str | None = field("Number", kind=Kind.PHONE, required=True, max_length=191)
    kind: str | None = field("Kind", wire="type", kind=Kind.CHOICE, choices=PHONE_KINDS)

    def kind_words(self) -> str:
        """`work`, `mobile`; an unknown kind as it came."""
        return words_of(PHONE_KINDS, self.kind or "") or self.kind or ""

    def sorts(self) -> tuple[str, ...]:
        """Where it rings."""
        return {"mobile": ("cell",), "work": ("work",)}.get(self.kind or "", ())

    def text(self) -> str:
        """The number as written in the CRM."""
        return self.number or ""


class Tag(Part):
    """A tag: shared by all records that have it."""

    inline: ClassVar[bool] = True
    name: str | None = field("Tag", required=True, max_length=191, lookup="tags", free=True)

    def text(self) -> str:
        """The tag's name."""
        return self.name or ""


class _Named(Link):
    """Another record that this one is associated with."""

    record_name: str | None = None

    def text(self) -> str:
        """The other record's name; empty where it was not given along."""
        return self.record_name or ""


class ContactLink(_Named):
    """A contact."""

    resource: ClassVar[str] = "contacts"
    record: Id | None = field("Contact", kind=Kind.LINK, lookup="contacts", required=True)


class CompanyLink(_Named):
    """A company."""

    resource: ClassVar[str] = "companies"
    record: Id | None = field("Company", kind=Kind.LINK, lookup="companies", required=True)


class DealLink(_Named):
    """A deal."""

    resource: ClassVar[str] = "deals"
    record: Id | None = field("Deal", kind=Kind.LINK, lookup="deals", required=True)


class Place(Part):
    """The address of a record: no part at the server but five of the record's own fields."""

    role: ClassVar[str] = "address"
    made_of: ClassVar[str] = "street"
    street: str = field("Street address", default="", writable=False)
    postal_code: str = field("Postal code", default="", writable=False)
    city: str = field("City", default="", writable=False)
    state: str = field("State/Region", default="", writable=False)
    country: str = field("Country", default="", writable=False)
    """Its code, else its name."""

    def rows(self) -> tuple[str, ...]:
        """Street; zip, city and country."""
        return tuple(one for one in in_two(**self.pieces()) if one)

    def text(self) -> str:
        """`Gereonstraße 18–32, 50670 Köln, DE`."""
        return ", ".join(self.rows())

    def to_copy(self) -> str:
        """As it stands on a letter, without the name."""
        return postal(**self.pieces())

    def pieces(self) -> dict[str, str]:
        """Street, zip, city, state and country."""
        return {
            "street": self.street,
            "zip_code": self.postal_code,
            "city": self.city,
            "state": self.state,
            "country": self.country,
        }


class CustomField(CustomValue):
    """The value of a custom field: at the server a key of the record like any other."""

    shown: str = ""
    """The value in words, for a list."""
    raw: Any = None
    """As it came, while its definition is not known."""

    def label(self) -> str:
        """The custom field's name, as far as it is known."""
        return self.type_name

    def text(self) -> str:
        """The value as it came."""
        return "" if self.content is None else str(self.content)
