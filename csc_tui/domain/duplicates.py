"""Records that may be one and the same: pairs, each with the reasons for it.

A reason alone says little (colleagues share a switchboard, cousins a name), so reasons are weighed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import combinations, count
from typing import Any

from csc_tui.domain.folding import coarse, spelled, words_in

CROWD = 4
"""So many records with one number share a switchboard, and the number says nothing."""
CLOSE = 0.85
"""How alike two spellings of one name are at least; 1: the same."""
ENOUGH = 4
"""What reasons have to weigh together."""
STEPS = 250
"""Records that are sorted in or compared before others have their turn: some milliseconds."""


_Key = tuple[str, Hashable]
"""A kind of thing that records share, and the thing."""


class Reason(StrEnum):
    """What two records have in common."""

    NAME = "name"
    """However it is spelt."""
    CLOSE = "close"
    """A letter or two apart."""
    EMAIL = "email"
    PHONE = "phone"
    COMPANY = "company"
    CITY = "city"


_WEIGHTS = {
    Reason.NAME: 3,
    Reason.CLOSE: 2,
    Reason.EMAIL: 3,
    Reason.PHONE: 2,
    Reason.COMPANY: 1,
    Reason.CITY: 1,
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is compared of a record."""

    id: str
    name: str
    """As lists show it."""
    words: tuple[str, ...]
    """The words of the name in the form that all ways of spelling share, in order."""
    phones: tuple[str, ...]
    """National digits, each once."""
    emails: tuple[str, ...]
    """Each once."""
    company: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one."""

    one: Known
    other: Known
    reasons: tuple[Reason, ...]

    @property
    def ids(self) -> frozenset[str]:
        """The ids of both."""
        return frozenset((self.one.id, self.other.id))

    @property
    def weight(self) -> int:
        """How much speaks for it."""
        return _weight(self.reasons)


def name_words(text: str) -> tuple[str, ...]:
    """The words of a name as they are compared."""
    return tuple(sorted(coarse(one) for stretch in words_in(spelled(text)) for one in stretch))


def pairs(records: Iterable[Known], stopped: Callable[[], bool] = lambda: False) -> list[Pair]:
    """The pairs for which enough speaks, the surest first; only what shares a key is compared.

    `stopped` is asked after every `STEPS` records that are sorted in or compared: so often others
    have their turn. Once it is so, what was found until then.
    """
    steps = count(1)

    def goes_on() -> bool:
        return next(steps) % STEPS != 0 or not stopped()

    together = _together(records, goes_on)
    crowded = {key for key, crowd in together.items() if len(crowd) >= CROWD and key[0] == "phone"}
    found: dict[tuple[str, str], Pair] = {}
    for one, other in _compared(together, crowded):
        if not goes_on():
            break
        ids = (one.id, other.id)
        if one.id != other.id and ids not in found:
            pair = Pair(one, other, _reasons(one, other, crowded))
            if pair.weight >= ENOUGH:
                found[ids] = pair
    _give_up(together, goes_on)
    return sorted(found.values(), key=lambda it: (-it.weight, it.one.name, it.one.id, it.other.id))


def _together(records: Iterable[Known], goes_on: Callable[[], bool]) -> dict[_Key, list[Known]]:
    """What is shared by several records, with those that share it."""
    first: dict[_Key, Known] = {}
    several: dict[_Key, list[Known]] = {}
    for record in records:
        if not goes_on():
            break
        for key in _keys(record):
            # A list for each key of each record would keep the garbage collector busy for seconds.
            if (known := first.setdefault(key, record)) is not record:
                several.setdefault(key, [known]).append(record)
    _give_up(first, goes_on)
    return several


def _give_up(known: dict[_Key, Any], goes_on: Callable[[], bool]) -> None:
    """Let go of it bit by bit: a hundred thousand at once would hold up everybody."""
    while known:
        goes_on()
        known.popitem()


def _compared(
    together: Mapping[_Key, Sequence[Known]], crowded: set[_Key]
) -> Iterator[tuple[Known, Known]]:
    """Each two that share more than a switchboard, as often as they share something."""
    for key, group in together.items():
        if key not in crowded:
            yield from combinations(group, 2)


def _keys(record: Known) -> Iterator[_Key]:
    """What records have to share to be compared at all."""
    yield from (("phone", one) for one in record.phones)
    yield from (("email", one) for one in record.emails)
    if record.words:
        yield "name", record.words
        # Where nothing else is shared, two spellings of a name need both a company and a city, and
        # begin alike. By either alone thousands would be compared for nothing.
        if record.company and record.city:
            heads = tuple(one[:1] for one in record.words)
            yield "place", (heads, record.company, record.city)


def _reasons(one: Known, other: Known, crowded: set[_Key]) -> tuple[Reason, ...]:
    """What speaks for a pair; spellings, which take long, are compared only where it matters."""
    rest = tuple(_beside_name(one, other, crowded))
    if one.words and one.words == other.words:
        return (Reason.NAME, *rest)
    if _weight(rest) + _WEIGHTS[Reason.CLOSE] >= ENOUGH and _alike(one.words, other.words):
        return (Reason.CLOSE, *rest)
    return rest


def _weight(reasons: Iterable[Reason]) -> int:
    return sum(_WEIGHTS[reason] for reason in reasons)


def _beside_name(one: Known, other: Known, crowded: set[_Key]) -> Iterator[Reason]:
    if any(it in other.emails for it in one.emails):
        yield Reason.EMAIL
    if any(it in other.phones and ("phone", it) not in crowded for it in one.phones):
        yield Reason.PHONE
    if one.company and one.company == other.company:
        yield Reason.COMPANY
    if one.city and one.city == other.city:
        yield Reason.CITY


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names are spellings of one."""
    if not one or not other:
        return False
    return SequenceMatcher(None, " ".join(one), " ".join(other)).ratio() >= CLOSE
