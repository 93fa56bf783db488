"""Jumping by name where a page cannot be had."""

from __future__ import annotations

import pytest

from tests.live_app import Hands


async def test_what_failed_is_said_until_a_jump_gets_there(listed: Hands) -> None:
    hands = listed
    hands.demo.fail({"kind": "status", "path": "/people", "status": 403, "count": 1})
    await hands.type(",m")
    await hands.until(lambda: hands.app.messages.bad)
    await hands.type("u")
    await hands.until(lambda: not hands.app.messages.bad)
    assert hands.line("› ").startswith("› M")


async def test_the_key_behind_a_jump_is_about_the_record_that_it_finds(listed: Hands) -> None:
    hands = listed
    hands.demo.fail({"kind": "latency", "path": "/people", "seconds": 0.3})
    await hands.burst(*",mu", "enter", "e")
    await hands.sees("› Edit person")
    assert hands.line("Last name").split("[")[1].startswith(("Mu", "Mü"))
    await hands.press("escape")


async def test_the_key_behind_a_jump_that_gets_nowhere_is_about_nothing(listed: Hands) -> None:
    hands = listed
    hands.demo.fail({"kind": "status", "path": "/people", "status": 403})
    await hands.burst(*",mu", "enter", "e")
    await hands.until(lambda: hands.app.messages.bad and ",mu" not in hands.screen)
    assert hands.app.screen is hands.app.base
    await hands.press("e")
    await hands.sees("Abel, Frank › Edit person")


async def test_the_footer_says_what_keys_do_in_a_jump_and_in_a_search(listed: Hands) -> None:
    hands = listed
    await hands.type(",m")
    assert "⏎ stay  ctrl+u clear  esc back" in hands.screen
    await hands.press("escape", "/")
    assert "⏎ to the hits  ctrl+u clear  esc all" in hands.screen


@pytest.mark.parametrize("key", ["escape", "ctrl+c"])
async def test_a_jump_that_takes_too_long_is_left(listed: Hands, key: str) -> None:
    hands = listed
    await hands.press("down")
    hands.demo.fail({"kind": "latency", "path": "/people", "seconds": 20.0})
    await hands.burst(*",mu", "enter")
    await hands.sees(",mu▏  asking the CRM, esc gives it up")
    await hands.burst("e")
    await hands.burst(key)
    await hands.until(lambda: ",mu" not in hands.screen)
    assert "row 2 of" in hands.screen
    await hands.press("down")
    assert "row 3 of" in hands.screen  # nothing was edited: that was for who would be found
