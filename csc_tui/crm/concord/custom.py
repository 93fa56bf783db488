"""Custom fields: their definitions, and both shapes that a value has on the wire.

What is read is not what is written: options come as objects and go as ids, days come as moments
and go as days. Concord fact sheet §13; the request samples are the vendor's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from csc_tui.domain.dates import Here, day, moment
from csc_tui.domain.due import is_day
from csc_tui.domain.field import Choice, Field, Kind, Plain
from csc_tui.domain.lookup import FieldDefinition, words_of
from csc_tui.domain.numbers import grouped
from csc_tui.domain.ref import CUSTOM

PREFIX = "cf_"
"""Begins the key of every custom field."""

_TYPES: dict[str, Field] = {
    "boolean": Field("", "", Kind.FLAG),
    "checkbox": Field("", "", Kind.SEVERAL),
    "multiselect": Field("", "", Kind.SEVERAL),
    "radio": Field("", "", Kind.CHOICE, clears=False),
    "select": Field("", "", Kind.CHOICE, clears=False),
    "date": Field("", "", Kind.DATE),
    "datetime": Field("", "", Kind.MOMENT),
    "email": Field("", "", Kind.EMAIL, max_length=191),
    "number": Field("", "", Kind.NUMBER, digits=10, decimals=0),
    "numeric": Field("", "", Kind.NUMBER, digits=15, decimals=3, least=0),
    "text": Field("", "", max_length=191),
    "textarea": Field("", "", Kind.LONG),
    "timezone": Field("", "", Kind.CHOICE, lookup="timezones"),
    "url": Field("", "", Kind.URL, max_length=191),
    "colorswatch": Field("", "", Kind.COLOUR),
}
"""The vendor's type, in lower-case letters, -> what its fields have in common."""

_NOISE = re.compile(r"(?:form|field|input)|[^a-z]")


def type_of(raw: Mapping[str, Any]) -> str:
    """The vendor's type of a field definition as one of `_TYPES`; `text` where it is none."""
    inner = _inner(raw)
    for said in (raw.get("field_type"), inner.get("field_type"), raw.get("type"),
                 raw.get("component")):  # fmt: skip
        word = _NOISE.sub("", str(said or "").lower())
        if word in _TYPES:
            return word
    return "text"


def definition(resource: str, raw: object, place: int) -> FieldDefinition | None:
    """A custom field out of the list of a resource's fields; None for the CRM's own fields."""
    if not isinstance(raw, Mapping):
        return None
    inner = _inner(raw)
    names = (raw.get("attribute"), raw.get("field_id"), inner.get("field_id"), raw.get("name"),
             raw.get("id"))  # fmt: skip
    key = next((one for one in names if isinstance(one, str) and one.startswith(PREFIX)), "")
    if not re.fullmatch(r"[A-Za-z0-9_]{4,64}", key):
        return None
    label = raw.get("label") or inner.get("label")
    return FieldDefinition(
        id=key,
        resource=resource,
        label=label if isinstance(label, str) else key,
        kind=type_of(raw),
        options=tuple(_options(raw.get("options") or inner.get("options"))),
        position=place,
        unique=any(it is True for it in (raw.get("isUnique"), inner.get("is_unique"))),
    )


