"""A whole account into the store with nobody at the keys, beside what the budget makes possible.

Two figures say what that is. The steady pace is what a long run comes to, `slots x page / (window +
latency)`: a slot is free again one window after its answer. A short run can be faster than that,
for its first slots are free at once and its last ones are not waited for: the last of N requests
can be sent after `(N - 1) // slots` rounds, and `soonest` is when its answer is here then.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from time import monotonic, process_time

from benchmarks.ground import Ground, ground
from benchmarks.table import Table
from csc_tui.config.account import Account
from csc_tui.config.paths import Paths
from csc_tui.config.secrets import Secret
from csc_tui.domain.query import PAGE_ROWS, Query
from csc_tui.services.sync import Outcome
from csc_tui.session import headless_desk

PEOPLE = 36_000
LATENCY = 0.2
"""Seconds that the server waits before each answer, beside what it needs to make it."""


def measure() -> Table:
    """Time, rate and processor of one run."""
    with ground("--today", "2026-11-21", "--people", str(PEOPLE), "--companies", "100") as here:
        here.demo.fail({"kind": "latency", "path": "**", "seconds": LATENCY})
        return asyncio.run(_measure(here))


async def _measure(here: Ground) -> Table:
    async with headless_desk(_account(here), _paths(here.folder)) as desk:
        plans = await desk.sync.plan([Query("people")])
        begin, used = monotonic(), process_time()
        (outcome,) = await desk.sync.run(plans)
        took, used = monotonic() - begin, process_time() - used
        latency = mean(one.seconds for one in desk.log.entries() if one.kind == "request")
        limits = desk.budget.limits
        round_ = limits.window + latency
        soonest = (outcome.requests + len(plans) - 1) // limits.slots * round_ + latency
        steady = limits.slots * PAGE_ROWS / round_
    refused = sum(entry["status"] == 429 for entry in here.demo.log())
    return _table(outcome, took, _Possible(soonest, steady), used, latency, refused)


@dataclass(frozen=True)
class _Possible:
    """What the budget allows."""

    soonest: float
    """Seconds for as many requests."""
    steady: float
    """Records a second in the long run."""


def _table(
    outcome: Outcome, took: float, possible: _Possible, used: float, latency: float, refused: int
) -> Table:
    pages = outcome.records / PAGE_ROWS
    rate = outcome.records / took
    title = f"{outcome.records:,} people, {outcome.requests} requests, {latency * 1000:.0f} ms each"
    rows = [
        ("seconds (the soonest possible)", f"{took:.1f}", f"{possible.soonest:.1f}"),
        ("records a second (steady pace)", f"{rate:.0f}", f"{possible.steady:.0f}"),
        ("share of the steady pace", f"{rate / possible.steady:.1%}", "95.0%"),
        ("share of the soonest possible", f"{possible.soonest / took:.1%}", ""),
        ("processor ms a page", f"{used / pages * 1000:.0f}", "25"),
        ("answers 429", refused, 0),
    ]
    return Table(title, ("", "measured", "possible or limit"), rows)


def _account(here: Ground) -> Account:
    return Account(
        name="benchmark",
        folder_id="benchmark",
        backend="centralstation",
        url=here.demo.url,
        secret=Secret(here.demo.key),
        key_source="environment",
        fill=0,
        read_only=True,
        demo=True,
    )


def _paths(folder: Path) -> Paths:
    kinds = ("CONFIG", "DATA", "STATE", "CACHE")
    return Paths.of({f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in kinds})
