"""Putting something off: `+1d`, `mon`, `31.12.`, `14:00`, read from today on."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from csc_tui.domain.dates import local
from csc_tui.domain.due import is_day
from csc_tui.domain.typed import BadValue, typed_date

_STEP = re.compile(r"([+-]?)(\d{1,4})\s*([dwm])")
_NAMED = {"yesterday": -1, "today": 0, "tomorrow": 1}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORTEST = 2
"""Letters of a weekday that tell it from the others."""
_DAY = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.?")
_CLOCK = re.compile(r"(?:(.*\S)\s+)?(\d{1,2}):(\d{2})")


def put_off(due: str, typed: str, now: datetime, zone: tzinfo, *, past: bool = False) -> str:
    """When something is due then, held as `domain.due` says. Raises BadValue.

    `typed` is a day, a time or both. A step (`+1d`, `2w`, `+1m`) counts from the day on which it
    is due, or from today where that is past or there is none. A weekday is the next one after
    today, a day without its year the next one from today on. What is due at a time stays so, on
    the clock of the zone, whatever is between: the clock change too. `past`: of what has happened;
    weekday and day are then the last ones up to today.
    """
    text = typed.strip().casefold()
    found = _CLOCK.fullmatch(text)
    words, clock = (found[1] or "", _time(found[2], found[3])) if found else (text, None)
    here, today = _here(due, zone), local(now, zone).date()
    day = here.date() if here is not None else date.fromisoformat(due) if due else today
    try:
        wanted = _day(words, max(day, today), today, past=past) if words else day
    except OverflowError:
        raise BadValue("date") from None
    if clock is None and here is not None:
        clock = here.time()
    if clock is None:
        return wanted.isoformat()
    at = datetime.combine(wanted, clock, zone)
    try:
        return at.astimezone(UTC).replace(microsecond=0).isoformat()
    except (OverflowError, ValueError, OSError):
        raise BadValue("date") from None


def _here(due: str, zone: tzinfo) -> datetime | None:
    """A moment on the clock of a zone; None for a whole day."""
    if not due or is_day(due):
        return None
    return local(datetime.fromisoformat(due), zone)


def _time(hour: str, minute: str) -> time:
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise BadValue("put-off") from None


def _day(words: str, start: date, today: date, *, past: bool) -> date:
    """The day that is meant. Raises BadValue, OverflowError."""
    if words in _NAMED:
        return today + timedelta(days=_NAMED[words])
    if (step := _STEP.fullmatch(words)) is not None:
        return _stepped(start, int(step[1] + step[2]), step[3])
    if (day := _weekday(words, today)) is not None:
        return day - timedelta(days=7) if past else day
    if (short := _DAY.fullmatch(words)) is not None:
        return _nearest(int(short[1]), int(short[2]), today, -1 if past else 1)
    try:
        return date.fromisoformat(typed_date(words))
    except BadValue as error:
        raise BadValue("put-off") from error


def _stepped(start: date, count: int, unit: str) -> date:
    if unit != "m":
        return start + timedelta(days=count * (7 if unit == "w" else 1))
    months = start.year * 12 + start.month - 1 + count
    year, month = months // 12, months % 12 + 1
    if not date.min.year <= year <= date.max.year:
        raise OverflowError
    for last in (start.day, 30, 29, 28):
        try:
            return date(year, month, min(start.day, last))
        except ValueError:
            continue
    raise OverflowError


def _weekday(words: str, today: date) -> date | None:
    if len(words) < _SHORTEST or not words.isascii():
        return None
    found = [n for n, name in enumerate(_WEEKDAYS) if name.startswith(words)]
    if not found:
        return None
    return today + timedelta(days=(found[0] - today.weekday() - 1) % 7 + 1)


def _nearest(day: int, month: int, today: date, way: int) -> date:
    """The nearest day of that name from today on, or back; 29 February may be years away."""
    for year in range(today.year, today.year + 9 * way, way):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if (found - today).days * way >= 0:
            return found
    raise BadValue("put-off")
