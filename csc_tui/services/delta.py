"""What has changed since a moment, by every way that a CRM has of telling, none of them relied on.

Which parameters a server knows is not sure. So every answer is checked: a record that is older
than what was asked for means that the server sorts only (then the walk ends there, if it does
sort) or that it did not understand. An empty answer is checked by the latest change there is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from csc_tui.domain.errors import Rejected

if TYPE_CHECKING:
    from csc_tui.crm.adapter import Adapter, Raw
    from csc_tui.http.message import Request, Response

_BEGINNING = datetime(1971, 1, 1, tzinfo=UTC)
"""Before anything that a CRM knows."""

Ask = Callable[["Request"], Awaitable["Response"]]
"""Sends a request when its turn comes. Raises CrmError."""
Keep = Callable[[Sequence["Raw"]], Awaitable[None]]
"""Takes the changed records of one page."""


class NotServedError(Exception):
    """The server does not tell what has changed since a moment."""


async def changes(crm: Adapter, ask: Ask, resource: str, since: datetime, keep: Keep) -> None:
    """Hand every record that has changed since a moment to `keep`, some of them twice.

    Raises NotServedError where the first way is not served, CrmError as `ask`.
    """
    ways = len(crm.changes(resource, since, 1))
    for way in range(ways):
        try:
            found = await _walk(crm, ask, resource, since, way, keep)
        except (NotServedError, Rejected):
            if way == 0:
                raise NotServedError from None
            continue
        if way == 0 and not found:
            await _check_silence(crm, ask, resource, since)


async def _walk(
    crm: Adapter, ask: Ask, resource: str, since: datetime, way: int, keep: Keep
) -> int:
    """Page after page of one way; how many records had changed."""
    found = 0
    number = 1
    while True:
        raws, times, rows = await _page(crm, ask, resource, since, way, number)
        new = [raw for raw, time in zip(raws, times, strict=True) if time > since]
        if len(new) < len(raws) and not _descending(times):
            raise NotServedError
        if new:
            await keep(new)
        found += len(new)
        if len(new) < rows:
            return found
        number += 1


async def _check_silence(crm: Adapter, ask: Ask, resource: str, since: datetime) -> None:
    """Make sure that nothing has changed. Raises NotServedError if something has."""
    _, times, _ = await _page(crm, ask, resource, _BEGINNING, 0, 1)
    if not _descending(times) or (times and times[0] > since):
        raise NotServedError


async def _page(
    crm: Adapter, ask: Ask, resource: str, since: datetime, way: int, number: int
) -> tuple[list[Raw], list[datetime], int]:
    """The records of a page with the times that it is about; how many a full page has."""
    asked = crm.changes(resource, since, number)[way]
    response = await ask(asked.request)
    page = crm.read_page(resource, response)
    rows = page.rows or crm.resources()[resource].page_rows
    return page.raws, [_time(raw.get(asked.stamp)) for raw in page.raws], rows


def _time(value: object) -> datetime:
    """A time of the wire; one without a zone is taken for UTC. Raises NotServedError."""
    try:
        time = datetime.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise NotServedError from None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _descending(times: Sequence[datetime]) -> bool:
    return all(one >= two for one, two in pairwise(times))
