"""Slots, lanes, the gate and what happens to those who vanish; time is in the test's hand."""

import asyncio

import pytest

from csc_tui.http.budget import Budget, Lease, Limits, MemoryLedger
from csc_tui.worker.lane import Lane
from tests.fake_clock import FakeClock

LIMITS = Limits(slots=10, window=10.0, reserve=3, longest=60.0)


class Account:
    """Processes of one account, one clock, one ledger."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self.clock = FakeClock()
        self.ledger = MemoryLedger()
        self.limits = limits

    def process(self) -> Budget:
        return Budget(self.limits, self.ledger, self.clock)

    async def asked(
        self, budget: Budget, count: int, lane: Lane = Lane.CURSOR
    ) -> list[asyncio.Task[Lease]]:
        """So many requests for a lease, after everything that needs no time has happened."""
        tasks = [asyncio.ensure_future(budget.acquire(lane)) for _ in range(count)]
        await self.clock.settle()
        return tasks


def granted(tasks: list[asyncio.Task[Lease]]) -> int:
    return sum(task.done() and not task.cancelled() for task in tasks)


def give_up(tasks: list[asyncio.Task[Lease]]) -> None:
    for task in tasks:
        task.cancel()


@pytest.fixture
def account() -> Account:
    return Account()


async def test_a_slot_comes_back_one_window_after_the_answer(account: Account) -> None:
    budget = account.process()
    tasks = await account.asked(budget, 11)
    assert granted(tasks) == 10
    assert budget.free() == 0

    await account.clock.advance(3.0)
    budget.answered(tasks[0].result())
    await account.clock.advance(9.9)
    assert granted(tasks) == 10
    await account.clock.advance(0.2)
    assert granted(tasks) == 11


async def test_a_slot_given_back_is_free_at_once(account: Account) -> None:
    budget = account.process()
    tasks = await account.asked(budget, 11)

    budget.given_back(tasks[0].result())
    await account.clock.settle()

    assert granted(tasks) == 11


async def test_the_most_urgent_lane_gets_the_next_slot(account: Account) -> None:
    budget = account.process()
    first = await account.asked(budget, 10)
    sync = await account.asked(budget, 1, Lane.SYNC)
    cursor = await account.asked(budget, 1, Lane.CURSOR)

    budget.given_back(first[0].result())
    await account.clock.settle()

    assert (granted(cursor), granted(sync)) == (1, 0)
    give_up(sync)


@pytest.mark.parametrize("lane", [Lane.PREFETCH, Lane.SYNC])
async def test_yielding_lanes_leave_the_reserve_while_keys_are_pressed(
    account: Account, lane: Lane
) -> None:
    budget = account.process()
    budget.key_pressed()
    tasks = await account.asked(budget, 10, lane)
    assert granted(tasks) == 7
    urgent = await account.asked(budget, 3)
    assert granted(urgent) == 3
    give_up(urgent + tasks)


async def test_with_nobody_at_the_keys_yielding_lanes_use_everything(account: Account) -> None:
    budget = account.process()
    budget.key_pressed()
    tasks = await account.asked(budget, 10, Lane.SYNC)
    await account.clock.advance(19.9)
    assert granted(tasks) == 7
    await account.clock.advance(0.2)
    assert granted(tasks) == 10


async def test_keys_pressed_in_one_process_hold_back_the_others(account: Account) -> None:
    mine, other = account.process(), account.process()
    mine.key_pressed()
    await account.clock.settle()

    tasks = await account.asked(other, 10, Lane.SYNC)

    assert granted(tasks) == 7
    give_up(tasks)


async def test_a_yielding_process_that_waits_does_not_block_the_reserve(account: Account) -> None:
    mine, other = account.process(), account.process()
    mine.key_pressed()
    waiting = await account.asked(other, 20, Lane.SYNC)
    await account.clock.advance(15.0)
    mine.key_pressed()
    await account.clock.advance(15.0)
    mine.key_pressed()

    tasks = await account.asked(mine, 1)

    assert granted(tasks) == 1
    give_up(waiting)


async def test_a_closed_gate_stops_every_process_for_as_long_as_told(account: Account) -> None:
    mine, other = account.process(), account.process()
    mine.close_gate(30.0)
    await account.clock.settle()
    tasks = await account.asked(other, 1)
    assert other.free() == 0
    assert other.gate_until == account.clock.now() + 30.0
    assert other.eta(1) == pytest.approx(30.0)

    await account.clock.advance(29.9)
    assert granted(tasks) == 0
    await account.clock.advance(0.2)
    assert granted(tasks) == 1
    assert other.gate_until is None


@pytest.mark.parametrize(("told", "closed"), [(None, 10.0), (3.0, 3.0), (1e9, 3600.0), (-5.0, 0.0)])
async def test_the_gate_is_closed_within_bounds(
    account: Account, told: float | None, closed: float
) -> None:
    budget = account.process()
    budget.close_gate(told)
    tasks = await account.asked(budget, 1)
    assert granted(tasks) == (closed == 0.0)
    await account.clock.advance(closed + 0.01)
    assert granted(tasks) == 1


async def test_after_a_429_less_is_used_for_a_while(account: Account) -> None:
    budget = account.process()
    budget.close_gate(1.0)
    budget.close_gate(1.0)  # the second of the same burst
    await account.clock.advance(1.0)
    tasks = await account.asked(budget, 10)
    assert granted(tasks) == 8
    give_up(tasks)
    for task in tasks[:8]:
        budget.given_back(task.result())

    await account.clock.advance(60.0)
    again = await account.asked(budget, 10)

    assert granted(again) == 10


async def test_a_crashed_process_gives_its_slots_back_in_the_end(account: Account) -> None:
    crashed, budget = account.process(), account.process()
    assert granted(await account.asked(crashed, 10)) == 10

    tasks = await account.asked(budget, 10)
    await account.clock.advance(69.9)
    assert granted(tasks) == 0
    await account.clock.advance(0.2)
    assert granted(tasks) == 10


async def test_a_crashed_process_that_waited_does_not_hold_up_the_queue(account: Account) -> None:
    account.ledger.book.pressed_at = 0.0
    dead_clock = FakeClock()  # never advanced: the process neither wakes nor withdraws
    dead = Budget(LIMITS, account.ledger, dead_clock)
    holder, budget = account.process(), account.process()
    leases = await account.asked(holder, 10)
    await account.asked(dead, 10)
    await account.clock.advance(1.0)
    for lease in leases:
        holder.answered(lease.result())
    tasks = await account.asked(budget, 10)

    await account.clock.advance(25.0)

    assert granted(tasks) == 10


async def test_a_clock_set_back_delays_by_no_more_than_a_window(account: Account) -> None:
    budget = account.process()
    for task in await account.asked(budget, 10):
        budget.answered(task.result())
    budget.close_gate(5.0)
    budget.key_pressed()
    await account.clock.settle()
    account.clock.set_back(7200.0)

    tasks = await account.asked(budget, 1)
    await account.clock.advance(10.1)

    assert granted(tasks) == 1


async def test_who_stops_waiting_leaves_no_trace(account: Account) -> None:
    budget = account.process()
    first = await account.asked(budget, 10)
    tasks = await account.asked(budget, 5)
    give_up(tasks)
    await account.clock.settle()
    assert account.ledger.book.waiters == {}

    budget.given_back(first[0].result())
    await account.clock.settle()
    assert budget.free() == 1


async def test_a_lease_granted_to_somebody_just_cancelled_is_given_back(account: Account) -> None:
    budget = account.process()
    task = asyncio.ensure_future(budget.acquire(Lane.CURSOR))
    while budget.free() != 9:
        await asyncio.sleep(0)
    task.cancel()
    await account.clock.settle()

    assert budget.free() == 10


async def test_the_eta_counts_what_comes_free_and_whole_windows(account: Account) -> None:
    budget = account.process()
    tasks = await account.asked(budget, 8)
    for task in tasks:
        budget.answered(task.result())
    await account.clock.settle()
    assert budget.free() == 2
    assert budget.eta(0) == 0.0
    assert budget.eta(2) == 0.0
    await account.clock.advance(4.0)
    assert budget.eta(3) == pytest.approx(6.01)
    assert budget.eta(13) == pytest.approx(16.01)


async def test_slots_that_are_free_now_are_used_in_every_window_of_the_eta(
    account: Account,
) -> None:
    budget = account.process()
    tasks = await account.asked(budget, 1)
    budget.answered(tasks[0].result())
    await account.clock.settle()
    assert budget.free() == 9
    # Nine at once, the tenth when the one slot comes back; then the same again, twice.
    assert budget.eta(10) == pytest.approx(10.0, abs=0.1)
    assert budget.eta(30) == pytest.approx(30.0, abs=0.1)


async def test_closing_cancels_who_waits_and_tells_the_ledger_the_rest(account: Account) -> None:
    budget = account.process()
    tasks = await account.asked(budget, 11)
    budget.given_back(tasks[0].result())
    budget.given_back(tasks[1].result())
    tasks[10].cancel()

    await budget.aclose()

    assert len(account.ledger.book.slots) == 8


async def test_changes_are_announced(account: Account) -> None:
    budget = account.process()
    seen: list[int] = []
    budget.on_change = lambda: seen.append(budget.free())

    await account.asked(budget, 4)

    assert seen[-1] == 6


async def test_after_closing_nothing_is_told_any_more(account: Account) -> None:
    budget = account.process()
    tasks = await account.asked(budget, 1)
    await budget.aclose()
    budget.answered(tasks[0].result())
    await account.clock.settle()

    assert [slot.answered for slot in account.ledger.book.slots.values()] == [False]


async def test_a_limit_of_one_is_not_cut_to_nothing() -> None:
    account = Account(Limits(slots=1, window=10.0))
    budget = account.process()
    budget.close_gate(1.0)
    budget.key_pressed()
    tasks = await account.asked(budget, 1, Lane.SYNC)
    await account.clock.advance(1.1)

    assert granted(tasks) == 1
