"""Dates and times as they are shown."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
"""English names; the first three letters are the short form."""


def day(when: date) -> str:
    """`14 Mar 1974`, `05 Mar 2024`."""
    return f"{when.day:02d} {MONTHS[when.month - 1][:3]} {when.year:04d}"


def read_day(text: str) -> date | None:
    """The date that `day` has written so; None for any other text."""
    found = re.fullmatch(r"(\d\d) ([A-Z][a-z]{2}) (\d{4})", text)
    months = [name[:3] for name in MONTHS]
    if found is None or found[2] not in months:
        return None
    try:
        return date(int(found[3]), months.index(found[2]) + 1, int(found[1]))
    except ValueError:
        return None


def moment(when: datetime, zone: tzinfo) -> str:
    """`19 Nov 2026 16:42` in the user's zone; a time without a zone counts as UTC."""
    here = local(when, zone)
    return f"{day(here)} {here:%H:%M}"


def local(when: datetime, zone: tzinfo) -> datetime:
    """The same moment in another zone; unchanged at the ends of time, where no zone fits."""
    aware = aware_of(when)
    try:
        return aware.astimezone(zone)
    except (OverflowError, ValueError):
        return aware


def aware_of(when: datetime) -> datetime:
    """A time that has a zone: as it is, or as UTC."""
    return when if when.tzinfo else when.replace(tzinfo=UTC)


class Here(tzinfo):
    """The machine's own zone in summer and winter.

    `datetime.now().astimezone().tzinfo` is no zone but today's offset, wrong for half the year.
    """

    def fromutc(self, when: datetime) -> datetime:
        """A moment in UTC as it is here."""
        return when.replace(tzinfo=UTC).astimezone().replace(tzinfo=self)

    def utcoffset(self, when: datetime | None) -> timedelta | None:
        """How far a local time is ahead of UTC."""
        return when.replace(tzinfo=None).astimezone().utcoffset() if when else None

    def dst(self, when: datetime | None) -> timedelta | None:
        """Not known apart from the offset."""
        return None

    def tzname(self, when: datetime | None) -> str | None:
        """What the zone is called then: `CET`, `CEST`."""
        return when.replace(tzinfo=None).astimezone().tzname() if when else None
