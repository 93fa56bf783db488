"""Every kind of record of the dialect, each declared once (Concord fact sheet §10, §11)."""

from __future__ import annotations

from csc_tui.demo.attribute import Attribute
from csc_tui.demo.attribute import Kind as ValueKind
from csc_tui.demo.concord.kind import Kind, Relation

STATUSES = ("open", "won", "lost")
VIEW_TYPES = ("nav-top", "nav-left", "nav-left-full-width")
LONGEST = 191
"""Characters of a text that is no long one."""


def _read(name: str, kind: ValueKind = "int") -> Attribute:
    return Attribute(name, kind, writable=False)


def _text(name: str, required: bool = False, longest: int | None = LONGEST) -> Attribute:
    return Attribute(name, longest=longest, required=required)


def _long(name: str, required: bool = False) -> Attribute:
    return Attribute(name, required=required)


def _ref(name: str, table: str, required: bool = False) -> Attribute:
    return Attribute(name, "int", references=table, required=required)


_ID = _read("id")
_TIMES = (_read("created_at", "time"), _read("updated_at", "time"))
_OWNED = (_ref("user_id", "users"), _read("owner_assigned_date", "time"))
_PLACE = (
    *(_text("street"), _text("city"), _text("state"), _text("postal_code")),
    _ref("country_id", "countries"),
)
_NAME = _text("name", required=True)

_USER = Relation("user", "user_id", "users")
_SOURCE = Relation("source", "source_id", "sources", "created")
_COUNTRY = Relation("country", "country_id", "countries")
_CREATOR = Relation("creator", "created_by", "users")
_PARENTS = ("contacts", "companies", "deals")
_EVENTS = ("activities", "calls", "notes")
_WHERE = ("street", "city", "state", "postal_code")

CONTACTS = Kind(
    "contacts",
    (
        *(_ID, _text("first_name", required=True), _text("last_name"), _text("email")),
        *(*_OWNED, _ref("source_id", "sources"), _text("job_title"), *_PLACE),
        *(_read("avatar", "text"), _read("last_contacted_at", "time"), *_TIMES),
    ),
    "Contact",
    title=("first_name", "last_name"),
    folded=("first_name", "last_name", "email", "job_title", *_WHERE),
    sorted=(
        *("first_name", "last_name", "last_name, first_name", "email"),
        *("created_at", "updated_at"),
    ),
    relations=(_USER, _SOURCE, _COUNTRY),
    associates=("companies", "deals", *_EVENTS, "documents"),
    order=("first_name",),
    searched=(
        *("first_name", "last_name", "email", "job_title", *_WHERE, "phones.number"),
        *("source.name", "country.name", "user.name"),
    ),
    unique=("email",),
    phones=True,
    tags=True,
    customs=True,
    soft=True,
    media=True,
)

COMPANIES = Kind(
    "companies",
    (
        *(_ID, _NAME, _text("domain"), _text("email"), *_OWNED),
        *(_ref("source_id", "sources"), _ref("industry_id", "industries")),
        *(_ref("parent_company_id", "companies"), *_PLACE, *_TIMES),
    ),
    "Company",
    folded=("name", "domain", "email", *_WHERE),
    sorted=("name", "domain", "email", "created_at", "updated_at"),
    relations=(
        *(_USER, _SOURCE, _COUNTRY),
        Relation("industry", "industry_id", "industries", "created"),
        Relation("parent", "parent_company_id", "companies"),
    ),
    associates=("contacts", "deals", *_EVENTS, "documents"),
    searched=(
        *("name", "domain", "email", *_WHERE, "phones.number", "source.name"),
        *("industry.name", "country.name", "user.name"),
    ),
    unique=("email",),
    phones=True,
    tags=True,
    customs=True,
    soft=True,
    media=True,
)

DEALS = Kind(
    "deals",
    (
        *(_ID, _NAME, _ref("pipeline_id", "pipelines")),
        *(_ref("stage_id", "pipeline_stages", required=True), Attribute("amount", "number")),
        *(Attribute("expected_close_date", "date"), Attribute("status", choices=STATUSES)),
        *(_text("lost_reason"), *_OWNED, _text("swatch_color", longest=7)),
        *(_read("won_date", "time"), _read("lost_date", "time")),
        *(_read("stage_changed_date", "time"), _read("board_order"), *_TIMES),
    ),
    "Deal",
    sorted=(
        *("name", "created_at", "updated_at", "expected_close_date", "amount"),
        "stage_id, board_order",
    ),
    relations=(
        _USER,
        Relation("stage", "stage_id", "pipeline_stages"),
        Relation("pipeline", "pipeline_id", "pipelines"),
    ),
    associates=("contacts", "companies", *_EVENTS, "documents"),
    searched=("name", "amount", "status", "stage.name", "pipeline.name", "user.name"),
    tags=True,
    customs=True,
    soft=True,
    media=True,
)

