"""What a single attribute cannot say: rules of one kind of record (Concord fact sheet §10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from csc_tui.demo.concord import moments
from csc_tui.demo.concord.answers import Errors, in_conflict, required, selected
from csc_tui.demo.concord.kinds import TABLES
from csc_tui.demo.concord.view import View
from csc_tui.demo.messages import integer
from csc_tui.demo.schema import Row

_LONGEST_REMINDER = 40_320
_SHORTEST_PASSWORD = 6


def _deal(
    view: View, old: Row | None, given: Mapping[str, object], values: Row, errors: Errors
) -> None:
    _stage(view, old, given, values, errors)
    if old and view.store.number(
        "SELECT count(*) FROM billables AS b JOIN billable_lines AS l ON l.billable_id = b.id"
        " WHERE b.deal_id = ?",
        [old["id"]],
    ):
        values.pop("amount", None)
    before = str(old["status"]) if old else "open"
    after = str(values.get("status") or before)
    if "status" in given and values.get("status") is None and "status" not in errors:
        values.pop("status", None)
    if {before, after} == {"won", "lost"}:
        raise in_conflict(f"A deal that is {before} must be open before it is {after}.")
    if old is None:
        values.setdefault("status", after)
    if after != "lost":
        values.pop("lost_reason", None)
    elif view.switches.lost_reason_required and before != "lost" and not values.get("lost_reason"):
        errors.setdefault("lost_reason", [required("lost_reason")])
    if after != before or old is None:
        values |= {
            "won_date": view.now if after == "won" else None,
            "lost_date": view.now if after == "lost" else None,
        }
        if after != "lost":
            values["lost_reason"] = None


def _stage(
    view: View, old: Row | None, given: Mapping[str, object], values: Row, errors: Errors
) -> None:
    """The pipeline follows the stage; whoever names a pipeline names one of its stages."""
    if "pipeline_id" in given:
        if values.get("pipeline_id") is None and "pipeline_id" not in errors:
            errors["pipeline_id"] = [required("pipeline_id")]
        if old and "stage_id" not in given:
            errors["stage_id"] = [required("stage_id")]
    stage_id = integer(values.get("stage_id"))
    if stage_id is None:
        return
    stage = view.store.find(TABLES["pipeline_stages"], stage_id)
    pipeline = stage["pipeline_id"] if stage else None
    if values.get("pipeline_id") not in (None, pipeline):
        errors["stage_id"] = [selected("stage_id")]
        return
    values["pipeline_id"] = pipeline
    if old is None or old["stage_id"] != stage_id:
        values["stage_changed_date"] = view.now


def _activity(
    view: View, old: Row | None, given: Mapping[str, object], values: Row, errors: Errors
) -> None:
    for name in ("due_date", "end_date"):
        if not isinstance(values.get(name), str):
            continue
        text = str(values[name])
        if moments.is_day(text) and moments.day(text):
            continue
        found = moments.parse(text)
        if found is None:
            errors[name] = [f"The {name.replace('_', ' ')} field must be a valid date."]
        else:
            values[name] = moments.spaced(found)
    if "due_time" in given and "due_date" not in given:
        errors["due_date"] = [required("due_date")]
    if old and "end_date" in given and "due_date" not in given:
        errors.setdefault("due_date", [required("due_date")])
    if ("due_date" in values or "end_date" in values) and not values.get("end_date"):
        values["end_date"] = values.get("due_date") or (old["due_date"] if old else None)
    _ends_after(values, errors)
    minutes = integer(values.get("reminder_minutes_before"))
    if minutes is not None and not 1 <= minutes <= _LONGEST_REMINDER:
        errors["reminder_minutes_before"] = [
            f"The reminder minutes before field must be between 1 and {_LONGEST_REMINDER}."
        ]
    if "is_completed" in given:
        done = given["is_completed"] in (True, 1, "1", "true")
        before = old["completed_at"] if old else None
        values["completed_at"] = (before or view.now) if done else None


def _ends_after(values: Row, errors: Errors) -> None:
    due, end = values.get("due_date"), values.get("end_date")
    if not isinstance(due, str) or not isinstance(end, str) or "due_date" in errors:
        return
    if not moments.is_day(due) and moments.is_day(end):
        if due[:10] != end:
            errors["end_date"] = ["The end date field must be the day of the due date."]
    elif end < due[: len(end)]:
        errors["end_date"] = ["The end date field must be a date after or equal to due date."]


def _product(
    view: View, old: Row | None, given: Mapping[str, object], values: Row, errors: Errors
) -> None:
    for name in ("unit_price", "direct_cost", "tax_rate"):
        number = values.get(name)
        if isinstance(number, float) and number < 0:
            errors[name] = [f"The {name.replace('_', ' ')} field must be at least 0."]
    rate = values.get("tax_rate")
    if isinstance(rate, float) and rate > 100:
        errors["tax_rate"] = ["The tax rate field must not be greater than 100."]
    if "tax_rate" in values and rate is None:
        values["tax_rate"] = 0.0
    if old is None:
        values.setdefault("is_active", 1)


def _pipeline_stage(
    view: View, old: Row | None, given: Mapping[str, object], values: Row, errors: Errors
) -> None:
    probability = integer(values.get("win_probability"))
    if probability is not None and not 0 <= probability <= 100:
        errors["win_probability"] = ["The win probability field must be between 0 and 100."]
    twins = view.store.number(
        "SELECT count(*) FROM pipeline_stages WHERE name_key = fold(?) AND pipeline_id = ?"
        " AND id != ?",
        [values.get("name"), values.get("pipeline_id"), old["id"] if old else 0],
    )
    if twins:
        errors.setdefault("name", ["The name has already been taken."])


def _user(
    view: View, old: Row | None, given: Mapping[str, object], values: Row, errors: Errors
) -> None:
    password = given.get("password")
    if old is None and not password:
        errors["password"] = [required("password")]
    elif password and len(str(password)) < _SHORTEST_PASSWORD:
        errors["password"] = [
            f"The password field must be at least {_SHORTEST_PASSWORD} characters."
        ]
    elif password and given.get("password_confirmation") != password:
        errors["password"] = ["The password field confirmation does not match."]
    if old is None:
        # The API is off for new users (fact sheet §1).
        values.setdefault("access_api", 0)


Rule = Callable[[View, Row | None, Mapping[str, object], Row, Errors], None]

RULES: dict[str, Rule] = {
    "deals": _deal,
    "activities": _activity,
    "products": _product,
    "pipeline_stages": _pipeline_stage,
    "users": _user,
}
"""By table: completes and checks the values of a record; may raise Refused (409)."""
