"""`filters`: a tree of rules (Concord fact sheet §6)."""

# ruff: noqa: S608 -- only names that the code itself declares stand in SQL, values never do
from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, timedelta

from csc_tui.demo.concord import moments
from csc_tui.demo.concord.custom import MANY, Definition
from csc_tui.demo.concord.kind import Kind
from csc_tui.demo.concord.searching import contained
from csc_tui.demo.concord.view import View
from csc_tui.demo.folding import fold
from csc_tui.demo.listing import Listing
from csc_tui.demo.messages import integer
from csc_tui.demo.schema import Row

_NULLS = ("is_null", "is_not_null")
_COMPARED = {
    "equal": "=",
    "not_equal": "!=",
    "less": "<",
    "less_or_equal": "<=",
    "greater": ">",
    "greater_or_equal": ">=",
}
_PATTERNS = {"begins_with": ("", "%"), "contains": ("%", "%"), "ends_with": ("%", "")}
_RANGES = ("between", "not_between")
OPERATORS: dict[str, tuple[str, ...]] = {
    "text": (
        *("equal", "not_equal", "begins_with", "not_begins_with", "contains", "not_contains"),
        *("ends_with", "not_ends_with", *_NULLS),
    ),
    "number": (*_COMPARED, *_RANGES, *_NULLS),
    "numeric": (*_COMPARED, *_RANGES, *_NULLS),
    "date": (*_COMPARED, *_RANGES, "is", *_NULLS),
    "select": ("equal", "not_equal", *_NULLS),
    "radio": ("equal",),
    "multi-select": ("in", "not_in"),
    "checkbox": ("in",),
}
"""Type of a rule -> its operators."""
_TYPES = {
    "Boolean": "radio",
    "Number": "number",
    "Numeric": "numeric",
    "Date": "date",
    "DateTime": "date",
    "MultiSelect": "multi-select",
    "Checkbox": "checkbox",
    "Select": "select",
    "Radio": "radio",
}
_KINDS = {"int": "number", "number": "numeric", "date": "date", "time": "date", "bool": "radio"}
_DEEPEST = 10
_LATEST = re.compile(r"last_([0-9]+)_days")
PERIODS = (
    *("today", "yesterday", "this_week", "last_week", "this_month", "last_month", "this_year"),
    *("last_year", "last_7_days", "last_14_days", "last_30_days", "last_60_days", "last_90_days"),
)
"""Named ranges of days; the sheet names this_month and last_7_days (§6, §12.7)."""

Condition = tuple[str, list[object]]


class _Rule:
    """What can be asked of one field."""

    def __init__(self, name: str, label: str, type_: str, column: str, kind: str = "") -> None:
        self.name = name
        self.label = label
        self.type = type_
        self.column = column
        self.kind = kind
        """`time` for a column of epoch milliseconds, `json` for one of several ids."""


def _rules(kind: Kind, customs: Sequence[Definition]) -> dict[str, _Rule]:
    """Every rule by its name."""
    rules = {}
    for one in kind.attributes:
        label = one.name.removesuffix("_id").replace("_", " ").capitalize()
        type_ = "select" if kind.relation(one.name) else _KINDS.get(one.kind, "text")
        rules[one.name] = _Rule(one.name, label, type_, kind.key(one.name), one.kind)
    for field in customs:
        type_ = _TYPES.get(field.type, "text")
        column = field.column if type_ != "text" else f"fold({field.column})"
        shape = "json" if field.type in MANY else ""
        rules[field.field_id] = _Rule(field.field_id, field.label, type_, column, shape)
    return rules


def rules_shown(kind: Kind, customs: Sequence[Definition]) -> list[Row]:
    """What GET /{resource}/rules lists."""
    return [
        {
            "id": one.name,
            "label": one.label,
            "type": one.type,
            "operators": list(OPERATORS[one.type]),
            "operatorsOptions": [],
            "component": f"{one.type}-rule",
            "isStatic": False,
            "operands": [],
            "hasAuthorization": False,
            "helpText": None,
            "displayAs": None,
            "quickFilter": None,
            "onlyOncePerGroup": False,
        }
        for one in _rules(kind, customs).values()
    ]


def restrict_filters(
    listing: Listing, kind: Kind, filters: object, customs: Sequence[Definition], view: View
) -> None:
    """Leaves what fulfils one group or an array of groups; what is not understood is ignored."""
    if isinstance(filters, str) and view.switches.filters_as_json:
        try:
            filters = json.loads(filters)
        except (ValueError, RecursionError):
            return
    groups = filters if isinstance(filters, list) else [filters]
    rules = _rules(kind, customs)
    for group in groups:
        found = _group(group, rules, view, 0)
        if found:
            listing.restrict(found[0], *found[1])


