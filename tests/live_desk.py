"""A desk at work on a live demo server: real store, real worker, real adapter."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from csc_tui.config.account import Account
from csc_tui.config.paths import Paths
from csc_tui.config.secrets import Secret
from csc_tui.domain.clock import Clock
from csc_tui.services.desk import Desk
from csc_tui.session import open_desk, wake
from tests.live_demo import PATIENCE, LiveDemo

FOLDER = "test"
"""The account's folder."""


def account_of(demo: LiveDemo, *, read_only: bool = False, fill: int = 0) -> Account:
    """The account that the demo's key opens; `fill` records are fetched beside the screen."""
    return Account(
        name="test",
        folder_id=FOLDER,
        backend=demo.dialect,
        url=demo.url,
        secret=Secret(demo.key),
        key_source="environment",
        fill=fill,
        read_only=read_only,
        demo=True,
    )


def paths_in(folder: Path) -> Paths:
    """Folders of a user whose home is this one."""
    return Paths.of({f"XDG_{kind}_HOME": str(folder / kind) for kind in _KINDS})


_KINDS = ("CONFIG", "DATA", "STATE", "CACHE")


@asynccontextmanager
async def running_desk(
    demo: LiveDemo,
    folder: Path,
    *,
    read_only: bool = False,
    fill: int = 0,
    clock: Clock | None = None,
) -> AsyncIterator[Desk]:
    """A desk that is awake; it is closed with the block. `clock` instead of the machine's own."""
    account = account_of(demo, read_only=read_only, fill=fill)
    paths = paths_in(folder)
    desk = open_desk(account, paths, clock)
    await wake(desk, account, paths)
    try:
        yield desk
    finally:
        await desk.close()


async def until(desk: Desk, happened: Callable[[], object]) -> None:
    """Wait until something is true; looked at after every event, and whenever work ends."""
    told = asyncio.Event()
    deaf = desk.events.listen(lambda _: told.set())
    try:
        async with asyncio.timeout(PATIENCE):
            while not happened():
                told.clear()
                await told.wait()
    finally:
        deaf()
