"""A whole account into the store with nobody at the keys, beside what the budget makes possible.

A slot is free again one window after its answer, so the last of N requests can be sent after
`(N - 1) // slots` rounds of `window + latency` at the soonest.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from statistics import mean
from time import monotonic, process_time

from benchmarks.ground import Ground, ground
from benchmarks.table import Table
from csc_tui.config.account import Account
from csc_tui.config.paths import Paths
from csc_tui.config.secrets import Secret
from csc_tui.domain.query import Query
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
        rounds = (outcome.requests + len(plans) - 1) // limits.slots
        possible = rounds * (limits.window + latency) + latency
    refused = sum(entry["status"] == 429 for entry in here.demo.log())
    return _table(outcome, took, possible, used, latency, refused)


def _table(
    outcome: Outcome, took: float, possible: float, used: float, latency: float, refused: int
) -> Table:
    pages = outcome.records / 250
    title = f"{outcome.records:,} people, {outcome.requests} requests, {latency * 1000:.0f} ms each"
    rows = [
        ("seconds", f"{took:.1f}", f"{possible:.1f}"),
        ("records a second", f"{outcome.records / took:.0f}", f"{outcome.records / possible:.0f}"),
        ("share of what is possible", f"{possible / took:.1%}", "95.0%"),
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
