"""A smaller account for what reads all of one: five pages of people show what ten would."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.live_demo import LiveDemo, running_demo

ACCOUNT = ("--people", "1100", "--companies", "280", "--today", "2026-11-20")


@pytest.fixture(scope="session")
def five_pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDemo]:
    """One server for such tests of a worker; it never says 429."""
    folder = tmp_path_factory.mktemp("five") / "demo"
    with running_demo(folder, "--limit", "100000", *ACCOUNT) as server:
        yield server
