"""What follows a failure: every kind, for reads and writes."""

import pytest

from csc_tui.domain.errors import (
    Ambiguous,
    CertificateError,
    CrmError,
    Forbidden,
    Invalid,
    NotAnApi,
    Offline,
    RateLimited,
    Redirected,
    ServerBroken,
    Timeout,
    Unauthorized,
    Unavailable,
)
from csc_tui.http.retry import AmbiguousOutcome, GiveUp, Wait, decide, retry_after

NOW = 1_760_000_000.0
"""Thu, 09 Oct 2025 08:53:20 GMT."""


def middle() -> float:
    return 0.5


def outcome(method: str, error: CrmError, attempt: int = 1) -> object:
    return decide(method, error, attempt, middle)


@pytest.mark.parametrize(
    ("method", "kind"),
    [("GET", Unavailable), *((verb, RateLimited) for verb in ("GET", "POST", "PUT", "DELETE"))],
)
@pytest.mark.parametrize(
    ("told", "waited"), [(7.0, 7.0), (1e9, 3600.0), (0.0, 1.0), (-4.0, 1.0), (3600.0, 3600.0)]
)
@pytest.mark.parametrize("attempt", [1, 99])
def test_a_429_and_of_a_read_a_503_wait_as_told_and_are_kept(
    method: str,
    kind: type[RateLimited] | type[Unavailable],
    told: float,
    waited: float,
    attempt: int,
) -> None:
    assert outcome(method, kind(told), attempt) == Wait(waited)


def test_a_429_that_does_not_say_how_long_waits_ten_seconds() -> None:
    assert outcome("PUT", RateLimited(None), 50) == Wait(10.0)


def test_a_503_that_does_not_say_how_long_ends() -> None:
    error = Unavailable(None)
    assert outcome("GET", error, 1) == Wait(0.5)
    assert outcome("GET", error, 4) == GiveUp(error)


PASSING = [
    ServerBroken(500, "status"),
    ServerBroken(502, "json"),
    ServerBroken(200, "cut"),
    Timeout("host", "read", 30),
    Timeout("host", "connect", 10),
    Offline("host", "dropped", sent=True),
]


@pytest.mark.parametrize("error", PASSING)
def test_a_read_is_tried_again_three_times_with_growing_pauses(error: CrmError) -> None:
    tries = [outcome("GET", error, attempt) for attempt in (1, 2, 3, 4)]
    assert tries == [Wait(0.5), Wait(1.0), Wait(2.0), GiveUp(error)]


def test_the_pauses_are_spread_by_half_either_way() -> None:
    error = ServerBroken(500, "status")
    assert decide("GET", error, 1, lambda: 0.0) == Wait(0.25)
    assert decide("GET", error, 1, lambda: 1.0) == Wait(0.75)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize(
    "error",
    [
        ServerBroken(500, "status"),
        ServerBroken(200, "cut"),
        ServerBroken(201, "json"),
        ServerBroken(201, "large"),
        Timeout("host", "read", 30),
        Timeout("host", "write", 30),
        Offline("host", "dropped", sent=True),
        Unavailable(None),
        Unavailable(7.0),
    ],
)
def test_a_write_that_may_have_happened_is_never_repeated(method: str, error: CrmError) -> None:
    decision = outcome(method, error)

    assert isinstance(decision, AmbiguousOutcome)
    assert isinstance(decision.error, Ambiguous)
    assert decision.error.cause is error


@pytest.mark.parametrize("phase", ["connect", "pool"])
def test_a_write_that_never_left_is_offline(phase: str) -> None:
    decision = outcome("PUT", Timeout("host", phase, 10))

    assert isinstance(decision, GiveUp)
    assert isinstance(decision.error, Offline)
    assert not decision.error.sent


@pytest.mark.parametrize("method", ["GET", "PUT"])
@pytest.mark.parametrize(
    "error",
    [
        Offline("host", "name"),
        Offline("host", "refused"),
        CertificateError("host", "self-signed"),
        Redirected("https://elsewhere.example"),
        NotAnApi(200, "html"),
        Unauthorized(),
        Forbidden(),
        Invalid({"name": ("is too long",)}),
    ],
)
def test_what_another_try_would_not_change_is_told_at_once(method: str, error: CrmError) -> None:
    assert outcome(method, error) == GiveUp(error)


@pytest.mark.parametrize("why", ["json", "deep", "long", "large", "shape"])
def test_a_read_whose_answer_is_nonsense_is_not_asked_for_again(why: str) -> None:
    error = ServerBroken(200, why)
    assert outcome("GET", error) == GiveUp(error)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": ""}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": " 0 "}, 0.0),
        ({"retry-after": "2.5"}, 2.5),
        ({"retry-after": "86400"}, 3600.0),
        ({"retry-after": "9" * 400}, 3600.0),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "1e9"}, None),
        ({"retry-after": "٣"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Thu, 09 Oct 2025 08:53:50 GMT"}, 30.0),
        ({"retry-after": "Thu, 09 Oct 2025 08:00:00 GMT"}, 0.0),
        ({"retry-after": "Thu, 09 Oct 2099 08:00:00 GMT"}, 3600.0),
        ({"retry-after": "Thu, 99 Oct 99999 08:00:00 GMT"}, None),
        (
            {
                "retry-after": "Thu, 09 Oct 2025 10:00:20 GMT",
                "date": "Thu, 09 Oct 2025 10:00:00 GMT",
            },
            20.0,
        ),
    ],
)
def test_retry_after_is_read_as_number_or_date_and_bounded(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert retry_after(headers, NOW) == seconds
