"""The worker against a real socket: order, joining, budget, the end."""

import asyncio
import gc

import pytest

from csc_tui.domain.errors import Unauthorized
from csc_tui.http.message import Request, Response
from csc_tui.worker.lane import Lane
from tests.http.scripted_server import answer
from tests.worker.ground import Ground


async def test_an_answer_comes_back_to_who_asked(ground: Ground) -> None:
    await ground.start()

    answers = await asyncio.gather(*(ground.ask(f"/people/{number}") for number in range(20)))

    assert [answer.data for answer in answers] == [[f"/api/people/{n}"] for n in range(20)]
    assert ground.worker.online is True


async def test_an_answer_is_kept_by_nobody_but_who_asked(ground: Ground) -> None:
    await ground.start()

    assert (await ground.ask("/kept")).data == ["/api/kept"]

    def kept() -> list[Response]:
        gc.collect()
        answers = [one for one in gc.get_objects() if isinstance(one, Response)]
        return [one for one in answers if one.data == ["/api/kept"]]

    for _ in range(50):  # turns in which those who handed it on come to their ends
        if kept():
            await asyncio.sleep(0)
    assert kept() == []


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


async def test_what_is_not_to_be_sent_any_more_is_seen_when_there_is_a_slot_for_it(
    ground: Ground,
) -> None:
    worker = await ground.start(concurrency=1)
    ground.gate.clear()
    first = ground.ask("/first")
    await ground.arrived.wait()
    unwanted = False

    def check() -> None:
        if unwanted:
            raise Unauthorized

    request = Request("PUT", "/late", body={})
    late = asyncio.ensure_future(worker.send(request, Lane.WRITE, check=check))
    await ground.until(lambda: worker.waiting == 1)
    unwanted = True
    ground.gate.set()
    await first
    with pytest.raises(Unauthorized):
        await late
    assert ground.targets() == ["/first"]
    unwanted = False
    await worker.send(request, Lane.WRITE, check=check)
    assert ground.targets() == ["/first", "/late"]
