"""What can be taken back, by which changes, and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.field import Plain
from csc_tui.domain.merge import inverse, same
from csc_tui.domain.ref import Ref
from csc_tui.store.edit_rows import UNMADE, Edit, State
from csc_tui.store.edit_saving import Seen

if TYPE_CHECKING:
    from csc_tui.services.outbox import Outbox
    from csc_tui.store.edits import EditStore

JOURNAL = 200
"""Confirmed edits among which the newest that can be taken back is looked for."""


@dataclass(frozen=True, slots=True)
class Undo:
    """Something that can be taken back."""

    batch: str
    edits: tuple[Edit, ...]
    """In the order of saving."""
    sent: bool
    """False: it has not gone yet, so taking it back costs nothing."""
    rest: tuple[Edit, ...] = ()
    """What of the same batch has not been done: it is not to be done any more."""

    @property
    def records(self) -> int:
        """How many records it is about."""
        return len({one.record for one in self.edits})

    def new_id(self, has_bin: Callable[[str], bool]) -> bool:
        """Whether a record or part is made anew, with another id than it had.

        `has_bin`: whether deleted records of a resource can be had back. Of a merge the record
        counts: its parts got other ids when they moved already.
        """
        chained = any(one.chained for one in self.edits)
        gone = (one.change for one in self.edits if one.change.verb is Verb.DELETE)
        return self.sent and any(
            not chained if it.parent is not None else not has_bin(it.ref.resource) for it in gone
        )


class Undoing:
    """Taking back what was done in one account."""

    def __init__(self, outbox: Outbox, edits: EditStore) -> None:
        self._outbox = outbox
        self._edits = edits

    async def latest(self) -> Undo | None:
        """What would be taken back now; None if there is nothing."""
        open_edits = self._outbox.entries()
        undo = latest(open_edits, await self._edits.journal(JOURNAL))
        if undo is None or not undo.sent:
            return undo
        whole = await self._edits.batch(undo.batch)  # the journal is cut short
        return latest(undo.rest, [one for one in whole if one.state is State.CONFIRMED])

    def has_bin(self, resource: str) -> bool:
        """Whether the CRM keeps what is deleted of a resource for a while."""
        return self._outbox.desk.resources[resource].has_bin

    async def take_back(self, undo: Undo) -> list[Edit]:
        """Discard what has not gone, else queue the inverse; the edits that it made.

        Raises as `Outbox.submit`.
        """
        outbox = self._outbox
        outbox.writable()
        if not undo.sent:
            await self._edits.discard(*(edit.client_id for edit in undo.edits))
            await outbox.after_step()
            return []
        await self._edits.discard(*(edit.client_id for edit in undo.rest))
        changes = taking_back(undo.edits, outbox.desk.crm.nested, self.has_bin)
        first = undo.edits[0]
        if first.bulk or first.chained:
            return await outbox.batches.take_back(undo.edits, changes)
        seen = {one.record: Seen(one.title) for one in undo.edits}
        return await outbox.submit(changes, None, title=first.title, undoes=undo.batch, seen=seen)


def latest(open_edits: Iterable[Edit], journal: Iterable[Edit]) -> Undo | None:
    """The newest that can be taken back; None if there is nothing."""
    journal = list(journal)
    for_good = {one.batch for one in journal if one.change.verb is Verb.MERGE}
    unsent = _batches(one for one in open_edits if one.state is not State.DRAFT)
    sent = _batches(one for one in journal if _counts(one) and one.batch not in for_good)
    found = []
    for batch in unsent.keys() | sent.keys():
        rest, done = unsent.get(batch, []), sent.get(batch, [])
        if done and all(_has_not_gone(one) or one.state is State.REFUSED for one in rest):
            # What was refused changed nothing, and stays where the user can see why.
            waits = tuple(one for one in rest if one.state is not State.REFUSED)
            found.append(Undo(batch, tuple(done), sent=True, rest=waits))
        elif rest and all(_has_not_gone(one) for one in rest):
            found.append(Undo(batch, tuple(rest), sent=False))
    return max(found, key=lambda undo: undo.edits[-1].number, default=None)


def _batches(edits: Iterable[Edit]) -> dict[str, list[Edit]]:
    found: dict[str, list[Edit]] = {}
    for edit in sorted(edits, key=lambda one: one.number):
        found.setdefault(edit.batch, []).append(edit)
    return found


def _has_not_gone(edit: Edit) -> bool:
    waits = edit.state in (State.QUEUED, State.WAITING, State.PAUSED)
    return waits and edit.sent_at is None and not edit.done and not edit.undoes


def _counts(edit: Edit) -> bool:
    """Whether a confirmed edit has changed something that its inverse can change back."""
    change = edit.change
    if edit.undone or edit.undoes or change.verb is Verb.DESTROY:
        return False
    if change.verb is Verb.UPDATE or (change.verb is Verb.CREATE and change.parent is not None):
        return bool(change.values)
    return bool(change.base) if change.verb is Verb.DELETE else bool(change.record.id)


def taking_back(
    edits: Sequence[Edit],
    nested: Callable[[str], frozenset[str]],
    has_bin: Callable[[str], bool] = lambda _: False,
) -> tuple[Change, ...]:
    """The changes that take confirmed edits back, the last one first.

    `nested` tells which parts a create may hold; others follow the record that is made anew, where
    it cannot be had back (`has_bin`).
    """
    found: list[Change] = []
    for edit in reversed(edits):
        change = edit.change
        if change.verb is Verb.UPDATE:
            after = {name: edit.after.get(name) for name in change.values}
            found.append(inverse(replace(change, values=after)))
        elif change.verb is Verb.RESTORE:
            found.append(Change(Verb.DELETE, change.ref))
        elif change.verb is Verb.ATTACH:
            found.append(replace(change, verb=Verb.DETACH))
        elif change.verb is Verb.CREATE:
            found.append(inverse(replace(change, values=edit.after)))
        elif change.parent is not None:
            found.append(inverse(change))
        elif has_bin(change.ref.resource):
            found.append(Change(Verb.RESTORE, change.ref))
        else:
            found += _made_anew(inverse(change), nested(change.ref.resource))
    return tuple(found)


def anew(edit: Edit, nested: Callable[[str], frozenset[str]]) -> tuple[Change, ...]:
    """What makes a record or part again that is gone, as the user saw it and with his changes."""
    change = edit.change
    seen = change.base if change.parent else edit.snapshot.as_values()
    values = {**seen, **change.values}
    filled = {name: it for name, it in values.items() if not name.endswith("#id") and it != []}
    create = inverse(replace(change, verb=Verb.DELETE, values={}, base=filled))
    return (create,) if change.parent else tuple(_made_anew(create, nested(change.ref.resource)))


def _made_anew(create: Change, nested: frozenset[str]) -> list[Change]:
    """A record with all parts that it had, in one request where that can be."""
    resource = create.ref.resource
    values: dict[str, Plain] = {}
    children: list[Change] = []
    for name, value in create.values.items():
        if not isinstance(value, list):
            values[name] = value
            continue
        parts = [_without_id(one) for one in value]
        if name in nested:
            values[name] = list(parts)
        else:
            children += [
                Change(Verb.CREATE, Ref(name, ""), Ref(resource, UNMADE), part) for part in parts
            ]
    return [replace(create, values=values), *children]


def _without_id(part: dict[str, Any]) -> dict[str, Plain]:
    return {name: value for name, value in part.items() if name != "id" and not same(value, None)}
