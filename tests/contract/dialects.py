"""Every CRM that the program knows, as the contract has to know it: names, and what is refused.

A third one adds one entry here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


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
    ),
)
