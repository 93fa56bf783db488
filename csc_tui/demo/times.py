"""Times as the server shows them: epoch milliseconds inside, ISO-8601 in Berlin time outside.

The offset is computed from the European rule (last Sunday of March and October, 01:00 UTC), so that
no time zone database has to be installed. CentralStationCRM fact sheet §1.4.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WINTER = 3_600_000
_SUMMER = 7_200_000


@lru_cache(maxsize=256)
def _summer(year: int) -> tuple[int, int]:
    """First and last epoch millisecond (exclusive) of the summer time of a year."""
    return _change(year, 3), _change(year, 10)


def _change(year: int, month: int) -> int:
    last = date(year, month, 31)
    sunday = last - timedelta(days=(last.weekday() + 1) % 7)
    return int(datetime(year, month, sunday.day, 1, tzinfo=UTC).timestamp()) * 1000


def _offset(epoch_ms: int, year: int) -> int:
    start, end = _summer(year)
    return _SUMMER if start <= epoch_ms < end else _WINTER


def render(epoch_ms: int, utc: bool = False) -> str:
    """`2024-03-05T09:12:44.000+01:00`; with utc `2024-03-05T08:12:44.000Z` as older samples do."""
    moment = _EPOCH + timedelta(milliseconds=epoch_ms)
    if utc:
        return moment.isoformat(timespec="milliseconds") + "Z"
    offset = _offset(epoch_ms, moment.year)
    local = moment + timedelta(milliseconds=offset)
    return local.isoformat(timespec="milliseconds") + ("+02:00" if offset == _SUMMER else "+01:00")


def parse(text: str) -> int | None:
    """Epoch milliseconds of a date or an ISO time; None if it is neither.

    A date is its midnight in Berlin, a time without offset is Berlin's. A `+` that a query string
    turned into a space is understood.
    """
    cleaned = text.strip()
    if "T" in cleaned:
        cleaned = cleaned.replace(" ", "+")
    try:
        moment = datetime.fromisoformat(cleaned)
    except ValueError:
        return None
    if moment.tzinfo is None:
        naive = (moment - _EPOCH) // timedelta(milliseconds=1)
        offset = _offset(naive - _WINTER, moment.year)
        moment = moment.replace(tzinfo=timezone(timedelta(milliseconds=offset)))
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def is_date(text: str) -> bool:
    """True for a real calendar day written `YYYY-MM-DD`."""
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
