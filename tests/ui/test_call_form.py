"""The form of a call: what is asked of a call alone, and what stands in a draft of it."""

from __future__ import annotations

from csc_tui.ui.forms.open import part_form
from csc_tui.ui.forms.screen import FormScreen
from tests.live_app import Hands


async def noting(hands: Hands) -> FormScreen:
    """The form of a new note about a person, with a call begun in it."""
    form = part_form(hands.desk.edits, await hands.person(), "notes")
    await hands.open(form)
    await hands.fill("kind", "call")
    await hands.fill("follow", "send the quote")
    await hands.fill("due", "mon")
    return form


async def test_a_follow_up_is_asked_of_a_call_alone_and_keeps_its_text(hands: Hands) -> None:
    form = await noting(hands)
    labels = [one.entry.label for one in form.fields]
    assert labels == ["Kind", "Text", "Confidential", "Follow-up", "Due"]
    await hands.fill("kind", "meeting")
    assert [one.entry.label for one in form.fields] == ["Kind", "Text", "Confidential"]
    await hands.fill("kind", "call")
    assert "[send the quote " in hands.screen
    # Without anything to do there is no day for it either.
    await hands.fill("follow", "")
    assert [one.entry.label for one in form.fields] == labels[:-1]
    await hands.type("x")
    assert "[mon " in hands.screen


async def test_a_draft_of_a_call_opens_with_its_follow_up(hands: Hands) -> None:
    form = await noting(hands)
    await hands.press("escape")
    await hands.until(lambda: form not in hands.app.screen_stack)
    assert form.spec.record is not None
    again = part_form(hands.desk.edits, form.spec.record, "notes")
    await hands.open(again)
    assert [one.box.text for one in again.fields] == ["call", "", "", "send the quote", "mon"]


async def test_a_kind_that_is_none_hides_the_follow_up_and_loses_nothing_of_it(
    hands: Hands,
) -> None:
    form = await noting(hands)
    await hands.fill("kind", "cal")
    await hands.fill("text", "rings back")
    assert [one.entry.label for one in form.fields] == ["Kind", "Text", "Confidential"]
    await hands.press("escape")
    await hands.until(lambda: form not in hands.app.screen_stack)
    assert form.spec.record is not None
    again = part_form(hands.desk.edits, form.spec.record, "notes")
    await hands.open(again)
    await hands.fill("kind", "call")
    texts = [one.box.text for one in again.fields]
    assert texts == ["call", "rings back", "", "send the quote", "mon"]


async def test_a_day_that_is_none_stops_the_save_and_nothing_is_sent(hands: Hands) -> None:
    await noting(hands)
    await hands.fill("text", "rings back")
    await hands.fill("due", "someday")
    await hands.press("ctrl+s")
    await hands.sees("! That is no date. Write 31.12.2026")
    await hands.fill("due", "")
    await hands.press("ctrl+s")
    await hands.sees("! Due is required.")
    assert hands.writes() == []


async def test_a_note_begins_in_its_text_and_a_draft_where_it_was_left(hands: Hands) -> None:
    form = part_form(hands.desk.edits, await hands.person(), "notes")
    await hands.open(form)
    await hands.type("rings back")
    assert hands.line("[rings back").startswith("›*Text")
    await hands.press("shift+tab")
    assert hands.line("[note").startswith("› Kind")
    await hands.press("escape")
    await hands.until(lambda: form not in hands.app.screen_stack)
    assert form.spec.record is not None
    again = part_form(hands.desk.edits, form.spec.record, "notes")
    await hands.open(again)
    assert again.fields[again.at].entry.label == "Kind"
