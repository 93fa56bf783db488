"""Columns that follow from others: search keys, parts of a date, sums."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from csc_tui.demo import times
from csc_tui.demo.folding import clean_number, digits, fold
from csc_tui.demo.messages import shown_decimal


def person_keys(row: Mapping[str, object]) -> dict[str, object]:
    """Last and first name as they are sorted and searched."""
    return {"name_key": fold(row.get("name")), "first_key": fold(row.get("first_name"))}


def name_key(row: Mapping[str, object]) -> dict[str, object]:
    """The name as it is sorted and searched."""
    return {"name_key": fold(row.get("name"))}


def task_keys(row: Mapping[str, object]) -> dict[str, object]:
    """The day in Berlin on which a task is due."""
    when = times.parse(str(row.get("precise_time") or ""))
    return {"due_day": None if when is None else times.render(when)[:10]}


def deal_keys(row: Mapping[str, object]) -> dict[str, object]:
    """value_sum is value times value_count: assumed, the sheet has no formula (§5)."""
    value, count = (Decimal(str(row.get(name) or 0)) for name in ("value", "value_count"))
    total = None if row.get("value") is None else shown_decimal(value * count)
    return {**name_key(row), "value_key": float(value), "value_sum": total}


def number_keys(row: Mapping[str, object]) -> dict[str, object]:
    """Of a contact detail: what it is searched by, and the number tidied up."""
    number = row.get("name") if row.get("type") == "Tel" else ""
    return {
        "name_key": fold(row.get("name")),
        "digits": digits(number),
        "name_clean": clean_number(number),
    }


def day_keys(row: Mapping[str, object]) -> dict[str, object]:
    """Year, month and day of a date."""
    year, _, rest = str(row.get("name")).partition("-")
    month, _, day = rest.partition("-")
    if not (year.isdigit() and month.isdigit() and day.isdigit()):
        return {}
    return {"year": int(year), "month": int(month), "day": int(day)}
