"""Sizes of the window that Textual hears of, and passes on to nobody."""

from __future__ import annotations

from textual import events
from textual.geometry import Size

from tests.live_app import Hands


async def test_a_size_whose_timer_was_lost_is_shown_all_the_same(listed: Hands) -> None:
    """A timer that is over before it has begun never calls, and none is made beside it."""
    app = listed.app
    app._resize_timer = app.set_timer(3600.0, lambda: None)
    app.post_message(events.Resize(Size(100, 30), Size(100, 30)))
    await listed.until(lambda: app._resize_timer is None)
    await listed.until(lambda: app.screen.query_one("#list").size.width == 100)
    assert app.screen.outer_size == (100, 30)
