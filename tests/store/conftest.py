"""A store in a fresh folder."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from csc_tui.store.store import Store
from tests.fake_clock import FakeClock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "account"


@pytest.fixture
async def store(folder: Path) -> AsyncIterator[Store]:
    opened = Store.open(folder, FakeClock())
    yield opened
    await opened.close()
