"""Thousands in the outbox: a step costs what it costs with a few."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.ref import Ref
from csc_tui.services.bulk import Action, DryRun, queue
from csc_tui.services.bulk import Task as BulkTask
from csc_tui.services.edit_moves import AT_ONCE
from csc_tui.store.edit_order import place_of, startable
from csc_tui.store.edit_rows import BULK_LANE, Edit, State
from csc_tui.store.edit_saving import Seen
from csc_tui.store.open_edits import OpenEdits
from tests.outbox.conftest import Opener
from tests.outbox.server import Server
from tests.outbox.terminal import Terminal

CARRIED = 4
"""Records that are really carried out."""
GRAIN = 20
"""Instructions between two counts."""


class Counted:
    """Transactions and instructions of SQLite's machine in the outbox's file."""

    def __init__(self, terminal: Terminal) -> None:
        self.transactions = self.instructions = 0
        db = terminal.box._edits._thread._file.connection()
        db.set_trace_callback(self._statement)
        db.set_progress_handler(self._instructions, GRAIN)

    def _statement(self, text: str) -> None:
        self.transactions += text == "COMMIT"

    def _instructions(self) -> int:
        self.instructions += GRAIN
        return 0

    @property
    def each(self) -> float:
        """Instructions for each transaction."""
        return self.instructions / self.transactions


def some_people(server: Server) -> list[Ref]:
    return [server.make(f"Person {number}") for number in range(CARRIED)]


async def carried_out(terminal: Terminal, people: list[Ref], others: int) -> Counted:
    """Change these people, and after them some whom nobody knows, as one batch."""
    unknown = [Ref("people", str(900_000_000 + number)) for number in range(others)]
    changes = [
        Change(Verb.UPDATE, one, values={"title": "Dr."}, base={"title": None})
        for one in (*people, *unknown)
    ]
    made = await terminal.box.batches.submit(changes, {it.ref: Seen("x") for it in changes})
    counted = Counted(terminal)
    await terminal.until(
        lambda: all(terminal.state(it.client_id) is None for it in made[: len(people)]), 20
    )
    return counted


async def test_a_step_costs_the_same_with_forty_and_with_eight_hundred(
    server: Server, tmp_path: Path
) -> None:
    costs = []
    for others in (40, 800):
        terminal = await Terminal(server, tmp_path / str(others)).open()
        costs.append(await carried_out(terminal, some_people(server), others))
        await terminal.die()
    few, many = costs
    assert many.each < 1.5 * few.each


async def test_the_progress_of_a_batch_is_counted_from_what_moves(
    terminals: Opener, server: Server
) -> None:
    terminal = await terminals()
    people = some_people(server)
    server.change(people[0], title="Dr.")
    await carried_out(terminal, people, 0)
    batch = (await terminal.box.journal())[-1].batch
    tally = await terminal.box.batches.tally(batch)
    assert (tally.saved, tally.idle, tally.total, tally.over) == (3, 1, 4, True)
    counted = Counted(terminal)
    assert await terminal.box.batches.tally(batch) == tally
    assert counted.instructions == 0


def calls(work: Callable[[], object]) -> int:
    """How many functions are called."""
    found = 0

    def seen(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal found
        found += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(None)
    return found


def queued(number: int, **more: Any) -> Edit:
    change = Change(Verb.UPDATE, Ref("people", str(number)), values={"title": "x"})
    made = Edit(number, f"c{number}", State.QUEUED, change, lane=BULK_LANE, batch="b")
    return replace(made, **more)


@pytest.mark.parametrize(
    "work",
    [
        lambda known: next(iter(startable(known, 1.0, bulk=True, line_up=True))),
        lambda known: list(known.about(Ref("people", "7"))),
        lambda known: place_of(known, known.get("c7")),
        lambda known: known.of_batch("b"),
        lambda known: known.next_time(1.0),
        lambda known: known.put(queued(7, state=State.SENDING)),
        lambda known: known.put(queued(1, state=State.CONFIRMED)),
    ],
)
def test_nothing_looks_through_all_of_them(work: Callable[[OpenEdits], object]) -> None:
    few, many = (OpenEdits(queued(n) for n in range(1, count)) for count in (20, 4_000))
    assert calls(lambda: work(many)) == calls(lambda: work(few))


def test_a_draft_that_was_typed_further_is_the_same_one() -> None:
    known = OpenEdits([queued(1, client_id="draft"), queued(2)])
    old = known.put(queued(3, client_id="draft"))
    assert old is not None
    assert (old.number, known.drop(1)) == (1, None)
    assert [one.number for one in known] == [2, 3]
    assert known.get("draft") is not None


def test_what_comes_back_into_the_line_stands_where_it_was() -> None:
    known = OpenEdits(queued(n) for n in range(1, 5))
    known.put(queued(2, state=State.PAUSED))
    assert [one.number for one in known.moving(bulk=True)] == [1, 3, 4]
    known.put(queued(2))
    assert [one.number for one in known.moving(bulk=True)] == [1, 2, 3, 4]
    known.put(queued(3, state=State.CONFIRMED))
    assert [one.number for one in known] == [1, 2, 4]
    assert known.of_batch("b") == (0, 0, 3)


async def test_thousands_are_taken_in_bit_by_bit_and_nobody_looks_for_garbage(
    terminals: Opener,
) -> None:
    """Keys are answered in between: both held up the screen for half a second and more."""
    terminal = await terminals()
    terminal.line.dead = True
    refs = [Ref("people", str(900_000_000 + number)) for number in range(3 * AT_ONCE)]
    changes = tuple(Change(Verb.UPDATE, it, values={"title": "Dr."}) for it in refs)
    seen = {it: Seen("Somebody") for it in refs}
    gc.enable()
    told: list[tuple[int, bool]] = []

    async def look() -> None:
        while True:
            told.append((len(terminal.events), gc.isenabled()))
            await asyncio.sleep(0)

    looking = asyncio.create_task(look())
    task = BulkTask(Action.FIELD)
    await queue(terminal.desk, DryRun("people", (), task, changes, seen, (), 0, len(refs)))
    looking.cancel()
    counts = [count for count, _ in told]
    assert len(terminal.events) >= len(refs)
    assert max(after - before for before, after in pairwise(counts)) <= AT_ONCE
    assert not any(collected for count, collected in told if 0 < count < len(refs))
    assert gc.isenabled()
    assert terminal.box.outbox == len(refs)
