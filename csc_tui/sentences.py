"""One sentence for each thing that can go wrong between here and the CRM."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.errors import (
    Ambiguous,
    CertificateError,
    CrmError,
    Forbidden,
    Invalid,
    NotAnApi,
    NotFound,
    Offline,
    OtherAccount,
    QuotaReached,
    RateLimited,
    ReadOnly,
    Redirected,
    Rejected,
    ServerBroken,
    Timeout,
    Unauthorized,
    Unavailable,
    Unfinished,
)
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csc_tui.domain.change import Change
    from csc_tui.domain.resource import Resource

_LONGEST = 200
"""Characters of the server's own words that go into a sentence."""


def explain(error: CrmError, *, crm: str = "") -> str:
    """What is wrong, where, and what to do about it, in one line. `crm`: what it is called."""
    told, advice = _explain(error, crm or say("error.crm")), _advice(error)
    return f"{told} {advice}" if advice else told


def _explain(error: CrmError, crm: str) -> str:
    """What is wrong and where."""
    match error:
        case Offline() | Timeout() | CertificateError() | Redirected():
            return _line(error)
        case RateLimited() | Unavailable():
            return say("error.too-many" if isinstance(error, RateLimited) else "error.unavailable")
        case Invalid() | Rejected() | QuotaReached():
            return _refused(error)
        case ServerBroken():
            return say(f"error.broken-{error.why}", status=error.status)
        case NotAnApi():
            return say(f"error.not-api-{error.why}", status=error.status, crm=crm)
        case OtherAccount():
            return say("error.other-account", kept=_short(error.kept), told=_short(error.told))
        case Ambiguous():
            return say("error.ambiguous", why=_explain(error.cause, crm))
        case Unauthorized():
            return f"{say('error.unauthorized')}{_of_another(error)}"
    return say(_PLAIN[type(error)])


def explain_wait(error: CrmError) -> str:
    """Why something waits that is tried again by itself: nobody has to be told to do that.

    So is the looking up of what is not known of a change.
    """
    if isinstance(error, Ambiguous):
        return say("edit.looks", why=explain_wait(error.cause))
    if isinstance(error, RateLimited | Unavailable):
        return _waiting(error)
    return _explain(error, say("error.crm"))


def explain_write(error: CrmError, change: Change, resources: Mapping[str, Resource]) -> str:
    """Why a change was not written; refused fields are called by their labels."""
    resource = resources.get(change.record.resource)
    part = change.ref.resource if change.parent else ""
    if not isinstance(error, Invalid) or resource is None:
        return explain(error)
    told: dict[str, tuple[str, ...]] = {}
    for path, said in error.messages.items():
        field = resource.typed_field(path, part)
        label = field.label if field else path
        told[label] = (*told.get(label, ()), *said)
    return explain(Invalid(told))


_ADVICE = {
    "cut": "error.again",
    "dropped": "error.again",
    "pool": "error.again",
    "json": "error.again-or-tell",
    "shape": "error.again-or-tell",
    "status": "error.again-or-tell",
}
"""What went wrong, in the error's own word -> what to do, where nothing does it by itself."""


def _advice(error: CrmError) -> str:
    """What to do; empty where the sentence says it, or nobody knows."""
    match error:
        case RateLimited() | Unavailable():
            seconds = error.retry_after
            if seconds is None:
                return say("error.again-later")
            return say("error.again-in", seconds=f"{seconds:,.0f}")
        case Offline(reason=why) | Timeout(phase=why) | ServerBroken(why=why) if why in _ADVICE:
            return say(_ADVICE[why])
    return ""


_PLAIN: dict[type[CrmError], str] = {
    Forbidden: "error.forbidden",
    NotFound: "error.not-found",
    ReadOnly: "error.read-only",
    Unfinished: "error.unfinished",
}
"""Errors that carry no facts."""


def _of_another(error: Unauthorized) -> str:
    """The question whether the key is of another CRM, where it looks so."""
    return f" {say('error.other-crm', other=error.other)}" if error.other else ""


def _line(error: Offline | Timeout | CertificateError | Redirected) -> str:
    """What kept the request from getting there."""
    match error:
        case Offline():
            return say(f"error.offline-{error.reason}", host=error.host)
        case Timeout():
            seconds = f"{error.seconds:g}"
            return say(f"error.timeout-{error.phase}", host=error.host, seconds=seconds)
        case CertificateError():
            return say("error.certificate", host=error.host, detail=error.detail)
    return say("error.redirected", target=error.target)


def _waiting(error: RateLimited | Unavailable) -> str:
    """The server asks for patience; for how long, if it said so."""
    word = "error.rate-limited" if isinstance(error, RateLimited) else "error.unavailable"
    if error.retry_after is None:
        return say(f"{word}-waits")
    return say(f"{word}-for", seconds=f"{error.retry_after:,.0f}")


def _refused(error: Invalid | Rejected | QuotaReached) -> str:
    """The server read the request and said no, in its own words."""
    if isinstance(error, QuotaReached):
        told = _short(error.message)
        return say("error.quota-told", message=told) if told else say("error.quota")
    if isinstance(error, Rejected):
        word = f"error.rejected-{error.status}"
        word = word if error.status in (400, 409, 415) else "error.rejected"
        return say(word, status=error.status, message=_short(error.message)).rstrip()
    pairs = ((field, ", ".join(said)) for field, said in error.messages.items())
    named = "; ".join(f"{field}: {said}" if field else said for field, said in pairs)
    return say("error.invalid", fields=_short(named)) if named else say("error.invalid-none")


def _short(text: str) -> str:
    """The server's words on one line, cut."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def explain_connecting(error: CrmError, *, crm: str = "") -> str:
    """Why an address and key that were just typed do not work; nothing has been saved."""
    match error:
        case Offline(reason="name"):
            return say("connect.name", host=error.host)
        case Offline() | Timeout():
            return say("connect.offline")
        case CertificateError():
            return say("connect.certificate", host=error.host, detail=error.detail)
        case Redirected():
            return say("connect.redirected", target=error.target)
        case NotAnApi() | NotFound() | ServerBroken(why="json" | "shape"):
            return say("connect.not-api", crm=crm or say("error.crm"))
        case Unauthorized():
            return f"{say('connect.unauthorized')}{_of_another(error)}"
        case Forbidden():
            return say("connect.forbidden")
    return explain(error, crm=crm)


def explain_login(error: CrmError, *, crm: str = "") -> str:
    """As `explain_connecting`, for the command line, where no form keeps what was typed."""
    if isinstance(error, Offline | Timeout):
        return explain(error, crm=crm)
    return explain_connecting(error, crm=crm)
