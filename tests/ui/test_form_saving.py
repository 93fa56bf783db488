"""Saves from the form: what is sent, what is said, what comes back."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from csc_tui.ui.forms.open import custom_form, edit_form, new_form, part_form, tags_form
from csc_tui.ui.forms.screen import FormScreen
from csc_tui.ui.screens.palette import PaletteScreen
from tests.live_app import Hands, running_app
from tests.live_demo import LiveDemo


async def edit(hands: Hands, **values: object) -> FormScreen:
    form = edit_form(hands.desk.edits, await hands.person(**values))
    await hands.open(form)
    await hands.until(lambda: "Segment" in hands.screen)
    return form


async def saved(hands: Hands) -> list[Any]:
    """Save with `ctrl+s`; the bodies that the server got."""
    await hands.press("ctrl+s")
    await hands.sees(" saved")
    return [one["body"] for one in hands.writes()]


async def test_only_what_changed_is_sent(hands: Hands) -> None:
    await edit(hands, first_name="Ida", title="Dr.")
    await hands.fill("title", "Prof.")
    assert await saved(hands) == [{"person": {"title": "Prof."}}]
    assert "outbox 0" in hands.screen
    assert "row 1 of" in hands.screen


async def test_what_the_crm_makes_of_a_value_is_said_before_what_others_changed(
    hands: Hands,
) -> None:
    form = await edit(hands, first_name="Ida", title="Dr.")
    await hands.fill("title", "Prof.")
    assert form.spec.record is not None
    ref = f"/people/{form.spec.record.id}"
    hands.demo.ask("PUT", f"/api{ref}", {"person": {"background": "by a colleague"}})
    again = {"kind": "colleague", "method": "PUT", "path": ref, "when": "after"}
    hands.demo.fail({**again, "changes": {"title": "Prof. Dr."}, "count": 1})
    await hands.press("ctrl+s")
    await hands.sees("saved, but the CRM has it as Title Prof. Dr.")


async def test_nothing_changed_means_nothing_to_save(hands: Hands) -> None:
    form = await edit(hands, first_name="Ida")
    await hands.fill("first", "Ida")
    await hands.press("ctrl+s")
    assert "nothing to save" in hands.screen
    assert hands.app.screen is form
    assert hands.writes() == []


async def test_the_same_value_in_other_words_is_no_change(hands: Hands) -> None:
    record = await hands.person()
    await hands.desk.lookups.need("fields")
    limit = next(it for it in hands.desk.resources["people"].fields if it.label == "Credit limit")
    made = {"custom_fields_type_id": int(limit.name.partition(":")[2]), "name": "50000.00"}
    hands.demo.ask("POST", f"/api/people/{record.id}/custom_fields", {"custom_field": made})
    hands.demo.forget()
    await hands.open(edit_form(hands.desk.edits, await hands.record(record.ref)))
    await hands.fill("credit", "50.000,00")
    await hands.press("ctrl+s")
    assert "nothing to save" in hands.screen
    assert hands.writes() == []


async def test_what_is_wrong_keeps_the_form_and_gets_the_focus(hands: Hands) -> None:
    form = await edit(hands)
    await hands.fill("next visit", "gestern")
    await hands.fill("first", "Ida")
    await hands.press("ctrl+s")
    assert hands.app.screen is form
    assert form.fields[form.at].entry.label == "Next visit"
    assert "That is no date." in hands.screen
    assert hands.writes() == []


async def test_what_is_wrong_and_what_is_saved_is_said_beside_a_failure(hands: Hands) -> None:
    await edit(hands)
    hands.app.messages.failure("The view cannot be kept.")
    await hands.fill("next visit", "31.11.2026")
    await hands.press("ctrl+s")
    await hands.sees(" 1 changed, 1 to mend")
    assert "! The view cannot be kept." in hands.line("1 to mend")
    await hands.fill("next visit", "30.11.2026")
    await hands.press("ctrl+s")
    await hands.sees(" saved  ! The view cannot be kept.")


async def test_the_last_stop_saves_too(hands: Hands) -> None:
    form = await edit(hands)
    await hands.fill("first", "Ida")
    await hands.press(*["tab"] * (len(form.fields) - form.at))
    assert hands.line("[ Save ]").startswith("›")
    await hands.press("enter")
    await hands.sees(" saved")
    assert [one["body"] for one in hands.writes()] == [{"person": {"first_name": "Ida"}}]


async def test_custom_fields_go_along_in_the_same_request(hands: Hands) -> None:
    await edit(hands)
    await hands.fill("next visit", "31.12.2026")
    await hands.fill("title", "Dr.")
    (body,) = await saved(hands)
    assert body["person"]["title"] == "Dr."
    (made,) = body["person"]["custom_fields_attributes"]
    assert made["name"] == "2026-12-31"


async def test_refused_values_reopen_the_form_with_the_server_s_words(hands: Hands) -> None:
    body = {"first_name": ["ist hier nicht erlaubt"]}
    hands.demo.fail({"kind": "status", "method": "PUT", "status": 422, "body": body, "count": 1})
    await edit(hands)
    await hands.fill("first", "Größe")
    await hands.press("ctrl+s")
    await hands.sees("! ist hier nicht erlaubt")
    assert hands.line("First name").startswith("›!First name     [Größe▏")
    assert "1 draft" in hands.screen
    await hands.press("ctrl+u")
    await hands.type("Ida")
    await hands.press("ctrl+s")
    await hands.sees(" saved")
    assert "draft" not in hands.screen
    assert [one["body"]["person"] for one in hands.writes()] == [
        {"first_name": "Größe"},
        {"first_name": "Ida"},
    ]


async def test_refused_values_do_not_open_over_what_was_opened_meanwhile(hands: Hands) -> None:
    body = {"first_name": ["ist hier nicht erlaubt"]}
    hands.demo.fail({"kind": "status", "method": "PUT", "status": 422, "body": body, "count": 1})
    await edit(hands)
    await hands.fill("first", "Größe")
    await hands.press("ctrl+s")
    await hands.sees("! ist hier nicht erlaubt")
    await hands.press("escape")
    await hands.until(lambda: hands.app.in_the_open)
    (refused,) = hands.desk.edits.entries()
    telling = asyncio.create_task(hands.app.editing.refused(refused))
    await asyncio.sleep(0)  # it has begun to look for the record
    hands.app.do_palette()
    await telling
    assert isinstance(hands.app.screen, PaletteScreen)


async def test_a_failed_save_is_offered_with_its_time_when_the_form_opens_again(
    hands: Hands,
) -> None:
    hands.demo.fail({"kind": "status", "method": "PUT", "status": 403, "count": 1})
    form = await edit(hands)
    await hands.fill("first", "Größe")
    await hands.press("ctrl+s")
    await hands.sees("Your text is kept.")
    assert "1 draft" in hands.screen
    again = edit_form(hands.desk.edits, await hands.record(form.spec.record.ref))  # type: ignore[union-attr]
    await hands.open(again)
    await hands.sees("Edit person (draft of ")
    assert hands.line("First name").startswith("›*First name     [Größe")
    await hands.press("escape")
    assert again not in hands.app.screen_stack
    assert hands.desk.drafts == 1


async def test_a_kept_text_comes_back_at_the_next_start(
    demo_server: LiveDemo, tmp_path: Path
) -> None:
    demo_server.fail({"kind": "status", "method": "POST", "path": "/people", "status": 403})
    async with running_app(demo_server, tmp_path) as hands:
        await hands.open(new_form(hands.desk.edits, "people"))
        await hands.fill("last", "Größe")
        await hands.fill("company", "Brandneu Testfirma GmbH")
        await hands.press("ctrl+s")
        await hands.sees("Your text is kept.")
    demo_server.fail()
    async with running_app(demo_server, tmp_path) as hands:
        await hands.sees("1 draft")
        await hands.press("n")
        await hands.sees("New person (draft of ")
        demo_server.forget()
        (body,) = await saved(hands)
        assert body["person"]["name"] == "Größe"
        assert body["person"]["positions_attributes"] == [
            {"company_name": "Brandneu Testfirma GmbH", "primary_function": True}
        ]


async def test_a_new_person_is_one_request(hands: Hands) -> None:
    await hands.open(new_form(hands.desk.edits, "people"))
    hands.demo.forget()
    await hands.press("ctrl+s")
    assert "nothing to save" in hands.screen
    await hands.fill("first", "Leonie")
    await hands.press("ctrl+s")
    assert "Last name is required." in hands.screen
    await hands.fill("last", "Kühn")
    await hands.fill("phone", "+49 221 4710 172")
    await hands.fill("tags", "Messe Köln, Neu")
    await hands.press("escape")
    await hands.fill("city", "Köln")
    (body,) = await saved(hands)
    assert body == {
        "person": {
            "first_name": "Leonie",
            "name": "Kühn",
            "tels_attributes": [{"name": "+49 221 4710 172", "atype": "office"}],
            "tags_attributes": [{"name": "Messe Köln"}, {"name": "Neu"}],
            "addrs_attributes": [{"city": "Köln", "atype": "work"}],
        }
    }
    await hands.sees("› Kühn, Leonie")


async def test_a_part_is_changed_and_made_on_its_own_route(hands: Hands) -> None:
    record = await hands.person(tels_attributes=[{"name": "+49 221 4710 123", "atype": "office"}])
    phone = record.phones[0]  # type: ignore[attr-defined]
    await hands.open(part_form(hands.desk.edits, record, "phones", phone))
    await hands.fill("number", "+49 221 4710 999")
    assert await saved(hands) == [{"tel": {"name": "+49 221 4710 999"}}]
    hands.demo.forget()
    await hands.open(part_form(hands.desk.edits, record, "emails"))
    assert "Probe › Add e-mail" in hands.screen
    await hands.fill("e-mail", "probe@brandt.example")
    assert await saved(hands) == [{"email": {"name": "probe@brandt.example", "atype": "office"}}]


async def test_an_empty_custom_field_gets_its_first_value(hands: Hands) -> None:
    record = await hands.person()
    await hands.desk.lookups.need("fields")
    visit = next(it for it in hands.desk.resources["people"].fields if it.label == "Next visit")
    await hands.open(custom_form(hands.desk.edits, record, visit.name))
    assert "Add Next visit" in hands.screen
    await hands.type("01.02.2027")
    (body,) = await saved(hands)
    assert body["custom_field"]["name"] == "2027-02-01"
    assert (await hands.record(record.ref)).value(visit.name) == "2027-02-01"


async def test_tags_in_one_field_become_what_was_added_and_taken_away(hands: Hands) -> None:
    tags = [{"name": "Alt"}, {"name": "Bleibt"}]
    record = await hands.person(tags_attributes=tags)
    await hands.open(tags_form(hands.desk.edits, record))
    assert "[Alt, Bleibt▏" in hands.screen
    await hands.press("ctrl+u")
    await hands.type("Bleibt, Neu")
    await hands.press("escape", "ctrl+s")
    await hands.sees(" saved")
    assert [one["method"] for one in hands.writes()] == ["POST", "DELETE"]
    assert (await hands.record(record.ref)).cell("tags") == "Bleibt, Neu"


async def test_read_only_saves_nothing_and_keeps_the_form(
    demo_server: LiveDemo, tmp_path: Path
) -> None:
    async with running_app(demo_server, tmp_path, read_only=True) as hands:
        form = await edit(hands)
        await hands.fill("first", "Ida")
        await hands.press("ctrl+s")
        assert "read-only: nothing is written" in hands.screen
        assert hands.app.screen is form
        assert hands.writes() == []
