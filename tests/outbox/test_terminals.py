"""Two terminals of one account: who sends, who hears of it, who is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from csc_tui.domain.form_text import FormText
from csc_tui.domain.ref import Ref
from csc_tui.services.events import DraftsChanged, Event
from csc_tui.store.edit_news import Mark, News
from tests.live_demo import PATIENCE
from tests.outbox.conftest import Opener
from tests.outbox.server import Server
from tests.outbox.terminal import FAST, SECOND


async def happens(what: Callable[[], bool]) -> None:
    """Wait for something that comes to pass without anybody's step."""
    async with asyncio.timeout(PATIENCE):
        while not what():
            await asyncio.sleep(0.01)


async def test_an_idle_terminal_finishes_the_work_of_one_that_dies(
    terminals: Opener, server: Server, person: Ref
) -> None:
    first, idle = await terminals(), await terminals(pace=SECOND)
    await first.shown(person)
    first.line.hang_at(0, after=False)
    await first.save(person, title="Dr.")
    async with asyncio.timeout(PATIENCE):
        await first.line.hangs.wait()
    await happens(lambda: idle.box.outbox == 1)
    await first.die()
    await happens(lambda: idle.box.outbox == 0)
    assert server.record(person)["title"] == "Dr."


async def test_an_idle_terminal_that_hears_nothing_looks_at_nothing(
    terminals: Opener, server: Server, person: Ref
) -> None:
    idle = await terminals(pace=replace(FAST, poll=0.001))
    looks = 0
    read = idle.box._edits.news

    async def counted(since: Mark | None) -> News:
        nonlocal looks
        looks += 1
        return await read(since)

    idle.box._edits.news = counted  # type: ignore[assignment,method-assign]
    for _ in range(20):  # each takes longer than the pause between two looks
        await asyncio.to_thread(server.record, person)
    assert looks == 0


async def test_what_was_saved_in_another_terminal_is_asked_about_there_while_it_is_open(
    terminals: Opener, person: Ref
) -> None:
    first, second = await terminals(), await terminals()
    first.line.dead = second.line.dead = True
    (edit,) = await first.create("people", last_name=f"Mine {person.id}")
    await happens(lambda: second.box.outbox == 1)
    assert second.box.elsewhere(edit)
    assert not first.box.elsewhere(edit)
    await first.die()
    assert not second.box.elsewhere(edit)


async def test_taking_a_draft_over_is_told_to_the_one_who_typed_it(
    terminals: Opener, person: Ref
) -> None:
    first, second = await terminals(), await terminals()
    key = f"people/{person.id}"
    told: list[Event] = []
    await first.box.save_draft(FormText(key, "x", 1.0, {"title": "mine"}))
    await happens(lambda: second.box.held_by(key) is not None)
    first.desk.events.listen(told.append)
    await second.box.save_draft(FormText(key, "x", 2.0, {"title": "theirs"}), take_over=True)
    await happens(lambda: any(isinstance(event, DraftsChanged) for event in told))
    assert first.box.held_by(key) is not None
    assert second.box.held_by(key) is None
