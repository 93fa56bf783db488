"""Three-way merges of plain values by field, and the inverse of a change.

Two people changed the same record: what only one of them changed is taken as it is, what both
changed alike is no question, and what they changed differently waits for the user. Lists of parts
(phones, addresses) are merged part by part, by id; lists of words (tags) word by word.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from csc_tui.domain.change import Change, Verb, diff
from csc_tui.domain.field import Kind, Plain
from csc_tui.domain.ref import Ref

Agree = Callable[[str, Plain, Plain], bool]
"""Whether two values of a field (`title`, `phones/number`) mean the same to the server."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both sides changed, each to something else."""

    path: str
    """`title`; `phones/9/number` for a field of a part; `phones/9` where one side removed it."""
    before: Plain
    mine: Plain
    """None also where I removed it."""
    theirs: Plain
    """None also where they removed it."""


@dataclass(frozen=True, slots=True)
class Merge:
    """What came of a merge. Paths are those of `Clash`."""

    merged: dict[str, Plain] = field(default_factory=dict)
    """Theirs with all that only I changed; where we clash it is still theirs."""
    mine_only: tuple[str, ...] = ()
    theirs_only: tuple[str, ...] = ()
    equal: tuple[str, ...] = ()
    """Changed by both, to the same."""
    clashes: tuple[Clash, ...] = ()


def same(one: Plain, other: Plain) -> bool:
    """Whether nothing would be changed: None, empty text and an empty list count as equal.

    Links (`{"id": "4411", "name": "Brandt GmbH"}`) are the same if they lead to the same record.
    """
    if isinstance(one, dict) and isinstance(other, dict) and one.get("id") and other.get("id"):
        return str(one["id"]) == str(other["id"])
    return not diff({"": one}, {"": other})


def agrees(one: Plain, other: Plain, kind: Kind | None = None) -> bool:
    """Whether a server that tidies up what it is given may have made one of the other.

    Space round a text, the kind of line ends, zeros of a decimal, an absent flag for `no`, a link
    by its name alone where there is no id.
    """
    if same(one, other):
        return True
    if kind is Kind.FLAG:
        return bool(one) == bool(other)
    if isinstance(one, dict) and isinstance(other, dict):
        if one.get("id") and other.get("id"):
            return False
        return bool(one.get("name")) and one.get("name") == other.get("name")
    if isinstance(one, dict) or isinstance(other, dict):
        link, text = (one, other) if isinstance(one, dict) else (other, one)
        return bool(cast("dict[str, Any]", link).get("id")) and cast("dict[str, Any]", link)[
            "id"
        ] == str(text)
    if isinstance(one, list) or isinstance(other, list):
        words = [sorted(map(str, it)) if isinstance(it, list) else None for it in (one, other)]
        return kind is Kind.SEVERAL and words[0] == words[1]
    first, second = (_tidy(it) for it in (one, other))
    if kind is Kind.NUMBER and first and second:
        try:
            return Decimal(first) == Decimal(second)
        except InvalidOperation:
            return False
    return first == second


def _tidy(value: Plain) -> str:
    text = "" if value is None else str(value)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def merge(
    base: Mapping[str, Plain],
    mine: Mapping[str, Plain],
    theirs: Mapping[str, Plain],
    agree: Agree = lambda _, one, other: agrees(one, other),
) -> Merge:
    """Both sides' values in one. A name that a side lacks counts as empty there.

    Of a change that names only some fields pass `{**base, **change.values}` as `mine`.
    """
    work = _Work(agree)
    for name in dict.fromkeys((*theirs, *base, *mine)):
        sides = [side.get(name) for side in (base, mine, theirs)]
        if any(_is_list(one) for one in sides):
            work.merged[name] = work.parts(name, *(_listed(one) for one in sides))
        else:
            work.merged[name] = work.value(name, name, *sides)
    return Merge(
        work.merged, tuple(work.mine), tuple(work.theirs), tuple(work.equal), tuple(work.clashes)
    )


def _is_list(value: Plain) -> bool:
    return isinstance(value, list) and bool(value)


def _listed(value: Plain) -> list[Any]:
    return value if isinstance(value, list) else []


