"""The program is killed, and its terminal closed, at random moments while somebody edits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.live_demo import LiveDemo
from tests.outbox.server import Server
from tests.outbox.wire import WIRES
from tests.terminal.conftest import environment_of
from tests.terminal.kill_campaign import OPTIONS, Campaign

KILLS = 10
"""`python -m benchmarks kill` does it 200 times."""


@pytest.mark.parametrize("dialect", WIRES)
def test_nothing_typed_is_lost_and_nothing_written_twice(
    own_demo: Callable[..., LiveDemo], folders: dict[str, str], tmp_path: Path, dialect: str
) -> None:
    server = Server.of(own_demo(*OPTIONS, "--dialect", dialect))
    campaign = Campaign(server, folders | environment_of(server), tmp_path / "home")
    model = campaign.run(KILLS)

    assert (model.lost, model.doubled, model.wrong) == ([], [], [])
    assert model.writes == model.made > 0
    assert campaign.kills.total() == KILLS
