"""Names of what a task is about, where its CRM gives no more than an id: out of the store."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from csc_tui.domain.ref import NAMES, Ref

if TYPE_CHECKING:
    from csc_tui.crm.adapter import Raw
    from csc_tui.domain.record import Record
    from csc_tui.services.desk import Desk


async def with_names(desk: Desk, resource: str, raws: Sequence[Raw]) -> Sequence[Raw]:
    """Raw tasks, each with the names of the records that it links to, as far as they are here.

    Records of other kinds, and tasks that name what they are about themselves, stay as they are.
    """
    todo = desk.resources[resource].todo
    if todo is None:
        return raws
    linked = [_nameless(desk.record(resource, raw), todo.about) for raw in raws]
    names = await _names(desk, {ref for refs in linked for ref in refs})
    return [
        {**raw, NAMES: {ref.resource: names[ref] for ref in refs if ref in names}} if refs else raw
        for raw, refs in zip(raws, linked, strict=True)
    ]


def _nameless(task: Record, kinds: Sequence[str]) -> list[Ref]:
    parts = (part for kind in kinds for part in getattr(task, kind))
    return [target for part in parts if not part.text() and (target := part.target())]


async def _names(desk: Desk, refs: set[Ref]) -> dict[Ref, str]:
    ids = defaultdict(list)
    for ref in refs:
        ids[ref.resource].append(ref.id)
    found = {}
    for resource, some in ids.items():
        for one in (await desk.store.records(resource, some)).values():
            found[Ref(resource, one.id)] = desk.record(resource, json.loads(one.raw)).sort_name()
    return found
