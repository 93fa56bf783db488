"""Which edits may be sent now, and what the others wait for. Pure.

The order of saving is kept for each record; a child waits until its parent has an id; a create
waits for an earlier one that might be taken for it; a chain goes link by link. What needs the user
steps out of the line, with the rest of its chain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from csc_tui.domain.change import Verb
from csc_tui.domain.errors import (
    Ambiguous,
    CertificateError,
    CrmError,
    Offline,
    RateLimited,
    Timeout,
    Unavailable,
)
from csc_tui.domain.merge import same
from csc_tui.store.edit_rows import UNMADE, Edit, State
from csc_tui.store.open_edits import OpenEdits

LONGEST = 3_600.0
"""Seconds; no server is waited for longer. What seems further away does so since the clock was set
back meanwhile: it is due."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an edit stands in the line."""

    edit: Edit
    after: Edit | None = None
    """The edit that has to be over first."""
    after_record: str = ""
    """The client id of the create that it waits for; empty for none."""

    @property
    def stuck(self) -> bool:
        """Whether it waits for something that goes no further by itself."""
        return self.after is not None and not self.after.moves


def place_of(edits: OpenEdits, edit: Edit) -> Place:
    """What an edit that moves waits for among all that is open."""
    before = (one for one in edits.about(edit.record) if one.number < edit.number)
    blocker = edits.chain_before(edit) or next(
        (one for one in before if _lines_up(edits, one)), None
    )
    if blocker is None and edit.change.verb is Verb.CREATE:
        earlier = (one for one in edits.kin(edit) if one.number < edit.number)
        blocker = next((one for one in earlier if _alike(one, edit)), None)
    return Place(edit, blocker, _unmade(edits, edit))


def _lines_up(edits: OpenEdits, edit: Edit) -> bool:
    """Whether others wait for an edit: not where it, or its chain before it, asks somebody."""
    link = edits.chain_before(edit)
    return edit.moves and (link is None or link.moves)


def anything_moves(edits: OpenEdits) -> bool:
    """Whether anything goes by itself and waits for nothing that does not."""
    moving = (one for bulk in (False, True) for one in edits.moving(bulk=bulk))
    return any(not place_of(edits, one).stuck for one in moving)


def startable(edits: OpenEdits, now: float, *, bulk: bool, line_up: bool) -> Iterator[Edit]:
    """What may be sent now, in order: of what was done by hand, or of what is some of many.

    With `line_up` also what has waited for the line. To be read before anything changes; whoever
    needs the first few does not pay for the others.
    """
    for edit in edits.moving(bulk=bulk):
        if edit.state is State.SENDING:
            continue
        if _comes_later(edit, now) and not (line_up and waits_for_line(edit)):
            continue
        place = place_of(edits, edit)
        if place.after is None and not place.after_record:
            yield edit


def _comes_later(edit: Edit, now: float) -> bool:
    """Whether it waits for a moment that has not come."""
    return now < edit.not_before <= now + LONGEST


def is_line(error: CrmError | None) -> bool:
    """Whether an error says that the server cannot be reached."""
    if isinstance(error, Ambiguous):
        error = error.cause
    return isinstance(error, Offline | Timeout | CertificateError)


def retry_after(error: CrmError | None) -> float | None:
    """How many seconds the server itself asked to wait; None where it did not say."""
    if isinstance(error, Ambiguous):
        error = error.cause
    return error.retry_after if isinstance(error, RateLimited | Unavailable) else None


def waits_for_line(edit: Edit) -> bool:
    """Whether an edit waits because the server could not be reached."""
    return edit.state is State.WAITING and is_line(edit.answer.error)


def _unmade(edits: OpenEdits, edit: Edit) -> str:
    """The client id of the create that has to give its record or its part an id first."""
    record, part = edit.change.record.id, edit.change.ref.id
    if record.startswith(UNMADE):
        return record.removeprefix(UNMADE)
    if not part.startswith(UNMADE):
        return ""
    maker = edits.get(part.removeprefix(UNMADE))
    return maker.client_id if maker is not None and maker.change.verb is Verb.CREATE else ""


def _alike(one: Edit, other: Edit) -> bool:
    """Whether what one of them makes could be taken for what the other makes."""
    first, second = (
        {name: value for name, value in it.change.values.items() if not isinstance(value, list)}
        for it in (one, other)
    )
    fewer, more = sorted((first, second), key=len)
    return all(same(value, more.get(name)) for name, value in fewer.items())
