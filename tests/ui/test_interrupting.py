"""`ctrl+c` leaves what one types in or is asked, whatever that is."""

from __future__ import annotations

import pytest
from textual.screen import Screen

from csc_tui.ui.screens.name import NameScreen
from csc_tui.ui.screens.question import QuestionScreen
from tests.live_app import Hands


async def nothing() -> None:
    """What is never said yes to."""
    raise AssertionError


def asking(hands: Hands, what: str) -> Screen[None]:
    """A screen on which something is asked."""
    base = hands.app.base
    assert base is not None
    if what == "question":
        return QuestionScreen(base, "undo?", nothing, "nothing was undone")
    return NameScreen("Put off", "until", "", [], lambda _: "")


@pytest.mark.parametrize(
    ("what", "said"), [("question", "nothing was undone"), ("name", "all people by name")]
)
async def test_it_is_left(listed: Hands, what: str, said: str) -> None:
    hands = listed
    await hands.open(asking(hands, what))
    await hands.press("ctrl+c")
    await hands.until(lambda: hands.app.screen is hands.app.base)
    await hands.sees(said)


async def test_the_box_that_asks_for_a_name_is_left(listed: Hands) -> None:
    hands = listed
    await hands.press("D")
    await hands.sees("to delete:")
    await hands.press("ctrl+c")
    await hands.until(lambda: hands.app.screen is hands.app.base)
    assert hands.desk.outbox == 0
