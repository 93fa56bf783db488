"""A server that tells with every answer how many requests it allows and how many are left."""

import asyncio
import random
import subprocess
import sys
from collections import deque
from pathlib import Path

import pytest

from csc_tui.http.budget import Budget, Lease, Ledger, Limits, MemoryLedger
from csc_tui.http.holder import own_name
from csc_tui.http.retry import retry_after, told
from csc_tui.store.ledger import SqliteLedger
from csc_tui.worker.lane import Lane
from tests.fake_clock import FakeClock, VirtualClock, run_virtual

LIMITS = Limits(slots=1, window=60.0, reserve=5, longest=60.0, told=True)


def headers(limit: int, left: int) -> dict[str, str]:
    return {"x-ratelimit-limit": str(limit), "x-ratelimit-remaining": str(left)}


class Account:
    """Processes of one account, one clock, one ledger, all with the server's own words."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.ledger = MemoryLedger()
        self.budget = self.process()

    def process(self) -> Budget:
        return Budget(LIMITS, self.ledger, self.clock)

    async def asked(self, count: int, budget: Budget | None = None) -> list[asyncio.Task[Lease]]:
        acquire = (budget or self.budget).acquire
        tasks = [asyncio.ensure_future(acquire(Lane.CURSOR)) for _ in range(count)]
        await self.clock.settle()
        return tasks

    async def answer(
        self, task: asyncio.Task[Lease], limit: int = 90, left: int = 89, *, silent: bool = False
    ) -> None:
        said = {} if silent else headers(limit, left)
        self.budget.answered(task.result(), said)
        await self.clock.settle()

    @property
    def gauge(self) -> tuple[int, int | None]:
        return self.budget.free(), self.budget.slots


@pytest.fixture
def account() -> Account:
    return Account()


def granted(tasks: list[asyncio.Task[Lease]]) -> int:
    return sum(task.done() and not task.cancelled() for task in tasks)


async def test_one_goes_before_the_first_answer_and_all_the_limit_lets_after_it(
    account: Account,
) -> None:
    tasks = await account.asked(12)
    assert granted(tasks) == 1
    assert account.gauge[1] is None
    await account.answer(tasks[0], 10, 9)
    assert granted(tasks) == 10
    assert account.gauge == (0, 10)


async def test_the_gauge_is_what_the_server_has_left(account: Account) -> None:
    (first,) = await account.asked(1)
    await account.answer(first)
    assert account.gauge == (89, 90)
    (second,) = await account.asked(1)
    assert account.gauge == (88, 90)
    await account.answer(second, left=88)
    assert account.gauge == (88, 90)


async def test_what_others_use_is_seen_and_left_to_them(account: Account) -> None:
    (first,) = await account.asked(1)
    await account.answer(first, left=3)
    assert account.gauge == (3, 90)
    tasks = await account.asked(5)
    assert granted(tasks) == 3
    await account.answer(tasks[0], left=0)
    assert account.gauge == (0, 90)


async def test_an_answer_that_was_overtaken_promises_nothing_twice(account: Account) -> None:
    (first,) = await account.asked(1)
    await account.answer(first, 10, 9)
    one, other = await account.asked(2)
    await account.answer(other, 10, 7)
    await account.answer(one, 10, 8)
    assert account.gauge == (7, 10)


async def test_the_limit_may_change(account: Account) -> None:
    (first,) = await account.asked(1)
    await account.answer(first)
    (second,) = await account.asked(1)
    await account.answer(second, 30, 28)
    assert account.gauge == (28, 30)


async def test_a_server_that_tells_nothing_is_asked_one_by_one(account: Account) -> None:
    tasks = await account.asked(3)
    for number, task in enumerate(tasks, 1):
        assert granted(tasks) == number
        await account.answer(task, silent=True)
    assert account.gauge[1] is None


@pytest.mark.parametrize(
    ("limit", "left"),
    [("0", "0"), ("x", "1"), ("90", ""), ("9" * 30, "1"), ("-5", "3"), ("²", "1")],
)
def test_nonsense_is_not_believed(limit: str, left: str) -> None:
    assert told({"x-ratelimit-limit": limit, "x-ratelimit-remaining": left}) is None


def test_more_left_than_allowed_is_all_of_it() -> None:
    assert told(headers(90, 400)) == (90, 90)


async def test_after_a_silent_window_one_goes_first(account: Account) -> None:
    (first,) = await account.asked(1)
    await account.answer(first)
    await account.clock.advance(61.0)
    assert account.gauge == (90, 90)
    tasks = await account.asked(3)
    assert granted(tasks) == 1
    await account.answer(tasks[0], left=1)
    assert granted(tasks) == 2


async def test_after_a_429_one_goes_when_it_is_over(account: Account) -> None:
    (first,) = await account.asked(1)
    await account.answer(first, left=0)
    account.budget.close_gate(17.0)
    tasks = await account.asked(3)
    await account.clock.advance(16.9)
    assert granted(tasks) == 0
    await account.clock.advance(0.2)
    assert granted(tasks) == 1
    await account.answer(tasks[0], left=88)
    assert granted(tasks) == 3


async def test_a_429_that_does_not_say_how_long_lasts_a_window(account: Account) -> None:
    (first,) = await account.asked(1)
    await account.answer(first, silent=True)
    account.budget.close_gate(None)
    tasks = await account.asked(1)
    await account.clock.advance(59.0)
    assert granted(tasks) == 0
    await account.clock.advance(1.5)
    assert granted(tasks) == 1


def test_when_the_window_ends_may_be_told_as_a_moment() -> None:
    assert retry_after({"x-ratelimit-reset": "1042"}, 1000.0) == 42.0
    assert retry_after({"x-ratelimit-reset": "1042", "retry-after": "7"}, 1000.0) == 7.0


def ended_process(machine: str = "") -> str:
    """How the book calls a process that ran a moment ago, here or on another machine."""
    with subprocess.Popen([sys.executable, "-S", "-c", ""]) as process:
        _, _, rest = own_name().partition("@")
        return f"{process.pid}@{machine}{rest}"


async def test_a_process_that_was_killed_while_it_asked_holds_up_nobody(account: Account) -> None:
    """Where one request goes at a time, its answer would be waited for for two minutes."""
    await account.asked(1, Budget(LIMITS, account.ledger, account.clock, ended_process()))
    (task,) = await account.asked(1)
    assert granted([task]) == 1
    await account.answer(task, 10, 8)
    # What it asked may have come to the server: it counts for a window more.
    assert account.gauge == (8, 10)
    assert granted(await account.asked(9)) == 8


async def test_who_asks_from_another_machine_is_waited_for(account: Account) -> None:
    name = ended_process("elsewhere.")
    await account.asked(1, Budget(LIMITS, account.ledger, account.clock, name))
    assert granted(await account.asked(1)) == 0


async def test_another_process_learns_what_this_one_has_heard(account: Account) -> None:
    (first,) = await account.asked(1)
    await account.answer(first, left=4)
    other = account.process()
    tasks = await account.asked(6, other)
    assert granted(tasks) == 4
    assert (other.free(), other.slots) == (0, 90)


class Server:
    """Counts in windows, fixed from the first request on or sliding; somebody else asks too."""

    def __init__(self, limit: int, *, sliding: bool) -> None:
        self.limit, self.sliding = limit, sliding
        self.arrived: deque[float] = deque()
        self.refused = 0

    def arrive(self, now: float, *, mine: bool) -> dict[str, str]:
        if self.sliding:
            while self.arrived and self.arrived[0] <= now - 60.0:
                self.arrived.popleft()
        elif self.arrived and now >= self.arrived[0] + 60.0:
            self.arrived.clear()
        if len(self.arrived) >= self.limit:
            self.refused += mine
        else:
            self.arrived.append(now)
        return headers(self.limit, self.limit - len(self.arrived))


async def served(
    server: Server, ledgers: list[Ledger], *, others: float, seconds: float = 900.0
) -> int:
    """How many answers clients that want all they can get have had; `others`: requests a minute."""
    clock = VirtualClock()
    chance = random.Random(3)
    budgets = [Budget(LIMITS, one, clock) for one in ledgers]
    count = 0

    async def client(budget: Budget) -> None:
        nonlocal count
        while True:
            lease = await budget.acquire(Lane.SYNC)
            await clock.sleep(chance.uniform(0.0, 0.4))
            said = server.arrive(clock.now(), mine=True)
            await clock.sleep(chance.uniform(0.0, 0.4))
            budget.answered(lease, said)
            count += 1

    async def somebody() -> None:
        while True:
            await clock.sleep(60.0 / others)
            server.arrive(clock.now(), mine=False)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(client(one)) for one in budgets for _ in range(6)]
        tasks += [group.create_task(somebody())] if others else []
        await clock.sleep(seconds)
        for task in tasks:
            task.cancel()
    for budget in budgets:
        await budget.aclose()
    return count


@pytest.mark.parametrize("sliding", [False, True])
@pytest.mark.parametrize("limit", [90, 8])
def test_alone_nearly_all_of_the_limit_is_used_and_never_more(limit: int, *, sliding: bool) -> None:
    server = Server(limit, sliding=sliding)
    count = run_virtual(served(server, [MemoryLedger()], others=0.0))
    assert server.refused == 0
    assert count >= 0.9 * limit * 15


@pytest.mark.parametrize("sliding", [False, True])
def test_three_processes_are_not_refused_either(tmp_path: Path, *, sliding: bool) -> None:
    ledgers: list[Ledger] = [SqliteLedger(tmp_path / "ledger.sqlite3") for _ in range(3)]
    server = Server(30, sliding=sliding)
    count = run_virtual(served(server, ledgers, others=0.0, seconds=400.0))
    assert server.refused == 0
    assert count >= 0.7 * 30 * 6


@pytest.mark.parametrize("sliding", [False, True])
def test_beside_somebody_else_what_is_left_is_used(*, sliding: bool) -> None:
    server = Server(90, sliding=sliding)
    count = run_virtual(served(server, [MemoryLedger()], others=40.0))
    # He may take the last one between an answer and the next request: once in a while.
    assert server.refused <= 15
    assert count >= 0.5 * 50 * 15
