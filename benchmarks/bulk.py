"""What each of many records costs that are changed at once, by how many are queued.

Everything but the terminal is the real program, on a demo server without a limit: so many people
are put into the store, reckoned with, queued, and the first of them carried out. Processor times
are of the program alone; steps are instructions of SQLite's machine in the outbox's file, in
thousands, so that they do not depend on who else runs. The heartbeat is the longest time for which
the screen could not have been drawn.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, process_time
from typing import TypeVar

from benchmarks.ground import UNLIMITED
from benchmarks.heartbeat import beating
from benchmarks.table import Table
from csc_tui.domain.query import Query
from csc_tui.domain.ref import Ref
from csc_tui.services.bulk import Action, DryRun, Task, dry_run, queue
from csc_tui.services.outbox import Pace
from csc_tui.worker.lane import Lane
from tests.live_demo import LiveDemo, running_demo
from tests.outbox.terminal import Terminal

T = TypeVar("T")

SIZES = (200, 2_000, 10_000)
MEASURED = 100
"""Records that are carried out."""
STEP = 1_000
"""Instructions between two counts."""


@dataclass(frozen=True)
class Cost:
    """What a number of records costs."""

    records: int
    reckoned: float
    queued: float
    """Seconds."""
    each: float
    """Milliseconds on the processor for each record that is carried out."""
    statements: float
    steps: float
    """For each record that is carried out."""
    heartbeat: float
    """Milliseconds; the longest pause while it was reckoned, queued and carried out."""
    screen: float
    """Milliseconds for what a screen of 40 rows asks the outbox."""


def measure() -> Table:
    """A row for each number of records."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with running_demo(folder / "crm", *UNLIMITED, "--people", str(max(SIZES))) as demo:
            costs = [asyncio.run(_cost(demo, folder / str(size), size)) for size in SIZES]
    rows = [
        (
            f"{one.records:,} records",
            f"{one.reckoned:.2f}",
            f"{one.queued:.2f}",
            f"{one.each:.1f}",
            f"{one.statements:.1f}",
            f"{one.steps:.1f}",
            f"{one.heartbeat:.0f}",
            f"{one.screen:.1f}",
        )
        for one in costs
    ]
    heads = (
        "",
        "reckon s",
        "queue s",
        "ms each",
        "queries each",
        "ksteps each",
        "longest pause of the loop, ms",
    )
    title = f"many records at once, the first {MEASURED} of them carried out"
    return Table(title, (*heads, "screen ms"), rows)


async def _cost(demo: LiveDemo, folder: Path, size: int) -> Cost:
    people = await _filled(demo, folder, size)
    with_pause = Pace(poll=0.5)
    terminal = await Terminal(demo, folder, pace=with_pause).open()
    try:
        async with beating() as beats:
            task = Task(Action.TAG, (f"Bulk of {size}",))
            reckoned, run = await _timed(dry_run(terminal.desk, "people", people, task))
            assert isinstance(run, DryRun)
            assert len(run.changes) == size
            begin = monotonic()
            await queue(terminal.desk, run)
            queued = monotonic() - begin
            before = process_time()
            counted = _Counted(terminal)
            left = size - MEASURED
            await _until(terminal, lambda: (terminal.box.outbox or 0) <= left)
            each = (process_time() - before) / MEASURED * 1000
            statements, steps = counted.end()
        screen = process_time()
        for one in people[:40]:
            terminal.box.mark(Ref("people", one))
        terminal.box.conflicts, terminal.box.outbox, terminal.box.drafts  # noqa: B018
        screen = (process_time() - screen) * 1000
    finally:
        await terminal.die()
    return Cost(
        size,
        reckoned,
        queued,
        each,
        statements / MEASURED,
        steps / MEASURED,
        max(beats) * 1000,
        screen,
    )


async def _filled(demo: LiveDemo, folder: Path, size: int) -> list[str]:
    """Put so many people into the store; their ids."""
    terminal = Terminal(demo, folder)
    crm, found = terminal.desk.crm, []
    try:
        page = 0
        while len(found) < size:
            page += 1
            query = Query("people")
            answer = await terminal.desk.ask(crm.page(query, page), Lane.VISIBLE)
            raws = crm.read_page("people", answer).raws
            await terminal.desk.records.keep("people", raws)
            found += [str(one["id"]) for one in raws]
    finally:
        await terminal.close()
    return found[:size]


class _Counted:
    """Statements and thousands of instructions in the outbox's file from now on."""

    def __init__(self, terminal: Terminal) -> None:
        self._db = terminal.box._edits._thread._file.connection()
        self._statements = self._steps = 0
        self._db.set_trace_callback(self._statement)
        self._db.set_progress_handler(self._step, STEP)

    def _statement(self, _: str) -> None:
        self._statements += 1

    def _step(self) -> int:
        self._steps += 1
        return 0

    def end(self) -> tuple[int, int]:
        self._db.set_trace_callback(None)
        self._db.set_progress_handler(None, 0)
        return self._statements, self._steps


async def _timed(work: Awaitable[T]) -> tuple[float, T]:
    begin = monotonic()
    done = await work
    return monotonic() - begin, done


async def _until(terminal: Terminal, wanted: Callable[[], bool]) -> None:
    moved = asyncio.Event()
    deaf = terminal.desk.events.listen(lambda _: moved.set())
    while not wanted():
        moved.clear()
        await moved.wait()
    deaf()
