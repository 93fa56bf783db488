"""A program that is left alone: two days of nothing, a lid that was closed."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path

from tests.fake_clock import FakeClock
from tests.live_app import running_app
from tests.live_demo import LiveDemo

HOUR = 3_600.0


def ageless(screen: str) -> str:
    """Without how long ago somebody was spoken to: that is reckoned whenever a row is drawn."""
    return re.sub(r"(\d+(d|w|mo|y)|now)$", "", screen, flags=re.MULTILINE)


async def test_two_days_of_idleness_ask_for_nothing_and_end_in_a_working_program(
    demo_server: LiveDemo, tmp_path: Path
) -> None:
    clock = FakeClock(time.time())
    async with running_app(demo_server, tmp_path, clock=clock) as hands:
        await hands.until(lambda: not hands.desk.waiting and "› Abel, Frank" in hands.screen)
        await clock.advance(60)
        await hands.quiet()
        demo_server.forget()
        tasks, shown = len(asyncio.all_tasks()), ageless(hands.screen)
        for _ in range(48):
            await clock.advance(HOUR)
        await hands.quiet()

        assert demo_server.requests() == []
        assert len(asyncio.all_tasks()) <= tasks
        assert ageless(hands.screen) == shown
        await hands.press("down")
        await hands.sees("row 2 of 2,400")
        await hands.press("enter")
        await hands.sees("› Phone")
        await hands.press("escape", "r")
        await hands.until(lambda: demo_server.requests())
        await hands.until(lambda: not hands.desk.waiting)


async def test_after_a_closed_lid_what_was_to_wait_for_an_hour_is_sent(
    demo_server: LiveDemo, tmp_path: Path
) -> None:
    clock = FakeClock(time.time())
    async with running_app(demo_server, tmp_path, clock=clock) as hands:
        await clock.advance(30)
        hour = {"Retry-After": "3000"}
        demo_server.fail({"kind": "status", "status": 503, "headers": hour, "count": 1})
        demo_server.forget()
        await hands.press("r")
        await hands.until(lambda: hands.desk.pause is not None)
        sent = len(demo_server.requests())
        assert hands.desk.eta() > 2_900

        await clock.advance(8 * HOUR)
        await hands.until(lambda: len(demo_server.requests()) > sent)
        await hands.until(lambda: hands.desk.pause is None and not hands.desk.waiting)
        slots = hands.desk.slots()
        assert slots is not None
        assert 0 < slots[0] <= slots[1]


async def test_after_a_closed_lid_the_budget_is_whole(
    demo_server: LiveDemo, tmp_path: Path
) -> None:
    clock = FakeClock(time.time())
    async with running_app(demo_server, tmp_path, clock=clock) as hands:
        await hands.until(lambda: not hands.desk.waiting)
        slots = hands.desk.slots()
        assert slots is not None
        assert slots[0] < slots[1]
        await clock.advance(8 * HOUR)
        slots = hands.desk.slots()
        assert slots is not None
        assert slots[0] == slots[1]
