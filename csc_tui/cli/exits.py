"""Exit codes, the same for every command."""

from __future__ import annotations

from csc_tui.domain.errors import (
    Ambiguous,
    CrmError,
    Offline,
    RateLimited,
    Rejected,
    Timeout,
    Unauthorized,
    Unavailable,
)

OK = 0
FAILED = 1
USAGE = 2
UNAUTHORIZED = 3
OFFLINE = 4
RATE_LIMITED = 5
CONFLICT = 6
INTERRUPTED = 130
"""As a shell reports an end by ctrl+c."""


def code_of(error: CrmError) -> int:
    """The exit code that tells a script what kind of error it was."""
    match error:
        case Unauthorized():
            return UNAUTHORIZED
        case Offline() | Timeout() | Unavailable():
            return OFFLINE
        case RateLimited():
            return RATE_LIMITED
        case Rejected(status=409):
            return CONFLICT
        case Ambiguous():
            return code_of(error.cause)
    return FAILED
