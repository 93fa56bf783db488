"""Every resource of the dialect, each declared once.

From this table come the SQLite schema, the routes, the order of keys in an answer, what can be
written and what is refused. Source of the attributes: CentralStationCRM fact sheet §3, §4, §6, §7.
"""

from __future__ import annotations

from dataclasses import replace

from csc_tui.demo.attribute import Attribute
from csc_tui.demo.centralstation.around import (
    ACTIVITIES,
    ATTACHMENTS,
    CAL_EVENT_ATTENDEES,
    CAL_EVENTS,
    COMMENTS,
    EXTERNAL_EMAILS,
    FILTER_GROUPS,
    GROUP_CALENDARS,
    HOOKS,
)
from csc_tui.demo.centralstation.computed import day_keys, name_key, number_keys, person_keys
from csc_tui.demo.centralstation.keys import (
    ACCOUNT,
    ANSWERABLE,
    API,
    ATTACHABLE,
    AUTHORS,
    BOTH,
    BY_ID,
    CRUD,
    EVENT_PARTS,
    GROUP,
    ID,
    NEW,
    READ,
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
from csc_tui.demo.centralstation.work import DEALS, PROJECTS, TASKS

PROTOCOL_LINKS = {
    "person_ids": "people",
    "company_ids": "companies",
    "deal_ids": "deals",
    "project_ids": "projects",
}
"""Key of a note -> the table of the records that it is about (§6)."""
CONTACT_TYPES = {"tel": "Tel", "email": "Email", "homepage": "Homepage", "im": "Im", "sm": "Sm"}
"""Wrapper of a contact detail -> its `type`."""
PROTOCOL_TYPES = {
    "ProtocolObjectNote": "protocol_object_note",
    "ProtocolUserNote": "protocol_user_note",
    "ProtocolEmail": "protocol_email",
    "ProtocolAttachment": "protocol_attachment",
    "ProtocolExternal": "protocol_external",
}
"""Type of a note -> wrapper of its answer."""
ADDRESS_ATYPES = ("work_hq", "work", "invoice", "delivery", "private", "other")
CONTACT_ATYPES = ("office", "office_hq", "mobile", "fax", "private", "voip", "skype", "other")
EVENT_ATYPES = ("birthday", "anniversary", "first_met", "renewal", "other")
GENDERS = (
    *("gender_unknown", "male_user", "female_user", "family_user", "diverse_user"),
    *("male_auto", "female_auto", "family_auto"),
)
FTYPES = ("string", "select", "decimal", "date", "url")
CATEGORIES = ("Person", "Company", "Deal", "Project")


_CONTACTS = (
    Part("tels", "contact_details", "Tel"),
    Part("emails", "contact_details", "Email"),
    Part("ims", "contact_details", "Im"),
    Part("sms", "contact_details", "Sm"),
    Part("homepages", "contact_details", "Homepage"),
    Part("addrs", "addrs"),
)

PEOPLE = Resource(
    "people",
    "person",
    (
        *(ID, ACCOUNT, GROUP, USER, text("country_code", 10), text("salutation", 80)),
        *(text("title", 80), enum("gender", GENDERS), text("gender_identity", 80)),
        *(text("first_name", 255), text("name", 255, required=True), text("background")),
        *(*AUTHORS, *TIMES),
    ),
    class_name="Person",
    hidden=("name_key TEXT", "first_key TEXT", "stream_at INTEGER"),
    indexes=("name_key, first_key", "created_at", "updated_at", "stream_at"),
    top=CRUD,
    orders={
        **NEW,
        "abc": ("name_key", "first_key", "id"),
        "name": ("name_key", "first_key", "id"),
        "activity": ("stream_at", "id"),
    },
    parts=(
        Part("positions", "positions"),
        Part("tags", "tags"),
        *_CONTACTS,
        Part("custom_fields", "custom_fields"),
        Part("historic_events", "historic_events", writable=False),
        Part("assis", "assis", writable=False),
        *TASK_PARTS,
        replace(TASK_PARTS[1], name="tasks_pending"),
        EVENT_PARTS[1],
    ),
    linked=("companies", "addrs_from_company", "user", "avatar", "deals", "projects"),
    empty=("connections",),
    methods=(
        *("responsible_user_natural_name", "salutation_official", "salutation_formal"),
        *("salutation_informal", "backlink", "stream_updated_at", "absolute_url"),
        "absolute_avatar_url",
    ),
    compute=person_keys,
)

COMPANIES = Resource(
    "companies",
    "company",
    (
        *(ID, ACCOUNT, GROUP, USER, text("name", 120, required=True)),
        *(*AUTHORS, text("background"), *TIMES),
    ),
    class_name="Company",
    hidden=("name_key TEXT", "stream_at INTEGER"),
    indexes=("name_key", "created_at", "updated_at", "stream_at"),
    top=CRUD,
    orders={
        **NEW,
        "abc": ("name_key", "id"),
        "name": ("name_key", "id"),
        "activity": ("stream_at", "id"),
    },
    parts=(
        Part("positions", "positions"),
        Part("tags", "tags"),
        *_CONTACTS,
        Part("custom_fields", "custom_fields"),
        *TASK_PARTS,
        *EVENT_PARTS,
    ),
    linked=("user", "deals", "projects"),
    empty=("connections",),
    methods=(
        *("responsible_user_natural_name", "related_tasks", "stream_updated_at"),
        "absolute_url",
    ),
    compute=name_key,
)

ADDRS = Resource(
    "addrs",
    "addr",
    (
        *(ID, TARGET, TYPE, text("street", 255), text("zip", 20), text("city", 120)),
        *(text("state_code", 10), text("country_code", 2), flag("primary"), *TIMES),
        *(enum("atype", ADDRESS_ATYPES), API),
    ),
    indexes=ATTACHABLE,
    owner="attachable",
    parents=BOTH,
    nested=CRUD,
    orders=BY_ID,
)

CONTACT_DETAILS = Resource(
    "contact_details",
    "contact_detail",
    (
        *(ID, read("type", "text"), TYPE, TARGET),
        *(enum("atype", CONTACT_ATYPES, required=True), flag("primary")),
        *(text("name", 250, required=True), read("name_clean", "text"), *TIMES, API),
    ),
    hidden=("name_key TEXT", "digits TEXT"),
    indexes=ATTACHABLE,
    owner="attachable",
    parents=BOTH,
    nested=CRUD,
    orders=BY_ID,
    compute=number_keys,
)

TAGS = Resource(
    "tags",
    "tag",
    (ID, ACCOUNT, TARGET, TYPE, API, text("name", 60, required=True), *TIMES),
    indexes=(*ATTACHABLE, '"name", "attachable_type", "attachable_id"'),
    owner="attachable",
    parents=(*BOTH, *VENTURES),
    top=frozenset({"index", "create", "show"}),
    nested=CRUD,
    orders=BY_ID,
)

POSITIONS = Resource(
    "positions",
    "position",
    (
        *(ID, ACCOUNT, Attribute("person_id", "int", references="people")),
        *(Attribute("company_id", "int", references="companies"), text("name", 80)),
        *(text("department", 100), flag("primary_function"), flag("former"), API, *TIMES),
    ),
    indexes=("person_id, company_id", "company_id, person_id"),
    owner="columns",
    parents=BOTH,
    nested=CRUD,
    orders=BY_ID,
    linked=("person", "company"),
)

CUSTOM_FIELDS = Resource(
    "custom_fields",
    "custom_field",
    (
        *(ID, ACCOUNT, TYPE, TARGET),
        Attribute("custom_fields_type_id", "int", references="custom_fields_types", required=True),
        *(API, text("name", 255, required=True), read("name_decimal", "decimal")),
        *(read("name_date", "date"), *TIMES),
    ),
    indexes=(*ATTACHABLE, "custom_fields_type_id, name"),
    owner="attachable",
    parents=(*BOTH, *VENTURES),
    nested=CRUD,
    orders=BY_ID,
)

CUSTOM_FIELDS_TYPES = Resource(
    "custom_fields_types",
    "custom_fields_type",
    (
        *(ID, ACCOUNT, Attribute("position", "int"), flag("api_only")),
        *(flag("visible_for_all_groups"), enum("category", CATEGORIES, required=True)),
        *(enum("ftype", FTYPES, required=True), text("name", 255, required=True)),
        *(Attribute("options", "json"), *TIMES),
    ),
    top=CRUD,
    orders=BY_ID,
)

HISTORIC_EVENTS = Resource(
    "historic_events",
    "historic_event",
    (
        *(ID, TYPE, TARGET, enum("atype", EVENT_ATYPES, required=True)),
        *(Attribute("name", "date", required=True), text("desc", 255), read("year")),
        *(read("month"), read("day"), API, *TIMES),
    ),
    indexes=(*ATTACHABLE, "name"),
    owner="attachable",
    parents=("people",),
    top=frozenset({"index"}),
    nested=CRUD,
    orders=BY_ID,
    compute=day_keys,
)

ASSIS = Resource(
    "assis",
    "assi",
    (
        *(ID, read("person_id"), text("name", 255, required=True), text("email", 255)),
        *(text("tel", 255), flag("primary"), *TIMES),
    ),
    indexes=("person_id",),
    owner="columns",
    parents=("people",),
    nested=CRUD,
    orders=BY_ID,
)

AVATARS = Resource(
    "avatars",
    "avatar",
    (
        *(read("id", "text"), ACCOUNT, read("user_id"), TARGET, TYPE),
        *(read("filename", "text"),),
        *(read("content_type", "text"), *TIMES),
    ),
    indexes=ATTACHABLE,
    owner="attachable",
    parents=BOTH,
    nested=READ,
    orders=BY_ID,
)

PROTOCOLS = Resource(
    "protocols",
    "protocol",
    (
        *(ID, USER, read("attachments_count"), read("comments_count"), text("name", 100)),
        *(flag("confidential"), enum("format", ("plaintext", "markdown", "textile", "html"))),
        *(text("content"), read("updated_by_user_id"), *TIMES, read("data_hash", "json")),
        *(ACCOUNT, enum("type", tuple(PROTOCOL_TYPES))),
        enum("badge", ("note", "call", "email", "meeting", "research", "other")),
    ),
    owner="links",
    parents=(*BOTH, *VENTURES),
    top=CRUD,
    nested=CRUD,
    orders=BY_ID,
    parts=ANSWERABLE,
    methods=("responsible_user_natural_name", "absolute_url", "conversion_step_names"),
)

USERS = Resource(
    "users",
    "user",
    (ID, read("first", "text"), read("name", "text"), read("login", "text")),
    hidden=("active INTEGER",),
    top=READ,
    orders={"id": ("id",)},
)

RESOURCES = {
    one.table: one
    for one in (
        *(USERS, COMPANIES, PEOPLE, DEALS, PROJECTS, ADDRS, CONTACT_DETAILS, TAGS, POSITIONS),
        *(CUSTOM_FIELDS_TYPES, CUSTOM_FIELDS, HISTORIC_EVENTS, ASSIS, AVATARS, PROTOCOLS),
        *(TASKS, EXTERNAL_EMAILS, GROUP_CALENDARS, CAL_EVENTS, CAL_EVENT_ATTENDEES, COMMENTS),
        *(ATTACHMENTS, ACTIVITIES, FILTER_GROUPS, HOOKS),
    )
}
"""All of them by table, parents before children."""
