"""Fields: what a value is called, what it may be, where it comes from.

A field is declared once, by `field()` on an attribute of a model; parsing, columns, detail rows,
forms and request bodies are all made from that one declaration. Fields that are found at run time
(custom fields) are made as `Field` directly and join the same tuples.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

import pydantic

if TYPE_CHECKING:
    from collections.abc import Mapping

Plain = None | bool | int | str | list[Any] | dict[str, Any]
"""A value as forms, drafts and changes hold it: JSON; dates and decimals are text."""


class Kind(StrEnum):
    """What sort of value a field takes; it chooses the form's widget and the validation."""

    TEXT = "text"
    LONG = "long"
    """Several lines."""
    NUMBER = "number"
    """A decimal, held as text: `50000.00`."""
    DATE = "date"
    """`2026-12-31`, typed also as `31.12.2026`."""
    TIME = "time"
    """A moment with its zone, read only."""
    FLAG = "flag"
    """Yes or no."""
    MOMENT = "moment"
    """Day and time; held in UTC as `2026-11-26T06:00:00+00:00`, typed and shown as it is here."""
    CHOICE = "choice"
    """One of `choices`, or of what the lookup named in `lookup` offers."""
    SEVERAL = "several"
    """Any of `choices`, held as a list of their values."""
    LINK = "link"
    """A record of the resource named in `lookup`, held as `{"id": "4411", "name": "Brandt GmbH"}`;
    a new one, where that is taken, by its name alone."""
    PHONE = "phone"
    EMAIL = "email"
    URL = "url"
    COLOUR = "colour"
    """`#3366cc`."""
    TAGS = "tags"
    """Names with commas between."""


class Choice(NamedTuple):
    """One option: the value that is sent and the words that are shown."""

    value: str
    words: str
    note: str = ""
    """Shown beside it in the pick list, and searched too: a city, an English name."""


class Field(NamedTuple):
    """One field of a record or part."""

    name: str
    """The attribute's name, or `custom:71` for a field found at run time."""
    label: str
    """The vendor's own English word."""
    kind: Kind = Kind.TEXT
    required: bool = False
    writable: bool = True
    max_length: int = 0
    """In characters; 0: no limit known."""
    choices: tuple[Choice, ...] = ()
    """The closed set of options, if it is known when the model is written or defined."""
    lookup: str = ""
    """Where else options come from: `users`, `languages`, `countries`, `tags`; of a link the
    resource."""
    free: bool = False
    """Whether text that is no option is taken too (a new company, a new tag)."""
    clears: bool = True
    """Whether the CRM can be made to forget a value."""
    whole_day: bool = False
    """Of a moment: whether a day without a time is a value too, held as `2026-11-26`."""
    digits: int = 0
    """Of a number: how many it may have in all; 0: no limit known."""
    decimals: int | None = None
    """Of a number: how many may stand behind the point; None: no limit known."""
    least: int | None = None
    """Of a number: what it is at least."""
    lasts: bool = False
    """Whether it is chosen when something is made and stays what it is."""
    goes_with: tuple[str, str] | None = None
    """Another field's name and value: it is asked for only where that one has this value, or any
    at all if that is empty."""
    past: bool = False
    """Of a date: whether it is of what has happened, so that `fri` is the Friday that was."""
    past_with: tuple[str, tuple[str, ...]] | None = None
    """Another field's name and those of its values that make this date one of the past."""
    begins: str = ""
    """What stands for it in something new where nothing is typed: `now`; empty: nothing."""
    unique: bool = False
    """Whether no two records may have the same value."""
    hint: str = ""
    """What it takes, shown at the right of the box: `date`, `number`."""
    wire: str = ""
    """The vendor's name of it; only the adapter that declared it looks here."""


def field(label: str, *, default: Any = None, wire: str = "", **spec: Any) -> Any:
    """Declare an attribute of a model as a field, with the vendor's own label.

    `wire` is the vendor's key where it differs from the attribute's name; `spec` are the other
    attributes of `Field`.
    """
    made = Field(name="", label=label, wire=wire, **spec)
    return pydantic.Field(
        default=default,
        validation_alias=wire or None,
        json_schema_extra={"field": made},  # type: ignore[dict-item]
    )


def fields_of(model: type[pydantic.BaseModel]) -> tuple[Field, ...]:
    """The fields that a model declares, in order."""
    found = []
    for name, info in model.model_fields.items():
        extra: Mapping[str, Any] = (
            info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        )
        if isinstance(made := extra.get("field"), Field):
            found.append(made._replace(name=name, wire=made.wire or name))
    return tuple(found)
