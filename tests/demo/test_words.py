"""Times and folded words, on their own."""

from __future__ import annotations

import pytest

from csc_tui.demo import times
from csc_tui.demo.folding import clean_number, digits, fold


@pytest.mark.parametrize(
    ("utc", "berlin"),
    [
        ("2026-03-29T00:59:59Z", "2026-03-29T01:59:59.000+01:00"),
        ("2026-03-29T01:00:00Z", "2026-03-29T03:00:00.000+02:00"),
        ("2026-10-25T00:59:59Z", "2026-10-25T02:59:59.000+02:00"),
        ("2026-10-25T01:00:00Z", "2026-10-25T02:00:00.000+01:00"),
        ("2024-07-01T12:00:00.123Z", "2024-07-01T14:00:00.123+02:00"),
    ],
)
def test_summer_time_in_berlin(utc: str, berlin: str) -> None:
    moment = times.parse(utc)
    assert moment is not None
    assert times.render(moment) == berlin
    assert times.parse(berlin) == moment


def test_what_has_no_offset_is_berlins() -> None:
    assert times.parse("2026-07-01") == times.parse("2026-06-30T22:00:00Z")
    assert times.parse("2026-12-01T10:00:00") == times.parse("2026-12-01T09:00:00Z")
    assert times.parse("2026-12-01T10:00:00 01:00") == times.parse("2026-12-01T09:00:00Z")
    assert times.parse("tomorrow") is None


@pytest.mark.parametrize("text", ["2026-02-30", "20260201", "2026-W01-1", "", "2026-1-1"])
def test_what_is_no_day(text: str) -> None:
    assert not times.is_date(text)
    assert times.is_date("2024-02-29")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Müller", "muller"),
        ("Mu\u0308ller", "muller"),
        ("GROẞ", "gross"),
        ("Szymański Łódź", "szymanski lodz"),
        (None, ""),
        ("  佐藤 ", "佐藤"),
    ],
)
def test_folding(text: str | None, folded: str) -> None:
    assert fold(text) == folded


def test_numbers() -> None:
    assert digits("+49 (0)221 / 12-3") == "490221123"
    assert clean_number("+49 (0)221 / 12-3") == "+49221123"
    assert clean_number("0049 221 1") == "+492211"
    assert clean_number("0221 1") == "+492211"
    assert clean_number("n/a") is None
