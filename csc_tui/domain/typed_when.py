"""Dates and times as people type them everywhere: `+2d`, `fri`, `3.12.`, `14:00`, or in full."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from csc_tui.domain.dates import Here, day, local
from csc_tui.domain.due import due_words, is_day, span
from csc_tui.domain.field import Kind
from csc_tui.domain.folding import fold
from csc_tui.domain.postponing import put_off
from csc_tui.domain.typed import BadValue, check, typed_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from csc_tui.domain.field import Choice, Field, Plain

BIRTHDAYS = frozenset(
    {"birthday", "birth date", "birthdate", "date of birth", "geburtstag", "geburtsdatum"}
)
"""What custom fields are called that hold one: nothing else tells it."""
DATED = (Kind.DATE, Kind.MOMENT)
"""The kinds of fields whose text may be reckoned from today."""


def check_at(field: Field, text: str, choices: Sequence[Choice], now: datetime) -> Plain:
    """As `typed.check`; dates also as they are put off, reckoned from `now`. Raises BadValue.

    A day alone where a moment is wanted has the time of `now`. What has happened, a birthday too,
    is the last one of that name and not the next.
    """
    try:
        return check(field, text, choices)
    except BadValue as error:
        if field.kind not in DATED or error.code in ("required", "day"):
            raise
        found = _reckoned(field, text, now)
        if not found:
            raise
        return found


def is_reckoned(field: Field, text: str) -> bool:
    """Whether a text that means a date or moment does not say so by itself: `fri`."""
    if field.kind not in DATED or not text.strip():
        return False
    try:
        check(field, text)
    except BadValue as error:
        return error.code != "day"
    return False


def in_words(value: str) -> list[str]:
    """A date or moment as it is shown where it stands for what was typed, the longest first."""
    if is_day(value):
        when = date.fromisoformat(value)
        return [f"{when:%a} {day(when)}", day(when)]
    at = local(datetime.fromisoformat(value), Here())
    return [f"{at:%a} {due_words(value, Here())}", f"{day(at)[:6]} {at:%H:%M}"]


def is_over(due: str, now: datetime) -> bool:
    """Whether what is due then is already past: a day when it is over, a moment when it is here."""
    return bool(due) and span(due, Here())[1] <= now


def typed_day(text: str, now: datetime, zone: tzinfo, *, past: bool = False) -> date:
    """The day that is meant: by a date in full, `+2d`, `-1w`, `fri`, `3.12.`. Raises BadValue.

    `past`: a weekday, and a day without its year, is the last one up to today and not the next.
    """
    try:
        return date.fromisoformat(typed_date(text))
    except BadValue as error:
        if error.code == "day":
            raise
        try:
            return date.fromisoformat(put_off("", text, now, zone, past=past))
        except ValueError:
            raise error from None


def _reckoned(field: Field, text: str, now: datetime) -> str:
    """Empty for what is none."""
    past = field.past or fold(field.label) in BIRTHDAYS
    try:
        found = put_off("", text, now, Here(), past=past)
        if field.kind is Kind.DATE:
            return found if is_day(found) else ""
        if field.whole_day or not is_day(found):
            return found
        clock = local(now, Here()).time().replace(second=0, microsecond=0, tzinfo=None)
        at = datetime.combine(date.fromisoformat(found), clock, Here())
        return at.astimezone(UTC).isoformat()
    except (BadValue, OverflowError, ValueError, OSError):
        return ""
