"""Every resource of the dialect, each declared once.

From this table come the SQLite schema, the routes, the order of keys in an answer, what can be
written and what is refused. Source of the attributes: CentralStationCRM fact sheet §3, §4, §6, §7.
"""

from __future__ import annotations

from csc_tui.demo.attribute import Attribute, Kind
from csc_tui.demo.centralstation.computed import (
    day_keys,
    deal_keys,
    name_key,
    number_keys,
    person_keys,
)
from csc_tui.demo.centralstation.resource import Part, Resource

CRUD = frozenset({"index", "create", "show", "update", "delete"})
READ = frozenset({"index", "show"})
BOTH = ("people", "companies")
VENTURES = ("deals", "projects")
"""What has a state, a target date, a company and people."""
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
STATES = ("open_0", "open_25", "open_50", "open_75", "won", "lost")
VALUE_TYPES = ("total", "monthly", "hourly", "daily")

_BY_ID = {"id": ("id",), "created_at": ("created_at", "id"), "updated_at": ("updated_at", "id")}
_NEW = {**_BY_ID, "new": ("created_at", "id"), "update": ("updated_at", "id")}
_ATTACHABLE = ('"attachable_type", "attachable_id"',)


def _read(name: str, kind: Kind = "int") -> Attribute:
    return Attribute(name, kind, writable=False)


def _text(name: str, longest: int | None = None, required: bool = False) -> Attribute:
    return Attribute(name, longest=longest, required=required)


def _enum(name: str, choices: tuple[str, ...], required: bool = False) -> Attribute:
    return Attribute(name, choices=choices, required=required)


def _flag(name: str) -> Attribute:
    return Attribute(name, "bool")


_ID = _read("id")
_ACCOUNT = _read("account_id")
_API = _read("api_input", "bool")
_TIMES = (_read("created_at", "time"), _read("updated_at", "time"))
_AUTHORS = (_read("created_by_user_id"), _read("updated_by_user_id"))
_TYPE, _TARGET = _read("attachable_type", "text"), _read("attachable_id")
_GROUP = Attribute("group_id", "int")
_USER = Attribute("user_id", "int", references="users")
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
        *(_ID, _ACCOUNT, _GROUP, _USER, _text("country_code", 10), _text("salutation", 80)),
        *(_text("title", 80), _enum("gender", GENDERS), _text("gender_identity", 80)),
        *(_text("first_name", 255), _text("name", 255, required=True), _text("background")),
        *(*_AUTHORS, *_TIMES),
    ),
    class_name="Person",
    hidden=("name_key TEXT", "first_key TEXT", "stream_at INTEGER"),
    indexes=("name_key, first_key", "created_at", "updated_at", "stream_at"),
    top=CRUD,
    orders={
        **_NEW,
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
    ),
    linked=("companies", "addrs_from_company", "user", "avatar", "deals", "projects"),
    empty=("tasks", "tasks_pending", "pending_tasks", "upcoming_cal_events", "connections"),
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
        *(_ID, _ACCOUNT, _GROUP, _USER, _text("name", 120, required=True)),
        *(*_AUTHORS, _text("background"), *_TIMES),
    ),
    class_name="Company",
    hidden=("name_key TEXT", "stream_at INTEGER"),
    indexes=("name_key", "created_at", "updated_at", "stream_at"),
    top=CRUD,
    orders={
        **_NEW,
        "abc": ("name_key", "id"),
        "name": ("name_key", "id"),
        "activity": ("stream_at", "id"),
    },
    parts=(
        Part("positions", "positions"),
        Part("tags", "tags"),
        *_CONTACTS,
        Part("custom_fields", "custom_fields"),
    ),
    linked=("user", "deals", "projects"),
    empty=("tasks", "pending_tasks", "cal_events", "upcoming_cal_events", "connections"),
    methods=(
        *("responsible_user_natural_name", "related_tasks", "stream_updated_at"),
        "absolute_url",
    ),
    compute=name_key,
)

