"""What a synchronisation will cost and what came of it, in words for screen and command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from csc_tui.services.sync import Outcome, Plan, Progress


def forecast(plan: Plan, many: str) -> str:
    """What will be done and what it costs; `many` names the records."""
    return say(
        f"sync.forecast.{'resumed' if plan.begun else plan.mode}",
        many=many,
        records=f"{plan.records:,}",
        total=f"{plan.total:,}",
        requests=f"{plan.requests:,}",
        time=_time(plan.seconds),
        size=_size(plan.size),
    )


def result(outcome: Outcome, many: str) -> str:
    """What was done."""
    return say(
        "sync.result" if outcome.complete else "sync.incomplete",
        many=many,
        records=f"{outcome.records:,}",
        removed=f"{outcome.removed:,}",
        stored=f"{outcome.stored:,}",
        requests=f"{outcome.requests:,}",
        time=_time(outcome.seconds),
    )


def forecasts(plans: Sequence[Plan]) -> str:
    """What all of it costs, in one line."""
    return say(
        "sync.forecast.all",
        records=f"{sum(one.records for one in plans):,}",
        requests=f"{sum(one.requests for one in plans):,}",
        time=_time(max((one.seconds for one in plans), default=0.0)),
        size=_size(sum(one.size for one in plans)),
    )


def results(outcomes: Sequence[Outcome], many: Mapping[str, str]) -> str:
    """What came of all of it, in one line."""
    here = ", ".join(f"{one.stored:,} {many[one.resource]}" for one in outcomes)
    removed = sum(one.removed for one in outcomes)
    done = all(one.complete for one in outcomes)
    return say(
        "sync.results" if done else "sync.results_incomplete", here=here, removed=f"{removed:,}"
    )


def share(progress: Progress) -> str:
    """How far a run is: in percent where it is known how much there is, else in records."""
    if progress.of <= 0:
        return f"{progress.records:,}"
    return f"{min(99, progress.records * 100 // progress.of)} %"


def _time(seconds: float) -> str:
    return f"{max(seconds, 1):.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size < 10e6 else f"{size / 1e6:,.0f} MB"
