"""A long list paged through with a key held, and a second process on the same account."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener, environment_of


def test_the_server_never_says_429(terminal: Opener, own_demo: Callable[..., LiveDemo]) -> None:
    server = own_demo("--people", "15000", "--companies", "300")
    account = environment_of(server)
    # The second window fills the store meanwhile: more pages than the limit allows at once.
    other = terminal(**account | {"CSC_TUI_FILL": "15300"})
    screen = terminal(**account)
    for one in (other, screen):
        one.wait_for("of 15,000")
    for _ in range(15):
        screen.press(*["pagedown"] * 20)
        screen.rest(0.02)
    screen.press("end")
    screen.wait_for("row 15,000 of 15,000")
    screen.wait_for(lambda lines: not any(line.strip(" ›") == "…" for line in lines))
    screen.press("/")
    screen.type("muller")
    screen.wait_for("on the server, of 15,000")
    while len(server.log()) < 55:
        other.wait_raw(b"\x1b", len(other.raw))
    screen.press("escape", "q")
    other.press("q")

    statuses = Counter(entry["status"] for entry in server.log())
    assert statuses[429] == 0
    assert statuses[200] > 50
    assert max(entry["in_window"] for entry in server.log()) <= 50
