"""Which values a record may take, in Laravel's words (Concord fact sheet §3, §7, §10)."""

# ruff: noqa: S608 -- only names that the code itself declares stand in SQL, values never do
from __future__ import annotations

from collections.abc import Mapping, Sequence

from csc_tui.demo.attribute import Attribute
from csc_tui.demo.concord import custom, moments
from csc_tui.demo.concord.answers import Errors, required, selected, taken, words
from csc_tui.demo.concord.custom import SKIP, Definition
from csc_tui.demo.concord.kind import Kind
from csc_tui.demo.concord.kinds import TABLES
from csc_tui.demo.concord.reading import alive
from csc_tui.demo.concord.rules import RULES
from csc_tui.demo.concord.view import View
from csc_tui.demo.folding import fold
from csc_tui.demo.messages import integer
from csc_tui.demo.schema import Row

_BOOLEANS = {"true": 1, "1": 1, "on": 1, "false": 0, "0": 0, "off": 0}


def validated(
    view: View, kind: Kind, old: Row | None, given: Mapping[str, object]
) -> tuple[Row, Errors]:
    """The writable values of given as they are stored, and what is wrong with them.

    old is None for a new record. Unknown and read-only keys are ignored. Raises Refused (409).
    """
    values: Row = {}
    errors: Errors = {}
    for one in kind.attributes:
        if not one.writable or one.name not in given:
            continue
        try:
            values[one.name] = _coerced(view, kind, one, given[one.name])
        except ValueError as wrong:
            errors[one.name] = [str(wrong).format(words(one.name))]
    for one in kind.attributes:
        named = one.name in values or one.name in errors
        wanted = one.required and (named or old is None or kind.whole)
        if wanted and one.name not in errors and _is_blank(values.get(one.name)):
            errors[one.name] = [required(one.name)]
    for name in kind.unique:
        value = None if name in errors else values.get(name)
        if not _is_blank(value) and _is_taken(view, kind, old, name, value):
            errors[name] = [taken(name)]
    rule = RULES.get(kind.table)
    if rule:
        rule(view, old, given, values, errors)
    return values, errors


def _coerced(view: View, kind: Kind, attribute: Attribute, value: object) -> object:
    """The value as it is stored. ValueError with what is wrong, `{}` for the name."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if kind.relation(attribute.name):
        return _related(view, kind, attribute.name, value)
    if attribute.kind == "json":
        if not isinstance(value, list | dict):
            raise ValueError("The {} field must be an array.")
        return value
    if isinstance(value, list | dict):
        raise ValueError("The {} field must be a string.")
    if attribute.kind == "int":
        number = integer(value)
        if number is None:
            raise ValueError("The {} field must be an integer.")
        return number
    if attribute.kind == "number":
        return custom.decimal(value)
    if attribute.kind == "bool":
        known = _BOOLEANS.get(str(value).lower())
        if known is None:
            raise ValueError("The {} field must be true or false.")
        return known
    if attribute.kind in ("date", "time"):
        return _moment(attribute.kind, value)
    return _text(attribute, value)


def _moment(kind: str, value: object) -> object:
    found: object = moments.day(value) if kind == "date" else moments.parse(value)
    if found is None:
        raise ValueError("The {} field must be a valid date.")
    return found


def _text(attribute: Attribute, value: object) -> str:
    text = str(value).strip() if not isinstance(value, bool) else str(int(value))
    if attribute.longest is not None and len(text) > attribute.longest:
        raise ValueError(f"The {{}} field must not be greater than {attribute.longest} characters.")
    if attribute.choices and text not in attribute.choices:
        raise ValueError(selected("{}"))
    if attribute.name == "email" and not custom.is_email(text):
        raise ValueError("The {} field must be a valid email address.")
    if attribute.name == "swatch_color" and not custom.is_colour(text):
        raise ValueError("The {} field must be a valid colour.")
    return text


def _related(view: View, kind: Kind, column: str, value: object) -> int:
    """The id of the record that an id or a name points to; a name may make a new one."""
    relation = kind.relation(column)
    if relation is None:
        raise ValueError(selected("{}"))
    target = TABLES[relation.table]
    value = value.get("id") if isinstance(value, dict) else value
    number = integer(value)
    if number is not None:
        found = view.store.rows(target, f"id = ? AND {alive(target)}", [number])
        if not found:
            raise ValueError(selected("{}"))
        return number
    if not isinstance(value, str):
        raise ValueError(selected("{}"))
    where = f"name_key = ? AND {alive(target)}"
    found = view.store.rows(target, where, [fold(value)], "ORDER BY id LIMIT 1")
    if found:
        return integer(found[0]["id"]) or 0
    if relation.unknown == "refused":
        raise ValueError(selected("{}"))
    times = {"created_at": view.now, "updated_at": view.now}
    return view.store.insert(target, {"name": value.strip(), **times})


def _is_blank(value: object) -> bool:
    return value is None or value == ""


def _is_taken(view: View, kind: Kind, old: Row | None, column: str, value: object) -> bool:
    key = kind.key(column)
    where = f"{key} = ? AND id != ? AND {alive(kind)}"
    own = old["id"] if old else 0
    text = fold(value) if isinstance(value, str) else value
    if view.store.number(f"SELECT count(*) FROM {kind.table} WHERE {where}", [text, own]):
        return True
    if (kind.table, column) != ("contacts", "email"):
        return False
    return view.store.number("SELECT count(*) FROM users WHERE fold(email) = ?", [text]) > 0


def customs_validated(
    view: View,
    kind: Kind,
    old: Row | None,
    given: Mapping[str, object],
    customs: Sequence[Definition],
) -> tuple[Row, Errors]:
    """All custom values of the record after the write, and what is wrong with the new ones."""
    values = custom.values_of(old) if old else {}
    errors: Errors = {}
    clears = view.switches.null_clears_option
    for one in customs:
        if one.field_id not in given:
            continue
        try:
            value = custom.coerced(view.store, one, given[one.field_id], clears)
        except ValueError as wrong:
            errors[one.field_id] = [str(wrong).format(one.label)]
            continue
        if value is SKIP:
            continue
        values[one.field_id] = value
        if one.row["is_unique"] and value is not None and _has(view, kind, old, one, value):
            errors[one.field_id] = [taken(one.label)]
    return values, errors


def _has(view: View, kind: Kind, old: Row | None, one: Definition, value: object) -> bool:
    """Whether another record has this value of a unique field."""
    sql = f"SELECT count(*) FROM {kind.table} WHERE {one.column} = ? AND id != ? AND {alive(kind)}"
    return view.store.number(sql, [value, old["id"] if old else 0]) > 0
