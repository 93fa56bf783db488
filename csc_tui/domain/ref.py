"""Names of records: what a link points to and what a change acts on."""

from __future__ import annotations

from typing import NamedTuple

CUSTOM = "custom:"
"""Begins the name of a field that was found at run time; the type's id follows."""
NAMES = "csc_tui:names"
"""The key under which a raw record is given the names of those that it links to: kind -> name."""


class Ref(NamedTuple):
    """One record of one resource. Ids are text here: some of the servers' ids are."""

    resource: str
    """`people`, `companies`; for a part its kind: `phones`, `addresses`."""
    id: str
    """The server's id; empty for a record that does not exist there yet."""


def word_for(ref: Ref) -> str:
    """A word by which the search finds what names this record: `people441x`."""
    return f"{ref.resource}{ref.id}x"
