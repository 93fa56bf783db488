"""Deals, projects and tasks of the dialect (CentralStationCRM fact sheet §5, §8)."""

from __future__ import annotations

from csc_tui.demo.attribute import Attribute
from csc_tui.demo.centralstation.computed import deal_keys, name_key, task_keys
from csc_tui.demo.centralstation.keys import (
    ACCOUNT,
    ANSWERABLE,
    ATTACHABLE,
    AUTHORS,
    BOTH,
    CRUD,
    EVENT_PARTS,
    GROUP,
    ID,
    NEW,
    TARGET,
    TASK_PARTS,
    TIMES,
    TYPE,
    USER,
    VENTURES,
    enum,
    flag,
    read,
    text,
)
from csc_tui.demo.centralstation.resource import Part, Resource

STATES = ("open_0", "open_25", "open_50", "open_75", "won", "lost")
VALUE_TYPES = ("total", "monthly", "hourly", "daily")
BADGES = {
    "new": ("task", "call", "email", "visit", "preparation", "important"),
    "old": ("task", "call", "meeting", "email", "preparation", "other"),
}
"""What a task may be, as the newer and the older documents have it."""


_VENTURE_ORDERS = {
    **NEW,
    "abc": ("name_key", "id"),
    "name": ("name_key", "id"),
    "activity": ("stream_at", "id"),
    "date": ("target_date", "id"),
    "state": ("current_state", "id"),
}
_VENTURE_INCLUDES = ("task_lists",)
_VENTURE_METHODS = (
    *("responsible_user_natural_name", "people_ids", "absolute_url", "stream_updated_at"),
)
_VENTURE_PARTS = (
    *(Part("tags", "tags"), Part("custom_fields", "custom_fields")),
    *(*TASK_PARTS, *EVENT_PARTS),
)
_COMPANY = Attribute("company_id", "int", references="companies")

DEALS = Resource(
    "deals",
    "deal",
    (
        *(ID, ACCOUNT, GROUP, USER, _COMPANY),
        Attribute("previous_deal_id", "int", references="deals"),
        *(Attribute("deal_type_id", "int"), Attribute("deal_type_stage_id", "int")),
        *(text("name", 120, required=True), Attribute("value", "decimal", required=True)),
        *(enum("value_type", VALUE_TYPES, required=True), Attribute("value_count", "decimal")),
        *(read("value_sum", "decimal"), Attribute("target_date", "date", required=True)),
        *(enum("current_state", STATES), Attribute("probability", "int")),
        *(read("finished_at", "time"), text("currency", 3), text("background")),
        *(*AUTHORS, *TIMES),
    ),
    class_name="Deal",
    hidden=("name_key TEXT", "value_key REAL", "stream_at INTEGER"),
    indexes=("name_key", "created_at", "updated_at", "stream_at", "company_id"),
    top=CRUD,
    orders={**_VENTURE_ORDERS, "value": ("value_key", "id")},
    parts=_VENTURE_PARTS,
    linked=("people", "company"),
    empty=_VENTURE_INCLUDES,
    methods=_VENTURE_METHODS,
    compute=deal_keys,
)

PROJECTS = Resource(
    "projects",
    "project",
    (
        *(ID, ACCOUNT, GROUP, USER, _COMPANY, Attribute("deal_id", "int", references="deals")),
        *(text("name", 120, required=True), Attribute("target_date", "date", required=True)),
        *(enum("current_state", STATES), read("finished_at", "time"), text("background")),
        *(*AUTHORS, *TIMES),
    ),
    class_name="Project",
    hidden=("name_key TEXT", "stream_at INTEGER"),
    indexes=("name_key", "created_at", "updated_at", "stream_at", "company_id"),
    top=CRUD,
    orders=_VENTURE_ORDERS,
    parts=_VENTURE_PARTS,
    linked=("people", "company"),
    empty=_VENTURE_INCLUDES,
    methods=_VENTURE_METHODS,
    compute=name_key,
)

TASKS = Resource(
    "tasks",
    "task",
    (
        *(ID, ACCOUNT, Attribute("user_id", "int", references="users", required=True)),
        *(read("created_by_user_id"), read("updated_by_user_id"), TARGET, TYPE),
        *(Attribute("task_list_id", "int"), text("name", 255, required=True)),
        *(text("badge"), text("precise_time"), text("end_time"), flag("finished")),
        *(flag("fuzzy"), read("comments_count"), *TIMES),
    ),
    hidden=("due_day TEXT",),
    indexes=(*ATTACHABLE, "finished, user_id", "due_day"),
    owner="attachable",
    loose=True,
    parents=(*BOTH, *VENTURES),
    top=CRUD,
    nested=CRUD,
    orders={"id": ("id",)},
    parts=ANSWERABLE,
    linked=("user",),
    methods=("responsible_user_natural_name",),
    compute=task_keys,
)
