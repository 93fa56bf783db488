"""That a record looks another way: said once for all lists, with what is on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.services.events import RecordChanged
from csc_tui.store.rows import Row

if TYPE_CHECKING:
    from csc_tui.domain.record import Record
    from csc_tui.services.desk import Desk


def tell_changed(desk: Desk, record: Record) -> None:
    """Have the row of a record made anew, as the CRM gave it and as it will be."""
    record = desk.overlaid(record)
    row = Row(record.id, desk.cells(record), record.version())
    desk.events.tell(RecordChanged(record.ref, row, record))
