"""What a filter that is being typed may go on with: names of fields, tags, users, options."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from csc_tui.domain.field import Kind
from csc_tui.domain.filter_meaning import FIELDS, ME, NOW, USERS, WEEK
from csc_tui.domain.filter_text import enquoted, quoted
from csc_tui.domain.folding import fold
from csc_tui.domain.lookup import choices_of
from csc_tui.domain.subject import bare, part_named, subject_names, subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from csc_tui.domain.field import Choice
    from csc_tui.domain.lookup import Lookups
    from csc_tui.domain.resource import Resource
    from csc_tui.domain.subject import Subject

_LAST = re.compile(
    r"""(?:^|\s)(?P<minus>-?)
    (?:(?P<name>[^\W\d_][\w.-]*|"(?:[^"\\]|\\.)*")(?P<sign>:?(?:<=|>=|<|>|=)|:))?
    (?P<typed>"[^"]*|[^\s"]*)$""",
    re.VERBOSE,
)
"""The term that is being typed, whose quote may still be open."""
_PLAIN = re.compile(r"[^\W\d_][\w.-]*")
"""A name that needs no quotes."""
_DAYS = ("today", "tomorrow", "yesterday", WEEK)


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to go on."""

    text: str
    """The whole filter with it."""
    words: str
    """How a list of offers shows it."""


@dataclass(frozen=True, slots=True)
class Term:
    """The term at the end of a filter that is being typed."""

    before: str
    """All that stands in front of it, its minus among that."""
    name: str
    """The field's name; empty while that is what is being typed."""
    sign: str
    typed: str
    """What the offers have to begin with."""


class Stored(NamedTuple):
    """Where there are values in the store that no lookup has."""

    resource: str
    """Whose records they name, or whose list has them in a column."""
    column: str = ""
    """Empty: the names of its records."""


def last_term(text: str) -> Term | None:
    """The term that is being typed; None inside of a text in quotes, which is nobody's name."""
    found = _LAST.search(text)
    if found is None or (not found["sign"] and found["typed"].startswith('"')):
        return None
    start = found.start("name") if found["name"] else found.start("typed")
    name = (found["name"] or "").strip('"')
    return Term(text[:start], name, found["sign"] or "", found["typed"].lstrip('"'))


def needed(resource: Resource, term: Term) -> list[str]:
    """The lookups that offers for a term are made of, as far as is known so far."""
    if not term.name:
        return [FIELDS]
    subject = subject_of(resource, term.name, {})
    if subject is None:
        return [FIELDS]
    if _is_tag(resource, subject):
        return ["tags"]
    made = subject.field
    return [made.lookup] if made is not None and made.lookup and not made.free else []


def stored(resource: Resource, term: Term) -> Stored | None:
    """Where the store may have values for a term; None where lookups have them, or nobody."""
    subject = subject_of(resource, term.name, {}) if term.name else None
    if subject is None or _is_tag(resource, subject):
        return None
    if term.typed and (linked := _linked(resource, subject)):
        return Stored(linked)
    shown = any(one.name == subject.name for one in resource.columns) and subject.name != "name"
    return Stored(resource.name, subject.name) if shown and subject.kind in _SPELT else None


_SPELT = (Kind.TEXT, Kind.LINK)
"""What a column has words of."""


def _linked(resource: Resource, subject: Subject) -> str:
    """The resource whose records have the names that are meant; empty where it is none."""
    label = bare(subject.label)
    for part in resource.parts:
        for one in part.fields:
            if one.kind is Kind.LINK and (part.name == subject.name or bare(one.label) == label):
                return one.lookup
    own = (one for one in resource.fields if one.kind is Kind.LINK and one.name == subject.name)
    return next((one.lookup for one in own), "")


def offers(
    resource: Resource, lookups: Lookups, term: Term, here: Sequence[str] = ()
) -> list[Offer]:
    """The ways to go on from a term, those that are likeliest first.

    `here`: the values that were found where `stored` says.
    """
    if not term.name:
        return [
            Offer(f"{term.before}{name}:", f"{name}:" + (f"  {label}" if label else ""))
            for name, label in _names(resource)
            if any(fold(one).startswith(fold(term.typed)) for one in (name.strip('"'), label))
        ]
    subject = subject_of(resource, term.name, lookups)
    if subject is None:
        return []
    start = term.before + _spelt(term.name) + term.sign
    wanted = fold(term.typed)
    found = {quoted(one): one for one in here}
    for value, words in _values(resource, subject, lookups, term.sign):
        if any(one.startswith(wanted) for one in (fold(words), *fold(words).split())):
            found.setdefault(value, words)
    return [Offer(f"{start}{value} ", words) for value, words in found.items()]


def common(texts: Sequence[str]) -> str:
    """What all of these begin with."""
    first, last = min(texts), max(texts)
    same = next((n for n, one in enumerate(first) if last[n : n + 1] != one), len(first))
    return first[:same]


def _names(resource: Resource) -> Iterator[tuple[str, str]]:
    """Every name as it is typed, with the label where that says more."""
    seen: set[str] = set()
    for name in [*subject_names(resource), "owner"]:
        subject = subject_of(resource, name, {})
        label = subject.label if subject is not None else ""
        known = name if _PLAIN.fullmatch(name) else label
        if known and bare(known) not in seen:
            seen.add(bare(known))
            yield _spelt(known), "" if bare(known) == bare(label) else label


def _spelt(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else enquoted(name)


def _values(
    resource: Resource, subject: Subject, lookups: Lookups, sign: str
) -> Iterator[tuple[str, str]]:
    """Values as they are typed, and in words."""
    if _is_tag(resource, subject):
        for one in lookups.get("tags", ()):
            yield quoted(one.words), one.words
    elif subject.kind in (Kind.DATE, Kind.TIME, Kind.MOMENT):
        clock = subject.kind is not Kind.DATE and sign.lstrip(":")[:1] in ("<", ">")
        yield from ((one, one) for one in (*_DAYS, *((NOW,) if clock else ())))
    elif subject.kind is Kind.FLAG:
        yield from (("yes", "yes"), ("no", "no"))
    elif subject.field is not None:
        if subject.field.lookup == USERS:
            yield ME, ME
        for one in _options(subject, lookups):
            yield quoted(one.words), one.words
    yield from (("none", "none"), ("any", "any"))


def _options(subject: Subject, lookups: Lookups) -> Sequence[Choice]:
    made = subject.field
    return choices_of(made, lookups) if made is not None and made.kind is Kind.CHOICE else ()


def _is_tag(resource: Resource, subject: Subject) -> bool:
    part = part_named(resource, "tag")
    return part is not None and subject.name in (part.name, part.one)