_VENTURE_ORDERS = {
    **_NEW,
    "abc": ("name_key", "id"),
    "name": ("name_key", "id"),
    "activity": ("stream_at", "id"),
    "date": ("target_date", "id"),
    "state": ("current_state", "id"),
}
_VENTURE_INCLUDES = (
    *("task_lists", "tasks", "pending_tasks", "cal_events", "upcoming_cal_events"),
)
_VENTURE_METHODS = (
    *("responsible_user_natural_name", "people_ids", "absolute_url", "stream_updated_at"),
)
_VENTURE_PARTS = (Part("tags", "tags"), Part("custom_fields", "custom_fields"))
_COMPANY = Attribute("company_id", "int", references="companies")

DEALS = Resource(
    "deals",
    "deal",
    (
        *(_ID, _ACCOUNT, _GROUP, _USER, _COMPANY, _read("previous_deal_id")),
        *(Attribute("deal_type_id", "int"), Attribute("deal_type_stage_id", "int")),
        *(_text("name", 120, required=True), _text("value", required=True)),
        *(_enum("value_type", VALUE_TYPES, required=True), _text("value_count")),
        *(_read("value_sum", "text"), Attribute("target_date", "date", required=True)),
        *(_enum("current_state", STATES), Attribute("probability", "int")),
        *(_read("finished_at", "time"), _text("currency", 3), _text("background")),
        *(*_AUTHORS, *_TIMES),
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
        *(_ID, _ACCOUNT, _GROUP, _USER, _COMPANY, Attribute("deal_id", "int", references="deals")),
        *(_text("name", 120, required=True), Attribute("target_date", "date", required=True)),
        *(_enum("current_state", STATES), _read("finished_at", "time"), _text("background")),
        *(*_AUTHORS, *_TIMES),
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

ADDRS = Resource(
    "addrs",
    "addr",
    (
        *(_ID, _TARGET, _TYPE, _text("street", 255), _text("zip", 20), _text("city", 120)),
        *(_text("state_code", 10), _text("country_code", 2), _flag("primary"), *_TIMES),
        *(_enum("atype", ADDRESS_ATYPES), _API),
    ),
    indexes=_ATTACHABLE,
    owner="attachable",
    parents=BOTH,
    nested=CRUD,
    orders=_BY_ID,
)

CONTACT_DETAILS = Resource(
    "contact_details",
    "contact_detail",
    (
        *(_ID, _read("type", "text"), _TYPE, _TARGET),
        *(_enum("atype", CONTACT_ATYPES, required=True), _flag("primary")),
        *(_text("name", 250, required=True), _read("name_clean", "text"), *_TIMES, _API),
    ),
    hidden=("name_key TEXT", "digits TEXT"),
    indexes=_ATTACHABLE,
    owner="attachable",
    parents=BOTH,
    nested=CRUD,
    orders=_BY_ID,
    compute=number_keys,
)

TAGS = Resource(
    "tags",
    "tag",
    (_ID, _ACCOUNT, _TARGET, _TYPE, _API, _text("name", 60, required=True), *_TIMES),
    indexes=(*_ATTACHABLE, '"name", "attachable_type", "attachable_id"'),
    owner="attachable",
    parents=(*BOTH, *VENTURES),
    top=frozenset({"index", "create", "show"}),
    nested=CRUD,
    orders=_BY_ID,
)

POSITIONS = Resource(
    "positions",
    "position",
    (
        *(_ID, _ACCOUNT, Attribute("person_id", "int", references="people")),
        *(Attribute("company_id", "int", references="companies"), _text("name", 80)),
        *(_text("department", 100), _flag("primary_function"), _flag("former"), _API, *_TIMES),
    ),
    indexes=("person_id, company_id", "company_id, person_id"),
    owner="columns",
    parents=BOTH,
    nested=CRUD,
    orders=_BY_ID,
    linked=("person", "company"),
)

CUSTOM_FIELDS = Resource(
    "custom_fields",
    "custom_field",
    (
        *(_ID, _ACCOUNT, _TYPE, _TARGET),
        Attribute("custom_fields_type_id", "int", references="custom_fields_types", required=True),
        *(_API, _text("name", 255, required=True), _read("name_decimal", "text")),
        *(_read("name_date", "date"), *_TIMES),
    ),
    indexes=(*_ATTACHABLE, "custom_fields_type_id, name"),
    owner="attachable",
    parents=(*BOTH, *VENTURES),
    nested=CRUD,
    orders=_BY_ID,
)

CUSTOM_FIELDS_TYPES = Resource(
    "custom_fields_types",
    "custom_fields_type",
    (
        *(_ID, _ACCOUNT, Attribute("position", "int"), _flag("api_only")),
        *(_flag("visible_for_all_groups"), _enum("category", CATEGORIES, required=True)),
        *(_enum("ftype", FTYPES, required=True), _text("name", 255, required=True)),
        *(Attribute("options", "json"), *_TIMES),
    ),
    top=CRUD,
    orders=_BY_ID,
)

HISTORIC_EVENTS = Resource(
    "historic_events",
    "historic_event",
    (
        *(_ID, _TYPE, _TARGET, _enum("atype", EVENT_ATYPES, required=True)),
        *(Attribute("name", "date", required=True), _text("desc", 255), _read("year")),
        *(_read("month"), _read("day"), _API, *_TIMES),
    ),
    indexes=(*_ATTACHABLE, "name"),
    owner="attachable",
    parents=("people",),
    top=frozenset({"index"}),
    nested=CRUD,
    orders=_BY_ID,
    compute=day_keys,
)

ASSIS = Resource(
    "assis",
    "assi",
    (
        *(_ID, _read("person_id"), _text("name", 255, required=True), _text("email", 255)),
        *(_text("tel", 255), _flag("primary"), *_TIMES),
    ),
    indexes=("person_id",),
    owner="columns",
    parents=("people",),
    nested=CRUD,
    orders=_BY_ID,
)

AVATARS = Resource(
    "avatars",
    "avatar",
    (
        *(_read("id", "text"), _ACCOUNT, _read("user_id"), _TARGET, _TYPE),
        *(_read("filename", "text"),),
        *(_read("content_type", "text"), *_TIMES),
    ),
    indexes=_ATTACHABLE,
    owner="attachable",
    parents=BOTH,
    nested=READ,
    orders=_BY_ID,
)

PROTOCOLS = Resource(
    "protocols",
    "protocol",
    (
        *(_ID, _USER, _read("attachments_count"), _read("comments_count"), _text("name", 100)),
        *(_flag("confidential"), _enum("format", ("plaintext", "markdown", "textile", "html"))),
        *(_text("content"), _read("updated_by_user_id"), *_TIMES, _read("data_hash", "json")),
        *(_ACCOUNT, _enum("type", tuple(PROTOCOL_TYPES))),
        _enum("badge", ("note", "call", "email", "meeting", "research", "other")),
    ),
    owner="links",
    parents=BOTH,
    top=CRUD,
    nested=CRUD,
    orders=_BY_ID,
    empty=("comments",),
    methods=("responsible_user_natural_name", "absolute_url", "conversion_step_names"),
)

USERS = Resource(
    "users",
    "user",
    (_ID, _read("first", "text"), _read("name", "text"), _read("login", "text")),
    hidden=("active INTEGER",),
    top=READ,
    orders={"id": ("id",)},
)

RESOURCES = {
    one.table: one
    for one in (
        *(USERS, COMPANIES, PEOPLE, DEALS, PROJECTS, ADDRS, CONTACT_DETAILS, TAGS, POSITIONS),
        *(CUSTOM_FIELDS_TYPES, CUSTOM_FIELDS, HISTORIC_EVENTS, ASSIS, AVATARS, PROTOCOLS),
    )
}
"""All of them by table, parents before children."""