class _Work:
    """A merge under way."""

    def __init__(self, agree: Agree) -> None:
        self.agree = agree
        self.merged: dict[str, Plain] = {}
        self.mine: list[str] = []
        self.theirs: list[str] = []
        self.equal: list[str] = []
        self.clashes: list[Clash] = []

    def value(self, path: str, name: str, base: Plain, mine: Plain, theirs: Plain) -> Plain:
        """One field; `name` is its path without ids."""
        mine_moved, theirs_moved = not same(base, mine), not same(base, theirs)
        if mine_moved and not theirs_moved:
            self.mine.append(path)
            return mine
        if theirs_moved and not mine_moved:
            self.theirs.append(path)
        elif theirs_moved and (self.agree(name, mine, theirs)):
            self.equal.append(path)
        elif theirs_moved:
            self.clashes.append(Clash(path, base, mine, theirs))
        return theirs

    def parts(self, name: str, base: list[Any], mine: list[Any], theirs: list[Any]) -> Plain:
        """A list of parts or of words."""
        before = _keyed(base)
        ours, others = _keyed(mine), _keyed(theirs)
        ours, others = _paired(before, ours, others), _paired(before, others, ours)
        result = []
        for key in dict.fromkeys((*others, *ours, *before)):
            path = f"{name}/{key.removeprefix('#')}"
            b, m, t = before.get(key), ours.get(key), others.get(key)
            if all(isinstance(one, dict) for one in (b, m, t)):
                item: Plain = self._part(
                    path, name, *(cast("dict[str, Any]", it) for it in (b, m, t))
                )
            else:
                item = self._whole(path, b, m, t)
            if item is not None:
                result.append(item)
        return result

    def _part(
        self,
        path: str,
        name: str,
        base: dict[str, Any],
        mine: dict[str, Any],
        theirs: dict[str, Any],
    ) -> Plain:
        """A part that all have, field by field."""
        return {
            key: theirs.get("id")
            if key == "id"
            else self.value(
                f"{path}/{key}", f"{name}/{key}", base.get(key), mine.get(key), theirs.get(key)
            )
            for key in dict.fromkeys((*theirs, *base, *mine))
        }

    def _whole(self, path: str, base: Plain, mine: Plain, theirs: Plain) -> Plain:
        """A part that somebody added or removed."""
        mine_moved, theirs_moved = not _alike(base, mine), not _alike(base, theirs)
        if mine_moved and not theirs_moved:
            self.mine.append(path)
            return mine
        if theirs_moved and not mine_moved:
            self.theirs.append(path)
        elif theirs_moved and _alike(mine, theirs):
            self.equal.append(path)
        elif theirs_moved:
            self.clashes.append(Clash(path, base, mine, theirs))
        return theirs


def _keyed(items: Sequence[Any]) -> dict[str, Any]:
    """Items by what they are recognised by: `#9` its id, a word itself, `+` and what it holds."""
    seen: Counter[str] = Counter()
    found = {}
    for item in items:
        if isinstance(item, dict):
            key = f"#{item['id']}" if item.get("id") else f"+{_content(item)}"
        else:
            key = str(item)
        seen[key] += 1
        found[key if seen[key] == 1 else f"{key} ({seen[key]})"] = item
    return found


def _paired(
    before: Mapping[str, Any], side: Mapping[str, Any], other: Mapping[str, Any]
) -> dict[str, Any]:
    """One side, where what it added without an id is what the other side has added with one."""
    free = {
        _content(item): key
        for key, item in reversed(list(other.items()))
        if key.startswith("#") and key not in before and key not in side and isinstance(item, dict)
    }
    found = {}
    for key, item in side.items():
        if isinstance(item, dict) and key.startswith("+") and key not in before:
            found[free.pop(_content(item), key)] = item
        else:
            found[key] = item
    return found


def _content(item: Mapping[str, Any]) -> str:
    filled = {key: value for key, value in item.items() if key != "id" and not same(value, None)}
    return json.dumps(filled, sort_keys=True, ensure_ascii=False)


def _alike(one: Plain, other: Plain) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return _content(one) == _content(other)
    return one == other


def inverse(change: Change) -> Change:
    """What takes a change back, to be sent with the same conflict check.

    Of a create the id has to be known by now. A deleted record is made anew and gets a new id.
    """
    if change.verb is Verb.UPDATE:
        return replace(
            change,
            values={name: change.base.get(name) for name in change.values},
            base={**change.base, **change.values},
            version="",
        )
    if change.verb is Verb.CREATE:
        return replace(change, verb=Verb.DELETE, values={}, base=change.values, version="")
    return replace(
        change,
        verb=Verb.CREATE,
        ref=Ref(change.ref.resource, ""),
        values={name: value for name, value in change.base.items() if not same(value, None)},
        base={},
        version="",
    )
