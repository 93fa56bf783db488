"""Jumping by name where a page cannot be had."""

from __future__ import annotations

from tests.live_app import Hands


async def test_what_failed_is_said_until_a_jump_gets_there(listed: Hands) -> None:
    hands = listed
    hands.demo.fail({"kind": "status", "path": "/people", "status": 403, "count": 1})
    await hands.type(",m")
    await hands.until(lambda: hands.app.messages.bad)
    await hands.type("u")
    await hands.until(lambda: not hands.app.messages.bad)
    assert hands.line("› ").startswith("› M")
