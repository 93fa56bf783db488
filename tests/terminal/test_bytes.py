"""What a key costs on a thin line: bytes written to the pty at 80x24 with 256 colours.

They do not depend on the machine: what is counted is written for the same rows everywhere.
"""

from __future__ import annotations

from tests.terminal.conftest import Opener
from tests.terminal.terminal import Terminal
from tests.terminal.test_list import opened

INSIDE = 400
"""A cursor key inside the page."""
HELD = 700
"""A cursor key that is held, on average: the list scrolls by half pages."""
WHOLE = 9_000
"""A full repaint."""
ONCE = 5_000
"""One repaint of a full screen, but not two."""


def still(screen: Terminal) -> Terminal:
    """The program with nothing more to say until a key is pressed."""
    screen.settle(0.6)
    return screen


def test_nothing_while_idle_and_a_cursor_key_inside_the_page(account: Opener) -> None:
    screen = still(opened(account))

    before = len(screen.raw)
    assert screen.settle(2.0) == screen.screen()
    assert len(screen.raw) == before, "an idle screen writes"
    costs = [screen.bytes_of(key) for key in ("down", "down", "up", "j", "k")]

    assert all(0 < one <= INSIDE for one in costs), costs


def test_a_held_cursor_key(account: Opener) -> None:
    screen = still(opened(account))
    presses = 60
    before = len(screen.raw)
    for row in range(2, presses + 2):
        # One at a time: what comes while a frame is drawn would be drawn together.
        screen.press("down")
        screen.wait_for(f"row {row} of")
    screen.settle()

    assert (len(screen.raw) - before) / presses <= HELD


def cost(screen: Terminal, key: str) -> int:
    """The bytes in answer to a key, with all that comes of it later."""
    before = len(screen.raw)
    screen.press(key)
    still(screen)
    return len(screen.raw) - before


def test_a_page_and_a_full_repaint(account: Opener) -> None:
    screen = still(opened(account))

    costs = {key: cost(screen, key) for key in ("pagedown", "ctrl+d", "home", "end", "ctrl+l")}

    assert all(1_000 < one <= WHOLE for one in costs.values()), costs


def test_a_screen_is_painted_once_when_it_opens_and_once_when_it_is_left(account: Opener) -> None:
    screen = still(opened(account))

    record, help_, form = (
        [cost(screen, key) for key in (opens, "escape")] for opens in ("enter", "?", "e")
    )

    assert "row 1 of 2,400" in screen.text
    assert all(1_000 < one <= ONCE for one in record + help_), (record, help_)
    # The form's lists of choices come a moment after it.
    assert all(1_000 < one <= WHOLE for one in form), form


def test_painting_anew_paints_what_shines_through_a_question_too(account: Opener) -> None:
    screen = still(opened(account))
    screen.press("enter", "home", "D")
    screen.wait_for("to delete")
    before = len(still(screen).raw)
    screen.press("ctrl+l")
    still(screen)

    painted = bytes(screen.raw[before:]).decode()
    assert "to delete" in painted
    assert "last contact" in painted
