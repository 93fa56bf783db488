"""One reading of dates wherever one is typed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from csc_tui.crm.concord.notes import Entry
from csc_tui.domain.dates import Here, local
from csc_tui.domain.field import Field, Kind
from csc_tui.domain.typed import BadValue, check
from csc_tui.domain.typed_when import check_at, is_reckoned, typed_day

NOW = datetime(2026, 11, 25, 9, 30, 17, tzinfo=UTC)
"""A Wednesday."""
DAY = Field("visit", "Next visit", Kind.DATE)
DUE = Field("due", "Due", Kind.MOMENT, whole_day=True)
WHEN = Field("at", "When", Kind.MOMENT)
DAYS = [
    ("+2d", "2026-11-27"),
    ("-1d", "2026-11-24"),
    ("yesterday", "2026-11-24"),
    ("fri", "2026-11-27"),
    ("3.12.", "2026-12-03"),
    ("31.12.2026", "2026-12-31"),
    ("2026-12-31", "2026-12-31"),
]


def here(day: str, hour: int, minute: int) -> str:
    at = datetime.combine(date.fromisoformat(day), datetime.min.time(), Here())
    return (at + timedelta(hours=hour, minutes=minute)).astimezone(UTC).isoformat()


@pytest.mark.parametrize(("typed", "day"), DAYS)
def test_a_day_is_read_alike_everywhere(typed: str, day: str) -> None:
    assert check_at(DAY, typed, (), NOW) == day
    assert check_at(DUE, typed, (), NOW) == day
    assert check_at(DUE, f"{typed} 14:30", (), NOW) == here(day, 14, 30)
    assert check_at(WHEN, f"{typed} 14:30", (), NOW) == here(day, 14, 30)
    assert typed_day(typed, NOW, Here()).isoformat() == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("fri", "2026-11-20"),
        ("thu", "2026-11-19"),
        ("3.12.", "2025-12-03"),
        ("wed", "2026-11-25"),
        ("26.11.", "2025-11-26"),
        ("25.11.", "2026-11-25"),
        ("29.2.", "2024-02-29"),
        ("-1w", "2026-11-18"),
        ("1w", "2026-12-02"),
        ("2026-12-31", "2026-12-31"),
    ],
)
def test_a_day_of_what_has_happened_is_the_last_one(typed: str, day: str) -> None:
    assert typed_day(typed, NOW, Here(), past=True).isoformat() == day


@pytest.mark.parametrize(
    ("field", "typed", "day"),
    [
        (DAY._replace(past=True), "fri", "2026-11-20"),
        (DAY._replace(label="Birthday"), "3.12.", "2025-12-03"),
        (DAY._replace(label="Geburtstag"), "25.11.", "2026-11-25"),
        (DAY._replace(label="Birthday present"), "3.12.", "2026-12-03"),
    ],
)
def test_so_is_it_in_a_field_of_what_has_happened(field: Field, typed: str, day: str) -> None:
    assert check_at(field, typed, (), NOW) == day


def test_a_call_has_happened() -> None:
    when = next(one for one in Entry.fields() if one.name == "date")
    assert check_at(when, "fri 14:30", (), NOW) == here("2026-11-20", 14, 30)


def test_a_moment_is_a_day_at_this_time_or_today_at_a_time() -> None:
    now = local(NOW, Here())
    assert check_at(WHEN, "fri", (), NOW) == here("2026-11-27", now.hour, now.minute)
    assert check_at(WHEN, "14:00", (), NOW) == here(now.date().isoformat(), 14, 0)


@pytest.mark.parametrize("field", [DAY, DUE, WHEN])
@pytest.mark.parametrize("typed", ["soon", "f", "31.02.2026", "25:00", "+2x", ""])
def test_what_is_no_date_gets_the_sentence_of_its_field(field: Field, typed: str) -> None:
    if not typed:
        assert check_at(field, typed, (), NOW) is None
        return
    with pytest.raises(BadValue) as strict:
        check(field, typed)
    with pytest.raises(BadValue) as asked:
        check_at(field, typed, (), NOW)
    assert asked.value.words() == strict.value.words()


def test_a_time_is_no_day() -> None:
    with pytest.raises(BadValue, match="date"):
        check_at(DAY, "14:00", (), NOW)


def test_only_what_does_not_say_so_itself_is_reckoned() -> None:
    assert is_reckoned(DAY, "fri")
    assert not is_reckoned(DAY, "31.12.2026")
    assert not is_reckoned(DAY, " ")
    assert not is_reckoned(Field("name", "Name"), "fri")