def _inner(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    found = raw.get("customField") or raw.get("custom_field")
    return found if isinstance(found, Mapping) else {}


def _options(raw: object) -> list[Choice]:
    """Options as ids and words, whatever the two are called."""
    if isinstance(raw, Mapping):
        return [Choice(str(key), str(words)) for key, words in raw.items()]
    found = []
    for one in raw if isinstance(raw, list) else ():
        if isinstance(one, Mapping):
            made = next((one[key] for key in ("id", "value") if one.get(key) is not None), None)
            words = next((one[key] for key in ("name", "label") if one.get(key)), made)
            if isinstance(made, int | str):
                found.append(Choice(str(made), str(words)))
    return found


def field_of(one: FieldDefinition) -> Field:
    """The field that a definition makes."""
    kind = _TYPES.get(one.kind, _TYPES["text"])
    return Field(
        name=f"{CUSTOM}{one.id}",
        label=one.label,
        kind=kind.kind,
        max_length=kind.max_length,
        choices=one.options,
        lookup=kind.lookup,
        clears=kind.clears,
        digits=kind.digits,
        decimals=kind.decimals,
        least=kind.least,
        unique=one.unique,
        wire=one.id,
    )


# --- from the wire


def read(field: Field | None, raw: object) -> Plain:
    """A value of the wire in plain form; as it came, as text, where it is nothing of its kind."""
    if raw is None or raw == "" or raw == []:
        return None
    kind = field.kind if field is not None else None
    if kind is Kind.SEVERAL or isinstance(raw, list):
        items = raw if isinstance(raw, list) else [raw]
        return [text for one in items if (text := _option(one))]
    if kind is Kind.CHOICE:
        return _option(raw)
    if kind is Kind.FLAG:
        return _flag(raw)
    if kind in (Kind.DATE, Kind.MOMENT):
        return _time(str(raw), kind)
    if isinstance(raw, bool):
        return raw
    return number(raw) if isinstance(raw, int | float) else _option(raw)


def _option(raw: object) -> str:
    """The id of an option, given as an object or as an id; other values as text."""
    if isinstance(raw, Mapping):
        raw = raw.get("id", raw.get("name", ""))
    return "" if raw is None else number(raw) if isinstance(raw, int | float) else str(raw)


def _flag(raw: object) -> Plain:
    if isinstance(raw, bool):
        return raw
    return {"1": True, "true": True, "0": False, "false": False}.get(str(raw).lower(), str(raw))


def number(raw: float) -> str:
    """A JSON number as plain decimals: `7.125`, `200`."""
    if isinstance(raw, bool):
        return str(raw)
    text = format(Decimal(repr(raw)), "f")
    return text.removesuffix(".0")


def _time(raw: str, kind: Kind) -> str:
    """A day as it is written, whatever zone its midnight is in; a moment in UTC."""
    try:
        if kind is Kind.DATE:
            return date.fromisoformat(raw[:10]).isoformat()
        at = datetime.fromisoformat(raw)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return raw


# --- to the wire


def write(field: Field, value: Plain) -> Any:
    """A plain value as the vendor's samples have it; None for no value, `[]` for none of several.

    ValueError for an option that the definition does not have: the server would make it.
    """
    if field.kind is Kind.SEVERAL:
        return [_known(field, one) for one in value] if isinstance(value, list) else []
    if value is None or value == "":
        return None
    match field.kind:
        case Kind.CHOICE if field.choices:
            return _known(field, value)
        case Kind.NUMBER:
            return _json_number(str(value))
        case Kind.MOMENT:
            return written(str(value))
        case _:
            return value


def written(moment: str) -> str:
    """A day as it is, a moment in UTC without its zone."""
    if is_day(moment):
        return moment
    return f"{datetime.fromisoformat(moment).astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def _known(field: Field, value: object) -> int | str:
    text = str(value)
    if text not in {one.value for one in field.choices}:
        raise ValueError(f"{field.name} has no option {text!r}")
    return whole(text)


def whole(text: str) -> int | str:
    """An id as the server writes it: a number where it is one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else text


def _json_number(text: str) -> int | float | str:
    """Digits that JSON keeps: 15 in all survive as a float."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return int(value) if value == value.to_integral_value() else float(value)


# --- for people


def shown(field: Field | None, value: Plain) -> str:
    """A value in words, for a list."""
    if value is None or isinstance(value, bool | dict):
        return {True: "yes", False: "no"}.get(value, "") if isinstance(value, bool) else ""
    if isinstance(value, list):
        return ", ".join(shown(field, one) for one in value)
    text = str(value)
    if field is None:
        return text
    try:
        match field.kind:
            case Kind.DATE:
                return day(date.fromisoformat(text))
            case Kind.MOMENT:
                return moment(datetime.fromisoformat(text), Here())
            case Kind.NUMBER:
                return grouped(text)
            case _:
                return words_of(field.choices, text) or text
    except ValueError:
        return text
