"""One column of a record, as every dialect declares it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["int", "text", "bool", "time", "date", "json", "number", "decimal"]
"""How a value is stored and shown: times are epoch milliseconds inside, json is text inside.

A decimal is a number that travels as text and is compared as a number."""

Compute = Callable[[Mapping[str, object]], dict[str, object]]
"""Columns of a row that follow from its others: search keys, parts of a date."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One key of a record on the wire."""

    name: str
    kind: Kind = "text"
    writable: bool = True
    """False: a value sent by a client is ignored."""
    longest: int | None = None
    """In characters."""
    required: bool = False
    """May be neither absent on create nor blank."""
    choices: tuple[str, ...] = ()
    references: str = ""
    """Table in which a value that is not null must be an id."""
