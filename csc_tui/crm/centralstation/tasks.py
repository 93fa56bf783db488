"""Tasks: what a user is to do, by when, and about which record.

Attributes, limits and parameters: CentralStationCRM fact sheet §8. Which values `badge` may have is
disputed: all are offered, and one that the server does not know it refuses.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from csc_tui.crm.centralstation.parts import Participant
from csc_tui.domain.change import Verb
from csc_tui.domain.column import SortOption, task_columns
from csc_tui.domain.dates import Here
from csc_tui.domain.due import Due, due_words
from csc_tui.domain.field import Choice, Kind, field
from csc_tui.domain.link import Link
from csc_tui.domain.lookup import words_of
from csc_tui.domain.query import Sort
from csc_tui.domain.record import FoundBy, Head, Id, Part, Record
from csc_tui.domain.ref import NAMES, Ref, word_for
from csc_tui.domain.resource import NewEntry, PartKind, Resource, ToDo, task_views
from csc_tui.words import say

BADGES = (
    Choice("task", "task"),
    Choice("call", "call"),
    Choice("email", "e-mail"),
    Choice("visit", "visit"),
    Choice("meeting", "meeting"),
    Choice("preparation", "preparation"),
    Choice("important", "important"),
    Choice("other", "other"),
)
ATTACHABLE = {
    "people": "Person",
    "companies": "Company",
    "deals": "Deal",
    "projects": "Project",
}
"""Resource -> what `attachable_type` calls one of it."""


class _About(Link):
    """The record that a task is about: its id is that record's."""

    name: str | None = None
    """Put in here, as far as it is known: the CRM does not tell it."""

    def text(self) -> str:
        """That record's name; empty where it is not known."""
        return self.name or ""


class AboutCompany(_About):
    """A company."""

    resource: ClassVar[str] = "companies"
    record: Id | None = field("Company", kind=Kind.LINK, lookup="companies", required=True)


class AboutDeal(_About):
    """A deal."""

    resource: ClassVar[str] = "deals"
    record: Id | None = field("Deal", kind=Kind.LINK, lookup="deals", required=True)


class AboutProject(_About):
    """A project."""

    resource: ClassVar[str] = "projects"
    record: Id | None = field("Project", kind=Kind.LINK, lookup="projects", required=True)


class Task(Record):
    """Something to be done."""

    resource: ClassVar[str] = "tasks"
    detail: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("due", "done", "kind", "responsible"),
        tuple(ATTACHABLE),
        ("updated_at", "created_at"),
    )

    name: str | None = field("Task", required=True, max_length=255)
    due: Due | None = field("Due", wire="precise_time", kind=Kind.MOMENT, whole_day=True)
    done: bool = field("Done", default=False, wire="finished", kind=Kind.FLAG, clears=False)
    kind: str | None = field("Type", wire="badge", kind=Kind.CHOICE, choices=BADGES, clears=False)
    responsible: Id | None = field(
        "Responsible", wire="user_id", kind=Kind.CHOICE, lookup="users", clears=False
    )
    """Every task has one: where nobody is named it is put in before it is sent."""
    end: Due | None = None
    """`end_time`: kept in its distance when the task is moved."""
    people: tuple[Participant, ...] = ()
    companies: tuple[AboutCompany, ...] = ()
    deals: tuple[AboutDeal, ...] = ()
    projects: tuple[AboutProject, ...] = ()
    responsible_user_natural_name: str | None = None
    created_by_user_id: Id | None = None
    updated_by_user_id: Id | None = None

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Self:
        """As `Node.read`; the record that it is about becomes a part of its own kind."""
        values = dict(raw)
        told = values.pop(NAMES, None)
        names = told if isinstance(told, Mapping) else {}
        for name, class_name in ATTACHABLE.items():
            named = values.get("attachable_type") == class_name and values.get("attachable_id")
            values[name] = [{"id": named, "name": names.get(name)}] if named else []
        if values.get("finished") is None:
            values["finished"] = False
        values["end"] = values.get("end_time")
        return super().read(values)

    def author(self, name: str) -> str:
        """Id of who changed (`updated_at`) or created (`created_at`) it."""
        by = {"updated_at": self.updated_by_user_id, "created_at": self.created_by_user_id}
        return by.get(name) or ""

    def words(self, name: str) -> str:
        """As `Node.words`; whose it is."""
        if name == "responsible":
            return self.responsible_user_natural_name or ""
        return super().words(name)

    def about(self) -> Ref | None:
        """The record that it is about."""
        return next((one.target() for one in self._about()), None)

    def _about(self) -> tuple[Part, ...]:
        return (*self.people, *self.companies, *self.deals, *self.projects)

    def sort_name(self) -> str:
        """What is to be done."""
        return self.name or (f"#{self.id}" if self.id else "")

    def head(self) -> Head:
        """What; when; whose."""
        return Head(
            title=self.sort_name(),
            subtitle=self.cell("due"),
            responsible=self.responsible_user_natural_name or "",
        )

    def cell(self, column: str) -> str:
        """`name`, `due`, `done`, `kind`, `whose`, `about`."""
        return {
            "name": self.sort_name(),
            "due": due_words(self.due, Here()) if self.due else "",
            "done": say("form.yes") if self.done else "",
            "kind": words_of(BADGES, self.kind or "") or self.kind or "",
            "whose": self.responsible_user_natural_name or "",
            "about": next((one.text() for one in self._about()), ""),
        }.get(column, "")

    def found_by(self) -> FoundBy:
        """What is to be done; what it is about."""
        words = [word for one in self._about() if (ref := one.target())
                 for word in (one.text(), word_for(ref)) if word]  # fmt: skip
        return FoundBy(self.name or "", tuple(words))


_LINKED = frozenset({Verb.CREATE, Verb.DELETE})
_ABOUT = (
    PartKind("people", "Person", "person", "people", Participant, Participant.fields(),
             verbs=_LINKED),
    PartKind("companies", "Company", "company", "companies", AboutCompany,
             AboutCompany.fields(), verbs=_LINKED),
    PartKind("deals", "Deal", "deal", "deals", AboutDeal, AboutDeal.fields(), verbs=_LINKED),
    PartKind("projects", "Project", "project", "projects", AboutProject,
             AboutProject.fields(), verbs=_LINKED),
)  # fmt: skip

_TODO = ToDo("done", "due", "responsible", tuple(ATTACHABLE))
TASKS = Resource(
    name="tasks",
    title="Tasks",
    one="task",
    many="tasks",
    also=("activity", "activities"),
    model=Task,
    fields=Task.fields(),
    columns=task_columns("Task", "Responsible"),
    sorts=(
        SortOption(Sort("created", descending=True), "newest first"),
        SortOption(Sort("created"), "oldest first"),
    ),
    parts=_ABOUT,
    new_form=(
        NewEntry("name", heading="Task"),
        NewEntry("due"),
        NewEntry("kind"),
        NewEntry("responsible"),
        NewEntry("people.0.record", heading="About one of them"),
        NewEntry("companies.0.record"),
        NewEntry("deals.0.record"),
        NewEntry("projects.0.record"),
    ),
    views=task_views(_TODO, "tasks"),
    todo=_TODO,
    web_path="/tasks/{id}",
)
