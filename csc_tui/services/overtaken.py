"""Answers that were overtaken: asked for before a save of ours was confirmed, and come after it."""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from csc_tui.domain.ref import Ref
from csc_tui.services.desk import parse_raw, raw_text

if TYPE_CHECKING:
    from csc_tui.crm.adapter import Raw
    from csc_tui.services.desk import Desk
    from csc_tui.store.rows import Saved

KEPT = 200
"""Records that are remembered: more than are saved while one answer is on its way."""


class _Written(NamedTuple):
    number: int
    packed: bytes
    """The raw record as packed JSON, a twelfth of the memory; empty: it is gone."""

    def raw(self) -> Raw | None:
        """The raw record; None: it is gone."""
        return parse_raw(zlib.decompress(self.packed).decode()) if self.packed else None


class Confirmed:
    """The records of the last confirmed saves, as the CRM gave them when they were read back."""

    def __init__(self) -> None:
        self._count = 0
        self._latest: OrderedDict[Ref, _Written] = OrderedDict()

    def note(self, ref: Ref, raw: Raw | None) -> None:
        """A save is confirmed; None: the record is gone."""
        self._count += 1
        packed = zlib.compress(raw_text(raw).encode(), 1) if raw is not None else b""
        self._latest[ref] = _Written(self._count, packed)
        self._latest.move_to_end(ref)
        if len(self._latest) > KEPT:
            self._latest.popitem(last=False)

    def asking(self) -> Asked:
        """To be called before a list is asked for: tells afterwards what was saved meanwhile."""
        return Asked(self, self._count)

    def since(self, count: int, resource: str, ids: Iterable[str]) -> dict[str, Raw | None]:
        """Those of these records that were saved after so many saves."""
        if count == self._count:
            return {}
        found = ((one, self._latest.get(Ref(resource, one))) for one in ids)
        late = {one: it for one, it in found if it is not None and it.number > count}
        return {one: it.raw() for one, it in late.items()}


class Asked(NamedTuple):
    """A list that was asked for at a moment.

    A page of a list is long on its way: what it says of a record may be what that was before.
    A single record is another matter: its read is one with that of the save, or follows it.
    """

    confirmed: Confirmed
    number: int
    """How many saves were confirmed by then."""

    def newer(self, resource: str, raws: Sequence[Raw]) -> list[Raw]:
        """What came of the list, with what was saved meanwhile."""
        late = self.confirmed.since(self.number, resource, map(id_of, raws))
        now = (late.get(id_of(raw), raw) for raw in raws) if late else raws
        return [one for one in now if one is not None]

    async def saved(self, desk: Desk, resource: str, raws: Sequence[Raw]) -> list[Saved]:
        """As `newer`, made ready for the store. Raises OtherAccount."""
        asked = self.confirmed.asking()
        saved = await desk.saved_all(resource, self.newer(resource, raws))
        return await asked.latest(desk, resource, saved)

    async def latest(self, desk: Desk, resource: str, saved: Sequence[Saved]) -> list[Saved]:
        """The same for what was made ready for the store since: to be kept at once."""
        asked, kept = self, list(saved)
        while late := asked.confirmed.since(asked.number, resource, [one.id for one in kept]):
            asked = self.confirmed.asking()
            raws = [raw for raw in late.values() if raw is not None]
            new = {one.id: one for one in await desk.saved_all(resource, raws)}
            kept = [new.get(one.id, one) for one in kept if late.get(one.id, one) is not None]
        return kept


def id_of(raw: Raw) -> str:
    """The id of a raw record, as the store has it."""
    return str(raw["id"])
