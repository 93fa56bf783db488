"""What looking for duplicates costs, by the number of people in the store.

The stores are those of `size`. The heartbeat is the longest time for which no key could have been
answered, while they are read and compared and what was read is given up again.
"""

from __future__ import annotations

import asyncio
import gc
from pathlib import Path
from time import process_time

from benchmarks.heartbeat import beating
from benchmarks.size import KEY, SIZES, URL, made
from benchmarks.table import Table
from csc_tui.config.account import environment_folder
from csc_tui.config.paths import Paths
from csc_tui.config.secrets import Secret
from csc_tui.domain.clock import SystemClock
from csc_tui.domain.request_log import RequestLog
from csc_tui.services.desk import Desk
from csc_tui.services.duplicates import duplicates
from csc_tui.session import adapter_of
from csc_tui.store.store import Store


def measure() -> Table:
    """A row for each number of people."""
    rows = [asyncio.run(_cost(size, made(size))) for size in SIZES]
    heads = ("", "pairs", "processor s", "longest pause of the loop, ms")
    return Table("duplicates among the people of the store", heads, rows)


async def _cost(size: int, cache: Path) -> tuple[object, ...]:
    paths = Paths.of({"XDG_CACHE_HOME": str(cache)})
    folder = paths.account_cache(environment_folder("centralstation", URL, Secret(KEY)))
    desk = Desk(Store.open(folder, SystemClock()), SystemClock(), RequestLog(), name="dupes")
    desk.resources = adapter_of("centralstation").resources()
    gc.collect()
    async with beating() as beats:
        before = process_time()
        found = len(await duplicates(desk, "people"))
        used = process_time() - before
        await asyncio.sleep(0.1)
    await desk.store.close()
    return f"{size:,} people", found, f"{used:.1f}", f"{max(beats) * 1000:.0f}"
