"""What a key costs on a thin line: bytes written to the pty at 80x24 with 256 colours.

They do not depend on the machine: what is counted is written for the same rows everywhere.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.live_demo import PATIENCE, LiveDemo, running_demo
from tests.terminal.conftest import Opener, environment_of
from tests.terminal.terminal import Terminal
from tests.terminal.test_list import opened

SMALL = (80, 24)
LARGE = (140, 40)
"""With the preview beside the list."""

START = {SMALL: 7_000, LARGE: 9_000}
"""All until nothing moves any more, the first rows from the server among it."""
INSIDE = {SMALL: 260, LARGE: 1_600}
"""A cursor key inside the page; beside it another record in the preview."""
HELD = {SMALL: 300, LARGE: 1_300}
"""A cursor key that is held, on average; where the machine is slow the preview follows."""
PAGE = {SMALL: 2_700, LARGE: 4_500}
OPENED = {SMALL: 6_000, LARGE: 7_000}
"""A record, help."""
WHOLE = {SMALL: 7_000, LARGE: 9_000}
"""A full repaint."""
DRAWN = 400
"""Less is no new picture; rows of few words need little more."""
ONCE = 5_000
"""One repaint of a full screen, but not two."""

SIZES = pytest.mark.parametrize(
    ("account", "size"),
    [("centralstation", SMALL), ("centralstation", LARGE), ("concord", SMALL)],
    ids=["80x24", "140x40", "80x24-concord"],
    indirect=["account"],
)
"""The limits are the program's: whose CRM it is makes no difference."""


@pytest.fixture(scope="module")
def concord(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDemo]:
    """The same world on the other dialect; nobody writes there."""
    options = ("--dialect", "concord", "--limit", "100000", "--today", "2026-11-20")
    with running_demo(tmp_path_factory.mktemp("concord") / "demo", *options) as server:
        yield server


@pytest.fixture
def account(request: pytest.FixtureRequest, terminal: Opener) -> Opener:
    """Opens the program on the account of the dialect that is asked for."""
    dialect = getattr(request, "param", "centralstation")
    demo: LiveDemo = request.getfixturevalue(
        {"centralstation": "demo_server", "concord": "concord"}[dialect]
    )

    def opener(*arguments: str, **more: Any) -> Terminal:
        return terminal(*arguments, **(environment_of(demo) | more))

    return opener


def still(screen: Terminal) -> Terminal:
    """The program with nothing more to say until a key is pressed."""
    screen.settle(0.6)
    return screen


def at_rest(screen: Terminal) -> Terminal:
    """The program when also the gauge, which lags by a second at most, has said all."""
    screen.settle(1.6)
    return screen


def sized(account: Opener, size: tuple[int, int], **more: object) -> Terminal:
    """The program in a window of this size, with nothing more to say."""
    return at_rest(opened(account, columns=size[0], rows=size[1], **more))


def wakes(screen: Terminal) -> int:
    """How often threads of the program have woken up so far."""
    tasks = Path(f"/proc/{screen.process.pid}/task")
    if not tasks.exists():
        pytest.skip("no /proc")
    texts = [(one / "status").read_text() for one in tasks.iterdir()]
    return sum(int(text.partition("\nvoluntary_ctxt_switches:")[2].split()[0]) for text in texts)


@SIZES
def test_the_start_and_nothing_while_idle(account: Opener, size: tuple[int, int]) -> None:
    screen = sized(account, size)
    assert len(screen.raw) <= START[size]

    before = len(screen.raw)
    until = time.monotonic() + PATIENCE
    while True:
        woken = wakes(screen)
        assert screen.settle(2.0) == screen.screen()
        if (woken := wakes(screen) - woken) <= 2:
            break
        # The last of what was begun may take a while.
        assert time.monotonic() < until, f"no thread sleeps: they wake up {woken} times"
    assert len(screen.raw) == before, "an idle screen writes"


