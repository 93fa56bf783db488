"""Keys that are faster than the screen that they are meant for, and screens that come between."""

from __future__ import annotations

from csc_tui.domain.changing import edited
from csc_tui.domain.form_text import FormText
from tests.live_app import Hands


async def test_what_is_typed_behind_a_command_of_the_palette_is_for_its_form(
    listed: Hands,
) -> None:
    hands = listed
    await hands.burst(":", *"new", "enter", *"Dr. u")
    await hands.sees("Dr. u▏")
    assert "Dr. u▏" in hands.line("Salutation")


async def test_the_form_of_a_task_waits_for_no_server_and_the_task_is_whose_it_was_typed_by(
    listed: Hands,
) -> None:
    hands = listed
    await hands.press("enter")
    await hands.until(lambda: "Add" not in hands.screen and "read" in hands.screen)
    hands.demo.forget()
    await hands.press("a")
    await hands.sees("Add")
    while "› task" not in hands.screen:
        await hands.press("t")
    await hands.burst("enter", *"dD")
    await hands.sees("dD▏")
    assert "New task" in hands.screen
    assert "GET /api/user" not in hands.demo.requests()
    assert "empty: you" in hands.line("Responsible")
    await hands.press("ctrl+s")
    await hands.until(lambda: hands.writes() and hands.desk.outbox == 0)
    user = hands.demo.ask("GET", "/api/user")
    task = (await hands.desk.edits.journal())[-1].record
    assert (await hands.record(task)).value("responsible") == str((user.get("user") or user)["id"])


async def test_a_refusal_opens_no_form_over_a_search_that_is_typed(listed: Hands) -> None:
    hands = listed
    record = await hands.person(name="Probe")
    why = {"status": 422, "body": {"errors": {"name": ["is too long"]}}}
    hands.demo.fail({"kind": "status", "method": "PUT", "path": "/people/**", **why})
    await hands.type("/mu")
    await hands.sees("/mu▏")
    typed = {"last_name": "Probst"}
    form = FormText(f"people/{record.id}", "Probe", hands.app.clock.now(), typed)
    await hands.desk.edits.submit(edited(record, typed), form, record)
    await hands.until(lambda: hands.desk.edits.refused)
    await hands.type("ll")
    await hands.sees("/mull▏")
    assert "Edit person" not in hands.screen


async def test_what_is_typed_behind_a_day_finds_the_task_put_off(listed: Hands) -> None:
    hands = listed
    hands.demo.fail({"kind": "status", "method": "PUT", "path": "/tasks/**", "status": 503})
    await hands.press("5")
    await hands.until(lambda: "› " in hands.screen and "row 1 of" in hands.screen)
    await hands.press("p")
    await hands.sees("Until  ▏")
    await hands.burst(*"+1d", "enter", "u")
    await hands.until(
        lambda: "undo: change of Due" in hands.screen or "still on its way" in hands.screen
    )
