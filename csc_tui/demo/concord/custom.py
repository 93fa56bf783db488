"""Custom fields: their definitions, and the values that go in one shape and come out in another.

Concord fact sheet §13.
"""

from __future__ import annotations

import json
import re
import zoneinfo
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache

from csc_tui.demo.concord import moments
from csc_tui.demo.concord.kinds import DEFINITIONS, LONGEST, OPTIONS
from csc_tui.demo.folding import fold
from csc_tui.demo.messages import integer
from csc_tui.demo.schema import Row
from csc_tui.demo.store import Store, listed

SINGLE = ("Select", "Radio")
MANY = ("Checkbox", "MultiSelect")
TYPES = (
    *("Boolean", "Checkbox", "ColorSwatch", "Date", "DateTime", "Email", "MultiSelect", "Number"),
    *("Numeric", "Radio", "Select", "Text", "Textarea", "Timezone", "Url"),
)
UNIQUE_TYPES = ("Text", "Number", "Email")

SKIP = object()
"""In place of a value: the field keeps what it has."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URL = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_MONEY = re.compile(r"^[A-Z]{3}\s*|\s*[A-Z]{3}$|\s*[€$£]\s*")
_TRUE, _FALSE = (1, "1", "true"), (0, "0", "false")


@dataclass(slots=True)
class Definition:
    """One custom field of a kind of record."""

    row: Row
    options: list[Row] = field(default_factory=list)

    @property
    def field_id(self) -> str:
        """Its key in a record."""
        return str(self.row["field_id"])

    @property
    def type(self) -> str:
        """One of TYPES."""
        return str(self.row["field_type"])

    @property
    def label(self) -> str:
        """What it is called."""
        return str(self.row["label"])

    @property
    def column(self) -> str:
        """SQL for its value."""
        return f"json_extract(custom, '$.{self.field_id}')"

    def option(self, given: object) -> Row | None:
        """The option of this id or label."""
        number = integer(given)
        label = fold(given)
        by_id = (one for one in self.options if number is not None and one["id"] == number)
        by_label = (one for one in self.options if fold(one["name"]) == label)
        return next(by_id, None) or next(by_label, None)


def definitions(store: Store, table: str) -> list[Definition]:
    """The custom fields of a kind in their order, by two statements."""
    rows = store.rows(DEFINITIONS, "resource_name = ?", [table], "ORDER BY id")
    return with_options(store, rows)


def with_options(store: Store, rows: list[Row]) -> list[Definition]:
    """Rows of definitions with their options."""
    found = {row["id"]: Definition(row) for row in rows}
    within = "definition_id IN (SELECT value FROM json_each(?))"
    for row in store.rows(OPTIONS, within, [listed(list(found))], "ORDER BY display_order, id"):
        found[row["definition_id"]].options.append(row)
    return list(found.values())


def option_shown(row: Row) -> Row:
    """An option as records and definitions show it."""
    return {name: row[name] for name in ("id", "name", "swatch_color")}


def shown(definition: Definition, value: object) -> object:
    """A stored value as a record shows it."""
    if definition.type == "Numeric":
        return 0 if value is None else value
    if definition.type in MANY:
        ids = value if isinstance(value, list) else []
        return [option_shown(one) for one in definition.options if one["id"] in ids]
    if value is None:
        return None
    if definition.type == "Date":
        return moments.midnight(str(value))
    if definition.type == "DateTime":
        epoch = moments.parse(value)
        return None if epoch is None else moments.moment(epoch)
    return value


def values_of(row: Mapping[str, object]) -> Row:
    """The stored custom values of a record."""
    parsed = json.loads(str(row.get("custom") or "{}"))
    return parsed if isinstance(parsed, dict) else {}


def coerced(store: Store, definition: Definition, value: object, null_clears: bool) -> object:
    """The value as it is stored, or SKIP. ValueError with what is wrong with it.

    An option that does not exist is made.
    """
    if definition.type in SINGLE:
        if value in (None, ""):
            return None if null_clears else SKIP
        if isinstance(value, list | dict):
            raise ValueError("The selected {} is invalid.")
        return _option(store, definition, value)
    if definition.type in MANY:
        if value is None:
            return SKIP
        wanted = value.split(",") if isinstance(value, str) else value
        if not isinstance(wanted, list):
            raise ValueError("The {} field must be an array.")
        return [_option(store, definition, one) for one in wanted if str(one).strip()]
    if value in (None, ""):
        return None
    return _COERCE[definition.type](value)


def _option(store: Store, definition: Definition, given: object) -> object:
    """The id of the option, of a new one if nothing is called like that (§13.1)."""
    given = given.get("id", given.get("name")) if isinstance(given, dict) else given
    found = definition.option(given)
    if found is None:
        row: Row = {
            "definition_id": definition.row["id"],
            "name": str(given).strip(),
            "swatch_color": None,
            "display_order": len(definition.options) + 1,
        }
        found = {**row, "id": store.insert(OPTIONS, row)}
        definition.options.append(found)
    return found["id"]


def _boolean(value: object) -> object:
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ValueError("The {} field must be true or false.")


def _date(value: object) -> object:
    found = moments.day(value)
    if found is None:
        raise ValueError("The {} field must be a valid date.")
    return found


def _datetime(value: object) -> object:
    found = moments.parse(value)
    if found is None:
        raise ValueError("The {} field must be a valid date.")
    return moments.spaced(found)


def _number(value: object) -> object:
    found = integer(value)
    if found is None:
        raise ValueError("The {} field must be an integer.")
    return found


def decimal(value: object) -> float:
    """A number of at most 15 digits, 3 of them after the point. ValueError for anything else."""
    text = _MONEY.sub("", value.strip()) if isinstance(value, str) else value
    if isinstance(text, bool) or not isinstance(text, int | float | str):
        raise ValueError("The {} field must be a number.")
    try:
        number = Decimal(str(text)).quantize(Decimal("0.001"))
    except InvalidOperation:
        raise ValueError("The {} field must be a number.") from None
    if not number.is_finite() or abs(number) >= 10**12:
        raise ValueError("The {} field must be a number.")
    return float(number)


def _numeric(value: object) -> object:
    number = decimal(value)
    if number < 0:
        raise ValueError("The {} field must be at least 0.")
    return int(number) if number == int(number) else number


def _text(value: object) -> str:
    if isinstance(value, list | dict | bool):
        raise ValueError("The {} field must be a string.")
    return str(value)


def _short(value: object) -> object:
    text = _text(value)
    if len(text) > LONGEST:
        raise ValueError(f"The {{}} field must not be greater than {LONGEST} characters.")
    return text


def _matching(pattern: re.Pattern[str], words: str) -> Callable[[object], object]:
    def check(value: object) -> object:
        text = str(_short(value))
        if not pattern.fullmatch(text):
            raise ValueError(f"The {{}} field must be a valid {words}.")
        return text

    return check


@cache
def timezones() -> list[str]:
    """The identifiers that are known here; empty where no time zone database is installed."""
    return sorted(zoneinfo.available_timezones())


def _timezone(value: object) -> object:
    if timezones() and value not in timezones():
        raise ValueError("The {} field must be a valid timezone.")
    return _short(value)


def is_email(text: object) -> bool:
    """True for what looks like an address."""
    return isinstance(text, str) and _EMAIL.fullmatch(text) is not None


def is_colour(text: object) -> bool:
    """True for `#rrggbb`."""
    return isinstance(text, str) and _COLOUR.fullmatch(text) is not None


_COERCE: dict[str, Callable[[object], object]] = {
    "Boolean": _boolean,
    "ColorSwatch": _matching(_COLOUR, "colour"),
    "Date": _date,
    "DateTime": _datetime,
    "Email": _matching(_EMAIL, "email address"),
    "Number": _number,
    "Numeric": _numeric,
    "Text": _short,
    "Textarea": _text,
    "Timezone": _timezone,
    "Url": _matching(_URL, "URL"),
}
