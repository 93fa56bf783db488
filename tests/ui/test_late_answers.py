"""Answers that were asked for before a save and come after it."""

from __future__ import annotations

from csc_tui.domain.changing import deleted, edited
from csc_tui.domain.record import Record
from tests.live_app import Hands

LATE = {"kind": "latency", "method": "GET", "when": "after", "seconds": 1.5, "count": 1}
"""The server has read it before the save; it is long on its way."""


async def first_row(hands: Hands, **values: object) -> Record:
    """A new person on the first row of the list."""
    record = await hands.person(name="Aaaa", **values)
    await hands.press("r")
    await hands.hears("home", "› Aaaa")
    return record


async def test_a_late_page_does_not_bring_back_what_a_save_has_changed(listed: Hands) -> None:
    hands = listed
    record = await first_row(hands)
    whole = hands.app.base.whole  # type: ignore[union-attr]
    hands.demo.fail({**LATE, "path": "/people"})
    await hands.press("r")
    await hands.until(lambda: whole.loading() is not None)
    await hands.desk.edits.submit(edited(record, {"last_name": "Aaab"}), None, record)
    await hands.sees("› Aaab")
    await hands.until(lambda: not hands.desk.outbox)
    await hands.until(lambda: whole.loading() is None)
    await hands.sees("› Aaab")
    card = await hands.desk.records.card(record.ref)
    assert card is not None
    assert card.record.value("last_name") == "Aaab"


async def test_a_late_page_does_not_bring_back_who_was_deleted(listed: Hands) -> None:
    hands = listed
    record = await first_row(hands)
    whole = hands.app.base.whole  # type: ignore[union-attr]
    hands.demo.fail({**LATE, "path": "/people"})
    await hands.press("r")
    await hands.until(lambda: whole.loading() is not None)
    resource = hands.desk.resources["people"]
    await hands.desk.edits.submit([deleted(resource, record)], None, record, undoes="at once")
    await hands.until(lambda: not hands.desk.outbox)
    await hands.until(lambda: whole.loading() is None)
    assert not [row for row in hands.screen.split("\n") if row[2:].startswith("Aaaa")]
    assert await hands.desk.records.card(record.ref) is None
    await hands.hears("home", "row 1 of 2,400")
