"""When something is due: a day, or a moment of one.

Held as text: `2026-11-26` is a whole day and the same in every zone, `2026-11-26T06:00:00+00:00`
a moment in UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Annotated

import pydantic

from csc_tui.domain.dates import aware_of, day, moment

DAY = 10
"""Characters of a day."""


def read_due(value: object) -> str:
    """A due time as it is held. Raises ValueError.

    Midnight, on the clock of whoever wrote it, is the whole day: that is how servers write a day
    where they keep moments, and nobody is to do anything at midnight.
    """
    at = datetime.fromisoformat(str(value).strip())
    if at.time() == time.min:
        return at.date().isoformat()
    try:
        return aware_of(at).astimezone(UTC).replace(microsecond=0).isoformat()
    except OverflowError as error:
        raise ValueError(str(error)) from None


Due = Annotated[str, pydantic.BeforeValidator(read_due)]
"""The type of a field that holds one."""


def is_day(due: str) -> bool:
    """Whether it is a whole day."""
    return len(due) == DAY


def due_words(due: str, zone: tzinfo) -> str:
    """`26 Nov 2026`, or `26 Nov 2026 07:00` on the clock of a zone."""
    if is_day(due):
        return day(date.fromisoformat(due))
    return moment(datetime.fromisoformat(due), zone)


def moved_end(due: str, end: str, new: str) -> str:
    """When something ends that now begins at `new` instead of `due`: it takes as long as before.

    Where one of the two is a day and the other a moment there is nothing to measure: it ends when
    it begins.
    """
    begins, ends = datetime.fromisoformat(due), datetime.fromisoformat(end)
    if not is_day(due) == is_day(end) == is_day(new) or ends < begins:
        return new
    later = datetime.fromisoformat(new) + (ends - begins)
    return later.date().isoformat() if is_day(new) else later.isoformat()


def span(due: str, zone: tzinfo) -> tuple[datetime, datetime]:
    """From when to when it is due (both aware, the second left out): a day in a zone, or a moment.

    Raises ValueError.
    """
    if not is_day(due):
        at = aware_of(datetime.fromisoformat(due))
        return at, at
    first = date.fromisoformat(due)
    following = first + timedelta(days=1) if first < date.max else first
    return midnight(first, zone), midnight(following, zone)


def midnight(when: date, zone: tzinfo) -> datetime:
    """When a day begins in a zone, in UTC; at the ends of time, where no zone fits, as in UTC."""
    here = datetime.combine(when, time.min, zone)
    try:
        return here.astimezone(UTC)
    except (OverflowError, ValueError):
        return here.replace(tzinfo=UTC)
