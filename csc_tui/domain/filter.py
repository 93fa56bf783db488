"""Filters: conditions that combine with `&`, match a record, and say themselves in words.

A filter is complete by itself: whatever a server has already left out, matching a record here
gives the same answer. `crm.adapter` makes of it what a server can be asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from csc_tui.domain.due import span
from csc_tui.domain.folding import coarse, fold, spelled, words_in
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.domain.record import Record
    from csc_tui.domain.subject import Subject


class Term(Protocol):
    """One condition."""

    def holds(self, record: Record) -> bool:
        """Whether a record keeps to it."""

    def words(self) -> str:
        """The condition as a sentence's end: `tagged messe`, `changed after 01 Oct 2026`."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Conditions all of which have to hold; none: every record matches."""

    terms: tuple[Term, ...] = ()

    def __and__(self, other: Filter) -> Filter:
        known = (one for one in other.terms if one not in self.terms)
        return Filter((*self.terms, *known))

    def __bool__(self) -> bool:
        return bool(self.terms)

    def matches(self, record: Record) -> bool:
        """Whether a record keeps to all of it."""
        return all(term.holds(record) for term in self.terms)

    def words(self) -> str:
        """All of it in words; empty for none."""
        return ", ".join(term.words() for term in self.terms)


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    term: Term

    def holds(self, record: Record) -> bool:
        """Whether it does not hold."""
        return not self.term.holds(record)

    def words(self) -> str:
        """`not tagged kunde`."""
        return say("filter.not", term=self.term.words())


@dataclass(frozen=True, slots=True)
class Tagged:
    """Has a tag of this name, however it is spelt."""

    name: str
    subject: Subject

    def holds(self, record: Record) -> bool:
        """Whether one of the tags is it."""
        wanted = fold(self.name)
        return any(fold(one) == wanted for one in self.subject.texts(record))

    def words(self) -> str:
        """`tagged messe`."""
        return say("filter.tagged", name=self.name)


@dataclass(frozen=True, slots=True)
class OneOf:
    """A field with options has one of these values: a responsible user, a language."""

    subject: Subject
    options: tuple[str, ...]
    said: str
    """The options as a person reads them."""

    def holds(self, record: Record) -> bool:
        """Whether the value is among them."""
        return any(_id(one) in self.options for one in self.subject.values(record))

    def words(self) -> str:
        """`Responsible: Petra Lang`."""
        return say("filter.is", label=self.subject.label, said=self.said)


