"""Every CRM that the program knows, as the contract has to know it: names, and what is refused.

A third one adds one entry here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Deal:
    """How a CRM has its deals."""

    closes: str
    """The field of the day on which it shall be decided."""
    outcome: str
    """The field that is `won` or `lost`."""
    undecided: str
    """Its value while it is neither."""
    people: str
    """The part kind of its people, linked by `record`."""
    company: str
    """The part kind or field of its company."""
    lookups: Mapping[str, str] = field(default_factory=dict)
    """Fields that a new one has to have -> the lookup of which any value does."""


@dataclass(frozen=True)
class Task:
    """How a CRM has what is to be done."""

    resource: str
    whose: str
    """The field of the user whose it is."""


@dataclass(frozen=True)
class Dialect:
    """One CRM."""

    backend: str
    people: str
    """The resource of persons; it has `first_name` and `last_name`."""
    link: str
    """The part kind of a person that is a company."""
    linked: str
    """The field of that part that is the company."""
    refused: Mapping[str, Any]
    """Values for a new person that the server refuses."""
    refused_at: str
    """The path of the form's field that this is said at."""
    linked_words: str
    """How that kind of part is called in a sentence."""
    bin: bool
    """Whether what was deleted can be had back under its id."""
    custom: str
    """A kind of custom field that persons have, with `value` for it."""
    value: Any
    deal: Deal
    """Its deals."""
    task: Task
    """Its tasks."""
    noted: tuple[str, ...]
    """The resources whose records notes are written about."""
    call: Mapping[str, str] = field(default_factory=dict)
    """Fields that a call has to have -> the lookup of which any value does."""


DIALECTS = (
    Dialect(
        "centralstation",
        people="people",
        link="positions",
        linked="company",
        linked_words="position",
        refused={"last_name": "X", "phones": [{"kind": "office"}]},
        refused_at="phones.0.number",
        bin=False,
        custom="date",
        value="2026-12-11",
        deal=Deal("target_date", "state", "open_50", people="people", company="company"),
        task=Task("tasks", "responsible"),
        noted=("people", "companies", "deals", "projects"),
    ),
    Dialect(
        "concord",
        people="contacts",
        link="companies",
        linked="record",
        linked_words="company",
        refused={"first_name": "X", "email": "nobody"},
        refused_at="email",
        bin=True,
        custom="date",
        value="2026-12-11",
        deal=Deal(
            "expected_close_date",
            "status",
            "open",
            people="contacts",
            company="companies",
            lookups={"stage": "stages"},
        ),
        task=Task("activities", "owner"),
        noted=("contacts", "companies", "deals"),
        call={"outcome": "outcomes"},
    ),
)