def _group(group: object, rules: dict[str, _Rule], view: View, depth: int) -> Condition | None:
    children = group.get("children") if isinstance(group, dict) else None
    if not isinstance(group, dict) or not isinstance(children, list) or depth > _DEEPEST:
        return None
    found = []
    for child in children:
        query = child.get("query") if isinstance(child, dict) else None
        if not isinstance(query, dict):
            continue
        nested = child.get("type") == "group"
        one = _group(query, rules, view, depth + 1) if nested else _rule(query, rules, view)
        if one:
            found.append(one)
    if not found:
        return None
    together = " OR " if str(group.get("condition")).lower() in ("or", "any") else " AND "
    return (
        together.join(f"({sql})" for sql, _ in found),
        [argument for _, arguments in found for argument in arguments],
    )


def _rule(query: Row, rules: dict[str, _Rule], view: View) -> Condition | None:
    rule = rules.get(str(query.get("rule")))
    operator = str(query.get("operator"))
    if rule is None or operator not in OPERATORS[rule.type]:
        return None
    value = query.get("value")
    if rule.name == "user_id" and value == "me":
        value = view.viewer["id"]
    if operator in _NULLS:
        empty = f"{rule.column} IS NULL OR {rule.column} = ''"
        return (empty if operator == "is_null" else f"NOT ({empty})"), []
    if operator == "is":
        return _named_range(rule, str(value), view)
    if operator in ("in", "not_in"):
        return _among(rule, operator, value)
    if operator in _RANGES:
        return _between(rule, operator, value)
    negative, positive = operator.startswith("not_"), operator.removeprefix("not_")
    if positive in _PATTERNS:
        before, after = _PATTERNS[positive]
        pattern = contained(fold(value), before, after)
        sql = f"{rule.column} LIKE ? ESCAPE '\\'"
        return (f"NOT coalesce({sql}, FALSE)" if negative else sql), [pattern]
    compared = _value(rule, value)
    if compared is None:
        return None
    if operator == "not_equal":
        return f"{rule.column} IS NULL OR {rule.column} != ?", [compared]
    return f"{rule.column} {_COMPARED[operator]} ?", [compared]


def _value(rule: _Rule, value: object) -> object:
    """A rule's value as the column holds it; None if it makes no sense."""
    if rule.type in ("number", "numeric"):
        try:
            return float(str(value))
        except ValueError:
            return None
    if rule.type == "date":
        epoch = moments.parse(value)
        return epoch if rule.kind == "time" else value
    if rule.type in ("select", "radio"):
        words = {"true": 1, "false": 0}
        number = words.get(str(value).lower(), integer(value))
        return fold(value) if number is None else number
    return fold(value)


def _between(rule: _Rule, operator: str, value: object) -> Condition | None:
    ends = [_value(rule, one) for one in value] if isinstance(value, list) else []
    if len(ends) != 2 or None in ends:
        return None
    return f"{rule.column} {operator.replace('_', ' ').upper()} ? AND ?", ends


def _among(rule: _Rule, operator: str, value: object) -> Condition | None:
    if not isinstance(value, list):
        return None
    ids = json.dumps([integer(one) for one in value])
    sql = (
        f"EXISTS (SELECT 1 FROM json_each({rule.column})"
        " WHERE value IN (SELECT value FROM json_each(?)))"
    )
    return (f"NOT {sql}" if operator == "not_in" else sql), [ids]


def _period(name: str, today: date) -> tuple[date, date]:
    """The first day of a period and the one after its last. Raises KeyError."""
    month = today.replace(day=1)
    monday, day = today - timedelta(days=today.weekday()), timedelta(days=1)
    if found := _LATEST.fullmatch(name):
        return today - int(found[1]) * day, today + day
    return {
        "today": (today, today + day),
        "yesterday": (today - day, today),
        "this_week": (monday, monday + 7 * day),
        "last_week": (monday - 7 * day, monday),
        "this_month": (month, (month + 32 * day).replace(day=1)),
        "last_month": ((month - day).replace(day=1), month),
        "this_year": (date(today.year, 1, 1), date(today.year + 1, 1, 1)),
        "last_year": (date(today.year - 1, 1, 1), date(today.year, 1, 1)),
    }[name]


def _named_range(rule: _Rule, name: str, view: View) -> Condition | None:
    """Days from the first to the last of a range such as this_month."""
    today = date.fromisoformat(moments.moment(view.now)[:10])
    if name not in PERIODS:
        return None
    ends = [one.isoformat() for one in _period(name, today)]
    values = [moments.parse(one) if rule.kind == "time" else one for one in ends]
    return f"{rule.column} >= ? AND {rule.column} < ?", list(values)
