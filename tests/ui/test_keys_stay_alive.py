"""Keys while a command waits for the CRM: they are free, and `esc` gives up what is waited for."""

from __future__ import annotations

from csc_tui.domain.changing import edited
from csc_tui.ui.forms.open import edit_form
from csc_tui.ui.screens.record import RecordScreen
from tests.live_app import Hands

LONG = 60.0
"""Seconds that an answer takes which no test waits for."""
ASKING = "asking the CRM, esc gives it up"


def slow(path: str) -> dict[str, object]:
    return {"kind": "latency", "method": "GET", "path": path, "seconds": LONG}


async def test_a_save_that_looks_names_up_leaves_the_keys_free(listed: Hands) -> None:
    hands = listed
    record = await hands.person(first_name="Ida")
    hands.demo.fail(slow("/users"))
    form = edit_form(hands.desk.edits, record)
    await hands.open(form)
    await hands.fill("responsible", "Sabine Krüger")
    await hands.press("ctrl+s")
    await hands.sees(ASKING)
    at = form.at
    await hands.press("down")
    assert form.at == at + 1
    typed = form.text().texts
    await hands.press("x")
    assert "it is being saved" in hands.screen
    assert form.text().texts == typed
    await hands.press("escape")
    assert "given up" in hands.screen
    assert ASKING not in hands.screen
    assert hands.app.screen is form
    assert form.text().texts == typed
    await hands.press("x")
    assert form.text().texts != typed
    assert hands.writes() == []


async def test_an_export_is_reckoned_beside_the_keys(listed: Hands) -> None:
    hands = listed
    hands.demo.fail(slow("/people/count"))
    await hands.press("x")
    await hands.sees(ASKING)
    await hands.press("down")
    await hands.sees("row 2 of")
    await hands.press("escape")
    assert "given up" in hands.screen
    assert hands.app.screen is hands.app.base


async def test_what_was_begun_on_a_list_comes_up_over_nothing_else(listed: Hands) -> None:
    hands = listed
    hands.demo.fail({**slow("/people/count"), "seconds": 1.0})
    await hands.press("x")
    await hands.sees(ASKING)
    await hands.press("enter")
    await hands.until(lambda: isinstance(hands.app.screen, RecordScreen))
    await hands.until(lambda: not hands.desk.worker.in_flight)
    assert isinstance(hands.app.screen, RecordScreen)


async def test_a_task_is_handed_on_once_the_users_are_known(listed: Hands) -> None:
    hands = listed
    hands.demo.fail(slow("/users"))
    await hands.press("5")
    await hands.sees("reading the filter")
    await hands.press("escape")
    await hands.sees("› ")
    await hands.press("w")
    await hands.sees(ASKING)
    await hands.press("down")
    assert hands.app.base is not None
    assert hands.app.base.rows.cursor == 1
    await hands.press("ctrl+c")
    assert "given up" in hands.screen


async def test_the_line_of_a_filter_can_be_typed_in_while_it_is_completed(listed: Hands) -> None:
    hands = listed
    hands.demo.fail(slow("/tags**"))
    await hands.press("f")
    await hands.sees("⏎ run")
    await hands.type("tag:me")
    await hands.press("tab")
    await hands.sees(ASKING)
    await hands.type("s")
    await hands.sees("f tag:mes▏")
    await hands.press("escape")
    assert ASKING not in hands.screen
    assert "f tag:mes▏" in hands.screen


async def test_an_entry_of_the_outbox_opens_once_its_record_is_here(listed: Hands) -> None:
    hands = listed
    record = await hands.person(name="Probe")
    why = {"status": 422, "body": {"errors": {"name": ["is too long"]}}}
    hands.demo.fail({"kind": "status", "method": "PUT", "path": "/people/**", **why})
    await hands.press("O")
    await hands.desk.edits.submit(edited(record, {"last_name": "Probst"}), None, record)
    await hands.until(lambda: hands.desk.edits.refused)
    await hands.desk.store.forget(record.ref)
    hands.demo.fail(slow("/people/**"))
    await hands.press("e")
    await hands.sees(ASKING)
    await hands.press("down", "escape")
    assert "given up" in hands.screen
    await hands.sees("› Outbox")