@SIZES
def test_a_cursor_key_inside_the_page(account: Opener, size: tuple[int, int]) -> None:
    screen = sized(account, size)
    costs = [screen.bytes_of(key) for key in ("down", "down", "up", "j", "k")]

    assert all(0 < one <= INSIDE[size] for one in costs), costs


def held(screen: Terminal, presses: int = 60) -> float:
    """The bytes of a key that is held, on average."""
    before = len(screen.raw)
    for row in range(2, presses + 2):
        # One at a time: what comes while a frame is drawn would be drawn together.
        screen.press("down")
        screen.wait_for(f"row {row} of")
    screen.settle()
    return (len(screen.raw) - before) / presses


@SIZES
def test_a_held_cursor_key(account: Opener, size: tuple[int, int]) -> None:
    assert held(sized(account, size)) <= HELD[size]


def test_where_no_terminal_moves_lines_the_edge_scrolls_by_half_a_page(
    account: Opener, folders: dict[str, str]
) -> None:
    config = Path(folders["XDG_CONFIG_HOME"]) / "csc-tui"
    config.mkdir(parents=True)
    (config / "config.toml").write_text('scroll = "half-page"\n')
    screen = sized(account, SMALL)

    assert held(screen) <= 400
    assert b"r\x1b[22H" not in screen.raw
    screen.press("home", *["down"] * 20)
    screen.wait_for(lambda lines: lines[12].startswith("›") and "row 21 of" in lines[-2])


def cost(screen: Terminal, key: str) -> int:
    """The bytes in answer to a key, with all that comes of it later."""
    before = len(screen.raw)
    screen.press(key)
    still(screen)
    return len(screen.raw) - before


@SIZES
def test_a_page_and_a_full_repaint(account: Opener, size: tuple[int, int]) -> None:
    screen = sized(account, size)

    costs = {key: cost(screen, key) for key in ("pagedown", "ctrl+d", "home")}
    assert all(DRAWN < one <= PAGE[size] for one in costs.values()), costs
    # The end is painted twice: its rows come from the server.
    costs = {key: cost(screen, key) for key in ("end", "ctrl+l")}
    assert all(DRAWN < one <= WHOLE[size] for one in costs.values()), costs


@SIZES
def test_opening_a_record(account: Opener, size: tuple[int, int]) -> None:
    screen = sized(account, size)

    costs = [cost(screen, key) for key in ("enter", "escape", "?", "escape")]
    assert all(DRAWN < one <= OPENED[size] for one in costs), costs


def test_a_picture_that_could_be_seen_half_drawn_is_shown_at_once(account: Opener) -> None:
    screen = sized(account, SMALL)
    screen.send(b"\x1b[?2026;2$y")  # it knows synchronized output
    screen.press("?")
    screen.wait_for("In the list")
    screen.press("escape")
    screen.wait_for("row 1 of")
    before = len(screen.raw)
    cost(screen, "pagedown")
    page = bytes(screen.raw[before:])
    before = len(screen.raw)
    cost(screen, "down")

    assert page.startswith(b"\x1b[?2026h")
    assert page.count(b"\x1b[?2026h") == page.count(b"\x1b[?2026l") >= 1
    opens = re.findall(rb"\x1b\[\?2026([hl])", bytes(screen.raw))
    assert opens == [b"h", b"l"] * (len(opens) // 2), "nested"
    assert b"2026" not in screen.raw[before:], "a step of the cursor is one write anyway"


def test_a_screen_is_painted_once_when_it_opens_and_once_when_it_is_left(account: Opener) -> None:
    screen = still(opened(account))

    record, help_, form = (
        [cost(screen, key) for key in (opens, "escape")] for opens in ("enter", "?", "e")
    )

    assert "row 1 of 2,400" in screen.text
    assert all(1_000 < one <= ONCE for one in record + help_ + form), (record, help_, form)


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
