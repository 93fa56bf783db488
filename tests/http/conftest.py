from collections.abc import AsyncIterator

import pytest

from tests.http.ground import Ground


@pytest.fixture
async def ground() -> AsyncIterator[Ground]:
    ground = Ground()
    await ground.server.start()
    yield ground
    for transport in ground.transports:
        await transport.aclose()
    await ground.server.stop()
