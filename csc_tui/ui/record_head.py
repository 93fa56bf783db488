"""What stands at the right of a record's first two lines: the last contact, and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.dates import day, local
from csc_tui.domain.note import last_contact
from csc_tui.words import say

if TYPE_CHECKING:
    from datetime import tzinfo

    from csc_tui.domain.record import Record
    from csc_tui.domain.resource import Resource


def at_right(record: Record, resource: Resource, zone: tzinfo, *, short: bool) -> tuple[str, str]:
    """Both in words, each empty for none; `short`: where there is little room."""
    head = record.head()
    notes = getattr(record, resource.notes.name, ()) if resource.notes else ()
    when = last_contact(head.last_contact, notes)
    last = day(local(when, zone)) if when else ""
    if last:
        last = say("record.last_short" if short else "record.last", day=last)
    who = head.responsible
    if who and not short:
        who = say("record.responsible", label=resource.owner_label.lower(), name=who)
    return last, who
