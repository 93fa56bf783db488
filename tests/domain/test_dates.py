"""Times in the user's own zone, in summer and in winter."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from csc_tui.domain.dates import Here, moment


@pytest.fixture(autouse=True)
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (datetime(2026, 1, 25, 8, 30, tzinfo=UTC), "25 Jan 2026 09:30"),
        (datetime(2026, 7, 25, 8, 30, tzinfo=UTC), "25 Jul 2026 10:30"),
        (datetime(2026, 10, 25, 8, 30, tzinfo=UTC), "25 Oct 2026 09:30"),
        (datetime(2026, 7, 31, 22, 30, tzinfo=UTC), "01 Aug 2026 00:30"),
        (datetime.max.replace(tzinfo=UTC), "31 Dec 9999 23:59"),
    ],
)
def test_a_time_is_shown_with_the_offset_of_its_own_day(when: datetime, words: str) -> None:
    assert moment(when, Here()) == words


def test_the_way_there_and_back_is_the_same_moment() -> None:
    for month in range(1, 13):
        when = datetime(2026, month, 15, 12, tzinfo=UTC)
        here = when.astimezone(Here())

        assert here.astimezone(UTC) == when
        assert here.tzname() == ("CEST" if 4 <= month <= 10 else "CET")
