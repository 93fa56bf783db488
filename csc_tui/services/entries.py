"""Entries of the outbox as a person sees them: how each stands, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from csc_tui.domain.change import Verb
from csc_tui.store.edit_order import Place, is_line
from csc_tui.store.edit_rows import UNMADE, Edit, State

__all__ = [
    "UNMADE",
    "Edit",
    "Place",
    "Standing",
    "State",
    "is_line",
    "listed",
    "said_fields",
    "standing",
]


class Standing(StrEnum):
    """How an entry stands."""

    CLASH = "clash"
    """Both sides changed a field."""
    REFUSED = "refused"
    UNCLEAR = "unclear"
    """Sent, no answer; it is looked for, or the user has to say."""
    WAITING = "waiting"
    """For the line, the budget or another entry."""
    HELD = "held"
    """A delete in its five seconds."""
    PAUSED = "paused"
    """Of a batch that the user has stopped."""
    SENDING = "sending"
    DRAFT = "draft"


_PLAIN = {
    State.CONFLICT: Standing.CLASH,
    State.REFUSED: Standing.REFUSED,
    State.UNCLEAR: Standing.UNCLEAR,
    State.SENDING: Standing.SENDING,
    State.PAUSED: Standing.PAUSED,
    State.DRAFT: Standing.DRAFT,
}


def standing(edit: Edit, now: float) -> Standing:
    """How an open edit stands at a moment."""
    if edit.held and edit.not_before > now:
        return Standing.HELD
    return _PLAIN.get(edit.state, Standing.WAITING)


def listed(entries: Iterable[Edit]) -> list[Edit]:
    """What needs the user, then what goes by itself, each in the order of saving; drafts last."""

    def rank(edit: Edit) -> tuple[int, int]:
        if edit.state is State.DRAFT:
            return 2, edit.number
        return (0 if edit.needs_user else 1), edit.number

    return sorted(entries, key=rank)


def said_fields(edit: Edit) -> tuple[str, ...]:
    """The fields that an edit names, without what only adapters need."""
    change = edit.change
    values = change.base if change.verb is Verb.DELETE else change.values
    return tuple(name for name in values if not name.endswith("#id"))
