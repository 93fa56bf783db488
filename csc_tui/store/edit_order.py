"""Which edits may be sent now, and what the others wait for. Pure.

The order of saving is kept for each record; a child waits until its parent has an id; a create
waits for an earlier one that might be taken for it; a chain goes link by link. What needs the user
steps out of the line, but for its own chain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
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
from csc_tui.domain.ref import Ref
from csc_tui.store.edit_rows import UNMADE, Edit, State


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


def line(edits: Iterable[Edit]) -> Iterator[Place]:
    """All that moves, in order, with what each waits for."""
    edits = list(edits)
    coming = {one.client_id for one in edits if one.change.verb is Verb.CREATE}
    busy: dict[Ref, Edit] = {}
    creates: dict[tuple[str, Ref | None], list[Edit]] = {}
    chains: dict[str, Edit] = {}
    for edit in edits:
        create = edit.change.verb is Verb.CREATE
        kin = creates.setdefault((edit.change.ref.resource, edit.change.parent), [])
        if edit.moves:
            blocker = chains.get(edit.batch) or busy.get(edit.record)
            if blocker is None and create:
                blocker = next((one for one in kin if _alike(one, edit)), None)
            yield Place(edit, blocker, _unmade(edit, coming))
            busy.setdefault(edit.record, edit)
        if edit.chained:
            chains.setdefault(edit.batch, edit)
        if create and (edit.moves or edit.state is State.UNCLEAR):
            kin.append(edit)


def startable(edits: Iterable[Edit], now: float, *, line_up: bool) -> list[Edit]:
    """What may be sent now; with `line_up` also what has waited for the line."""
    return [
        place.edit
        for place in line(edits)
        if place.after is None
        and not place.after_record
        and place.edit.state is not State.SENDING
        and (place.edit.not_before <= now or (line_up and waits_for_line(place.edit)))
    ]


def next_time(edits: Sequence[Edit], now: float) -> float | None:
    """When the next edit is due that is not yet; None if nothing waits for a moment."""
    coming = [one.not_before for one in edits if one.moves and one.not_before > now]
    return min(coming, default=None)


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


def _unmade(edit: Edit, coming: Set[str]) -> str:
    """The client id of the create that has to give its record or its part an id first."""
    record, part = edit.change.record.id, edit.change.ref.id
    if record.startswith(UNMADE):
        return record.removeprefix(UNMADE)
    client_id = part.removeprefix(UNMADE)
    return client_id if part.startswith(UNMADE) and client_id in coming else ""


def _alike(one: Edit, other: Edit) -> bool:
    """Whether what one of them makes could be taken for what the other makes."""
    first, second = (
        {name: value for name, value in it.change.values.items() if not isinstance(value, list)}
        for it in (one, other)
    )
    fewer, more = sorted((first, second), key=len)
    return all(same(value, more.get(name)) for name, value in fewer.items())
