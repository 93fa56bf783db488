"""A person's open deals among the values of the record."""

from __future__ import annotations

from tests.live_app import Hands

DEAL = {"value": "12000", "value_type": "total", "target_date": "2026-12-31", "currency": "EUR"}


async def test_enter_leads_to_an_open_deal(hands: Hands) -> None:
    record = await hands.person(first_name="Ida")
    deal = {"name": "Kran", "current_state": "open_50", "person_ids_set": record.id, **DEAL}
    hands.demo.ask("POST", "/api/deals", {"deal": deal})
    hands.app.open_record((await hands.record(record.ref)).ref)
    await hands.sees("Deal           Kran ›")
    assert hands.line("Kran ›").endswith("50 %  12,000.00 EUR")
    await hands.press("down", "down", "enter")
    await hands.sees("Probe, Ida › Kran")
