"""Answers that were overtaken: asked for before a save of ours was confirmed, and come after it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from csc_tui.domain.ref import Ref
from csc_tui.services.gone import id_of

if TYPE_CHECKING:
    from csc_tui.crm.adapter import Raw

KEPT = 200
"""Records that are remembered: more than are saved while one answer is on its way."""


class _Written(NamedTuple):
    number: int
    raw: Raw | None


class Confirmed:
    """The records of the last confirmed saves, as the CRM gave them when they were read back."""

    def __init__(self) -> None:
        self.count = 0
        """How many there were; whoever asks for something notes it before."""
        self._latest: OrderedDict[Ref, _Written] = OrderedDict()

    def note(self, ref: Ref, raw: Raw | None) -> None:
        """A save is confirmed; None: the record is gone."""
        self.count += 1
        self._latest[ref] = _Written(self.count, raw)
        self._latest.move_to_end(ref)
        if len(self._latest) > KEPT:
            self._latest.popitem(last=False)

    def newer(self, resource: str, raws: Sequence[Raw], count: int) -> list[Raw]:
        """What came of a list that was asked for after `count`, with what was saved meanwhile.

        A page of a list is long on its way: what it says of a record may be what that was before.
        A single record is another matter: its read is one with that of the save, or follows it.
        """
        if count == self.count:
            return list(raws)
        came = ((self._latest.get(Ref(resource, id_of(raw))), raw) for raw in raws)
        now = (it.raw if it is not None and it.number > count else raw for it, raw in came)
        return [one for one in now if one is not None]
