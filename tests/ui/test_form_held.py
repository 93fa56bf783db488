"""A form that another terminal types: read-only, taken over on request, and the other one hears."""

from __future__ import annotations

from pathlib import Path

from csc_tui.domain.form_text import FormText
from csc_tui.store.edits import EditStore
from csc_tui.ui.forms.open import edit_form
from csc_tui.ui.forms.screen import FormScreen
from tests.live_app import Hands
from tests.live_demo import PATIENCE
from tests.live_desk import FOLDER, paths_in


async def other(hands: Hands, folder: Path) -> EditStore:
    """Another terminal of the account, as far as its drafts go."""
    return EditStore(paths_in(folder).account_data(FOLDER), hands.app.clock)


async def held(hands: Hands, folder: Path) -> tuple[FormScreen, EditStore]:
    """A form that is open here while somebody types it there."""
    record = await hands.person(first_name="Ida", title="Dr.")
    there = await other(hands, folder)
    text = FormText(f"people/{record.id}", "Probe, Ida", 1.0, {"title": "Prof."}, cursor="title")
    await there.save_draft(text)
    await hands.desk.edits.refresh()
    form = edit_form(hands.desk.edits, record)
    await hands.open(form)
    await hands.until(lambda: "Segment" in hands.screen)
    return form, there


async def test_nothing_changes_in_it_and_every_such_key_offers_to_take_it_over(
    hands: Hands, tmp_path: Path
) -> None:
    form, there = await held(hands, tmp_path)
    assert "types here since" in hands.screen
    await hands.press("n")
    await hands.to_field("title")
    for key in ("x", "backspace", "delete", "ctrl+w", "ctrl+u", "ctrl+s", "ctrl+r", "ctrl+z"):
        await hands.press(key)
        await hands.until(lambda: form.prompt is not None)
        await hands.press("n")
    await hands.paste("pasted")
    await hands.press("n")
    assert [one.box.text for one in form.fields if one.entry.path == "title"] == ["Prof."]
    await hands.press("tab", "enter")
    assert hands.app.screen is form
    assert "read-only: another csc-tui types this form" in hands.screen
    await hands.press("escape")
    assert hands.app.screen is not form
    (draft,) = [one for one in (await there.news()).edits if one.form]
    assert draft.form is not None
    assert draft.form.texts == {"title": "Prof."}
    assert hands.writes() == []
    await there.close()


async def test_taking_it_over_goes_on_from_the_latest_text(hands: Hands, tmp_path: Path) -> None:
    form, there = await held(hands, tmp_path)
    await hands.press("n")
    key = form.spec.key
    await there.save_draft(FormText(key, "x", 2.0, {"title": "Prof. Dr.", "first_name": "Ada"}))
    await hands.desk.edits.refresh()
    await hands.to_field("title")
    await hands.press("backspace")
    await hands.sees("types here since")
    await hands.press("y")
    await hands.sees("Prof. Dr.")
    await hands.sees("[Ada")
    await hands.until(lambda: hands.desk.edits.held_by(key) is None)
    await hands.fill("title", "Mag.")
    await hands.until(lambda: draft_text(hands, key).get("title") == "Mag.")
    assert draft_text(hands, key) == {"title": "Mag.", "first_name": "Ada"}
    await there.close()


def draft_text(hands: Hands, key: str) -> dict[str, str]:
    kept = hands.desk.edits.draft(key)
    return dict(kept.texts) if kept else {}


async def test_the_one_from_whom_it_is_taken_hears_of_it_and_may_take_it_back(
    hands: Hands, tmp_path: Path
) -> None:
    form = edit_form(hands.desk.edits, await hands.person(first_name="Ida"))
    await hands.open(form)
    await hands.fill("title", "Dr.")
    await hands.until(lambda: hands.desk.edits.drafts == 1)
    there = await other(hands, tmp_path)
    text = FormText(form.spec.key, "x", hands.app.clock.now(), {"title": "Dr. h. c."})
    await there.save_draft(text, take_over=True)
    await hands.sees("types here since")
    await hands.press("n")
    await hands.press("backspace")
    await hands.press("y")
    await hands.sees("Dr. h. c.")
    await hands.until(lambda: hands.desk.edits.held_by(form.spec.key) is None)
    await there.close()


async def test_once_the_other_one_has_left_it_is_free(hands: Hands, tmp_path: Path) -> None:
    form, there = await held(hands, tmp_path)
    await hands.press("n")
    await there.let_go()
    await there.close()
    await hands.desk.edits.refresh()
    await hands.fill("first name", "Ada")
    assert not form.locked
    await hands.until(lambda: draft_text(hands, form.spec.key).get("first_name") == "Ada")


async def test_what_is_typed_without_a_pause_is_kept_all_the_same(hands: Hands) -> None:
    """The text box is never left alone for a quarter of a second."""
    form = edit_form(hands.desk.edits, await hands.person(first_name="Ida"))
    await hands.open(form)
    await hands.to_field("title")

    async def typing() -> bool:
        await hands.type("x")
        return hands.desk.edits.drafts == 1

    began = hands.app.clock.monotonic()
    while not await typing():
        assert hands.app.clock.monotonic() - began < PATIENCE, "nothing is kept while keys come"


async def test_an_untouched_form_of_kept_text_is_left_without_a_new_draft(hands: Hands) -> None:
    record = await hands.person(first_name="Ida")
    await hands.open(edit_form(hands.desk.edits, record))
    await hands.fill("title", "Dr.")
    await hands.press("escape")
    await hands.until(lambda: hands.desk.edits.drafts == 1)
    (before,) = hands.desk.edits.entries()
    await hands.open(edit_form(hands.desk.edits, record))
    await hands.press("escape")
    assert hands.desk.edits.entries() == [before]
