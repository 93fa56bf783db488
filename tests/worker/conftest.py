from collections.abc import AsyncIterator

import pytest

from tests.worker.ground import Ground


@pytest.fixture
async def ground() -> AsyncIterator[Ground]:
    ground = Ground()
    yield ground
    await ground.stop()
