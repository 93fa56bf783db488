"""The order of work."""

import asyncio

import pytest

from csc_tui.domain.errors import Unavailable
from csc_tui.http.message import Request
from csc_tui.worker.lane import Lane
from csc_tui.worker.queue import Job, Pause, Queue

PAUSE = Pause(1.0, Unavailable(None), 2)


def read(number: int = 1) -> Request:
    return Request("GET", f"/people/{number}")


def write(number: int = 1, name: str = "x") -> Request:
    return Request("PUT", f"/people/{number}", body={"name": name})


@pytest.fixture
async def queue() -> Queue:
    return Queue()


def put(queue: Queue, request: Request, lane: Lane) -> Job:
    return queue.put(request, lane, asyncio.get_running_loop().create_future())


def order(queue: Queue) -> list[Request]:
    """Everything that can be sent one after the other."""
    requests = []
    while (job := queue.best(0.0)) is not None:
        queue.start(job)
        queue.finish(job)
        requests.append(job.request)
    return requests


async def test_lanes_go_by_urgency_and_each_by_arrival(queue: Queue) -> None:
    lanes = [Lane.SYNC, Lane.WRITE, Lane.CURSOR, Lane.PREFETCH, Lane.VISIBLE, Lane.CURSOR]
    for number, lane in enumerate(lanes):
        put(queue, read(number), lane)

    assert order(queue) == [read(number) for number in (2, 5, 4, 1, 3, 0)]


async def test_identical_reads_are_one_job_in_the_sooner_lane(queue: Queue) -> None:
    slow = put(queue, read(1), Lane.SYNC)
    put(queue, read(2), Lane.VISIBLE)
    quick = put(queue, read(1), Lane.CURSOR)

    assert slow is quick
    assert len(slow.waiters) == 2
    assert order(queue) == [read(1), read(2)]


async def test_identical_writes_are_two(queue: Queue) -> None:
    put(queue, write(), Lane.WRITE)
    put(queue, write(), Lane.WRITE)

    assert order(queue) == [write(), write()]


async def test_a_read_under_way_is_joined(queue: Queue) -> None:
    job = put(queue, read(), Lane.VISIBLE)
    queue.start(job)

    assert put(queue, read(), Lane.CURSOR) is job
    assert (queue.waiting, queue.in_flight) == (0, 1)


async def test_a_read_that_began_before_a_write_ended_is_not_joined(queue: Queue) -> None:
    old = put(queue, read(), Lane.VISIBLE)
    queue.start(old)
    saved = put(queue, write(), Lane.WRITE)
    queue.start(saved)
    queue.finish(saved)

    fresh = put(queue, read(), Lane.CURSOR)
    queue.finish(old)

    assert fresh is not old
    assert put(queue, read(), Lane.CURSOR) is fresh


async def test_promoting_moves_a_waiting_read_only_forward(queue: Queue) -> None:
    put(queue, read(1), Lane.VISIBLE)
    put(queue, read(2), Lane.SYNC)
    queue.promote(read(2), Lane.CURSOR)
    queue.promote(read(2), Lane.SYNC)
    queue.promote(read(3), Lane.CURSOR)

    assert order(queue) == [read(2), read(1)]


async def test_what_nobody_wants_any_more_is_dropped(queue: Queue) -> None:
    first, second = (asyncio.get_running_loop().create_future() for _ in range(2))
    job = queue.put(read(), Lane.SYNC, first)
    queue.put(read(), Lane.SYNC, second)

    first.cancel()
    queue.leave(job, first)
    assert queue.waiting == 1
    second.cancel()
    queue.leave(job, second)
    assert queue.idle
    assert put(queue, read(), Lane.SYNC) is not job


async def test_writes_to_one_record_keep_their_order_one_at_a_time(queue: Queue) -> None:
    first = put(queue, write(1, "a"), Lane.WRITE)
    put(queue, write(1, "b"), Lane.CURSOR)
    other = put(queue, write(2), Lane.SYNC)

    assert queue.best(0.0) is first
    queue.start(first)
    assert queue.best(0.0) is other
    queue.back(first, 50.0, PAUSE)
    assert queue.best(0.0) is other
    assert queue.best(50.0) is first


async def test_a_job_for_another_try_waits_at_its_old_place(queue: Queue) -> None:
    job = put(queue, read(1), Lane.VISIBLE)
    queue.start(job)
    put(queue, read(2), Lane.VISIBLE)
    queue.back(job, 5.0, PAUSE)

    assert queue.pauses() == [PAUSE]
    assert queue.next_time(0.0) == 5.0
    best = queue.best(4.9)
    assert best is not None
    assert best.request == read(2)
    assert queue.best(5.0) is job
    queue.start(job)
    assert queue.pauses() == []
    assert queue.next_time(5.0) is None


async def test_no_other_try_for_what_nobody_wants(queue: Queue) -> None:
    job = put(queue, read(), Lane.SYNC)
    queue.start(job)
    job.waiters[0].cancel()
    queue.back(job, 1.0, PAUSE)

    assert queue.idle


async def test_a_read_for_another_try_can_still_be_joined(queue: Queue) -> None:
    job = put(queue, read(), Lane.SYNC)
    queue.start(job)
    queue.back(job, 1.0, PAUSE)

    assert put(queue, read(), Lane.CURSOR) is job


async def test_draining_leaves_nothing(queue: Queue) -> None:
    waiting, flying = put(queue, read(1), Lane.SYNC), put(queue, read(2), Lane.SYNC)
    queue.start(flying)

    assert queue.drain() == [waiting, flying]
    assert queue.idle
