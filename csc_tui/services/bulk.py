"""One change of many records: first reckoned without sending anything, then queued as one batch."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from csc_tui.domain.change import Change, Verb, diff
from csc_tui.domain.changing import begun, deleted, edited, tagged, untagged
from csc_tui.domain.errors import CrmError
from csc_tui.domain.ref import Ref
from csc_tui.services.desk import parse_raw
from csc_tui.services.gone import fetch
from csc_tui.services.snapshots import snapshot_of
from csc_tui.services.todo import made_about, tasks_about
from csc_tui.services.uncollected import uncollected
from csc_tui.store.edit_saving import Seen
from csc_tui.worker.lane import Lane

if TYPE_CHECKING:
    from csc_tui.domain.field import Field, Plain
    from csc_tui.domain.record import Record
    from csc_tui.domain.resource import Resource
    from csc_tui.http.message import Request, Response
    from csc_tui.services.desk import Desk
    from csc_tui.store.edit_rows import Edit
    from csc_tui.store.rows import StoredRecord

FRESH = 600.0
"""Seconds after its answer for which a record need not be read again before it is reckoned with."""
SLICE = 20
"""Records that are reckoned with before keys are looked at again."""
TAGS = "tags"
"""The part kind that is typed as names."""


class Action(StrEnum):
    """What is done to each of the records."""

    TAG = "tag"
    UNTAG = "untag"
    FIELD = "field"
    NOTE = "note"
    TASK = "task"
    DELETE = "delete"


class Why(StrEnum):
    """Why a record is left out."""

    SO_ALREADY = "so_already"
    READ_ONLY = "read_only"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Task:
    """One change, to be made to many records."""

    action: Action
    names: tuple[str, ...] = ()
    """The tags."""
    made: Mapping[str, Plain] = field(default_factory=dict)
    """What the note or the task holds."""
    field: Field | None = None
    value: Plain = None
    """What the field shall hold."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that is left out."""

    id: str
    title: str
    why: Why


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a task would do, and what that costs."""

    resource: str
    ids: tuple[str, ...]
    """All the records that were asked for."""
    task: Task
    changes: tuple[Change, ...]
    seen: Mapping[Ref, Seen] = field(default_factory=dict)
    """What is known of those that the changes are about."""
    skipped: tuple[Skipped, ...] = ()
    requests: int = 0
    count: int = 0
    """Records to which it is done."""


def actions(desk: Desk, resource: Resource) -> list[Action]:
    """What can be done to many records of a kind, but for fields."""
    tags = next((one for one in resource.parts if one.name == TAGS), None)
    found = []
    if resource.takes_tags:
        found.append(Action.TAG)
    if tags is not None and Verb.DELETE in tags.verbs:
        found.append(Action.UNTAG)
    if resource.takes_notes:
        found.append(Action.NOTE)
    tasks = tasks_about(desk, resource.name)
    if tasks is not None and Verb.CREATE in tasks.verbs:
        found.append(Action.TASK)
    if Verb.DELETE in resource.verbs:
        found.append(Action.DELETE)
    return found


def fields(resource: Resource) -> list[Field]:
    """The fields that can be set, whose it is first."""
    if Verb.UPDATE not in resource.verbs:
        return []
    offered = [one for one in resource.fields if one.writable]
    return sorted(offered, key=lambda one: one.lookup != "users")


async def dry_run(desk: Desk, resource: str, ids: Sequence[str], task: Task) -> DryRun:
    """What a task would do to these records. Reads those again that are not here or old.

    Raises CrmError where some are not here at all and cannot be had.
    """
    with uncollected():
        return await _reckoned(desk, resource, ids, task)


async def _reckoned(desk: Desk, resource: str, ids: Sequence[str], task: Task) -> DryRun:
    known = await _known(desk, resource, ids)
    kind = desk.resources[resource]
    changes: list[Change] = []
    seen: dict[Ref, Seen] = {}
    skipped: list[Skipped] = []
    count = requests = 0
    for number, one in enumerate(ids):
        if number % SLICE == 0:
            await asyncio.sleep(0)  # whoever is at the keys goes first
        stored = known.get(one)
        record = desk.overlaid(desk.record(resource, parse_raw(stored.raw))) if stored else None
        made = _changes(desk, kind, record, task) if record is not None else Why.GONE
        if record is None or isinstance(made, Why):
            title = record.sort_name() if record is not None else f"#{one}"
            skipped.append(Skipped(one, title, made if isinstance(made, Why) else Why.GONE))
            continue
        count += 1
        changes += made
        seen |= _seen(desk, kind, record, made)
        requests += sum(_requests(desk, kind, change, record) for change in made)
    return DryRun(resource, tuple(ids), task, tuple(changes), seen, tuple(skipped), requests, count)


async def queue(desk: Desk, run: DryRun) -> list[Edit]:
    """Put all of it into the outbox, in one transaction. Raises as `Outbox.submit`."""
    with uncollected():
        return await desk.edits.batches.submit(run.changes, run.seen)


async def _known(desk: Desk, resource: str, ids: Sequence[str]) -> dict[str, StoredRecord]:
    """The records by id, as they are now."""
    stored = await desk.store.records(resource, list(ids))
    now = desk.clock.now()
    old = [it for it in ids if it not in stored or not 0 <= now - stored[it].at < FRESH]

    async def ask(request: Request) -> Response:
        return await desk.ask(request, Lane.VISIBLE)

    async def keep(raws: Sequence[Mapping[str, object]]) -> None:
        await desk.records.keep(resource, raws)

    try:
        came = await fetch(desk, ask, resource, old, keep)
    except CrmError:
        if not all(one in stored for one in old):
            raise
        came = set(old)
    left = set(old) - came
    return await desk.store.records(resource, [one for one in ids if one not in left])


def _seen(desk: Desk, kind: Resource, record: Record, changes: Sequence[Change]) -> dict[Ref, Seen]:
    """What is known of what changes are about: the record, or the task by what is to be done."""
    made = [it for it in changes if it.record != record.ref]
    if not made:
        return {record.ref: Seen(record.sort_name(), snapshot_of(kind, record))}
    called = desk.resources[made[0].record.resource].called_by
    return {it.record: Seen(str(it.values[called])) for it in made}


def _changes(desk: Desk, kind: Resource, record: Record, task: Task) -> list[Change] | Why:
    """What has to be done to a record, or why nothing has."""
    if task.action is Action.DELETE:
        return [deleted(kind, record)]
    if task.action is Action.NOTE:
        assert kind.notes is not None
        typed = begun(kind.notes.fields, task.made, desk.clock.now())
        values, ref = diff({}, typed), Ref(kind.notes.name, "")
        return [Change(Verb.CREATE, ref, record.ref, values, {}, record.version())]
    if task.action is Action.TASK:
        tasks = tasks_about(desk, kind.name)
        assert tasks is not None
        return [made_about(record, tasks, diff({}, task.made))]
    if task.action is Action.TAG:
        return tagged(kind.part(TAGS), record, task.names) or Why.SO_ALREADY
    if task.action is Action.UNTAG:
        return untagged(kind.part(TAGS), record, task.names) or Why.SO_ALREADY
    assert task.field is not None
    if task.field.wire in record.unreadable:
        return Why.READ_ONLY
    return edited(record, {task.field.name: task.value}) or Why.SO_ALREADY


def _requests(desk: Desk, kind: Resource, change: Change, record: Record) -> int:
    """What carrying out a change costs: it is read, written and, unless it is gone, read back.

    What is made is not there to be read before; a note is read back with its record.
    """
    about = desk.resources[change.record.resource]
    makes = change.parent is None and change.verb is Verb.CREATE
    written = len(desk.crm.write(change, about, None if makes else record))
    if makes or (change.parent is None and change.verb is Verb.DELETE):
        return 1 + written
    noted = kind.notes is not None and change.ref.resource == kind.notes.name
    back = 2 if noted and not desk.records.notes.bring_records else 1
    return 1 + written + back
