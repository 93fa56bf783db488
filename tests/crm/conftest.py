"""One person and one company as the CRM sends them; the tests' raw material."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from csc_tui.crm.centralstation.adapter import CentralStationAdapter
from csc_tui.domain.resource import Resource
from csc_tui.http.message import Request, Response

BRANDT = 4411

ASKED = Request("GET", "/custom_fields_types")

PERSON: dict[str, Any] = {
    "id": 90417,
    "account_id": 77,
    "group_id": 5,
    "user_id": 301,
    "country_code": "de",
    "salutation": "Herr",
    "title": "Dr.",
    "gender": "male_user",
    "gender_identity": "male",
    "first_name": "Jürgen",
    "name": "Müller",
    "background": "Prefers the phone before nine.",
    "created_by_user_id": 302,
    "updated_by_user_id": 301,
    "created_at": "2024-03-05T09:12:44.000+01:00",
    "updated_at": "2026-11-19T16:42:00.000+01:00",
    "stream_updated_at": "2026-11-19T16:42:00.000+01:00",
    "responsible_user_natural_name": "Sabine Krüger",
    "salutation_formal": "Sehr geehrter Herr Dr. Müller",
    "tels": [
        {"id": 2, "type": "Tel", "atype": "mobile", "primary": None, "name": "+49 171 3920012"},
        {"id": 1, "type": "Tel", "atype": "office", "primary": True, "name": "+49 221 4710 123"},
    ],
    "emails": [{"id": 3, "atype": "office", "primary": None, "name": "j.mueller@brandt.example"}],
    "homepages": [{"id": 4, "atype": "office", "name": "https://brandt.example"}],
    "ims": [],
    "sms": [],
    "addrs": [
        {
            "id": 8,
            "attachable_id": 90417,
            "street": "Am Römerturm 3",
            "zip": "50354",
            "city": "Hürth",
            "state_code": None,
            "country_code": "DE",
            "primary": None,
            "atype": "private",
            "country_name": "Deutschland",
        }
    ],
    "addrs_from_company": [
        {"id": 9, "attachable_id": BRANDT, "city": "Köln", "atype": "work", "country_code": "DE"}
    ],
    "tags": [{"id": 5, "name": "VIP"}, {"id": 6, "name": "Messe Köln"}],
    "positions": [
        {
            "id": 11,
            "person_id": 90417,
            "company_id": 4412,
            "name": "Apprentice",
            "department": None,
            "primary_function": None,
            "former": True,
        },
        {
            "id": 12,
            "person_id": 90417,
            "company_id": BRANDT,
            "name": "Head of purchasing",
            "department": "Purchasing",
            "primary_function": True,
            "former": False,
        },
    ],
    "companies": [{"id": BRANDT, "name": "Brandt GmbH"}, {"id": 4412, "name": "Alt AG"}],
    "custom_fields": [
        {
            "id": 89,
            "custom_fields_type_id": 72,
            "custom_fields_type_name": "Credit limit",
            "name": "50000.00",
        },
        {
            "id": 88,
            "custom_fields_type_id": 71,
            "custom_fields_type_name": "Segment",
            "name": "A-Kunde",
        },
        {
            "id": 90,
            "custom_fields_type_id": 73,
            "custom_fields_type_name": "Next visit",
            "name": "2026-12-11",
        },
    ],
    "historic_events": [{"id": 20, "atype": "birthday", "name": "1974-03-14", "year": 1974}],
    "assis": [{"id": 30, "name": "Petra Lang", "tel": "+49 221 4710 120", "email": None}],
}

COMPANY: dict[str, Any] = {
    "id": BRANDT,
    "user_id": 301,
    "name": "Brandt GmbH",
    "background": None,
    "created_at": "2024-03-05T09:12:44.000+01:00",
    "updated_at": "2024-03-05T08:12:44Z",
    "stream_updated_at": "2026-11-19T16:42:00.000+01:00",
    "tels": [
        {"id": 41, "atype": "office", "primary": None, "name": "+49 221 4710 100"},
        {"id": 42, "atype": "fax", "primary": None, "name": "+49 221 4710 199"},
    ],
    "emails": [{"id": 43, "atype": "office", "name": "info@brandt.example"}],
    "addrs": [
        {"id": 45, "city": "Postfach", "atype": "invoice", "country_code": "DE"},
        {
            "id": 44,
            "street": "Gereonstraße 18–32",
            "zip": "50670",
            "city": "Köln",
            "atype": "work",
            "country_code": "DE",
        },
    ],
    "tags": [{"id": 46, "name": "Messe"}, {"id": 47, "name": "VIP"}],
    "positions": [
        {"id": 13, "person_id": 7, "company_id": BRANDT, "name": "Assistant", "former": True},
        {
            "id": 12,
            "person_id": 90417,
            "company_id": BRANDT,
            "name": "Head of purchasing",
            "department": "Purchasing",
            "former": False,
        },
    ],
    "custom_fields": [],
}

TYPES: list[dict[str, Any]] = [
    {
        "custom_fields_type": {
            "id": 71,
            "position": 1,
            "category": "Person",
            "ftype": "select",
            "name": "Segment",
            "options": ["A-Kunde", "B-Kunde"],
        }
    },
    {
        "custom_fields_type": {
            "id": 73,
            "position": 3,
            "category": "Person",
            "ftype": "date",
            "name": "Next visit",
            "options": None,
        }
    },
    {
        "custom_fields_type": {
            "id": 72,
            "position": 2,
            "category": "Person",
            "ftype": "decimal",
            "name": "Credit limit",
        }
    },
    {"id": 74, "position": 4, "category": "Company", "ftype": "url", "name": "Shop"},
    {"id": 75, "position": 5, "category": "Company", "ftype": "hologram", "name": "Odd"},
    {"id": 76, "position": 6, "category": "Deal", "ftype": "string", "name": "Source"},
    {"id": 77, "position": 7, "category": "Invoice", "ftype": "string", "name": "Elsewhere"},
]


@pytest.fixture
def person_raw() -> dict[str, Any]:
    return copy.deepcopy(PERSON)


@pytest.fixture
def company_raw() -> dict[str, Any]:
    return copy.deepcopy(COMPANY)


@pytest.fixture
def types_raw() -> list[dict[str, Any]]:
    return copy.deepcopy(TYPES)


@pytest.fixture
def crm() -> CentralStationAdapter:
    return CentralStationAdapter()


@pytest.fixture
def resources(crm: CentralStationAdapter, types_raw: list[dict[str, Any]]) -> dict[str, Resource]:
    return crm.resources(crm.read_definitions(ASKED, Response(200, data=types_raw)))
