"""What stands at `Last contact` where no note does: nothing that gainsays the head of the record.

The day there is that of the last entry in the stream, which need not be a note.
"""

from __future__ import annotations

from tests.live_app import Hands


async def test_a_day_of_contact_without_notes_is_no_contradiction(hands: Hands) -> None:
    record = await hands.person(first_name="Ida")
    hands.app.open_record(record.ref)
    await hands.sees("Last contact   no notes yet")
    assert "last contact " in hands.line("Ida Probe  ")


async def test_notes_that_the_crm_failed_to_give_can_be_asked_for(hands: Hands) -> None:
    record = await hands.person(first_name="Ida")
    path = f"/people/{record.id}/protocols"
    hands.demo.fail({"kind": "status", "path": path, "status": 500})
    try:
        hands.app.open_record(record.ref)
        await hands.sees("Last contact   not read yet; ⏎ asks for it")
    finally:
        hands.demo.fail()
    await hands.press("down", "enter")
    await hands.sees("Last contact   no notes yet")
