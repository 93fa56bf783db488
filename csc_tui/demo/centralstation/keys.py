"""What several resources of the dialect have alike: keys, orders, routes."""

from __future__ import annotations

from csc_tui.demo.attribute import Attribute, Kind
from csc_tui.demo.centralstation.resource import Part

CRUD = frozenset({"index", "create", "show", "update", "delete"})
READ = frozenset({"index", "show"})
BOTH = ("people", "companies")
VENTURES = ("deals", "projects")
"""What has a state, a target date, a company and people."""

BY_ID = {"id": ("id",), "created_at": ("created_at", "id"), "updated_at": ("updated_at", "id")}
NEW = {**BY_ID, "new": ("created_at", "id"), "update": ("updated_at", "id")}
BY_NUMBER = {**BY_ID, "id": ("CAST(id AS INTEGER)",)}
ATTACHABLE = ('"attachable_type", "attachable_id"',)


def read(name: str, kind: Kind = "int") -> Attribute:
    """A key that a client cannot write."""
    return Attribute(name, kind, writable=False)


def text(name: str, longest: int | None = None, required: bool = False) -> Attribute:
    """A text of at most so many characters."""
    return Attribute(name, longest=longest, required=required)


def enum(name: str, choices: tuple[str, ...], required: bool = False) -> Attribute:
    """A text out of a list."""
    return Attribute(name, choices=choices, required=required)


def flag(name: str) -> Attribute:
    """Yes or no."""
    return Attribute(name, "bool")


ID = read("id")
STRING_ID = read("id", "text")
"""Some ids are texts (§1.1); here they are numbers in text."""
ACCOUNT = read("account_id")
API = read("api_input", "bool")
TIMES = (read("created_at", "time"), read("updated_at", "time"))
AUTHORS = (read("created_by_user_id"), read("updated_by_user_id"))
TYPE, TARGET = read("attachable_type", "text"), read("attachable_id")
GROUP = Attribute("group_id", "int")
USER = Attribute("user_id", "int", references="users")
ANSWERABLE = (Part("comments", "comments", writable=False),)
EVENT_PARTS = (
    Part("cal_events", "cal_events", writable=False),
    Part("upcoming_cal_events", "cal_events", writable=False, where="ends_at >= {now}"),
)
TASK_PARTS = tuple(
    Part(name, "tasks", writable=False, where=where)
    for name, where in (("tasks", ""), ("pending_tasks", "finished = 0"))
)
