"""Due times: held as a day or a moment, put off in words, right across zones and clock changes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_tui.domain.dates import Here, day
from csc_tui.domain.due import due_words, is_day, moved_end, read_due, span
from csc_tui.domain.postponing import put_off
from csc_tui.domain.typed import BadValue

BERLIN = "CET-1CEST,M3.5.0,M10.5.0/3"
ZONES = (
    BERLIN,
    "EST5EDT,M3.2.0,M11.1.0",
    "<+0545>-5:45",
    "NZST-12NZDT,M9.5.0,M4.1.0/3",
    "UTC0",
)
"""As the machine's own zone, so that no zones have to be installed."""
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
"""A Wednesday."""
AT_NINE = "2026-11-26T08:00:00+00:00"
"""Nine in Berlin on the day after."""


@contextmanager
def machine_in(zone: str) -> Iterator[Here]:
    """While the machine's own zone is this one."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield Here()
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


@pytest.fixture
def berlin() -> Iterator[Here]:
    with machine_in(BERLIN) as here:
        yield here


@pytest.mark.parametrize(
    ("sent", "held"),
    [
        ("2026-11-26", "2026-11-26"),
        ("2026-11-26T00:00:00.000+01:00", "2026-11-26"),
        ("2026-11-26T00:00:00.000000Z", "2026-11-26"),
        ("2026-11-26T09:00:00.000+01:00", AT_NINE),
        ("2026-11-26T08:00:00.000000Z", AT_NINE),
        ("2026-11-26 08:00:00", AT_NINE),
        ("2026-10-25T02:30:00.000+02:00", "2026-10-25T00:30:00+00:00"),
        ("2026-10-25T02:30:00.000+01:00", "2026-10-25T01:30:00+00:00"),
    ],
)
def test_what_servers_send_is_held_as_a_day_or_as_a_moment_in_utc(sent: str, held: str) -> None:
    assert read_due(sent) == held
    assert read_due(held) == held


@pytest.mark.parametrize("odd", ["", "soon", "0001-01-01T00:30:00+14:00", "2026-02-30"])
def test_what_is_no_time_is_refused(odd: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_due(odd)


@pytest.mark.parametrize(
    ("typed", "then"),
    [
        ("+1d", "2026-11-27"),
        ("1d", "2026-11-27"),
        ("-1d", "2026-11-25"),
        ("+2w", "2026-12-10"),
        ("+3m", "2027-02-26"),
        ("today", "2026-11-25"),
        ("Tomorrow", "2026-11-26"),
        ("mon", "2026-11-30"),
        ("we", "2026-12-02"),
        ("wednesday", "2026-12-02"),
        ("31.12.", "2026-12-31"),
        ("24.11.", "2027-11-24"),
        ("25.11.", "2026-11-25"),
        ("29.2.", "2028-02-29"),
        ("31.12.2027", "2027-12-31"),
        ("2027-01-05", "2027-01-05"),
    ],
)
def test_it_is_put_off_in_words_and_stays_a_day_or_at_its_time(
    berlin: Here, typed: str, then: str
) -> None:
    assert put_off("2026-11-26", typed, NOW, berlin) == then
    moved = put_off(AT_NINE, typed, NOW, berlin)
    assert datetime.fromisoformat(moved).astimezone(berlin).isoformat()[:16] == f"{then}T09:00"


def test_steps_count_from_today_where_it_is_late(berlin: Here) -> None:
    assert put_off("2026-03-01", "+1d", NOW, berlin) == "2026-11-26"
    assert put_off("", "+1d", NOW, berlin) == "2026-11-26"
    assert put_off("2026-01-31", "+1m", datetime(2026, 1, 31, tzinfo=UTC), berlin) == "2026-02-28"


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("14:00", "2026-11-26T14:00"),
        ("mon 8:15", "2026-11-30T08:15"),
        ("1.12. 7:00", "2026-12-01T07:00"),
    ],
)
def test_a_time_can_be_given_too(berlin: Here, typed: str, at: str) -> None:
    for due in ("2026-11-26", AT_NINE):
        moved = put_off(due, typed, NOW, berlin)
        assert datetime.fromisoformat(moved).astimezone(berlin).isoformat()[:16] == at


@pytest.mark.parametrize("typed", ["soon", "m", "31.2.", "25:00", "+1y", "9999999d", "32.12."])
def test_words_that_are_no_day_are_refused_in_a_sentence(berlin: Here, typed: str) -> None:
    with pytest.raises(BadValue) as caught:
        put_off("2026-11-26", typed, NOW, berlin)
    assert caught.value.words()


moments = st.integers(26_300_000, 33_100_000).map(
    lambda minutes: datetime.fromtimestamp(minutes * 60, UTC)
)
"""Any minute of the twenties."""


@given(moments, st.integers(1, 400), st.sampled_from(ZONES))
def test_so_many_days_later_the_clock_shows_the_same_time(
    at: datetime, days: int, zone: str
) -> None:
    with machine_in(zone) as here:
        before = at.astimezone(here).replace(tzinfo=None)
        moved = datetime.fromisoformat(put_off(at.isoformat(), f"+{days}d", at, here))
        after = moved.astimezone(here).replace(tzinfo=None)
        wanted = before + timedelta(days=days)
        # Where the clock leaps over that time, it is an hour beside it.
        missing = not any(
            (wanted - timedelta(hours=ahead)).replace(tzinfo=UTC).astimezone(here).hour
            == wanted.hour
            for ahead in _ahead(wanted, here)
        )
    assert abs(after - wanted) <= timedelta(hours=int(missing))


def _ahead(local: datetime, here: Here) -> set[float]:
    """Hours that the zone is ahead of UTC on the days around a local time."""
    days = (local + timedelta(days=step) for step in (-1, 1))
    offsets = (one.replace(tzinfo=here).utcoffset() for one in days)
    return {one / timedelta(hours=1) for one in offsets if one is not None}


@given(moments, st.sampled_from(ZONES))
def test_a_moment_is_shown_as_it_is_in_the_zone(at: datetime, zone: str) -> None:
    held = read_due(at.isoformat())
    with machine_in(zone) as here:
        shown = due_words(held, here)
        local = at.astimezone(here)
    assert shown == (day(at) if is_day(held) else f"{day(local)} {local:%H:%M}")


@given(st.dates(date(2020, 1, 1), date(2032, 12, 31)), st.sampled_from(ZONES))
def test_a_day_is_the_same_in_every_zone_and_lasts_until_the_next(when: date, zone: str) -> None:
    with machine_in(zone) as here:
        first, end = span(when.isoformat(), here)
        assert first.astimezone(here).date() == when
        assert end.astimezone(here).date() == when + timedelta(days=1)
    assert timedelta(hours=23) <= end - first <= timedelta(hours=25)


def test_what_begins_later_ends_later() -> None:
    assert moved_end("2026-11-26", "2026-11-27", "2026-12-01") == "2026-12-02"
    end = moved_end(AT_NINE, "2026-11-26T09:30:00+00:00", "2026-12-01T13:00:00+00:00")
    assert end == "2026-12-01T14:30:00+00:00"
    assert moved_end("2026-11-26", "2026-11-26", AT_NINE) == AT_NINE
    assert moved_end(AT_NINE, "2026-11-20T08:00:00+00:00", "2026-12-01") == "2026-12-01"
