"""How much may be on its way to a terminal."""

from __future__ import annotations

import pytest

from csc_tui.ui.terminal.pace import (
    ASK,
    PATIENCE,
    PATIENCE_AWAY,
    SLOW,
    UNASKED,
    Pace,
    far_away,
)


class Now:
    """A clock that stands."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def test_a_page_is_alone_on_its_way() -> None:
    pace = Pace(Now(), away=True)

    assert pace.written(UNASKED) == ASK
    assert not pace.free
    pace.answered()
    assert pace.free


def test_small_steps_go_together_until_they_are_a_page() -> None:
    pace = Pace(Now(), away=False)
    sent = 0
    while pace.free:
        sent += 250
        pace.written(250)

    assert sent == UNASKED
    assert pace.asked


@pytest.mark.parametrize(("away", "patience"), [(False, PATIENCE), (True, PATIENCE_AWAY)])
def test_a_terminal_that_never_answers_is_asked_once(away: bool, patience: float) -> None:
    now = Now()
    pace = Pace(now, away=away)
    pace.written(5_000)
    now.at += patience - 0.01
    assert not pace.free
    now.at += 0.02
    assert pace.free

    assert pace.written(5_000) == ""
    # A line far away is given the time that it takes, this machine none.
    assert pace.free is not away
    now.at += 5_000 / SLOW
    assert pace.free


def test_a_late_answer_is_an_answer() -> None:
    now = Now()
    pace = Pace(now, away=True)
    pace.written(5_000)
    now.at += PATIENCE_AWAY
    assert pace.free
    pace.answered()

    assert pace.written(5_000) == ASK


def test_lines_far_away_are_known_by_ssh() -> None:
    assert far_away({"SSH_CONNECTION": "10.0.0.1 5 10.0.0.2 22"})
    assert far_away({"SSH_TTY": "/dev/pts/3"})
    assert not far_away({"TERM": "xterm", "SSH_AUTH_SOCK": "/run/agent"})