ACTIVITIES = Kind(
    "activities",
    (
        *(_ID, _text("title", required=True)),
        *(_ref("activity_type_id", "activity_types"), _ref("user_id", "users", required=True)),
        *(_text("due_date", required=True), _text("end_date")),
        *(Attribute("reminder_minutes_before", "int"), _long("note"), _long("description")),
        *(_read("completed_at", "time"), _read("reminded_at", "time")),
        *(_read("created_by"), _read("owner_assigned_date", "time"), *_TIMES),
    ),
    "Activity",
    title=("title",),
    folded=("title", "due_date"),
    sorted=("title", "created_at", "updated_at", "due_date"),
    relations=(_USER, _CREATOR, Relation("type", "activity_type_id", "activity_types")),
    associates=_PARENTS,
    order=("due_date", "id"),
    searched=("title", "type.name", "user.name"),
    soft=True,
    comments=True,
    media=True,
)

CALLS = Kind(
    "calls",
    (
        *(_ID, _ref("call_outcome_id", "call_outcomes", required=True)),
        *(Attribute("date", "time", required=True), _long("body", required=True)),
        *(_read("user_id"), *_TIMES),
    ),
    "Call",
    title=(),
    folded=(),
    sorted=("date",),
    relations=(_USER, Relation("outcome", "call_outcome_id", "call_outcomes")),
    associates=_PARENTS,
    searched=("body", "outcome.name", "user.name"),
    has_page=False,
    comments=True,
)

NOTES = Kind(
    "notes",
    (_ID, _long("body", required=True), _read("user_id"), *_TIMES),
    "Note",
    title=(),
    folded=(),
    sorted=("created_at",),
    relations=(_USER,),
    associates=_PARENTS,
    searched=("body", "user.name"),
    has_page=False,
    whole=True,
    comments=True,
)

DOCUMENTS = Kind(
    "documents",
    (
        *(_ID, _text("title", required=True), _ref("brand_id", "brands", required=True)),
        _ref("document_type_id", "document_types", required=True),
        *(_ref("user_id", "users", required=True), _text("locale")),
        *(Attribute("view_type", choices=VIEW_TYPES), Attribute("requires_signature", "bool")),
        *(_long("content"), Attribute("signers", "json"), Attribute("recipients", "json")),
        *(Attribute("send_at", "time"), Attribute("pdf", "json"), _read("status", "text")),
        *(_read("amount", "number"), _read("original_date_sent", "time")),
        *(_read("last_date_sent", "time"), _read("accepted_at", "time")),
        *(_read("marked_accepted_by"), _read("created_by"), _OWNED[1], *_TIMES),
    ),
    "Document",
    title=("title",),
    folded=("title",),
    sorted=("title", "created_at", "updated_at"),
    relations=(
        *(_USER, _CREATOR, Relation("type", "document_type_id", "document_types")),
        Relation("brand", "brand_id", "brands"),
    ),
    associates=_PARENTS,
    searched=("title", "status", "type.name", "user.name"),
    soft=True,
)

DOCUMENT_TEMPLATES = Kind(
    "document_templates",
    (
        *(_ID, _NAME, _long("content", required=True), Attribute("is_shared", "bool")),
        *(Attribute("view_type", choices=VIEW_TYPES), *_TIMES),
    ),
    "Document Template",
    order=("name",),
    unique=("name",),
    has_page=False,
    whole=True,
)

PRODUCTS = Kind(
    "products",
    (
        *(_ID, _NAME, _text("sku"), _long("description")),
        *(Attribute("unit_price", "number", required=True), Attribute("direct_cost", "number")),
        *(Attribute("tax_rate", "number"), _text("tax_label"), _text("unit")),
        *(Attribute("is_active", "bool"), _read("created_by"), *_TIMES),
    ),
    "Product",
    relations=(_CREATOR,),
    searched=("name", "sku", "is_active"),
    unique=("name", "sku"),
    customs=True,
    soft=True,
)

