"""The deals and projects of a record that are still open, as they came inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.dates import aware_of
from csc_tui.services.desk import parse_raw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csc_tui.crm.adapter import Raw
    from csc_tui.domain.record import Record
    from csc_tui.domain.resource import Resource
    from csc_tui.services.desk import Desk


async def under_way(desk: Desk, record: Record) -> list[Record]:
    """Those that are neither won nor lost, in the order in which they came.

    The store may know one from a later answer than the record's, and what waits to be saved.
    """
    found: list[Record] = []
    for name, raws in record.enclosed().items():
        resource = desk.resources[name]
        found += [one for one in await _latest(desk, name, raws) if _is_open(resource, one)]
    return found


async def _latest(desk: Desk, resource: str, raws: Sequence[Raw]) -> list[Record]:
    came = [one for raw in raws if (one := desk.record(resource, raw)).id]
    stored = await desk.store.records(resource, [one.id for one in came]) if came else {}
    known = {id_: desk.record(resource, parse_raw(one.raw)) for id_, one in stored.items()}
    return [desk.overlaid(_later(one, known.get(one.id))) for one in came]


def _later(came: Record, stored: Record | None) -> Record:
    """The one that the CRM changed last; the stored one where that is not told."""
    if stored is None:
        return came
    if came.updated_at is None or stored.updated_at is None:
        return stored
    return came if aware_of(came.updated_at) > aware_of(stored.updated_at) else stored


def _is_open(resource: Resource, record: Record) -> bool:
    course = resource.course
    return course is None or record.value(course.state) not in course.ended
