"""Faults on order: what shall go wrong with which requests, and how often."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from random import Random

KINDS = ("latency", "status", "nonsense", "truncate", "cut", "drop", "colleague")
"""latency: answers `seconds` later; status: answers with this status instead of (or after) the
work; nonsense: answers text that is no JSON; truncate: half of the JSON, well framed; cut: half of
the announced bytes, then the connection ends; drop: the connection ends without an answer;
colleague: the colleague changes fields of a record just before or after."""

FORM = "METHOD PATH KIND NAME=VALUE ..."
"""A fault in words."""


class BadFault(ValueError):
    """A fault that cannot be understood; the message says why."""


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong with the requests that it matches."""

    kind: str
    method: str = "*"
    """`*`: any."""
    path: str = "**"
    """After /api and without .json: `/people/*`; `*` stays in a segment, `**` does not; `~` begins
    a regular expression."""
    when: str = "before"
    """before or after the work was done; nonsense, truncate and cut are always after."""
    count: int | None = None
    """How often; None: always."""
    probability: float = 1.0
    """Of a request that matches to be hit; the chance is drawn with `seed`."""
    seed: int = 0
    seconds: float = 1.0
    """Of a latency."""
    status: int = 503
    body: object = None
    """Of a status or of nonsense: text as it is, anything else as JSON."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Further headers of a status."""
    record: str = ""
    """`people/42`: whom a colleague edits; empty: the record that the request is about."""
    changes: Mapping[str, object] = field(default_factory=dict)
    """Fields that a colleague sets."""
    _random: Random = field(init=False, repr=False)
    _pattern: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Checks the fields; raises BadFault."""
        if self.kind not in KINDS:
            raise BadFault(f"{self.kind!r} is no KIND of {FORM}; there are {', '.join(KINDS)}")
        if self.when not in ("before", "after"):
            raise BadFault(f"when is before or after, not {self.when!r}")
        if self.kind == "colleague" and not self.changes:
            raise BadFault("a colleague's edit needs changes")
        self._random = Random(self.seed)  # noqa: S311 -- a chance, no secret
        try:
            self._pattern = re.compile(_expression(self.path))
        except re.error as error:
            raise BadFault(f"{self.path!r}: {error}") from None

    def strikes(self, method: str, path: str) -> bool:
        """True if this request is hit; one of the count is then used up."""
        if self.count == 0 or self.method not in ("*", method):
            return False
        if not self._pattern.fullmatch(path) or self._random.random() >= self.probability:
            return False
        if self.count is not None:
            self.count -= 1
        return True


def _expression(path: str) -> str:
    if path.startswith("~"):
        return path[1:]
    parts = re.split(r"(\*\*|\*)", path)
    return "".join({"**": ".*", "*": "[^/]*"}.get(one, re.escape(one)) for one in parts)


_TYPES: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("kind", "method", "path", "when", "record"), (str,)),
    **dict.fromkeys(("seed", "status"), (int,)),
    **dict.fromkeys(("headers", "changes"), (dict,)),
    "count": (int, type(None)),
    "probability": (int, float),
    "seconds": (int, float),
    "body": (object,),
}
"""Names that a fault may be given, with the types of their values."""


def from_json(given: object) -> Fault:
    """A fault from its JSON object. Raises BadFault."""
    if not isinstance(given, dict):
        raise BadFault("a fault is a JSON object")
    for name, value in given.items():
        if name not in _TYPES:
            raise BadFault(f"a fault has no {name!r}")
        if not isinstance(value, _TYPES[name]) or isinstance(value, bool):
            raise BadFault(f"{value!r} is no {name}")
    if "kind" not in given:
        raise BadFault(f"a fault needs its kind: {', '.join(KINDS)}")
    return Fault(**given)


def from_text(spec: str) -> Fault:
    """A fault from `METHOD PATH KIND NAME=VALUE ...` or from a JSON object. Raises BadFault.

    `PUT /people/* status status=503 count=2`; values that are JSON are read as JSON.
    """
    try:
        if spec.lstrip().startswith("{"):
            return from_json(json.loads(spec))
        words = shlex.split(spec)
    except ValueError as error:
        raise BadFault(str(error)) from None
    if len(words) < 3:
        raise BadFault(f"a fault is {FORM}, as in 'PUT /people/* status status=503'")
    given: dict[str, object] = {"method": words[0], "path": words[1], "kind": words[2]}
    for word in words[3:]:
        name, _, value = word.partition("=")
        given[name] = _read(value)
    return from_json(given)


def _read(value: str) -> object:
    try:
        return json.loads(value)
    except ValueError:
        return value


def shown(fault: Fault) -> dict[str, object]:
    """The fault as JSON, with what is left of its count."""
    return {one.name: getattr(fault, one.name) for one in fields(fault) if one.init}
