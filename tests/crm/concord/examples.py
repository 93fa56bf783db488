"""Records and definitions as a Concord server gives them; names and numbers are invented."""

from __future__ import annotations

import copy
from typing import Any

from csc_tui.crm.concord.adapter import ConcordAdapter
from csc_tui.domain.change import Change
from csc_tui.domain.record import Record
from csc_tui.domain.resource import Resource
from csc_tui.http.message import Request, Response

CRM = ConcordAdapter()

CONTACT: dict[str, Any] = {
    "id": 7,
    "display_name": "Jürgen Müller",
    "path": "/contacts/7",
    "first_name": "Jürgen",
    "last_name": "Müller",
    "email": "j.mueller@brandt.example",
    "phones": [
        {"id": 31, "number": "+49 221 4710 123", "type": "work"},
        {"id": 32, "number": "+49 171 3920012", "type": "mobile"},
    ],
    "tags": [
        {"id": 3, "name": "VIP", "swatch_color": None, "display_order": 1, "type": "contacts"},
        {"id": 4, "name": "Messe Köln", "swatch_color": "#88aa00", "display_order": 2},
    ],
    "user_id": 1,
    "user": {"id": 1, "name": "Sabine Krüger"},
    "source_id": 2,
    "source": {"id": 2, "name": "Fair"},
    "country_id": 5,
    "country": {"id": 5, "name": "Germany", "iso_2": "DE"},
    "job_title": "Head of purchasing",
    "street": "Gereonstraße 18–32",
    "city": "Köln",
    "state": None,
    "postal_code": "50670",
    "companies": [{"id": 4, "display_name": "Brandt GmbH", "name": "Brandt GmbH"}],
    "deals": [],
    "cf_segment": 10,
    "cf_channels": [{"id": 5, "name": "Mail", "swatch_color": None}],
    "last_contacted_at": "2026-11-19T15:42:00.000000Z",
    "created_at": "2024-03-05T08:12:00.000000Z",
    "updated_at": "2026-11-19T15:42:00.000000Z",
    "authorizations": {"view": True, "update": True, "delete": True},
    "was_recently_created": False,
}

DEAL: dict[str, Any] = {
    "id": 9,
    "name": "Crane for Kalk",
    "stage_id": 21,
    "stage": {"id": 21, "name": "Quoted", "win_probability": 40},
    "pipeline_id": 1,
    "pipeline": {"id": 1, "name": "Sales"},
    "amount": 1250.33,
    "expected_close_date": "2026-12-11T00:00:00.000000Z",
    "status": "open",
    "user_id": None,
    "user": None,
    "contacts": [{"id": 7, "first_name": "Jürgen", "last_name": "Müller"}],
    "companies": [{"id": 4, "display_name": "Brandt GmbH"}],
    "tags": [],
    "updated_at": "2026-11-19T15:42:00.000000Z",
}

SEGMENTS = [{"id": 10, "name": "A"}, {"id": 11, "name": "B"}]
CHANNELS = [{"id": 5, "name": "Mail"}, {"id": 6, "name": "Phone, at work"}]

TYPES: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "cf_bool": ("Boolean", []),
    "cf_boxes": ("Checkbox", CHANNELS),
    "cf_day": ("Date", []),
    "cf_moment": ("DateTime", []),
    "cf_mail": ("Email", []),
    "cf_channels": ("MultiSelect", CHANNELS),
    "cf_count": ("Number", []),
    "cf_score": ("Numeric", []),
    "cf_radio": ("Radio", SEGMENTS),
    "cf_segment": ("Select", SEGMENTS),
    "cf_line": ("Text", []),
    "cf_lines": ("Textarea", []),
    "cf_zone": ("Timezone", []),
    "cf_page": ("Url", []),
    "cf_colour": ("ColorSwatch", []),
}
"""Key -> vendor's type and options: all types of the introduction, and two of later versions."""

FIELDS = [
    {"attribute": "first_name", "label": "First Name", "component": "FormTextField"},
    *(
        {"attribute": key, "label": key[3:].title(), "customField": {"field_type": kind},
         "options": options}
        for key, (kind, options) in TYPES.items()
    ),
]  # fmt: skip


def resources() -> dict[str, Resource]:
    """The resources of an account whose contacts have a field of every type."""
    asked = Request("GET", "/contacts/create-fields")
    return CRM.resources(CRM.read_definitions(asked, Response(200, data=FIELDS)))


def record(resource: str = "contacts", **values: Any) -> Record:
    """A record as it was read, with other values here and there."""
    raw = {"contacts": CONTACT, "deals": DEAL}[resource]
    return CRM.record(resources()[resource], {**copy.deepcopy(raw), **values})


def sent(change: Change, there: Record | None = None) -> list[tuple[str, str, object]]:
    """Method, path and body of what carries out a change."""
    found = CRM.write(change, resources()[change.record.resource], there)
    return [(one.method, one.path, one.body) for one in found]
