"""Three processes of one account that want all they can get, against a server that counts.

The most that is possible: a slot is free again one window after its answer, so `limit` requests in
`window + latency`. What is promised is 98 % of it, shared by all, and never a 429. Run with
arguments it is one of the processes, and prints when each answer came.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from benchmarks.ground import ground
from benchmarks.table import Table
from csc_tui.config.account import Account
from csc_tui.config.secrets import Secret
from csc_tui.domain.clock import SystemClock
from csc_tui.domain.errors import CrmError, RateLimited
from csc_tui.domain.query import Query
from csc_tui.domain.request_log import RequestLog
from csc_tui.http.book import Limits
from csc_tui.http.budget import Budget
from csc_tui.http.transport import Transport
from csc_tui.session import adapter_of, transport_settings
from csc_tui.store.ledger import SqliteLedger
from csc_tui.worker.lane import Lane
from csc_tui.worker.worker import Worker

PROCESSES = 3
LIMITS = Limits(slots=50, window=4.0)
"""A shorter window than the real one, so that several fit into the time."""
LATENCY = 0.2
"""Seconds that the server waits before each answer."""
ROUND = LIMITS.window + LATENCY
"""Seconds after which a slot can be used again at the soonest."""
ROUNDS = 5
"""Rounds that are counted, after the first one."""
AT_ONCE = 20
"""Requests that each process always has waiting."""


def measure() -> Table:
    """Requests that were answered, beside what is possible."""
    options = ("--limit", str(LIMITS.slots), "--window", str(LIMITS.window))
    with ground(*options, "--today", "2026-11-21") as here:
        here.demo.fail({"kind": "latency", "path": "**", "seconds": LATENCY})
        command = [sys.executable, "-m", "benchmarks.budget", here.demo.url, here.demo.key]
        running = [
            subprocess.Popen([*command, str(here.folder)], stdout=subprocess.PIPE, text=True)
            for _ in range(PROCESSES)
        ]
        said = [one.communicate()[0].split() for one in running]
        log = here.demo.log()
    times = [[float(word) for word in words] for words in said]
    begin = min(min(one) for one in times) + ROUND
    counted = [sum(begin <= at < begin + ROUNDS * ROUND for at in one) for one in times]
    return _table(counted, sum(entry["status"] == 429 for entry in log))


def _table(counted: Sequence[int], refused: int) -> Table:
    best = LIMITS.slots * ROUNDS
    rows = [
        (f"process {n}", one, f"{one / ROUNDS:.1f}", f"{one / best:.1%}")
        for n, one in enumerate(counted, 1)
    ]
    total = sum(counted)
    rows += [
        ("together", total, f"{total / ROUNDS:.1f}", f"{total / best:.1%}"),
        ("possible", best, f"{LIMITS.slots:.1f}", "100.0%"),
        ("429", refused, "", ""),
    ]
    title = (
        f"{LIMITS.slots} requests in {LIMITS.window:g} s allowed, {LATENCY * 1000:g} ms latency,"
        f" {ROUNDS} rounds of {ROUND:g} s"
    )
    return Table(title, ("", "answers", "in a round", "of what is possible"), rows)


async def _busy(url: str, key: str, folder: Path) -> list[float]:
    """Ask without a pause; when each answer came."""
    clock = SystemClock()
    account = _account(url, key)
    adapter = adapter_of(account.backend)
    transport = Transport(transport_settings(account, adapter), RequestLog())
    budget = Budget(LIMITS, SqliteLedger(folder / "budget.sqlite3"), clock)
    worker = Worker(transport, budget, clock, adapter.error)
    worker.start()
    times: list[float] = []
    end = monotonic() + (ROUNDS + 2) * ROUND

    async def ask(number: int) -> None:
        page = number
        while monotonic() < end:
            page += AT_ONCE  # requests that are alike would be joined
            try:
                await worker.send(adapter.page(Query("people"), page), Lane.SYNC)
            except RateLimited:
                continue
            except CrmError as error:
                sys.exit(repr(error))
            times.append(monotonic())

    await asyncio.wait([asyncio.create_task(ask(n)) for n in range(AT_ONCE)])
    await worker.stop()
    await budget.aclose()
    await transport.aclose()
    return times


def _account(url: str, key: str) -> Account:
    return Account(
        name="benchmark",
        folder_id="benchmark",
        backend="centralstation",
        url=url,
        secret=Secret(key),
        key_source="environment",
        fill=0,
        read_only=True,
        demo=True,
    )


if __name__ == "__main__":
    print(*asyncio.run(_busy(sys.argv[1], sys.argv[2], Path(sys.argv[3]))))
