"""Synchronising: what is asked for, what is here afterwards, and what moves meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from csc_tui.domain.query import Query
from csc_tui.services.desk import Desk
from csc_tui.services.sync import Outcome
from tests.fake_clock import FakeClock
from tests.live_demo import LiveDemo
from tests.live_desk import running_desk

PEOPLE = Query("people")
COMPANIES = Query("companies")


@pytest.fixture
def clock() -> FakeClock:
    """The real time to begin with: the server's records are from then."""
    return FakeClock(datetime.now(UTC).timestamp())


@pytest.fixture
async def desk(demo_server: LiveDemo, tmp_path: Path, clock: FakeClock) -> AsyncIterator[Desk]:
    async with running_desk(demo_server, tmp_path, clock=clock) as opened:
        yield opened


async def synced(desk: Desk, query: Query = PEOPLE, *, whole: bool = False) -> Outcome:
    (plan,) = await desk.sync.plan([query], whole=whole)
    (outcome,) = await desk.sync.run([plan])
    return outcome


async def test_all_of_it_is_here_afterwards(desk: Desk, demo_server: LiveDemo) -> None:
    outcome = await synced(desk)
    assert await desk.store.how_many("people") == demo_server.people
    demo_server.forget()
