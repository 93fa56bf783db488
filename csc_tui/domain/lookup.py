"""Lookups: short lists that give ids their words and forms their options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from csc_tui.domain.field import Choice, Field

Lookups = Mapping[str, Sequence[Choice]]
"""Lookup name (`users`, `tags`, `countries`, `languages`) -> its choices, in order."""


class FieldDefinition(NamedTuple):
    """A custom field as the account defines it, read off the server; joins `Resource.fields`."""

    id: str
    resource: str
    label: str
    kind: str
    """A `Kind` value."""
    options: tuple[Choice, ...] = ()
    position: int = 0
    unique: bool = False
    """Whether no two records may have the same value."""


def words_of(choices: Sequence[Choice], value: str) -> str:
    """The words for a value; empty where it is unknown."""
    return next((one.words for one in choices if one.value == value), "")


@cache
def static_choices(name: str) -> tuple[Choice, ...]:
    """The options that every account shares: `countries`, `languages`, `timezones`; else none.

    The words are the name in German (a country) or in the language itself; the note is what else
    a search finds it by.
    """
    if name == "countries":
        from csc_tui.domain.countries import COUNTRIES  # some hundreds, for no list

        return tuple(Choice(code, german, english) for code, german, english in COUNTRIES)
    if name == "languages":
        from csc_tui.domain.languages import LANGUAGES

        return tuple(
            Choice(code, own, ", ".join(dict.fromkeys((english, german))))
            for code, own, english, german in LANGUAGES
        )
    if name == "timezones":
        from zoneinfo import available_timezones

        return tuple(Choice(zone, zone) for zone in sorted(available_timezones()))
    return ()


def choices_of(field: Field, lookups: Lookups) -> tuple[Choice, ...]:
    """The options of a field: its own, else the account's, else those that everybody shares."""
    return field.choices or tuple(lookups.get(field.lookup, ())) or static_choices(field.lookup)
