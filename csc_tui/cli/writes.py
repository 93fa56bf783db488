"""Commands that write, each with what does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.cli.note import note_record
from csc_tui.cli.outbox import outbox
from csc_tui.cli.write import delete_record, new_record, set_fields, tag_records, untag_records

if TYPE_CHECKING:
    from csc_tui.cli.at_desk import Work

WRITES: dict[str, Work] = {
    "set": set_fields,
    "new": new_record,
    "delete": delete_record,
    "note": note_record,
    "tag": tag_records,
    "untag": untag_records,
    "outbox": outbox,
}
