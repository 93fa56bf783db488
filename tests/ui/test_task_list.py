"""The list of tasks, which opens with a view."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.live_app import Hands, running_app
from tests.live_demo import LiveDemo

SLOW = {"kind": "latency", "path": "/user", "seconds": 2.0}
"""Who one is takes a while: the view that the list opens with has to wait for it."""


async def test_whoever_does_not_wait_for_the_first_view_sees_all(listed: Hands) -> None:
    hands = listed
    hands.demo.fail(SLOW)
    await hands.press("5")
    await hands.sees("reading the filter")
    await hands.press("escape")
    await hands.sees("› ")
    assert "all tasks newest first" in hands.screen


async def test_nor_who_looks_at_the_filter_meanwhile(listed: Hands) -> None:
    hands = listed
    hands.demo.fail(SLOW)
    await hands.press("5")
    await hands.sees("reading the filter")
    await hands.press("f")
    await hands.sees("⏎ run")
    await hands.press("escape")
    await hands.sees("› ")
    assert "all tasks newest first" in hands.screen


async def test_a_task_has_no_tags_and_says_so(listed: Hands) -> None:
    hands = listed
    await hands.resize(140, 40)
    assert "t tags" in hands.screen
    await hands.press("5")
    await hands.sees("tasks: ")
    await hands.sees("› ")
    assert "t tags" not in hands.screen
    await hands.press("t")
    await hands.sees("no tags can be put on these")
    await hands.press("enter")
    await hands.sees("Responsible    ")
    await hands.press("t")
    await hands.sees("no tags can be put on these")
    assert "t tags" not in hands.screen


async def test_it_opens_with_its_view_also_before_the_crm_is_there(
    demo_server: LiveDemo, tmp_path: Path
) -> None:
    async with running_app(demo_server, tmp_path) as hands:
        await hands.sees("› Abel, Frank")
        await hands.until(lambda: hands.desk.store.value_now("tabs"))
    awake = asyncio.Event()
    async with running_app(demo_server, tmp_path, asleep=awake) as hands:
        await hands.press("5")
        await hands.sees("reading the filter")
        assert "[5 Tasks]" in hands.screen
        demo_server.forget()
        awake.set()
        await hands.sees("Responsible: me, Done: no; by Due")
        asked = [one for one in demo_server.requests() if one.startswith("GET /api/tasks")]
        assert asked
        assert all("state=open" in one for one in asked), asked
