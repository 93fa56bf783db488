"""A desk at work on a live demo server: real store, real worker, real adapter."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from csc_tui.config.account import Account
from csc_tui.config.paths import Paths
from csc_tui.config.secrets import Secret
from csc_tui.services.desk import Desk
from csc_tui.session import open_desk, wake
from tests.live_demo import LiveDemo

FOLDER = "test"
"""The account's folder."""


def account_of(demo: LiveDemo, *, read_only: bool = False) -> Account:
    """The account that the demo's key opens."""
    return Account(
        name="test",
        folder_id=FOLDER,
        backend="centralstation",
        url=demo.url,
        secret=Secret(demo.key),
        key_source="environment",
        fill=0,
        read_only=read_only,
        demo=True,
    )


def paths_in(folder: Path) -> Paths:
    """Folders of a user whose home is this one."""
    return Paths.of({f"XDG_{kind}_HOME": str(folder / kind) for kind in _KINDS})


_KINDS = ("CONFIG", "DATA", "STATE", "CACHE")


@asynccontextmanager
async def running_desk(
    demo: LiveDemo, folder: Path, *, read_only: bool = False
) -> AsyncIterator[Desk]:
    """A desk that is awake; it is closed with the block."""
    account, paths = account_of(demo, read_only=read_only), paths_in(folder)
    desk = open_desk(account, paths)
    await wake(desk, account, paths)
    try:
        yield desk
    finally:
        await desk.close()
