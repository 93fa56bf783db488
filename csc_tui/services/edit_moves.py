"""What has become of edits since they were last looked at, and the rows that show it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from csc_tui.domain.ref import Ref
from csc_tui.services.events import RecordChanged
from csc_tui.services.outbox_events import EditDropped, EditMoved
from csc_tui.store.edit_news import News
from csc_tui.store.edit_rows import State

if TYPE_CHECKING:
    from csc_tui.services.desk import Desk
    from csc_tui.store.edit_rows import Edit
    from csc_tui.store.open_edits import OpenEdits


AT_ONCE = 250
"""Edits that are taken in before keys are looked at again."""


class Move(NamedTuple):
    """What is to be told of one edit."""

    event: EditMoved | EditDropped | None
    record: Ref | None
    """Whose row looks another way now."""


def in_pieces(news: News, late: Iterable[Edit]) -> list[News]:
    """News bit by bit, in their order, each to be taken in again without harm.

    `late`: those that are `unheard`, which are not open any more.
    """
    gone = news.gone | {one.number for one in late}
    starts = range(0, len(news.edits), AT_ONCE) or [0]
    pieces = [News(news.mark, news.edits[at : at + AT_ONCE]) for at in starts]
    return [*pieces[:-1], pieces[-1]._replace(gone=gone)]


def unheard(known: OpenEdits, news: News) -> list[Edit]:
    """What was open and is not in the news: somebody has to ask what has become of it."""
    if not news.whole:
        return []
    there = {one.number for one in news.edits}
    return [one for one in known if one.number not in there]


def moves(known: OpenEdits, news: News, over_now: Iterable[Edit]) -> list[Move]:
    """Take the news into what is known; gives what is to be told, what is open first.

    `over_now`: what has become of those that were `unheard`, as far as they are still there.
    """
    ended = {one.number: one for one in over_now}
    found, over = [], []
    for edit in news.edits:
        old = known.put(edit)
        if edit.state is not State.CONFIRMED:
            found.append(_moved(edit, old))
        elif old is not None:
            over.append(_ended(old, edit))
    for number in sorted(news.gone):
        old = known.drop(number)
        if old is not None:  # of those that were never seen open nobody has heard
            over.append(_ended(old, ended.get(number)))
    return [*found, *over]


def _moved(edit: Edit, old: Edit | None) -> Move:
    stands_so = old is not None and (old.state, old.asks) == (edit.state, edit.asks)
    event = None if stands_so else EditMoved(edit, old.state if old else None)
    same = old == edit or edit.state is State.DRAFT
    return Move(event, None if same else edit.record)


def _ended(old: Edit, over: Edit | None) -> Move:
    event = EditMoved(over, old.state) if over is not None else EditDropped(old)
    return Move(event, (over or old).record)


async def tell_rows(desk: Desk, records: Iterable[Ref]) -> None:
    """Have rows drawn with, or again without, what is on its way; only those that lists show."""
    from csc_tui.services.desk import parse_raw
    from csc_tui.services.telling import tell_changed

    ids: dict[str, dict[str, None]] = {}
    for one in records:
        ids.setdefault(one.resource, {})[one.id] = None
    for resource, some in ids.items():
        if not desk.awake.is_set() or resource not in desk.resources:
            continue
        shown = desk.events.showing.concerned(resource, some)
        for one_id in some:
            ref = Ref(resource, one_id)
            stored = await desk.store.record(ref) if one_id in shown else None
            if stored is not None:
                tell_changed(desk, desk.record(resource, parse_raw(stored.raw)))
            else:
                desk.events.tell(RecordChanged(ref))
