"""The question before something is deleted: a record by its name, a part by `⏎` alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from csc_tui.domain.changing import deleted, deleted_part, destroyed
from csc_tui.domain.folding import fold, typeable
from csc_tui.glyphs import harmless
from csc_tui.ui.screens.confirm import Asked, Confirm
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.domain.change import Change
    from csc_tui.domain.record import Part, Record
    from csc_tui.domain.resource import Resource
    from csc_tui.services.outbox import Outbox
LONGEST = 300
"""Characters of a part that the question says."""


class DeleteScreen(Confirm):
    """About one record, or about one part of it."""

    def __init__(
        self,
        edits: Outbox,
        record: Record,
        part_kind: str = "",
        part: Part | None = None,
        for_good: Callable[[], None] | None = None,
    ) -> None:
        """About the record, or about one part of it.

        `for_good`: about a record in the bin; called when it goes.
        """
        crm, kind = edits.desk.crm, edits.desk.resources[record.resource]
        record = crm.defined(kind, record)
        if for_good is not None:
            self._change, asks = _about_deleted(edits, record)
        elif part is None:
            self._change, asks = _about_record(edits, record)
        else:
            self._change, asks = _about_part(edits, record, part_kind, part)
        super().__init__(asks, record.sort_name())
        self._edits = edits
        self._record = record
        self._for_good = for_good

    async def act(self) -> None:
        """Queue the delete."""
        title = self._record.sort_name()
        await self._edits.submit([self._change], None, self._record, title=title)
        if self._for_good is not None:
            self._for_good()


def _about_record(edits: Outbox, record: Record) -> tuple[Change, Asked]:
    resource = edits.desk.resources[record.resource]
    names = (record.head().title, record.cell("company"))
    history = edits.desk.crm.history
    about = _hanging(resource, record, history.rows if history else 0)
    if not resource.has_bin:
        about += " " + say("delete.no_bin", crm=edits.desk.crm.title)
    word = word_of(resource, record)
    subject = ", ".join(one for one in names if one)
    return deleted(resource, record), _asked(subject, about, word, names_of(record))


def _about_deleted(edits: Outbox, record: Record) -> tuple[Change, Asked]:
    word = word_of(edits.desk.resources[record.resource], record)
    asks = _asked(record.head().title, say("delete.for_good"), word, names_of(record))
    return destroyed(record), asks


def _about_part(edits: Outbox, record: Record, part_kind: str, part: Part) -> tuple[Change, Asked]:
    kind = edits.desk.resources[record.resource].part(part_kind)
    change = deleted_part(part_kind, record, part)
    words = " ".join((part.text() or part.extra())[:LONGEST].split())
    return change, _asked(f"{kind.one} {words}".rstrip(), say("delete.part"))


def _asked(subject: str, about: str, word: str = "", names: tuple[str, ...] = ()) -> Asked:
    return Asked(say("delete.question", name=harmless(subject)), about, word, names)


def _hanging(resource: Resource, record: Record, page: int) -> str:
    """What goes with a record: `2 phones, 1 e-mail`, and its notes as far as they were read.

    `page`: notes of a full page, behind which there may be more.
    """
    found = []
    for kind in resource.all_parts:
        if count := len(getattr(record, kind.name, ())):
            what = kind.one if count == 1 else kind.many
            least = kind is resource.notes and count >= page
            words = "delete.at_least" if least else "delete.count"
            found.append(say(words, count=f"{count:,}", what=what))
    return say("delete.with", parts=", ".join(found)) if found else say("delete.bare")


def names_of(record: Record) -> tuple[str, ...]:
    """What it is called on the screen: `Müller, Jürgen` in lists, `Jürgen Müller` above it."""
    return record.sort_name(), record.head().title


def word_of(resource: Resource, record: Record) -> str:
    """What has to be typed: the name that it is called by, else any that it has.

    Of a name with an emoji or of two scripts that which a keyboard has.
    """
    named = record.value(resource.called_by)
    for name in (named, record.sort_name(), f"#{record.id}"):
        if isinstance(name, str) and fold(word := " ".join(harmless(name).split())):
            return typeable(word)
    return f"#{record.id}"
