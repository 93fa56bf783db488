"""What the terms of a filter mean for a resource: from text to conditions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from csc_tui.domain import filter as terms
from csc_tui.domain.dates import day, local
from csc_tui.domain.due import midnight
from csc_tui.domain.field import Choice, Kind
from csc_tui.domain.filter_text import FilterError, Token, scan, suggestion
from csc_tui.domain.folding import fold
from csc_tui.domain.lookup import choices_of
from csc_tui.domain.numbers import readings
from csc_tui.domain.subject import Subject, bare, part_named, subject_names, subject_of
from csc_tui.domain.typed import BadValue, check
from csc_tui.domain.typed_when import typed_day
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.domain.field import Field
    from csc_tui.domain.lookup import Lookups
    from csc_tui.domain.resource import Resource

USERS = "users"
"""The lookup that `owner:` is read by."""
FIELDS = "fields"
"""The lookup of custom fields: asked for where a name is none of those that are declared."""
ME = "me"
"""As a value: the user whose key it is. Asked for as if it were a lookup."""

NOW = "now"
"""As a value of a time: what is past, or still to come."""
WEEK = "week"
"""As a day: the one from this week's Monday to its Sunday."""

_ORDERED = ("<", ">", "<=", ">=")


@dataclass(frozen=True)
class Reader:
    """Reads filters for one resource."""

    resource: Resource
    zone: tzinfo
    """Whose days count."""
    now: datetime
    """Aware; its day in the zone is today."""
    lookups: Lookups = field(default_factory=dict)
    me: str = ""
    """Id of the user whose key it is; empty where that is not known."""

    @property
    def today(self) -> date:
        """The day that it is in the zone."""
        return local(self.now, self.zone).date()

    def wants(self, tokens: Sequence[Token]) -> set[str]:
        """What has to be known to read these: lookups, and `me`."""
        wanted = set()
        for token in tokens:
            subject = self._subject(token.name) if token.name else None
            if token.name and subject is None:
                wanted.add(FIELDS)
            if subject is not None and subject.field is not None and subject.field.lookup:
                wanted.add(subject.field.lookup)
                if self._means(token, ME):
                    wanted.add(ME)
            if subject is not None and self._is_tag(subject):
                wanted.add("tags")
        return wanted

    def read(self, text: str) -> terms.Filter:
        """The filter that a text means. Raises FilterError."""
        tokens = list(scan(text))
        words = [token for token in tokens if not token.name]
        bare_signs = [token for token in words if terms.Text(token.value).blank]
        for token in bare_signs:  # but the `&` of `Brandt & Partner` is one among words
            if token.negated or len(bare_signs) == len(words):
                raise self._bad(token, "no-word")
        return terms.of(self._term(token) for token in tokens if token not in bare_signs)

    def _term(self, token: Token) -> terms.Term:
        term = self._meaning(token) if token.name else terms.Text(token.value)
        return terms.Not(term) if token.negated else term

    def _meaning(self, token: Token) -> terms.Term:
        subject = self._subject(token.name)
        if subject is None:
            close = suggestion(bare(token.name), [bare(one) for one in self._names()])
            code = "unknown-close" if close else "unknown"
            raise self._bad(token, code, name=token.name, many=self.resource.many, close=close)
        if self._means(token, "none", "any"):
            absent = token.value.lower() == "none"
            return terms.Lacks(subject) if absent else terms.Has(subject)
        if token.sign in _ORDERED and subject.kind not in _WAYS:
            raise self._bad(token, "no-order", label=subject.label, sign=token.sign)
        if self._is_tag(subject):
            return terms.Tagged(token.value, subject)
        way = _WAYS.get(subject.kind) or _UNORDERED.get(subject.kind)
        if way is not None:
            return way(self, subject, token)
        if subject.field is not None and self._is_option(subject.field):
            return self._option(subject, subject.field, token)
        exact = token.sign == "=" or subject.name == "id"
        return (terms.Equals if exact else terms.Holds)(subject, token.value)

    # --- by kind

    def _when(self, subject: Subject, token: Token) -> terms.Term:
        """A time, asked for by day, or by whether it is past."""
        if self._means(replace(token, sign=":"), NOW):
            past = token.sign in ("<", "<=")
            if not past and token.sign not in (">", ">="):
                raise self._bad(token, "now", label=subject.label)
            said = say("filter.past" if past else "filter.to-come")
            since, until = (None, self.now) if past else (self.now, None)
            return terms.Between(subject, said, since, until, self.zone)
        first, following, said = self._days(token, past=subject.kind is Kind.TIME)
        return terms.Between(
            subject, said, self._midnight(first), self._midnight(following), self.zone
        )

    def _date(self, subject: Subject, token: Token) -> terms.Term:
        since, until, said = self._days(token)
        iso = [one.isoformat() if one else "" for one in (since, until)]
        return terms.Days(subject, said, *iso)

    def _number(self, subject: Subject, token: Token) -> terms.Term:
        found = readings(token.value)
        if len(found) != 1:
            raise self._bad(token, "number", label=subject.label)
        sign = "=" if token.sign == ":" else token.sign
        return terms.Amount(subject, sign, found[0])

    def _phone(self, subject: Subject, token: Token) -> terms.Term:
        if not terms.digits(token.value):
            raise self._bad(token, "phone", label=subject.label)
        return terms.Dials(subject, token.value)

    def _flag(self, subject: Subject, token: Token) -> terms.Term:
        assert subject.field is not None
        try:
            value = check(subject.field, token.value)
        except BadValue as error:
            raise self._bad(token, "value", label=subject.label, why=error.words()) from None
        return terms.OneOf(subject, ("true" if value else "false",), token.value)

    def _option(self, subject: Subject, made: Field, token: Token) -> terms.Term:
        """One of the options, or those of a lookup whose words begin so."""
        if self._means(token, ME) and made.lookup == USERS:
            if not self.me:
                raise self._bad(token, "me")
            return terms.OneOf(subject, (self.me,), say("filter.me"))
        options = choices_of(made, self.lookups)
        found = _meant(options, token.value)
        if not found:
            known = ", ".join(one.words for one in options[:8])
            raise self._bad(token, "option", label=subject.label, known=known)
        said = ", ".join(dict.fromkeys(one.words for one in found))
        return terms.OneOf(subject, tuple(one.value for one in found), said)

    # --- small steps

    def _subject(self, name: str) -> Subject | None:
        return subject_of(self.resource, name, self.lookups)

    def _names(self) -> list[str]:
        return [*subject_names(self.resource), "owner"]

    def _is_tag(self, subject: Subject) -> bool:
        part = part_named(self.resource, "tag")
        return part is not None and bare(subject.name) in (bare(part.name), bare(part.one))

    @staticmethod
    def _is_option(made: Field) -> bool:
        return made.kind is Kind.CHOICE and not made.free

    @staticmethod
    def _means(token: Token, *words: str) -> bool:
        """Whether a value is one of the words that mean something."""
        return not token.quoted and token.sign in (":", "=") and token.value.lower() in words

    def _days(self, token: Token, *, past: bool = False) -> tuple[date | None, date | None, str]:
        """First day, the day after the last, and the condition in words; `past` as below."""
        asked = self._day(token, past=past)
        following = asked + timedelta(days=1) if asked < date.max else asked
        said = say(_WHEN[token.sign], day=day(asked))
        if self._means(replace(token, sign=":"), WEEK):
            following = asked + timedelta(days=7)
            said = say(_WHEN_WEEK[token.sign])
        return {
            "<": (None, asked, said),
            "<=": (None, following, said),
            ">": (following, None, said),
            ">=": (asked, None, said),
        }.get(token.sign, (asked, following, said))

    def _day(self, token: Token, *, past: bool) -> date:
        """The day that is meant; `past`: of what has happened, so `fri` was the last one."""
        today = self.today
        named = {
            "today": today,
            "yesterday": today - timedelta(days=1),
            "tomorrow": today + timedelta(days=1),
            WEEK: today - timedelta(days=today.weekday()),
        }
        if not token.quoted and token.value.lower() in named:
            return named[token.value.lower()]
        try:
            return typed_day(token.value, self.now, self.zone, past=past)
        except BadValue as error:
            raise self._bad(token, "date", why=error.words()) from None

    def _midnight(self, when: date | None) -> datetime | None:
        return None if when is None else midnight(when, self.zone)

    def _bad(self, token: Token, code: str, **params: object) -> FilterError:
        return FilterError(code, token.at, token.typed, **params)


_WHEN = {
    ":": "filter.on",
    "=": "filter.on",
    "<": "filter.before",
    "<=": "filter.up-to",
    ">": "filter.after",
    ">=": "filter.from",
}

_WHEN_WEEK = {
    ":": "filter.in-week",
    "=": "filter.in-week",
    "<": "filter.before-week",
    "<=": "filter.up-to-week",
    ">": "filter.after-week",
    ">=": "filter.from-week",
}

_WAYS: dict[Kind, Callable[[Reader, Subject, Token], terms.Term]] = {
    Kind.TIME: Reader._when,
    Kind.MOMENT: Reader._when,
    Kind.DATE: Reader._date,
    Kind.NUMBER: Reader._number,
}
"""Kinds that have an order."""
_UNORDERED: dict[Kind, Callable[[Reader, Subject, Token], terms.Term]] = {
    Kind.PHONE: Reader._phone,
    Kind.FLAG: Reader._flag,
}


def _meant(options: Sequence[Choice], typed: str) -> list[Choice]:
    """The options that a text names for good, else those whose words begin so."""
    wanted = fold(typed)
    exact = [one for one in options if wanted in (fold(one.value), fold(one.words))]
    return exact or [one for one in options if terms.begins(typed, f"{one.words} {one.note}")]
