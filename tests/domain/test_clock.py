"""The machine's clock: what was slept through with the lid closed counts."""

from __future__ import annotations

import asyncio

import pytest

from csc_tui.domain import clock
from csc_tui.domain.clock import SystemClock
from tests.live_demo import PATIENCE


class Laptop(SystemClock):
    """A machine whose lid can be closed: the event loop knows nothing of it."""

    slept = 0.0

    def now(self) -> float:
        return super().now() + self.slept

    def monotonic(self) -> float:
        return super().monotonic() + self.slept


async def test_a_long_wait_is_over_when_the_lid_was_closed_for_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clock, "PIECE", 0.01)
    laptop = Laptop()
    wait = asyncio.create_task(laptop.sleep(3_600))
    await laptop.sleep(0.03)
    assert not wait.done()

    laptop.slept = 8 * 3_600.0
    async with asyncio.timeout(PATIENCE):
        await wait


async def test_it_never_goes_back_and_no_wait_is_too_short() -> None:
    machine = SystemClock()
    before = machine.monotonic()
    await machine.sleep(0.05)
    assert machine.monotonic() - before >= 0.05
    await machine.sleep(0)
    await machine.sleep(-1)
