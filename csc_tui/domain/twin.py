"""Whether a record at the server is the one that a lost answer was about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from csc_tui.domain.field import Field, Kind, Plain
from csc_tui.domain.merge import agrees, same
from csc_tui.domain.record import Node, Part, Record
from csc_tui.domain.resource import PartKind, Resource

EARLIER = 5.0
"""Seconds that a record may seem older than the sending: clocks are told in whole seconds."""


class Found(StrEnum):
    """What a search for the twin has come to."""

    ONE = "one"
    """Clear: it is there."""
    NONE = "none"
    """Nothing that resembles it."""
    UNSURE = "unsure"
    """Several, or one that is not quite it: a person has to look."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of a search."""

    found: Found
    ids: tuple[str, ...] = ()
    """Of ONE its id; of UNSURE all that it may be."""


def judge(exact: Sequence[str], resembling: Sequence[str]) -> Verdict:
    """From the ids of those that hold all that was sent, and of those that resemble it."""
    if len(exact) == 1:
        return Verdict(Found.ONE, tuple(exact))
    if exact or resembling:
        return Verdict(Found.UNSURE, tuple(dict.fromkeys((*exact, *resembling))))
    return Verdict(Found.NONE)


def holds_record(resource: Resource, record: Record, values: Mapping[str, Plain]) -> bool:
    """Whether a record has all that was sent, with the parts that were sent along."""
    kinds = {one.name: one for one in resource.parts}
    return all(
        _holds_parts(kinds[name], getattr(record, name, ()), value)
        if name in kinds
        else _agrees(resource.fields, name, value, record.value(name))
        for name, value in values.items()
    )


def holds_part(kind: PartKind, part: Node, values: Mapping[str, Plain]) -> bool:
    """Whether a part has all that was sent."""
    return all(_agrees(kind.fields, name, it, part.value(name)) for name, it in values.items())


def resembles(fields: Iterable[Field], node: Node, values: Mapping[str, Plain]) -> bool:
    """Whether it may be what was sent after all, changed by the server or by somebody else.

    What has to be filled in is the same; where nothing has to be, anything that was typed.
    """
    sent = [
        one
        for one in fields
        if one.kind not in (Kind.CHOICE, Kind.LINK) and not same(values.get(one.name), None)
    ]
    required = [one for one in sent if one.required]
    alike = (agrees(values[it.name], node.value(it.name), it.kind) for it in required or sent)
    return all(alike) if required else any(alike)


def _holds_parts(kind: PartKind, parts: Iterable[Part], sent: Plain) -> bool:
    """Whether each part that was sent is there, every one of them a different one."""
    left = list(parts)
    for item in sent if isinstance(sent, list) else ():
        values = item if isinstance(item, dict) else {kind.fields[0].name: item}
        match = next((one for one in left if holds_part(kind, one, values)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _agrees(fields: Iterable[Field], name: str, sent: Plain, there: Plain) -> bool:
    kind = next((one.kind for one in fields if one.name == name), None)
    return agrees(sent, there, kind)
