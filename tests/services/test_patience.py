"""How long a script waits for a server that refuses: not for ever, and not short of an answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from csc_tui.domain.errors import RateLimited
from csc_tui.domain.query import Query
from csc_tui.services.desk import Desk
from csc_tui.services.patience import REFUSED, patiently
from csc_tui.worker.lane import Lane
from tests.fake_clock import FakeClock
from tests.live_demo import LiveDemo
from tests.live_desk import running_desk, until

TOLD = 5.0
"""Seconds that the server orders to wait, each time."""


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def desk(demo_server: LiveDemo, tmp_path: Path, clock: FakeClock) -> AsyncIterator[Desk]:
    async with running_desk(demo_server, tmp_path, clock=clock) as opened:
        yield opened


async def page(desk: Desk) -> int:
    """The status of a page of people."""
    return (await desk.ask(desk.crm.listing(Query("people"), 1), Lane.CURSOR)).status


async def waited(desk: Desk, clock: FakeClock, asking: asyncio.Task[int]) -> int:
    """How often the server's order to wait was followed until there was an end to it."""
    for times in range(100):
        await until(desk, lambda: asking.done() or desk.pause is not None)
        if asking.done():
            return times
        await clock.advance(TOLD + 0.5)
    raise AssertionError("it goes on waiting")


def refuse(demo_server: LiveDemo, count: int) -> None:
    fault = {"kind": "status", "status": 429, "path": "/people", "count": count}
    demo_server.fail(fault | {"headers": {"Retry-After": f"{TOLD:.0f}"}})


async def test_what_is_refused_again_and_again_is_given_up(
    desk: Desk, demo_server: LiveDemo, clock: FakeClock
) -> None:
    refuse(demo_server, 99)
    asking = asyncio.create_task(patiently(desk, page(desk)))
    times = await waited(desk, clock, asking)
    assert REFUSED / (TOLD + 1) <= times <= REFUSED / TOLD + 1
    with pytest.raises(RateLimited) as error:
        asking.result()
    assert 0 < (error.value.retry_after or 0) <= TOLD


async def test_a_few_refusals_are_waited_out_and_an_answer_ends_the_count(
    desk: Desk, demo_server: LiveDemo, clock: FakeClock
) -> None:
    for _ in range(3):  # more than enough of them in all
        refuse(demo_server, 4)
        asking = asyncio.create_task(patiently(desk, page(desk)))
        assert await waited(desk, clock, asking) == 4
        assert asking.result() == 200
