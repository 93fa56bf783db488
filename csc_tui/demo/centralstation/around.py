"""What stands round the records: comments, files, mails, appointments, the stream, hooks, groups.

CentralStationCRM fact sheet §2, §6, §8, §9. What the sheet leaves open is answered so: mails and
appointments have only the keys that it names; the stream holds what was done on this server and is
empty before; a hook is kept and never called, the demo asks nobody anything.
"""

from __future__ import annotations

from csc_tui.demo.attribute import Attribute
from csc_tui.demo.centralstation.keys import (
    ACCOUNT,
    ANSWERABLE,
    API,
    ATTACHABLE,
    BOTH,
    BY_ID,
    BY_NUMBER,
    CRUD,
    ID,
    NEW,
    READ,
    STRING_ID,
    TARGET,
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

_NATURAL_NAME = ("responsible_user_natural_name",)

COMMENTS = Resource(
    "comments",
    "comment",
    (
        *(ID, read("attachable_id", "text"), TYPE, USER),
        *(text("name", required=True), *TIMES),
    ),
    indexes=ATTACHABLE,
    owner="attachable",
    owners={
        "Attachment": "attachments",
        "CalEvent": "cal_events",
        "Protocol": "protocols",
        "ExternalEmail": "external_emails",
        "Task": "tasks",
    },
    top=frozenset({"create"}),
    methods=_NATURAL_NAME,
)

ATTACHMENTS = Resource(
    "attachments",
    "attachment",
    (
        *(STRING_ID, ACCOUNT, USER, TARGET, TYPE, Attribute("attachment_category_id", "int")),
        *(text("filename", 255, required=True), text("content_type", 255), read("size"), *TIMES),
    ),
    hidden=("data TEXT", "category TEXT"),
    indexes=ATTACHABLE,
    owner="attachable",
    owners={"Protocol": "protocols", "Comment": "comments", "ExternalEmail": "external_emails"},
    parents=("protocols", "external_emails"),
    top=frozenset({"create"}),
    nested=frozenset({"index", "create", "show", "delete"}),
    orders=BY_NUMBER,
    parts=ANSWERABLE,
    linked=("user",),
    methods=(*_NATURAL_NAME, "attachment_category_name"),
)

EXTERNAL_EMAILS = Resource(
    "external_emails",
    "external_email",
    (ID, flag("confidential"), text("subject", 255), text("content_html"), *TIMES),
    hidden=("attachable_type TEXT", "attachable_id INTEGER"),
    indexes=ATTACHABLE,
    owner="attachable",
    parents=BOTH,
    nested=frozenset({"index", "create"}),
    orders=BY_ID,
    parts=ANSWERABLE,
)

GROUP_CALENDARS = Resource(
    "group_calendars",
    "group_calendar",
    (STRING_ID, text("name", 120), text("color_type"), flag("read_only"), *TIMES),
    top=READ,
    orders=BY_NUMBER,
)

CAL_EVENTS = Resource(
    "cal_events",
    "cal_event",
    (
        *(STRING_ID, ACCOUNT, Attribute("user_id", "int", references="users", required=True)),
        Attribute("group_calendar_id", references="group_calendars", required=True),
        *(TARGET, TYPE, text("name", 255, required=True), text("location"), text("description")),
        *(
            Attribute("starts_at", "time", required=True),
            Attribute("ends_at", "time", required=True),
        ),
        *(flag("all_day"), flag("email_invitations")),
        enum("status", ("new", "confirmed", "tentative", "cancelled"), required=True),
        *(read("updated_by_user_id"), read("comments_count"), *TIMES),
    ),
    indexes=(*ATTACHABLE, "starts_at"),
    owner="attachable",
    loose=True,
    top=CRUD,
    orders=BY_NUMBER,
    parts=(Part("cal_event_attendees", "cal_event_attendees"), *ANSWERABLE),
    linked=("user", "group_calendar", "people", "users"),
)

CAL_EVENT_ATTENDEES = Resource(
    "cal_event_attendees",
    "cal_event_attendee",
    (
        *(STRING_ID, read("cal_event_id", "text"), Attribute("user_id", references="users")),
        *(Attribute("person_id", references="people"), text("email", 255), text("status")),
    ),
    indexes=("cal_event_id",),
    owner="columns",
)

ACTIVITIES = Resource(
    "activities",
    "activity",
    (
        *(ID, ACCOUNT, read("user_id"), read("attachable_id", "text"), TYPE, read("verb", "text")),
        *(flag("confidential"), flag("fav"), API, read("name", "text"), read("change", "json")),
        *TIMES,
    ),
    indexes=ATTACHABLE,
    owner="attachable",
    parents=(*BOTH, *VENTURES),
    top=frozenset({"index", "count"}),
    nested=frozenset({"index"}),
    orders={**BY_ID, "occurred_at": ("created_at", "id")},
    linked=("user",),
    empty=("activity_receivers",),
    methods=_NATURAL_NAME,
)

HOOKS = Resource(
    "hooks",
    "hook",
    (
        *(ID, enum("model", ("Person", "Company", "Deal", "Project", "Protocol"), required=True)),
        enum("event", ("create", "update", "destroy"), required=True),
        text("target_url", 190, required=True),
        enum("object_type", ("nested", "api", "lean", "hook_with_structure_and_record", "flat")),
        *(enum("hook_type", ("url",)), enum("state", ("active", "disabled")), text("includes")),
        *(Attribute("methods", "json"), read("failed"), read("failed_at", "time")),
        *(read("filter_group_id"), *TIMES),
    ),
    top=frozenset({"index", "create", "delete"}),
    orders=BY_ID,
    empty=("filter_groups",),
)

FILTER_GROUPS = Resource(
    "filter_groups",
    "filter_group",
    (ID, ACCOUNT, read("model_type", "text"), read("name", "text"), *TIMES),
    hidden=("parameters TEXT",),
    top=READ,
    orders={**NEW, "abc": ("name", "id"), "activity": ("updated_at", "id")},
)
"""A kept list: `parameters` is the query of the list that its records are."""
