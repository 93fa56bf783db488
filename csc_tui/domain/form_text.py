"""What stands in a form, as it is kept until the CRM has confirmed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FormText:
    """The text of one form: a draft while it is typed, and what a refused save opens with."""

    key: str
    """Which form: `people/42`, `people/new`, `people/42/phones/9`, `people/42/tags`.

    Of something new that was saved once also which: `people/new~` and the save's client id.
    """
    title: str
    """Whom it is about, in words: `Müller, Jürgen`."""
    at: float
    """When it was typed or saved, seconds since the epoch."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Path of a changed field -> its text as typed."""
    picks: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Path -> id and name of the linked record that was picked for it."""
    cursor: str = ""
    """Path of the field that the cursor was in."""
    over: tuple[str, ...] = ()
    """Client ids of the refused saves whose text is in it: it replaces them when it is saved."""
