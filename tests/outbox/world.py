"""What ought to be, as the stateful test keeps it in mind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from csc_tui.domain.ref import Ref


@dataclass
class Save:
    """One field that was saved here."""

    record: int
    name: str
    value: str
    seen: str | None
    """What the screen showed before."""
    number: int


@dataclass
class Deletion:
    """A person who was deleted here, and perhaps taken back."""

    ref: Ref
    back: bool = False
    """Whether it was taken back: before it had gone, or by having it back or making it anew."""
    unsure: bool = False
    """Whether it was taken back when nobody could know whether it had gone."""


@dataclass
class World:
    """What ought to be."""

    saves: dict[str, Save] = field(default_factory=dict)
    """Value -> the save."""
    theirs: dict[tuple[int, str], list[str]] = field(default_factory=dict)
    """Record and field -> what the colleague wrote, in order."""
    chosen: dict[str, set[str]] = field(default_factory=dict)
    """Value -> what it was knowingly put in place of."""
    folded: set[str] = field(default_factory=set)
    given_up: set[str] = field(default_factory=set)
    raced: set[str] = field(default_factory=set)
    """What the colleague wrote between a reading and the PUT that followed."""
    tags: dict[str, int] = field(default_factory=dict)
    """Tag or, below, phone number -> the record that was given it."""
    numbers: dict[str, int] = field(default_factory=dict)
    their_numbers: dict[str, int] = field(default_factory=dict)
    """Phone numbers that the colleague added."""
    people: dict[str, int] = field(default_factory=dict)
    """Name -> how many were made."""
    deleted: dict[str, Deletion] = field(default_factory=dict)
    """Name -> what became of the person."""
    drafts: dict[str, str] = field(default_factory=dict)
    writes: Counter[str] = field(default_factory=Counter)
    """Value -> how often the server has carried out a change to it."""
