"""Who one is: asked for once, and again with another key."""

from __future__ import annotations

from pathlib import Path

from csc_tui.services.filtering import whoami
from tests.live_demo import LiveDemo
from tests.live_desk import running_desk


async def test_another_key_may_be_another_user_s(demo_server: LiveDemo, tmp_path: Path) -> None:
    async with running_desk(demo_server, tmp_path) as desk:
        mine = await whoami(desk)
        assert mine
        user = demo_server.ask("GET", "/api/user")
        (user.get("user") or user)["id"] = 4711
        demo_server.fail({"kind": "status", "status": 200, "path": "/user", "body": user})
        assert await whoami(desk) == mine
        desk.key_mark = lambda: "another"
        assert await whoami(desk, offline=True) == ""
        assert await whoami(desk) == "4711"
