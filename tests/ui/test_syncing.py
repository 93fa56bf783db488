"""Synchronising from the palette: what is said, how it is paused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.live_app import Hands, running_app
from tests.live_demo import LiveDemo


@pytest.fixture
async def hands(demo_server: LiveDemo, tmp_path: Path) -> AsyncIterator[Hands]:
    async with running_app(demo_server, tmp_path, (140, 30)) as opened:
        yield opened


async def choose(hands: Hands) -> None:
    """The command out of the palette."""
    await hands.press("ctrl+p")
    await hands.type("synchronise")
    await hands.press("enter")


async def test_the_account_is_fetched_and_the_same_command_pauses_it(hands: Hands) -> None:
    hands.demo.fail({"kind": "latency", "path": "/people", "seconds": 4.0})
    await choose(hands)
    await hands.until(lambda: hands.desk.sync.progress is not None)
    await choose(hands)
    await hands.sees("sync paused")
    hands.demo.fail()
    await hands.desk.worker.idle()
    await hands.press("down")
    await hands.sees("row 2 of 2,400")  # the list is as usable as ever
    assert hands.desk.sync.progress is not None
    await choose(hands)
    deals, projects = (
        f"{hands.demo.ask('GET', f'/api/{name}/count')['total_entries']} {name}"
        for name in ("deals", "projects")
    )
    await hands.sees(f"synchronised: 2,400 people, 600 companies, {deals}, {projects}, ")
    await hands.sees("; 0 removed")
    assert await hands.desk.store.how_many("people") == 2_400
    await hands.until(lambda: "sync" not in hands.line("budget"))


async def test_a_failure_is_said_and_the_screen_goes_on(hands: Hands) -> None:
    hands.demo.fail({"kind": "status", "path": "/people/count", "status": 403, "count": 1})
    await choose(hands)
    await hands.sees("403")
    assert hands.desk.sync.progress is None
    await choose(hands)
    await hands.until(lambda: not hands.app.messages.bad)
