"""Records that may be one and the same: pairs, each with the reasons for it.

A reason alone says little (colleagues share a switchboard, cousins a name), so reasons are weighed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import combinations

from csc_tui.domain.folding import coarse, spelled, words_in

CROWD = 4
"""So many records with one number share a switchboard, and the number says nothing."""
CLOSE = 0.85
"""How alike two spellings of one name are at least; 1: the same."""
ENOUGH = 4
"""What reasons have to weigh together."""


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
    phones: frozenset[str]
    """National digits."""
    emails: frozenset[str]
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

    Once it is `stopped` what was found until then.
    """
    together: dict[_Key, list[Known]] = defaultdict(list)
    for record in records:
        for key in _keys(record):
            together[key].append(record)
    found: dict[tuple[str, str], Pair] = {}
    crowded = {key for key, crowd in together.items() if len(crowd) >= CROWD and key[0] == "phone"}
    for key, group in together.items():
        if key in crowded:
            continue
        if stopped():
            break
        for one, other in combinations(group, 2):
            ids = (one.id, other.id)
            if one.id != other.id and ids not in found:
                pair = Pair(one, other, _reasons(one, other, crowded))
                if pair.weight >= ENOUGH:
                    found[ids] = pair
    return sorted(found.values(), key=lambda it: (-it.weight, it.one.name, it.one.id, it.other.id))


def _keys(record: Known) -> Iterator[_Key]:
    """What records have to share to be compared at all."""
    yield from (("phone", one) for one in record.phones)
    yield from (("email", one) for one in record.emails)
    if record.words:
        yield "name", record.words
        # Two spellings of a name share where and at whom, and how its words begin.
        heads = tuple(one[:1] for one in record.words)
        for place in (record.company, record.city):
            if place:
                yield "place", (heads, place)


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
    if one.emails & other.emails:
        yield Reason.EMAIL
    if any(("phone", number) not in crowded for number in one.phones & other.phones):
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
