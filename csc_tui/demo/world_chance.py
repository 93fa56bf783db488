"""Small draws from a random source that the whole world shares."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

Thing = TypeVar("Thing")


def source(seed: int, purpose: str) -> Random:
    """A random source of its own for `purpose`, so that one draw more here shifts nothing there."""
    return Random(f"{seed}/{purpose}")  # noqa: S311 - invents people, keeps no secret


def listed(text: str, between: str | None = None) -> tuple[str, ...]:
    """A list that is written as one text, its items separated by blanks or by `between`."""
    return tuple(text.split(between))


def pick(rng: Random, things: Sequence[Thing]) -> Thing:
    """One of `things` (not empty), each as likely as the other; faster than `Random.choice`."""
    return things[int(rng.random() * len(things))]


def pick_early(rng: Random, things: Sequence[Thing], bend: float = 1.7) -> Thing:
    """One of `things`, the earlier the likelier; `bend` above 1 says how much."""
    return things[int(rng.random() ** bend * len(things))]


class Shares:
    """A fixed choice with shares, drawn with one random number."""

    def __init__(self, shares: Sequence[tuple[str, float]]) -> None:
        total = sum(share for _, share in shares)
        self._wheel: list[str] = []
        for name, share in shares:
            self._wheel.extend([name] * max(1, round(1000 * share / total)))

    def draw(self, rng: Random) -> str:
        """One of the names, as often as its share says (to a thousandth)."""
        return pick(rng, self._wheel)
