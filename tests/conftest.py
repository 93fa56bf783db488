"""What tests of several rooms share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.live_demo import LiveDemo, running_demo


@pytest.fixture(scope="session")
def shared_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDemo]:
    """One server with the default world for all tests of a worker; it never says 429."""
    folder = tmp_path_factory.mktemp("shared") / "demo"
    with running_demo(folder, "--limit", "100000", "--today", "2026-11-20") as server:
        yield server


@pytest.fixture
def demo_server(shared_demo: LiveDemo) -> Iterator[LiveDemo]:
    """That server with an empty log and without faults; edits of earlier tests stay."""
    shared_demo.fail()
    shared_demo.forget()
    yield shared_demo
    shared_demo.fail()
