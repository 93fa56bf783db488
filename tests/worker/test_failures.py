"""What the worker makes of failures; waiting times are in the test's hand."""

import asyncio

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
from tests.http.scripted_server import answer
from tests.worker.ground import Ground


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
    read = ground.ask("/companies")
    await ground.until(lambda: ground.worker.pause is not None)
    pause = ground.worker.pause
    assert pause is not None
    assert isinstance(pause.error, Unavailable)
    assert (await ground.ask("/people")).status == 200

    await ground.clock.advance(20.0)
    assert (await read).status == 200
    assert ground.worker.online is True


async def test_a_date_to_wait_for_is_read_by_the_servers_own_clock(ground: Ground) -> None:
    await ground.start()
    ground.script = [  # the server is an hour ahead of us: 08:53:20
        answer(200, "[]", Date="Thu, 09 Oct 2025 09:53:20 GMT"),
        answer(503, "", Retry_After="Thu, 09 Oct 2025 09:53:50 GMT"),
    ]
    await ground.ask("/people")
    read = ground.ask("/companies")
    await ground.until(lambda: ground.worker.pause is not None)
    pause = ground.worker.pause
    assert pause is not None
    assert pause.until - ground.clock.now() == pytest.approx(30.0)
    read.cancel()


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
