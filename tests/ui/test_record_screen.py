"""The screen of a record while its record changes, and goes."""

from __future__ import annotations

from csc_tui.domain.changing import deleted
from csc_tui.domain.ref import Ref
from csc_tui.services.events import RecordChanged
from csc_tui.ui.screens.record import RecordScreen
from tests.live_app import Hands


async def opened(hands: Hands) -> RecordScreen:
    """The screen of a new person, with the record on it."""
    record = await hands.person(name="Probe")
    hands.app.open_record(record.ref)
    await hands.sees("People › Probe")
    screen = hands.app.screen
    assert isinstance(screen, RecordScreen)
    return screen


async def test_a_record_that_goes_while_something_lies_above_it_is_left(hands: Hands) -> None:
    screen = await opened(hands)
    card = screen.actions.card
    assert card is not None
    kind = hands.desk.resources["people"]
    await hands.press("O")
    await hands.sees("All writes are confirmed")
    await hands.desk.edits.submit([deleted(kind, card.record)], None, card.record, undoes="now")
    await hands.until(lambda: hands.desk.outbox == 0)
    assert screen in hands.app.screen_stack
    await hands.press("O")
    await hands.sees("row 1 of 2,400")
    assert screen not in hands.app.screen_stack


async def test_a_thousand_changes_are_one_reading(hands: Hands) -> None:
    """Whatever is told of tasks may be about this record."""
    screen = await opened(hands)
    read = 0
    records = hands.desk.records
    card = records.card

    async def counting(ref: Ref) -> object:
        nonlocal read
        read += 1
        return await card(ref)

    setattr(records, "card", counting)  # noqa: B010 -- counted, not replaced
    for number in range(1_000):
        hands.desk.events.tell(RecordChanged(Ref("tasks", str(number))))
    await hands.quiet()
    assert 1 <= read <= 2
    assert screen.actions.card is not None
