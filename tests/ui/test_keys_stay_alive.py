"""Keys while a command waits for the CRM: they are free, and `esc` gives up what is waited for."""

from __future__ import annotations

import asyncio

from csc_tui.domain.changing import edited
from csc_tui.services.away import away
from csc_tui.ui.commands.keymap import Keymap
from csc_tui.ui.forms.open import edit_form
from csc_tui.ui.screens.record import RecordScreen
from tests.live_app import Hands

LONG = 60.0
"""Seconds that an answer takes which no test waits for."""
ASKING = "asking the CRM, esc gives it up"


def slow(path: str) -> dict[str, object]:
    return {"kind": "latency", "method": "GET", "path": path, "seconds": LONG}


def later(path: str) -> dict[str, object]:
    """An answer that comes when the test has the fault taken away."""
    told = {"status": 429, "headers": {"Retry-After": "1"}}
    return {"kind": "status", "method": "GET", "path": path, **told}


async def test_a_save_that_looks_names_up_leaves_the_keys_free(listed: Hands) -> None:
    hands = listed
    record = await hands.person(first_name="Ida")
    hands.demo.fail(slow("/users"))
    form = edit_form(hands.desk.edits, record)
    await hands.open(form)
    await hands.sees("Segment")  # the last that comes into the form by itself
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


async def test_what_ends_the_wait_is_named_by_the_key_of_the_place(listed: Hands) -> None:
    hands = listed
    hands.app.keymap = Keymap({"form.leave": ["f9"], "back": ["f8"]})
    record = await hands.person(first_name="Ida")
    hands.demo.fail(slow("/users"))
    await hands.open(edit_form(hands.desk.edits, record))
    await hands.fill("responsible", "Sabine Krüger")
    await hands.press("ctrl+s")
    await hands.sees("asking the CRM, f9 gives it up")
    await hands.press("f9")
    assert "given up" in hands.screen


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


async def test_what_was_begun_on_a_list_is_no_place_for_what_is_typed_meanwhile(
    listed: Hands,
) -> None:
    hands = listed
    hands.demo.fail(later("/people/count"))
    await hands.press("x")
    await hands.until(lambda: hands.app.errand.words)
    await hands.press("/")
    await hands.type("mu")
    hands.demo.fail()
    await hands.until(lambda: not hands.app.errand.words)
    assert hands.app.screen is hands.app.base
    assert "/mu▏" in hands.screen
    await hands.press("escape")
    await hands.sees("given up")


async def test_a_filter_that_runs_is_completed_no_more(listed: Hands) -> None:
    hands = listed
    hands.demo.fail(later("/tags**"))
    await hands.press("f")
    await hands.sees("⏎ run")
    await hands.type("tag:m")
    await hands.press("tab")
    await hands.until(lambda: hands.app.errand.words)
    await hands.press("enter")
    hands.demo.fail()
    await hands.sees("What it costs")
    await hands.until(lambda: not hands.app.errand.words)
    await hands.press("escape")
    await hands.until(lambda: hands.app.screen is hands.app.base)


async def test_nothing_comes_over_a_form_that_is_being_saved(listed: Hands) -> None:
    hands = listed
    record = await hands.person(first_name="Ida")
    hands.demo.fail(later("/users"))
    form = edit_form(hands.desk.edits, record)
    await hands.open(form)
    await hands.fill("responsible", "Sabine Krüger")
    await hands.press("ctrl+s")
    await hands.until(lambda: hands.app.errand.words)
    await hands.press("f1")
    assert hands.app.screen is form
    assert "it is being saved" in hands.screen
    hands.demo.fail()
    await hands.until(lambda: form not in hands.app.screen_stack)
    await hands.until(lambda: not hands.desk.outbox)
    assert len(hands.writes()) == 1


async def test_the_values_of_a_refused_save_are_had_without_holding_the_keys(
    listed: Hands,
) -> None:
    hands = listed
    record = await hands.person(name="Probe")
    hands.demo.fail({"kind": "status", "method": "PUT", "path": "/people/**", "status": 403})
    await hands.press("O")
    await hands.desk.edits.submit(edited(record, {"last_name": "Probst"}), None, record)
    await hands.until(lambda: hands.desk.edits.refused)
    await hands.desk.store.forget(record.ref)
    hands.demo.fail(slow("/people/**"))
    await hands.press("enter")
    await hands.sees("edit the values")
    await hands.press("enter")
    await hands.sees(ASKING)
    await hands.press("escape")
    assert "given up" in hands.screen
    await hands.sees("› Outbox")


async def test_what_is_given_up_in_the_moment_of_asking_loses_no_key(hands: Hands) -> None:
    errand = hands.app.errand

    async def work() -> None:
        with away():
            assert errand.give_up()
            await asyncio.sleep(LONG)

    await errand.run(work())
    assert "given up" in hands.app.messages.text
