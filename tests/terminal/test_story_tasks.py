"""My overdue tasks ticked off by keys alone at 80x24, and one of them taken back, on both CRMs."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.live_demo import PATIENCE, LiveDemo
from tests.terminal.conftest import Opener, environment_of

LONG = 2 * PATIENCE
"""Seconds for a dozen saves."""


@pytest.mark.parametrize(
    ("dialect", "tab", "listing"), [("centralstation", "5", 1), ("concord", "4", 2)]
)
def test_my_overdue_tasks_are_ticked_off_and_one_is_taken_back(
    terminal: Opener,
    own_demo: Callable[..., LiveDemo],
    dialect: str,
    tab: str,
    listing: int,
) -> None:
    """`listing`: requests of one list: a page, and its length where the CRM tells it."""
    size = ("--people", "60", "--companies", "20")
    server = own_demo("--dialect", dialect, "--limit", "100000", *size)
    screen = terminal(**environment_of(server))
    screen.wait_for("row 1 of 60")
    screen.wait_for(lambda lines: "outbox 0" in lines[-1])
    server.forget()
    screen.press(tab)
    screen.wait_for(": me, ")
    screen.wait_for("row 1 of")
    screen.press("V")
    screen.wait_for("› my open ")
    screen.press("down")
    screen.wait_for("› my overdue ")
    screen.press("enter")
    lines = screen.wait_for(lambda lines: "past" in lines[-2] and "row 1 of" in lines[-2])
    found = re.search(r"row 1 of (\d+)", lines[-2])
    assert found is not None
    late = int(found[1])
    assert late >= 3
    for done in range(1, late + 1):
        screen.press("d")
        left = f"row 1 of {late - done} " if done < late else "None of "
        screen.wait_for(lambda lines, left=left: any(left in line for line in lines))
    screen.wait_for(lambda lines: "outbox 0" in lines[-1], LONG)
    asked = [one for one in server.requests() if "/demo/" not in one]
    # Whose key it is, the users' names, two views, and for each task: read, written, read back.
    assert len(asked) == 2 + 2 * listing + 3 * late, asked
    screen.press("u")
    screen.wait_for("⏎ does it")
    screen.press("enter")
    screen.wait_for("row 1 of 1 ")
    screen.wait_for(lambda lines: "outbox 0" in lines[-1], LONG)
    screen.press("r")
    screen.wait_for("row 1 of 1 ")