USERS = Kind(
    "users",
    (
        *(_ID, _NAME, _text("email", required=True), _text("timezone", required=True)),
        *(_text("locale"), _text("time_format", required=True)),
        *(_text("date_format", required=True), Attribute("super_admin", "bool")),
        *(Attribute("access_api", "bool"), _long("mail_signature"), *_TIMES),
    ),
    "User",
    order=("name",),
    searched=("name", "email"),
    unique=("email",),
    whole=True,
    lookup=True,
    admin=True,
)


def _lookup(table: str, label: str, *more: Attribute, unique: tuple[str, ...] = ("name",)) -> Kind:
    return Kind(
        table,
        (_ID, _NAME, *more, *_TIMES),
        label,
        order=("name",),
        unique=unique,
        has_page=False,
        whole=True,
        lookup=True,
    )


_FLAG = _read("flag", "text")
_SWATCH = _text("swatch_color", longest=7)

SOURCES = _lookup("sources", "Source", _FLAG)
INDUSTRIES = _lookup("industries", "Industry")
LOST_REASONS = _lookup("lost_reasons", "Lost Reason")
ACTIVITY_TYPES = _lookup(
    "activity_types",
    "Activity Type",
    *(_text("icon", required=True, longest=50), _text("swatch_color", required=True, longest=7)),
    _FLAG,
    unique=("name", "icon"),
)
CALL_OUTCOMES = _lookup("call_outcomes", "Call Outcome", _SWATCH)
DOCUMENT_TYPES = _lookup("document_types", "Document Type", _SWATCH, _FLAG)
PIPELINES = _lookup("pipelines", "Pipeline", _FLAG, _read("display_order"))
PIPELINE_STAGES = Kind(
    "pipeline_stages",
    (
        *(_ID, _NAME, _ref("pipeline_id", "pipelines", required=True)),
        *(Attribute("win_probability", "int", required=True), Attribute("display_order", "int")),
        *_TIMES,
    ),
    "Stage",
    relations=(Relation("pipeline", "pipeline_id", "pipelines"),),
    order=("name",),
    has_page=False,
    whole=True,
    lookup=True,
)

KINDS = {
    one.name: one
    for one in (
        *(USERS, SOURCES, INDUSTRIES, LOST_REASONS, ACTIVITY_TYPES, CALL_OUTCOMES),
        *(DOCUMENT_TYPES, PIPELINES, PIPELINE_STAGES, PRODUCTS, COMPANIES, CONTACTS, DEALS),
        *(ACTIVITIES, CALLS, NOTES, DOCUMENTS, DOCUMENT_TEMPLATES),
    )
}
"""What has the generic routes, by path segment; parents before children."""

COUNTRIES = Kind(
    "countries", (_ID, _text("name"), _text("iso_2")), "Country", order=("name",), has_page=False
)
BRANDS = Kind(
    "brands",
    (_ID, _NAME, _text("display_name", required=True), Attribute("is_default", "bool")),
    "Brand",
    has_page=False,
    lookup=True,
)
TAGS = Kind(
    "tags",
    (_ID, _text("name"), _text("swatch_color"), Attribute("display_order", "int"), _text("type")),
    "Tag",
    has_page=False,
)
DEFINITIONS = Kind(
    "custom_fields",
    (
        *(_ID, _text("field_type"), _text("resource_name"), _text("field_id"), _text("label")),
        *(Attribute("is_unique", "bool"), *_TIMES),
    ),
    "Custom Field",
    title=("label",),
    folded=(),
    sorted=(),
    has_page=False,
)
OPTIONS = Kind(
    "custom_options",
    (
        *(_ID, Attribute("definition_id", "int"), _text("name"), _text("swatch_color")),
        Attribute("display_order", "int"),
    ),
    "Option",
    relations=(Relation("definition", "definition_id", "custom_fields"),),
    has_page=False,
)
COMMENTS = Kind(
    "comments",
    (
        *(_ID, _long("body", required=True), _read("created_by"), *_TIMES),
        *(_read("parent", "text"), _read("parent_id")),
    ),
    "Comment",
    title=(),
    folded=(),
    sorted=(),
    relations=(_CREATOR,),
    has_page=False,
)
MEDIA = Kind(
    "media",
    (
        *(_ID, _text("file_name"), _text("extension"), _read("size"), _text("mime_type")),
        *(_read("parent", "text"), _read("parent_id"), *_TIMES),
    ),
    "File",
    title=("file_name",),
    folded=(),
    sorted=(),
    has_page=False,
)
TABLES = {
    one.table: one
    for one in (COUNTRIES, BRANDS, TAGS, DEFINITIONS, OPTIONS, COMMENTS, MEDIA, *KINDS.values())
}
"""All kinds by SQL name."""
