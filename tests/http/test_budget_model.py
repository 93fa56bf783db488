"""The budget against a server that counts strictly: never a 429, nearly all of the limit used."""

import asyncio
import random
from collections import deque
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csc_tui.http.budget import Budget, Ledger, Limits, MemoryLedger
from csc_tui.store.ledger import SqliteLedger
from csc_tui.worker.lane import Lane
from tests.fake_clock import VirtualClock, run_virtual


class StrictServer:
    """Refuses what would be one too many in any window that ends now."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.arrived: deque[float] = deque()
        self.refused = 0
        self.served = 0

    def arrive(self, now: float) -> None:
        while self.arrived and self.arrived[0] <= now - self.limits.window:
            self.arrived.popleft()
        if len(self.arrived) >= self.limits.slots:
            self.refused += 1
            return
        self.arrived.append(now)
        self.served += 1


class World:
    """Processes that all want as much as they can get."""

    def __init__(self, limits: Limits, ledgers: list[Ledger], latency: float, seed: int) -> None:
        self.clock = VirtualClock()
        self.server = StrictServer(limits)
        self.budgets = [Budget(limits, ledger, self.clock) for ledger in ledgers]
        self.counts = [0] * len(ledgers)
        self.latency = latency
        self.random = random.Random(seed)
        self.counting_from = float("inf")

    async def client(self, number: int, lane: Lane) -> None:
        budget = self.budgets[number]
        while True:
            lease = await budget.acquire(lane)
            out, back = (self.random.uniform(0, self.latency) for _ in range(2))
            await self.clock.sleep(out)
            self.server.arrive(self.clock.now())
            await self.clock.sleep(back)
            budget.answered(lease)
            if self.clock.now() >= self.counting_from:
                self.counts[number] += 1

    async def run(self, seconds: float, lane: Lane = Lane.SYNC, clients: int = 8) -> None:
        """Answers are counted after a quarter of the time, when everybody is under way."""
        self.counting_from = self.clock.now() + seconds / 4
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(self.client(number, lane))
                for number in range(len(self.budgets))
                for _ in range(clients)
            ]
            await self.clock.sleep(seconds)
            for task in tasks:
                task.cancel()
        for budget in self.budgets:
            await budget.aclose()


def ideal(limits: Limits, latency: float, seconds: float) -> float:
    """What a server that counts strictly lets through at this mean latency."""
    return limits.slots / (limits.window + latency) * seconds * 3 / 4


@pytest.mark.parametrize("latency", [0.05, 0.6])
def test_a_single_process_uses_98_percent_of_the_limit(latency: float) -> None:
    async def main() -> World:
        world = World(Limits(), [MemoryLedger()], latency, seed=1)
        await world.run(800)
        return world

    world = run_virtual(main())

    assert world.server.refused == 0
    assert world.counts[0] >= 0.98 * ideal(Limits(), latency, 800)


@pytest.mark.parametrize("latency", [0.05, 0.6])
def test_three_processes_on_one_file_share_evenly_and_waste_nothing(
    latency: float, tmp_path: Path
) -> None:
    async def main() -> World:
        ledgers = [SqliteLedger(tmp_path / "ledger.sqlite3") for _ in range(3)]
        world = World(Limits(), list(ledgers), latency, seed=2)
        await world.run(240)
        assert [ledger.fault for ledger in ledgers] == [None] * 3
        return world

    world = run_virtual(main())

    assert world.server.refused == 0
    whole = ideal(Limits(), latency, 240)
    assert sum(world.counts) >= 0.98 * whole
    assert min(world.counts) >= whole / 5


class LateClock(VirtualClock):
    """Of a process on a busy machine: it wakes later than all others."""

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds + 0.05)


def test_a_process_that_always_wakes_last_is_not_starved() -> None:
    limits = Limits(slots=20, window=10.0)

    async def main() -> World:
        world = World(limits, [], latency=0.3, seed=3)
        ledger = MemoryLedger()
        world.budgets = [
            Budget(limits, ledger, VirtualClock(), "quick"),
            Budget(limits, ledger, VirtualClock(), "quick too"),
            Budget(limits, ledger, LateClock(), "slow"),
        ]
        world.counts = [0, 0, 0]
        await world.run(400, clients=20)
        return world

    world = run_virtual(main())

    assert world.server.refused == 0
    assert world.counts[2] >= sum(world.counts) / 5


@settings(max_examples=40, deadline=None)
@given(
    slots=st.integers(2, 60),
    window=st.sampled_from([1.0, 10.0, 60.0]),
    latency=st.floats(0.0, 5.0),
    processes=st.integers(1, 3),
    seed=st.integers(0, 2**32),
    lanes=st.lists(st.sampled_from(list(Lane)), min_size=1, max_size=3),
    pressing=st.booleans(),
)
def test_never_a_429_whatever_the_line_does(
    slots: int,
    window: float,
    latency: float,
    processes: int,
    seed: int,
    lanes: list[Lane],
    pressing: bool,
) -> None:
    limits = Limits(slots=slots, window=window)

    async def main() -> World:
        ledger = MemoryLedger()
        world = World(limits, [ledger] * processes, latency, seed)

        async def keys() -> None:
            while True:
                await world.clock.sleep(world.random.uniform(0, 3 * window))
                if pressing:
                    world.budgets[0].key_pressed()

        async def impatient() -> None:
            while True:
                ask = asyncio.ensure_future(world.budgets[-1].acquire(Lane.CURSOR))
                await world.clock.sleep(world.random.uniform(0, window))
                if ask.done():
                    world.budgets[-1].given_back(ask.result())
                ask.cancel()

        extra = [asyncio.ensure_future(keys()), asyncio.ensure_future(impatient())]
        extra += [
            asyncio.ensure_future(world.client(number % processes, lane))
            for number, lane in enumerate(lanes)
        ]
        await world.run(12 * window, clients=3)
        for task in extra:
            task.cancel()
        return world

    world = run_virtual(main())

    assert world.server.refused == 0
    assert world.server.served > 0
