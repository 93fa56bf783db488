"""Activities: what a user is to do, by when, and about which records.

Attributes: Concord fact sheet §10.4. Days are written as days, moments in UTC; what begins later
ends later too, for the end has to come with the beginning and must not lie before it.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from csc_tui.crm.concord import custom
from csc_tui.crm.concord.models import TEXT, Owned
from csc_tui.crm.concord.parts import CompanyLink, ContactLink, DealLink
from csc_tui.domain.dates import Here
from csc_tui.domain.due import Due, due_words, moved_end
from csc_tui.domain.field import Kind, Plain, field
from csc_tui.domain.record import FoundBy, Head, Id
from csc_tui.domain.ref import word_for
from csc_tui.words import say


class Activity(Owned):
    """Something to be done."""

    resource: ClassVar[str] = "activities"
    detail: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("due", "end", "done", "kind", "owner"),
        ("contacts", "companies", "deals"),
        ("updated_at", "created_at"),
    )

    name: str | None = field("Title", wire="title", required=True, max_length=TEXT)
    due: Due | None = field(
        "Due", wire="due_date", kind=Kind.MOMENT, whole_day=True, required=True, clears=False
    )
    end: Due | None = field("End", wire="end_date", kind=Kind.MOMENT, whole_day=True, clears=False)
    done: bool = field(
        "Completed", default=False, wire="is_completed", kind=Kind.FLAG, clears=False
    )
    kind: Id | None = field(
        "Type", wire="activity_type_id", kind=Kind.CHOICE, lookup="activity_types", clears=False
    )
    owner: Id | None = field(
        "Owner", wire="user_id", kind=Kind.CHOICE, lookup="users", clears=False
    )
    """Every activity has one: where nobody is named it is put in before it is sent."""
    kind_name: str | None = None
    contacts: tuple[ContactLink, ...] = ()
    companies: tuple[CompanyLink, ...] = ()
    deals: tuple[DealLink, ...] = ()

    def sort_name(self) -> str:
        """What is to be done."""
        return self.name or self.display_name or self._number()

    def head(self) -> Head:
        """What; when; whose."""
        return Head(
            title=self.sort_name(), subtitle=self.cell("due"), responsible=self.owner_name or ""
        )

    def cell(self, column: str) -> str:
        """As for all; `due`, `done`, `kind`, `whose`, `about`."""
        found = {
            "due": due_words(self.due, Here()) if self.due else "",
            "done": say("form.yes") if self.done else "",
            "kind": self.kind_name or "",
            "whose": self.owner_name or "",
            "about": next(iter(self._about()), ""),
        }.get(column)
        return super().cell(column) if found is None else found

    def _about(self) -> tuple[str, ...]:
        links = (*self.contacts, *self.companies, *self.deals)
        return tuple(one.text() for one in links if one.text())

    def found_by(self) -> FoundBy:
        """What is to be done; whom it is about."""
        links = (*self.contacts, *self.companies, *self.deals)
        words = [word_for(ref) for one in links if (ref := one.target())]
        return FoundBy(self.name or "", (*self._about(), *words))


def moved(body: Mapping[str, Any], values: Mapping[str, Plain], record: Activity) -> dict[str, Any]:
    """The body of an update with beginning and end, where one of them is changed."""
    due = str(values.get("due") or record.due or "")
    if not due or not {"due", "end"} & values.keys():
        return dict(body)
    end = values.get("end") if "end" in values else None
    if "end" not in values and record.due and record.end:
        end = moved_end(record.due, record.end, due)
    times = {"due_date": due, "end_date": str(end or due)}
    return {**body, **{name: custom.written(one) for name, one in times.items()}}
