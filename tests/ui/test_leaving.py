"""Leaving while something still runs."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
from textual.worker import WorkerFailed

from tests.live_app import running_app
from tests.live_demo import LiveDemo


async def test_what_the_end_cuts_off_is_no_error(
    demo_server: LiveDemo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_app(demo_server, tmp_path) as hands:
        app, closed = hands.app, asyncio.Event()

        async def reads() -> None:
            await closed.wait()
            raise RuntimeError("the store is closed")

        async def settle() -> None:
            closed.set()
            with suppress(WorkerFailed):
                await reading.wait()

        reading = app.run_worker(reads())
        monkeypatch.setattr(app, "settle", settle)
        app._over.set()  # else the process of the tests would be ended with it
        await app.leave()
        assert reading.error is not None
    assert (app.return_code, app.crash) == (0, None)
