"""What an account is opened with."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from csc_tui import session
from csc_tui.crm.adapter import Adapter
from csc_tui.domain.errors import RateLimited, Unavailable
from tests.live_demo import LiveDemo, running_demo
from tests.live_desk import account_of, running_desk


async def test_the_adapter_is_made_once(
    demo_server: LiveDemo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Counter[str]()
    real = session.adapter_of

    def counted(backend: str) -> Adapter:
        made[backend] += 1
        return real(backend)

    monkeypatch.setattr(session, "adapter_of", counted)
    async with running_desk(demo_server, tmp_path):
        assert made == {demo_server.dialect: 1}


@pytest.mark.parametrize("dialect", ["centralstation", "concord"])
async def test_whoever_connects_is_told_how_long_to_wait(tmp_path: Path, dialect: str) -> None:
    options = ("--dialect", dialect, "--people", "0", "--companies", "0")
    with running_demo(tmp_path / "demo", *options) as demo:
        for status, kind in ((429, RateLimited), (503, Unavailable)):
            demo.fail({"kind": "status", "status": status, "headers": {"Retry-After": "7"}})
            with pytest.raises(kind) as refused:
                await session.check_login(account_of(demo))
            assert refused.value.args == (7.0,)
