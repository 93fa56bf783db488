"""What to do after a failure: a pure policy, for every request alike.

A 429 waits as told and the request is kept: the server has counted it and done nothing. A read
after a 5xx, a timeout or a dropped line is tried again. A write that may have happened is never
sent a second time, also not after a 503: a proxy says it for a server that is busy with the work.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from csc_tui.domain.errors import (
    Ambiguous,
    CrmError,
    Offline,
    RateLimited,
    ServerBroken,
    Timeout,
    Unavailable,
)
from csc_tui.http.message import Response

TRIES_AGAIN = 3
"""How often a read is tried again."""

BACK_OFF = 0.5
"""Seconds before the first new try, on average; each further one waits twice as long."""

UNTOLD = 10.0
"""Seconds to wait after a 429 that does not say how long (fact sheet §1.7)."""

SHORTEST_WAIT = 1.0
"""Seconds that are waited at least, should a server say 0."""

LONGEST_WAIT = 3_600.0
"""Seconds that are waited at most, whatever a server says."""


class Wait(NamedTuple):
    """Keep the request and send it again."""

    seconds: float
    """Not before so many."""


class GiveUp(NamedTuple):
    """Tell the caller."""

    error: CrmError
    """What he is told."""


class AmbiguousOutcome(NamedTuple):
    """A write that may have happened: tell the caller, who can look for it."""

    error: Ambiguous
    """What he is told."""


def decide(
    method: str,
    error: CrmError,
    attempt: int,
    random: Callable[[], float],
    untold: float = UNTOLD,
) -> Wait | GiveUp | AmbiguousOutcome:
    """What follows `error` at try number `attempt` (1 for the first).

    `random` gives numbers from 0 to 1 that spread new tries by half either way; `untold` are the
    seconds to wait after a 429 that does not say how long.
    """
    if isinstance(error, RateLimited):
        return Wait(untold if error.retry_after is None else _bounded(error.retry_after))
    if method != "GET":
        return _after_write(error)
    if isinstance(error, Unavailable) and error.retry_after is not None:
        return Wait(_bounded(error.retry_after))
    again = isinstance(error, Timeout | Unavailable) or (
        (isinstance(error, Offline) and error.sent)
        or (isinstance(error, ServerBroken) and (error.status >= 500 or error.why == "cut"))
    )
    if again and attempt <= TRIES_AGAIN:
        return Wait(BACK_OFF * 2 ** (attempt - 1) * (0.5 + random()))
    return GiveUp(error)


def _after_write(error: CrmError) -> GiveUp | AmbiguousOutcome:
    if isinstance(error, Timeout) and not error.sent:
        return GiveUp(Offline(error.host, "unreachable"))
    if isinstance(error, Timeout | Offline | ServerBroken | Unavailable) and error.sent:
        return AmbiguousOutcome(Ambiguous(error))
    return GiveUp(error)


def not_now(response: Response, now: Callable[[], float]) -> RateLimited | Unavailable | None:
    """What 429 and 503 mean in every dialect, with the wait that they name.

    `now` gives what is called so below, and is asked for these two alone: to read the server's
    clock a library has to be loaded.
    """
    if response.status not in (429, 503):
        return None
    seconds = retry_after(response.headers, now())
    return RateLimited(seconds) if response.status == 429 else Unavailable(seconds)


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds to wait that an answer names, as a number or a date; at most an hour.

    None where it says nothing or nonsense. A date is read against the server's own clock: that of
    the answer if it shows it, else `now` (seconds since the epoch).
    """
    text = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        return min(float(text), LONGEST_WAIT)
    until = _epoch(text)
    if until is None and (reset := _whole(headers.get("x-ratelimit-reset", ""))) is not None:
        until = float(reset)
    if until is None:
        return None
    server_now = _epoch(headers.get("date", ""))
    return min(max(until - (now if server_now is None else server_now), 0.0), LONGEST_WAIT)


MOST_TOLD = 1_000_000
"""A limit above this is nonsense."""


def told(headers: Mapping[str, str]) -> tuple[int, int] | None:
    """The limit and what is left of it, as an answer's headers say; None where they do not."""
    limit = _whole(headers.get("x-ratelimit-limit", ""))
    left = _whole(headers.get("x-ratelimit-remaining", ""))
    if limit is None or left is None or not 0 < limit <= MOST_TOLD:
        return None
    return limit, min(left, limit)


def _whole(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _bounded(seconds: float | None) -> float:
    return UNTOLD if seconds is None else min(max(seconds, SHORTEST_WAIT), LONGEST_WAIT)


def _epoch(text: str) -> float | None:
    from email.utils import parsedate_to_datetime  # dear to import, and answers mostly tell seconds

    try:
        return parsedate_to_datetime(text).timestamp() if text else None
    except (ValueError, OverflowError):
        return None
