"""What goes into the dialect and what comes out of it: a call, an answer, a refusal."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

JSON_TYPE = "application/json; charset=utf-8"
TEXT_TYPE = "text/plain; charset=utf-8"

_INT64 = 2**63
_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")
_WHOLE = re.compile(r"-?[0-9]{1,20}")


@dataclass(frozen=True, slots=True)
class Call:
    """One request to the API, taken apart."""

    method: str
    path: tuple[str, ...]
    """Segments after /api, without the suffix .json."""
    params: Mapping[str, str] = field(default_factory=dict)
    """The query; of a name given twice the last."""
    body: object = None
    """The parsed JSON body or an Upload; None without one."""
    user_id: int = 0
    """Whose key it was."""
    query: Sequence[tuple[str, str]] = ()
    """The query in its order, with names given twice."""
    agent: str = ""
    """The User-Agent."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and a body: JSON, or text where text is not None."""

    status: int
    body: object = None
    text: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came as multipart/form-data."""

    filename: str
    content_type: str
    data: bytes


class Refused(Exception):
    """Ends a call with an error answer; what it had written is rolled back."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def integer(text: object) -> int | None:
    """A whole number that fits into 64 bits; None for anything else, as `1_0`, ` 1` and `٣` are."""
    if isinstance(text, bool) or not isinstance(text, int | str):
        return None
    if isinstance(text, str) and not _WHOLE.fullmatch(text):
        return None
    value = int(text)
    return value if -_INT64 <= value < _INT64 else None


def number(text: str) -> float | None:
    """A number with or without decimals; None for anything else, also for what has no end."""
    return float(text) if _NUMBER.fullmatch(text) else None


def shown_decimal(number: Decimal) -> str:
    """A number as servers of this kind show decimals: with at least one digit after the point."""
    shown = f"{number:f}"
    return shown if "." in shown else f"{shown}.0"
