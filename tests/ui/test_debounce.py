"""What is done once keys have come to rest."""

from __future__ import annotations

from csc_tui.ui.debounce import Debounce
from tests.live_app import Hands


async def test_it_is_done_once_for_all_that_was_told(hands: Hands) -> None:
    done = 0

    def count() -> None:
        nonlocal done
        done += 1

    rests = Debounce(hands.app, count, 0.1)
    for _ in range(20):
        rests.tell()
    assert rests.waits
    await hands.until(lambda: not rests.waits)
    assert done == 1
    rests.tell()
    await hands.until(lambda: done == 2)


async def test_it_is_done_at_last_though_nothing_rests(hands: Hands) -> None:
    done: list[str] = []

    async def note() -> None:
        done.append("done")

    rests = Debounce(hands.app, note, 0.2, 0.5)

    def told_again() -> bool:
        rests.tell()
        return bool(done)

    await hands.until(told_again)
    assert done == ["done"]


async def test_what_was_stopped_is_not_done(hands: Hands) -> None:
    done: list[str] = []
    stopped = Debounce(hands.app, lambda: done.append("stopped"), 0.05)
    other = Debounce(hands.app, lambda: done.append("other"), 0.2)
    stopped.tell()
    other.tell()
    stopped.stop()
    assert not stopped.waits
    await hands.until(lambda: done)
    assert done == ["other"]
