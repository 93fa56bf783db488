"""Which values a record may take: attribute -> what is stored, or messages in Rails' words.

CentralStationCRM fact sheet §1.7 and the lengths and lists of §3-§7; the wording is open there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from csc_tui.demo import times
from csc_tui.demo.attribute import Attribute
from csc_tui.demo.centralstation.resource import Resource, class_of
from csc_tui.demo.centralstation.resources import RESOURCES
from csc_tui.demo.centralstation.switches import Switches
from csc_tui.demo.centralstation.work import BADGES
from csc_tui.demo.countries import COUNTRIES, STATES
from csc_tui.demo.messages import integer, shown_decimal
from csc_tui.demo.schema import Row
from csc_tui.demo.store import Store

Errors = dict[str, list[str]]
"""Attribute -> messages."""

BLANK = "can't be blank"
MISSING = "must exist"
NOT_LISTED = "is not included in the list"
INVALID = "is invalid"
NO_NUMBER = "is not a number"

_TRUE = (True, 1, "1", "true")
_IGNORED = object()
_LARGEST_EXPONENT = 30
_URL = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)


def validated(
    store: Store, switches: Switches, resource: Resource, old: Row | None, given: Row
) -> tuple[Row, Errors]:
    """The writable values of given as they are stored, and what is wrong with them.

    old is None for a new record. Unknown and read-only attributes are ignored.
    """
    values: Row = {}
    errors: Errors = {}
    for one in resource.attributes:
        if not one.writable or one.name not in given:
            continue
        value, message = _coerced(one, given[one.name])
        if value is _IGNORED:
            continue
        values[one.name] = value
        message = message or _refusal(store, one, value)
        if message:
            errors[one.name] = [message]
    for one in resource.attributes:
        if one.required and _is_missing(resource, one, old, values, switches):
            errors.setdefault(one.name, [BLANK])
    rule = _RULES.get(resource.table)
    if rule:
        rule(store, {**(old or {}), **values}, values, errors)
    if resource.table == "tasks":
        _task(switches, values, errors)
    return values, errors


def is_blank(value: object) -> bool:
    """None, or text of nothing but white space."""
    return value is None or (isinstance(value, str) and not value.strip())


def _coerced(attribute: Attribute, value: object) -> tuple[object, str]:
    """The value as stored and a message if it is not of the attribute's kind."""
    if attribute.kind == "json":
        return (value, "") if value is None or isinstance(value, list) else (_IGNORED, "")
    if isinstance(value, dict | list):
        return _IGNORED, ""
    if value is None:
        return None, ""
    if attribute.kind == "int":
        if value == "":
            return None, ""
        number = integer(value)
        return number, "" if number is not None else NO_NUMBER
    if attribute.kind == "bool":
        return int(value in _TRUE), ""
    if attribute.kind == "time":
        moment = times.parse(str(value))
        return moment, "" if moment is not None or is_blank(value) else INVALID
    if isinstance(value, bool):
        value = "true" if value else "false"
    return str(value), ""


def _refusal(store: Store, attribute: Attribute, value: object) -> str:
    """What is wrong with a value of the right kind; empty if nothing."""
    if is_blank(value):
        return ""
    if attribute.longest is not None and len(str(value)) > attribute.longest:
        return f"is too long (maximum is {attribute.longest} characters)"
    if attribute.choices and value not in attribute.choices:
        return NOT_LISTED
    if attribute.kind == "date" and not times.is_date(str(value)):
        return "is not a valid date"
    if attribute.references:
        target = RESOURCES[attribute.references]
        if store.find(target, integer(value) or 0) is None:
            return MISSING
    return ""


def _is_missing(
    resource: Resource, attribute: Attribute, old: Row | None, values: Row, switches: Switches
) -> bool:
    named = attribute.name == "name" and resource.class_name != ""
    if named and switches.name_required == "never":
        return False
    left_out = attribute.name not in values
    if old is None or not left_out:
        return is_blank(values.get(attribute.name))
    return named and switches.name_required == "always"


