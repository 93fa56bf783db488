"""Dates and times of the dialect: UTC, ISO 8601 with six decimals (Concord fact sheet §14)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def moment(epoch_ms: int) -> str:
    """`2026-01-23T04:58:56.000000Z`; the server keeps whole seconds."""
    return f"{datetime.fromtimestamp(epoch_ms // 1000, UTC):%Y-%m-%dT%H:%M:%S}.000000Z"


def midnight(day: str) -> str:
    """A day without time as the server shows it."""
    return f"{day}T00:00:00.000000Z"


def spaced(epoch_ms: int) -> str:
    """`2026-01-23 04:58:56`."""
    return f"{datetime.fromtimestamp(epoch_ms // 1000, UTC):%Y-%m-%d %H:%M:%S}"


def parse(text: object) -> int | None:
    """Epoch milliseconds of a date or time, without zone UTC; None if it is neither."""
    if not isinstance(text, str):
        return None
    try:
        found = datetime.fromisoformat(text.strip())
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found
        return (found - _EPOCH) // timedelta(milliseconds=1)
    except (ValueError, OverflowError):
        return None


def day(text: object) -> str | None:
    """The day as it is written, whatever time and zone stand behind it; None if there is none."""
    if not isinstance(text, str) or not _DAY.match(text.strip()):
        return None
    if len(text.strip()) > 10 and parse(text) is None:
        return None
    try:
        return date.fromisoformat(text.strip()[:10]).isoformat()
    except ValueError:
        return None


def is_day(text: object) -> bool:
    """True for a date without a time."""
    return isinstance(text, str) and _DAY.fullmatch(text.strip()) is not None
