"""Telephone numbers that belong to nobody, in the notations that people type.

Every number comes from a range that a regulator keeps free for film and print: Bundesnetzagentur
(notice 148/2021), Ofcom, ARCEP, PTS, ACMA and the North American 555-01xx.
"""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import NamedTuple

from csc_tui.demo.world_chance import listed, pick


class Number(NamedTuple):
    """One telephone number in its parts, digits only."""

    country: str
    """Country calling code, as `49`."""
    area: str
    """Area or mobile code without the trunk nought."""
    head: str
    """What all numbers of the range begin with after the area code."""
    tail: str
    """What tells the numbers of a range apart; may be empty for a single reserved number."""

    @property
    def clean(self) -> str:
        """The number as `+492214710123`."""
        return f"+{self.country}{self.area}{self.head}{self.tail}"


class Range(NamedTuple):
    """A reserved block: `10 ** width` numbers."""

    country: str
    area: str
    head: str
    width: int
    first: int = 0
    last: int | None = None
    """Where only a part of the block is reserved: its first and last tail."""

    def numbers(self) -> list[Number]:
        """Every number of the block (at most a thousand, evenly spread, of a larger one)."""
        if self.width == 0:
            return [Number(self.country, self.area, self.head, "")]
        last = 10**self.width - 1 if self.last is None else self.last
        step = max(1, (last + 1 - self.first) // 1000)
        return [
            Number(self.country, self.area, self.head, f"{tail:0{self.width}d}")
            for tail in range(self.first, last + 1, step)
        ]


def _us(area: str) -> tuple[Range, ...]:
    return (Range("1", area, "5550", 3, 100, 199),)


_DE_SINGLES = listed(
    "15228817386 15228895456 15254599371 1729925904 1729968532 1729973185 1729973186 1729980752 "
    "1749091317 1749464308"
)

RANGES: dict[str, tuple[Range, ...]] = {
    "K": (Range("49", "221", "4710", 3),),
    "B": (Range("49", "30", "23125", 3),),
    "H": (Range("49", "40", "66969", 3),),
    "F": (Range("49", "69", "90009", 3),),
    "M": (Range("49", "89", "99998", 3),),
    "DE mobile": (
        Range("49", "171", "39200", 2),
        Range("49", "176", "040690", 2),
        *(Range("49", single[:3], single[3:], 0) for single in _DE_SINGLES),
    ),
    "London": (Range("44", "20", "79460", 3),),
    "Leeds": (Range("44", "113", "4960", 3),),
    "Birmingham": (Range("44", "121", "4960", 3),),
    "Bristol": (Range("44", "117", "4960", 3),),
    "Edinburgh": (Range("44", "131", "4960", 3),),
    "Glasgow": (Range("44", "141", "4960", 3),),
    "Manchester": (Range("44", "161", "4960", 3),),
    "GB": (Range("44", "1632", "960", 3),),
    "GB mobile": (Range("44", "7700", "900", 3),),
    "FR1": (Range("33", "1", "9900", 4),),
    "FR2": (Range("33", "2", "6191", 4),),
    "FR3": (Range("33", "3", "5301", 4),),
    "FR4": (Range("33", "4", "6571", 4),),
    "FR5": (Range("33", "5", "3649", 4),),
    "FR mobile": (Range("33", "6", "3998", 4),),
    "Stockholm": (Range("46", "8", "465004", 2),),
    "Göteborg": (Range("46", "31", "39006", 2),),
    "Malmö": (Range("46", "40", "62804", 2),),
    "AU2": (Range("61", "2", "5550", 4),),
    "AU3": (Range("61", "3", "5550", 4),),
    "AU8": (Range("61", "8", "5550", 4),),
    **{f"US{area}": _us(area) for area in listed("206 212 303 312 412 414 503 512 513 617")},
}
"""Region (as towns name it) -> the ranges that its numbers come from."""


def notations(number: Number) -> tuple[str, ...]:
    """How people write `number`; the first is the international form with blanks."""
    country, area, head, tail = number
    local = head + tail
    if country == "1":
        last = local[3:]
        return (
            f"+1 {area} 555 {last}",
            f"+1 ({area}) 555-{last}",
            f"001 {area} 555-{last}",
            f"+1-{area}-555-{last}",
        )
    if country == "33":
        pairs = [local[at : at + 2] for at in range(0, 8, 2)]
        return (
            f"+33 {area} {' '.join(pairs)}",
            f"+33 (0){area} {' '.join(pairs)}",
            f"0033 {area}.{'.'.join(pairs)}",
            f"+33{area}{local}",
        )
    spaced = _spaced(number)
    forms = [
        f"+{country} {area} {spaced}",
        f"+{country} (0){area} {spaced}",
        f"00{country} {area} {local}",
        f"+{country}{area}{local}",
    ]
    if country == "49":
        forms += [
            f"0{area}/{spaced.replace(' ', '-')}",
            f"0{area} / {spaced}",
            f"(0{area}) {spaced}",
            f"0{area} {local}",
        ]
    return tuple(forms)


def _spaced(number: Number) -> str:
    """The part behind the area code with the blanks that are usual in its country."""
    if number.country == "49":
        return (
            f"{number.head} {number.tail}" if number.area[0] != "1" else number.head + number.tail
        )
    if number.country == "46":
        return f"{number.head[:3]} {number.head[3:]} {number.tail}"
    local = number.head + number.tail
    if len(local) == 8:
        return f"{local[:4]} {local[4:]}"
    return f"{local[:3]} {local[3:]}" if len(local) > 5 else local


def write(rng: Random, number: Number) -> str:
    """`number` as somebody typed it: two thirds of the time in the usual form."""
    forms = notations(number)
    return forms[0] if rng.random() < 0.66 else pick(rng, forms)


class Exchange:
    """Hands out reserved numbers by region, none twice before all of the region were used."""

    def __init__(self, rng: Random, taken: Iterable[str]) -> None:
        """`taken`: clean numbers (`+49…`) that are never handed out."""
        self._rng = rng
        self._taken = frozenset(taken)
        self._decks: dict[str, list[Number]] = {}

    def draw(self, region: str) -> Number:
        """The next number of `region`, a key of `RANGES`."""
        deck = self._decks.get(region)
        if not deck:
            deck = [
                number
                for block in RANGES[region]
                for number in block.numbers()
                if number.clean not in self._taken
            ]
            self._rng.shuffle(deck)
            self._decks[region] = deck
        return deck.pop()
