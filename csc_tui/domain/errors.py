"""What can go wrong between here and the CRM, as types.

Each error carries facts; the words for a person are made from them in one place
(`csc_tui.sentences`), so no code ever compares message texts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping


class CrmError(Exception):
    """Anything that kept a request from giving what was asked for."""

    sent: bool = True
    """Whether the request may have reached the server (a write then has an unknown outcome)."""


class Offline(CrmError):
    """No answer could be had: name look-up, connection or line failed."""

    def __init__(self, host: str, reason: str, *, sent: bool = False) -> None:
        """`reason` is one of `name`, `refused`, `unreachable`, `proxy`, `dropped`."""
        super().__init__(host, reason)
        self.host = host
        self.reason = reason
        self.sent = sent


class CertificateError(CrmError):
    """TLS could not be trusted; the key was not sent. `detail` is the library's reason."""

    sent = False

    def __init__(self, host: str, detail: str) -> None:
        super().__init__(host, detail)
        self.host = host
        self.detail = detail


class Timeout(CrmError):
    """The server took longer than allowed. `phase`: `connect`, `read`, `write` or `pool`."""

    def __init__(self, host: str, phase: str, seconds: float) -> None:
        super().__init__(host, phase, seconds)
        self.host = host
        self.phase = phase
        self.seconds = seconds
        self.sent = phase in ("read", "write")


class Redirected(CrmError):
    """The address sends one on to another origin, or a write elsewhere; nobody followed."""

    def __init__(self, target: str) -> None:
        super().__init__(target)
        self.target = target


class NotAnApi(CrmError):
    """Something answers, but not with what a CRM's API would say."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(status, why)
        self.status = status
        self.why = why


class RateLimited(CrmError):
    """429: the limit is used up. `retry_after` in seconds, None if the server did not say."""

    def __init__(self, retry_after: float | None) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class Unavailable(CrmError):
    """503: for the moment not there. `retry_after` in seconds, None if the server did not say."""

    def __init__(self, retry_after: float | None) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class Unauthorized(CrmError):
    """401: the key is wrong or has been withdrawn."""

    def __init__(self, other: str = "") -> None:
        """`other`: the CRM of which it looks like a key, in words; empty where it does not."""
        super().__init__(*[other] if other else [])
        self.other = other


class Forbidden(CrmError):
    """403: the key is right, but its user may not do this."""


class NotFound(CrmError):
    """404: there is no such record (any more)."""


class Rejected(CrmError):
    """400, 409, 415 or another 4xx: the server did not accept the request as it is."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(status, message)
        self.status = status
        self.message = message


class Invalid(CrmError):
    """422: values were refused. `messages`: domain field path -> the server's own words."""

    def __init__(self, messages: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(dict(messages))
        self.messages = dict(messages)

    def renamed(self, path_of: Callable[[str], str]) -> Invalid:
        """The same with other paths; words whose paths become one stand behind each other."""
        messages: dict[str, tuple[str, ...]] = {}
        for key, words in self.messages.items():
            path = path_of(key)
            messages[path] = messages.get(path, ()) + words
        return Invalid(messages)


class QuotaReached(CrmError):
    """507: the account is full. `message`: the server's words, may be empty."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class ServerBroken(CrmError):
    """5xx, half an answer, an answer that is too large, too deep or not JSON."""

    def __init__(self, status: int, why: str) -> None:
        """`why` is one of `status`, `json`, `cut`, `large`, `deep`, `long`, `shape`."""
        super().__init__(status, why)
        self.status = status
        self.why = why


class Ambiguous(CrmError):
    """A write was sent and its answer lost: it may have happened or not. `cause` says how."""

    def __init__(self, cause: CrmError) -> None:
        super().__init__(cause)
        self.cause = cause


class OtherAccount(CrmError):
    """The key opens another account than the one whose data are here; nothing is sent."""

    sent = False

    def __init__(self, kept: str, told: str) -> None:
        """The account's id as it was, and as the server tells it now."""
        super().__init__(kept, told)
        self.kept = kept
        self.told = told


class Unfinished(CrmError):
    """The CRM said yes to something that takes a while, and has not done it since."""


class ReadOnly(CrmError):
    """Writing was switched off by the user, for this profile or by the environment."""

    sent = False