def _id(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("id")
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


@dataclass(frozen=True, slots=True)
class Has:
    """There is any value at all."""

    subject: Subject

    def holds(self, record: Record) -> bool:
        """Whether there is one."""
        return bool(self.subject.values(record))

    def words(self) -> str:
        """`with Phone`."""
        return say("filter.has", label=self.subject.label)


@dataclass(frozen=True, slots=True)
class Lacks:
    """There is no value."""

    subject: Subject

    def holds(self, record: Record) -> bool:
        """Whether there is none."""
        return not self.subject.values(record)

    def words(self) -> str:
        """`without Phone`."""
        return say("filter.lacks", label=self.subject.label)


@dataclass(frozen=True, slots=True)
class Holds:
    """A value has words that begin so: `city:köln`."""

    subject: Subject
    text: str

    def holds(self, record: Record) -> bool:
        """Whether every word typed begins one of a value's words."""
        return any(begins(self.text, one) for one in self.subject.texts(record))

    def words(self) -> str:
        """`City: köln`."""
        return say("filter.holds", label=self.subject.label, text=self.text)


@dataclass(frozen=True, slots=True)
class Equals:
    """A value is this text, case and accents aside: `city=köln`."""

    subject: Subject
    text: str

    def holds(self, record: Record) -> bool:
        """Whether one of the values is it."""
        wanted = fold(self.text)
        return any(fold(one) == wanted for one in self.subject.texts(record))

    def words(self) -> str:
        """`City = köln`."""
        return say("filter.equals", label=self.subject.label, text=self.text)


@dataclass(frozen=True, slots=True)
class Dials:
    """A phone number has these digits in a row; trunk and international prefix do not count."""

    subject: Subject
    text: str

    def holds(self, record: Record) -> bool:
        """Whether one of the numbers has them."""
        return any(_dials(self.text, one) for one in self.subject.texts(record))

    def words(self) -> str:
        """`Phone: 0221`."""
        return say("filter.holds", label=self.subject.label, text=self.text)


_ABROAD = re.compile(r"[\s(]*(?:\+|00)")
_AT_HOME = re.compile(r"[\s(]*0[1-9]")
_COUNTRY = 2
"""Digits of most countries' codes, those of Germany and its neighbours among them."""


def _dials(typed: str, stored: str) -> bool:
    """Whether a number has the digits; `+49 221` finds also what is written as `0221`."""
    wanted, there = digits(typed), digits(stored)
    if wanted in there:
        return True
    national = wanted[_COUNTRY:] if _ABROAD.match(typed) and _AT_HOME.match(stored) else ""
    return bool(national) and there.startswith(national)


def digits(phone: str) -> str:
    """What is compared of a phone number: its digits, from the first that is no zero."""
    return re.sub(r"\D", "", phone).lstrip("0")


@dataclass(frozen=True, slots=True)
class Between:
    """A time or a day from one moment on and before another, either of them open."""

    subject: Subject
    said: str
    """The condition as typed, in words: `after 01 Oct 2026`."""
    since: datetime | None = None
    """Aware; it is included."""
    until: datetime | None = None
    """Aware; it is left out."""
    zone: tzinfo = UTC
    """Whose days count, where a value is a day: all of it has to lie there."""

    def holds(self, record: Record) -> bool:
        """Whether a moment lies there; a record without one never matches."""
        return any(self._contains(str(one)) for one in self.subject.values(record))

    def _contains(self, value: str) -> bool:
        try:
            first, end = span(value, self.zone)
        except ValueError:
            return False
        if self.since is not None and first < self.since:
            return False
        return self.until is None or (end < self.until if first == end else end <= self.until)

    def words(self) -> str:
        """`Changed after 01 Oct 2026`."""
        return say("filter.when", label=self.subject.label, said=self.said)


@dataclass(frozen=True, slots=True)
class Days:
    """A date without a clock from one day on and before another: a birthday, a custom field."""

    subject: Subject
    said: str
    since: str = ""
    """`2026-10-01`; it is included. Empty: open."""
    until: str = ""
    """It is left out."""

    def holds(self, record: Record) -> bool:
        """Whether a date lies there."""
        return any(
            (not self.since or str(one) >= self.since) and (not self.until or str(one) < self.until)
            for one in self.subject.values(record)
        )

    def words(self) -> str:
        """`Date before 01 Oct 1980`."""
        return say("filter.when", label=self.subject.label, said=self.said)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number compared with another."""

    subject: Subject
    sign: str
    """`=`, `<`, `<=`, `>` or `>=`."""
    number: str

    def holds(self, record: Record) -> bool:
        """Whether one of the values compares so."""
        return any(self._compares(one) for one in self.subject.values(record))

    def _compares(self, value: object) -> bool:
        try:
            left, right = Decimal(str(value)), Decimal(self.number)
        except ArithmeticError:
            return False
        less, same = left < right, left == right
        return (same and "=" in self.sign) or (
            less if "<" in self.sign else ">" in self.sign and not less and not same
        )

    def words(self) -> str:
        """`Turnover >= 50000`."""
        return say("filter.amount", label=self.subject.label, sign=self.sign, number=self.number)


@dataclass(frozen=True, slots=True)
class Text:
    """Found by a text as the search finds it: names, e-mails, companies, cities, phones."""

    text: str

    @property
    def blank(self) -> bool:
        """Whether it has no word to look for: `(((`; such a text would find everybody."""
        return not _words(self.text)

    def holds(self, record: Record) -> bool:
        """Whether every word begins a word that the record is found by, or is in a number."""
        found = record.found_by()
        known = _words(" ".join((found.names, *found.words)))
        numbers = [digits(one) for one in found.phones]
        for word in _words(self.text):
            if not any(one.startswith(word) for one in known):
                number = digits(word) if word.isdigit() else ""
                if not number or not any(number in one for one in numbers):
                    return False
        return True

    def words(self) -> str:
        """`“free text”`."""
        return say("filter.text", text=self.text)


def begins(typed: str, value: str) -> bool:
    """Whether every word typed begins a word of the value, in whatever way either is spelt."""
    words = _words(value)
    typed_words = _words(typed)
    if not typed_words:
        return fold(typed) in fold(value)
    return all(any(one.startswith(word) for one in words) for word in typed_words)


def _words(text: str) -> list[str]:
    return [coarse(one) for stretch in words_in(spelled(text)) for one in stretch]


def of(terms: Iterable[Term]) -> Filter:
    """A filter of conditions, each of them once."""
    return Filter(tuple(dict.fromkeys(terms)))
