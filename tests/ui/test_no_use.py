"""No key is silent, also where the line that would say so is typed in."""

from __future__ import annotations

import pytest

from tests.live_app import Hands


@pytest.mark.parametrize(
    ("keys", "typed"), [("/mu", "/mu▏"), (",mu", ",mu▏"), ("fcity:x", "city:x▏"), (":mu", "mu▏")]
)
async def test_a_key_without_a_use_says_so_behind_what_is_typed(
    listed: Hands, keys: str, typed: str
) -> None:
    hands = listed
    await hands.press(keys[0])
    await hands.type(keys[1:])
    await hands.sees(typed)
    await hands.hears("ctrl+a", "ctrl+a does nothing here")
    assert typed in hands.line("does nothing here")
    await hands.type("y")
    await hands.sees(typed.replace("▏", "y▏"))
    assert "does nothing here" not in hands.screen


async def test_the_palette_says_that_there_is_no_such_command(listed: Hands) -> None:
    hands = listed
    await hands.press(":")
    await hands.type("qqqq")
    await hands.sees("qqqq▏")
    await hands.press("enter")
    await hands.sees("no command here is called qqqq")