def _address(_: Store, row: Row, given: Row, errors: Errors) -> None:
    """City or country; the state must be one of the country's and is never null."""
    if is_blank(row.get("city")) and is_blank(row.get("country_code")):
        errors["city"] = [BLANK]
    country, state = (str(row.get(name) or "").upper() for name in ("country_code", "state_code"))
    if country and country not in COUNTRIES:
        errors.setdefault("country_code", [NOT_LISTED])
    if given.get("country_code"):
        given["country_code"] = country
    if "state_code" in given and given["state_code"] is None:
        errors["state_code"] = [INVALID]
    elif ("state_code" in given or "country_code" in given) and (
        state and (not country or state not in STATES.get(country, {state}))
    ):
        errors.setdefault("state_code", [NOT_LISTED])


def _custom_field(store: Store, row: Row, given: Row, errors: Errors) -> None:
    """The value must be of its field's ftype; it is kept as a number or date as well."""
    kind = store.find(
        RESOURCES["custom_fields_types"], integer(row.get("custom_fields_type_id")) or 0
    )
    if kind is None or is_blank(row.get("name")) or "name" in errors:
        return
    value = str(row["name"])
    given |= {"name_decimal": None, "name_date": None}
    if kind["ftype"] == "decimal":
        given["name_decimal"] = _decimal(value)
        if given["name_decimal"] is None:
            errors["name"] = [NO_NUMBER]
    elif kind["ftype"] == "date":
        if times.is_date(value):
            given["name_date"] = value
        else:
            errors["name"] = ["is not a valid date"]
    elif kind["ftype"] == "select":
        options = store.select(
            "SELECT value FROM json_each((SELECT options FROM custom_fields_types WHERE id = ?))",
            [kind["id"]],
        )
        if (value,) not in options:
            errors["name"] = [NOT_LISTED]
    elif kind["ftype"] == "url" and not _URL.fullmatch(value):
        errors["name"] = ["is not a valid url"]


def _decimal(text: str) -> str | None:
    """The number as the server shows decimals, at least one digit after the point; else None."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        return None
    return shown_decimal(number)


def _custom_fields_type(_: Store, row: Row, given: Row, errors: Errors) -> None:
    """A select needs its options."""
    if row.get("ftype") == "select" and not row.get("options"):
        errors["options"] = [BLANK]


def _position(_: Store, row: Row, given: Row, errors: Errors) -> None:
    """It joins a person and a company."""
    for name in ("person", "company"):
        if row.get(f"{name}_id") is None or f"{name}_id" in errors:
            errors.pop(f"{name}_id", None)
            errors[name] = [MISSING]


def _deal(_: Store, row: Row, given: Row, errors: Errors) -> None:
    """Its numbers are numbers, its chance a percentage."""
    for name in ("value", "value_count"):
        if not is_blank(given.get(name)):
            given[name] = _decimal(str(given[name]))
            if given[name] is None:
                errors[name] = [NO_NUMBER]
    chance = given.get("probability")
    if isinstance(chance, int) and not 0 <= chance <= 100:
        errors.setdefault("probability", [NOT_LISTED])


def _task(switches: Switches, given: Row, errors: Errors) -> None:
    """Its times are days, or moments that are kept in Berlin's time."""
    if given.get("badge") and given["badge"] not in BADGES[switches.badges]:
        errors["badge"] = [NOT_LISTED]
    for name in ("precise_time", "end_time"):
        text = given.get(name)
        if is_blank(text):
            continue
        moment = times.parse(str(text))
        if moment is None:
            errors[name] = [INVALID]
        elif not times.is_date(str(text)) or switches.task_days == "midnight":
            given[name] = times.render(moment)


_RULES: dict[str, Callable[[Store, Row, Row, Errors], None]] = {
    "addrs": _address,
    "custom_fields": _custom_field,
    "custom_fields_types": _custom_fields_type,
    "deals": _deal,
    "positions": _position,
}
"""What a single attribute cannot say."""


def owner_exists(store: Store, child: Resource, given: Mapping[str, object]) -> Resource | None:
    """The resource of the record that attachable_type and attachable_id name, if it exists."""
    for resource in RESOURCES.values():
        name = class_of(child, resource)
        if name and name == given.get("attachable_type"):
            record_id = integer(given.get("attachable_id"))
            return resource if record_id and store.find(resource, record_id) else None
    return None
