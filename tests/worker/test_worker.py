"""The worker against a real socket; waiting times are in the test's hand."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable

import pytest

from csc_tui.domain.errors import (
    Ambiguous,
    CrmError,
    NotFound,
    Offline,
    RateLimited,
    ServerBroken,
    Unauthorized,
    Unavailable,
)
from csc_tui.domain.request_log import RequestLog
from csc_tui.http.budget import Budget, Limits, MemoryLedger
from csc_tui.http.message import Request, Response
from csc_tui.http.transport import Transport, TransportSettings
from csc_tui.worker.lane import Lane
from csc_tui.worker.worker import Worker
from tests.fake_clock import FakeClock
from tests.http.scripted_server import Line, Received, ScriptedServer, answer


def judge(response: Response) -> CrmError | None:
    """What an adapter would say."""
    if response.status == 401:
        return Unauthorized()
    if response.status == 404:
        return NotFound()
    if response.data == "a bug":
        raise KeyError("a bug")
    return ServerBroken(response.status, "status") if response.status >= 500 else None


class Ground:
    """Server, transport, budget and worker; `script` gives the answers, else the path's own."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.log = RequestLog()
        self.ledger = MemoryLedger()
        self.server = ScriptedServer(self.answer)
        self.script: list[bytes] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.arrived = asyncio.Event()

    async def answer(self, request: Received, line: Line) -> None:
        self.arrived.set()
        said = self.script.pop(0) if self.script else answer(200, json.dumps([request.target]))
        await self.gate.wait()
        if not said:
            line.drop()
        await line.say(said)

    async def start(self, slots: int = 50, concurrency: int = 6) -> Worker:
        await self.server.start()
        self.transport = Transport(TransportSettings(self.server.url), self.log, self.clock)
        self.budget = Budget(Limits(slots=slots), self.ledger, self.clock)
        self.worker = Worker(
            self.transport,
            self.budget,
            self.clock,
            judge,
            concurrency=concurrency,
            chance=lambda: 0.5,
        )
        self.worker.start()
        return self.worker

    async def stop(self) -> None:
        self.gate.set()
        await self.worker.stop()
        await self.budget.aclose()
        await self.transport.aclose()
        await self.server.stop()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for a state of the worker."""
        changed = asyncio.Event()
        end = self.worker.subscribe(changed.set)
        while not condition():
            await changed.wait()
            changed.clear()
        end()

    def ask(self, path: str, lane: Lane = Lane.CURSOR) -> asyncio.Task[Response]:
        return asyncio.ensure_future(self.worker.send(Request("GET", path), lane))

    def save(self, path: str = "/people/1") -> asyncio.Task[Response]:
        return asyncio.ensure_future(self.worker.send(Request("PUT", path, body={}), Lane.WRITE))

    def targets(self) -> list[str]:
        return [request.target.removeprefix("/api") for request in self.server.received]


@pytest.fixture
async def ground() -> AsyncIterator[Ground]:
    ground = Ground()
    yield ground
    await ground.stop()


async def test_an_answer_comes_back_to_who_asked(ground: Ground) -> None:
    await ground.start()

    answers = await asyncio.gather(*(ground.ask(f"/people/{number}") for number in range(20)))

    assert [answer.data for answer in answers] == [[f"/api/people/{n}"] for n in range(20)]
    assert ground.worker.online is True


async def test_the_lane_orders_what_waits(ground: Ground) -> None:
    await ground.start(concurrency=1)
    ground.gate.clear()
    first = ground.ask("/first")
    await ground.arrived.wait()
    rest = [
        ground.ask("/sync", Lane.SYNC),
        ground.ask("/prefetch", Lane.PREFETCH),
        ground.save("/write"),
        ground.ask("/visible", Lane.VISIBLE),
        ground.ask("/cursor", Lane.CURSOR),
        ground.ask("/promoted", Lane.SYNC),
    ]
    await ground.until(lambda: ground.worker.waiting == 6)
    ground.worker.promote(Request("GET", "/promoted"), Lane.CURSOR)
    ground.gate.set()
    await asyncio.gather(first, *rest)

    assert ground.targets() == [
        "/first",
        "/cursor",
        "/promoted",
        "/visible",
        "/write",
        "/prefetch",
        "/sync",
    ]


async def test_identical_reads_are_sent_once(ground: Ground) -> None:
    await ground.start()

    answers = await asyncio.gather(*(ground.ask("/people") for _ in range(5)))

    assert ground.targets() == ["/people"]
    assert len({id(answer) for answer in answers}) == 1


async def test_no_more_at_once_than_allowed(ground: Ground) -> None:
    await ground.start(concurrency=3)
    ground.gate.clear()
    tasks = [ground.ask(f"/{number}") for number in range(5)]
    await ground.until(lambda: ground.worker.in_flight == 3)

    assert ground.worker.waiting == 2
    ground.gate.set()
    await asyncio.gather(*tasks)


async def test_what_nobody_awaits_is_dropped_before_it_costs_anything(ground: Ground) -> None:
    await ground.start(concurrency=1)
    ground.gate.clear()
    first = ground.ask("/first")
    await ground.arrived.wait()
    scrolled_away = [ground.ask(f"/page/{number}", Lane.VISIBLE) for number in range(10)]
    await ground.until(lambda: ground.worker.waiting == 10)
    for task in scrolled_away[:9]:
        task.cancel()
    await ground.until(lambda: ground.worker.waiting == 1)
    ground.gate.set()
    await asyncio.gather(first, scrolled_away[9])

    assert ground.targets() == ["/first", "/page/9"]


async def test_a_save_under_way_goes_on_when_its_caller_is_cancelled(ground: Ground) -> None:
    await ground.start()
    ground.gate.clear()
    save = ground.save()
    await ground.arrived.wait()
    save.cancel()
    ground.gate.set()
    await ground.worker.idle()

    assert [(entry.text, entry.status) for entry in ground.log.entries()] == [
        ("PUT /people/1", 200)
    ]


async def test_the_budget_is_kept_and_the_wait_can_be_told(ground: Ground) -> None:
    await ground.start(slots=3)
    tasks = [ground.ask(f"/{number}") for number in range(5)]
    await asyncio.gather(*tasks[:3])
    await ground.until(lambda: ground.worker.in_flight == 0)
    await ground.clock.settle()
    assert ground.worker.waiting == 2
    assert ground.budget.free() == 0
    assert ground.worker.eta() == pytest.approx(10.0, abs=0.1)

    await ground.clock.advance(10.02)
    await asyncio.gather(*tasks)
    await ground.worker.idle()
    assert len(ground.targets()) == 5


async def test_what_is_more_urgent_takes_the_slot_that_another_waited_for(ground: Ground) -> None:
    await ground.start(slots=2)
    await asyncio.gather(ground.ask("/1"), ground.ask("/2"))
    sync = ground.ask("/sync", Lane.SYNC)
    await ground.clock.settle()
    cursor = ground.ask("/cursor", Lane.CURSOR)
    await ground.clock.settle()
    await ground.clock.advance(10.02)
    await asyncio.gather(sync, cursor)

    assert ground.targets()[2:] == ["/cursor", "/sync"]


async def test_a_lane_that_yields_does_not_get_a_slot_won_for_somebody_at_the_keys(
    ground: Ground,
) -> None:
    await ground.start(slots=10)
    ground.budget.key_pressed()
    await asyncio.gather(*(ground.ask(f"/{number}") for number in range(5)))
    sync = ground.ask("/sync", Lane.SYNC)
    await ground.clock.settle()
    cursor = ground.ask("/cursor")

    def walk_away() -> None:
        if len(ground.ledger.book.slots) > 5:
            cursor.cancel()

    ground.budget.on_change = walk_away
    await ground.clock.settle()

    assert cursor.cancelled()
    assert len(ground.targets()) == 5
    assert len(ground.ledger.book.slots) == 5
    sync.cancel()


async def test_a_429_closes_the_gate_and_nothing_is_lost(ground: Ground) -> None:
    await ground.start()
    ground.script = [answer(429, "Retry later", kind="text/plain", Retry_After="7")]
    save = ground.save()
    await ground.until(lambda: ground.worker.pause is not None)
    read = ground.ask("/people")
    await ground.clock.settle()
    pause = ground.worker.pause
    assert pause is not None
    assert isinstance(pause.error, RateLimited)
    assert pause.until - ground.clock.now() == pytest.approx(7.0)
    assert ground.worker.eta() == pytest.approx(7.0)
    await ground.clock.advance(6.9)
    assert len(ground.targets()) == 1

    await ground.clock.advance(0.2)
    assert [answer.status for answer in await asyncio.gather(save, read)] == [200, 200]
    assert ground.worker.pause is None
    assert [entry.attempt for entry in ground.log.entries()] == [1, 1, 1]


async def test_a_503_waits_as_told_while_others_go_on(ground: Ground) -> None:
    await ground.start()
    ground.script = [answer(503, "", Retry_After="20")]
    save = ground.save()
    await ground.until(lambda: ground.worker.pause is not None)
    pause = ground.worker.pause
    assert pause is not None
    assert isinstance(pause.error, Unavailable)
    assert (await ground.ask("/people")).status == 200

    await ground.clock.advance(20.0)
    assert (await save).status == 200
    assert ground.worker.online is True


@pytest.mark.parametrize("failure", [answer(500, "{}"), b""])
async def test_a_read_that_fails_is_tried_again_and_that_is_shown(
    ground: Ground, failure: bytes
) -> None:
    await ground.start()
    ground.script = [failure, failure]
    read = ground.ask("/people")
    for attempt, seconds in ((2, 0.5), (3, 1.0)):
        await ground.until(lambda: ground.worker.pause is not None)
        pause = ground.worker.pause
        assert pause is not None
        assert pause.attempt == attempt
        assert pause.until - ground.clock.now() == pytest.approx(seconds)
        await ground.clock.advance(seconds)

    assert (await read).status == 200
    assert [entry.attempt for entry in ground.log.entries()] == [1, 2, 3]


async def test_a_read_that_keeps_failing_is_given_up(ground: Ground) -> None:
    await ground.start()
    ground.script = [answer(500, "{}")] * 9
    read = ground.ask("/people")
    for seconds in (0.5, 1.0, 2.0):
        await ground.until(lambda: ground.worker.pause is not None)
        await ground.clock.advance(seconds)

    with pytest.raises(ServerBroken):
        await read
    assert len(ground.targets()) == 4


@pytest.mark.parametrize("failure", [answer(500, "{}"), b"", answer(200, "[1,")])
async def test_a_save_with_an_unknown_outcome_is_told_and_never_repeated(
    ground: Ground, failure: bytes
) -> None:
    await ground.start()
    ground.script = [failure]

    with pytest.raises(Ambiguous):
        await ground.save()
    await ground.worker.idle()
    assert len(ground.targets()) == 1


async def test_nobody_there_is_offline_and_costs_no_budget(ground: Ground) -> None:
    await ground.start()
    await ground.server.stop()

    with pytest.raises(Offline):
        await ground.save()
    await ground.clock.settle()
    assert ground.worker.online is False
    assert ground.budget.free() == 50


@pytest.mark.parametrize(("status", "error"), [(401, Unauthorized), (404, NotFound)])
async def test_what_the_judge_says_is_raised(
    ground: Ground, status: int, error: type[CrmError]
) -> None:
    await ground.start()
    ground.script = [answer(status, "{}")]

    with pytest.raises(error):
        await ground.ask("/people/1")
    assert ground.worker.online is True


async def test_a_bug_in_one_job_is_its_callers_and_ends_no_other(ground: Ground) -> None:
    await ground.start()
    ground.script = [answer(200, '"a bug"')]

    with pytest.raises(KeyError):
        await ground.ask("/people/1")
    assert (await ground.ask("/people/1")).status == 200


async def test_every_hop_of_a_redirect_is_paid_for(ground: Ground) -> None:
    await ground.start()
    ground.script = [answer(301, "", Location="/api/people.json")]

    await ground.ask("/people")
    await ground.worker.idle()
    await ground.clock.settle()

    assert ground.budget.free() == 48


async def test_changes_are_told_once_a_turn_until_one_unsubscribes(ground: Ground) -> None:
    await ground.start()
    calls: list[int] = []
    end = ground.worker.subscribe(lambda: calls.append(ground.worker.waiting))
    tasks = [ground.ask(f"/{number}") for number in range(30)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert calls == [30]
    end()
    await asyncio.gather(*tasks)
    await ground.worker.idle()

    assert calls == [30]


async def test_idle_waits_for_everything(ground: Ground) -> None:
    await ground.start()
    tasks = [ground.ask(f"/{number}") for number in range(30)]
    await asyncio.sleep(0)
    await ground.worker.idle()

    assert all(task.done() for task in tasks)
    assert (ground.worker.waiting, ground.worker.in_flight) == (0, 0)


async def test_stopping_cancels_who_waits_and_leaves_no_slot_open(ground: Ground) -> None:
    await ground.start(concurrency=2)
    ground.gate.clear()
    tasks = [ground.ask(f"/{number}") for number in range(5)]
    await ground.until(lambda: ground.worker.in_flight == 2)
    await ground.worker.stop()
    await asyncio.wait(tasks)

    assert all(task.cancelled() for task in tasks)
    await ground.budget.aclose()
    assert [slot.answered for slot in ground.ledger.book.slots.values()] == [True, True]


async def test_stopping_lets_a_save_under_way_come_home(ground: Ground) -> None:
    await ground.start()
    ground.gate.clear()
    save = ground.save()
    await ground.arrived.wait()
    stop = asyncio.ensure_future(ground.worker.stop())
    await asyncio.sleep(0)
    ground.gate.set()
    await stop

    assert (await save).status == 200


async def test_a_worker_that_does_not_run_says_so(ground: Ground) -> None:
    worker = await ground.start()
    await worker.stop()

    with pytest.raises(RuntimeError):
        await worker.send(Request("GET", "/people"), Lane.CURSOR)
