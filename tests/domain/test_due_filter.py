"""Filters about when a task is due: past, today, this week; days and moments alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from csc_tui.crm.centralstation.tasks import TASKS, Task
from csc_tui.domain.filter_meaning import Reader
from csc_tui.domain.filter_text import FilterError

READER = Reader(
    TASKS,
    timezone(timedelta(hours=1)),
    datetime(2026, 11, 25, 9, 30, tzinfo=UTC),
    me="301",
)
"""Half past ten in Berlin, on a Wednesday."""

DUE = {
    "yesterday": "2026-11-24",
    "today": "2026-11-25",
    "at nine": "2026-11-25T09:00:00.000+01:00",
    "at noon": "2026-11-25T12:00:00.000+01:00",
    "past midnight": "2026-11-26T00:30:00.000+01:00",
    "sunday": "2026-11-29",
    "monday": "2026-11-30",
    "some day": None,
}


def left_by(text: str) -> set[str]:
    wanted = READER.read(text)
    return {
        name
        for name, due in DUE.items()
        if wanted.matches(Task.read({"id": 1, "user_id": 301, "precise_time": due}))
    }


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("due<now", {"yesterday", "at nine"}),
        ("due>now", {"at noon", "past midnight", "sunday", "monday"}),
        ("due:today", {"today", "at nine", "at noon"}),
        ("due<today", {"yesterday"}),
        ("due:tomorrow", {"past midnight"}),
        ("due:week", set(DUE) - {"monday", "some day"}),
        ("due>week", {"monday"}),
        ("due:none", {"some day"}),
        ("due<=2026-11-25", {"yesterday", "today", "at nine", "at noon"}),
    ],
)
def test_a_day_is_past_when_it_is_over_and_a_moment_when_it_has_gone_by(
    text: str, left: set[str]
) -> None:
    assert left_by(text) == left


def test_what_is_done_and_whose_it_is() -> None:
    mine = READER.read("responsible:me done:no")
    assert mine.words() == "Responsible: me, Done: no"
    assert mine.matches(Task.read({"id": 1, "user_id": 301, "finished": None}))
    assert not mine.matches(Task.read({"id": 1, "user_id": 301, "finished": True}))
    assert not mine.matches(Task.read({"id": 1, "user_id": 302}))


def test_a_moment_is_before_or_after_now() -> None:
    with pytest.raises(FilterError, match="now"):
        READER.read("due:now")


def test_it_says_itself_in_words() -> None:
    assert READER.read("due<now").words() == "Due past"
    assert READER.read("due:week").words() == "Due this week"
