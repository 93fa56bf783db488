"""Figures on the status line: never more than one change a second, and never a stale end."""

from __future__ import annotations

from csc_tui.ui.gauge import EVERY, Gauge


def test_figures_change_once_a_second_and_the_last_ones_are_shown() -> None:
    now = [50.0]
    due: list[float] = []
    gauge: Gauge[int] = Gauge(lambda: now[0], due.append)

    shown = []
    for figure in range(30):
        shown.append(gauge.read(figure))
        now[0] += 0.1
    assert sorted(set(shown)) == [0, 10, 20]
    # Nobody asks again before the time that it has named, and then it is the truth.
    assert len(due) == 3
    now[0] += due[-1]
    assert gauge.read(29) == 29


def test_what_has_stood_for_long_changes_at_once() -> None:
    now = [50.0]
    due: list[float] = []
    gauge: Gauge[str] = Gauge(lambda: now[0], due.append)
    assert gauge.read("47/50") == "47/50"
    now[0] += EVERY
    assert gauge.read("50/50") == "50/50"
    assert gauge.read("50/50") == "50/50"
    assert due == []
