"""Fields that only Concord CRM has, in its forms: check lists, and what cannot be cleared."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from csc_tui.domain.clock import SystemClock
from csc_tui.domain.record import Record
from csc_tui.domain.ref import Ref
from csc_tui.services.lookup import RETRY
from csc_tui.ui.screens.delete import DeleteScreen
from csc_tui.ui.screens.merge import MergeScreen
from tests.contract.conftest import SWITCHES
from tests.live_app import Hands, running_app
from tests.live_demo import LiveDemo, running_demo

Arrive = Callable[[], Awaitable[None]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDemo]:
    folder = tmp_path_factory.mktemp("forms") / "demo"
    with running_demo(folder, "--dialect", "concord", *SWITCHES) as one:
        for kind, key in (("MultiSelect", "cf_many"), ("Select", "cf_single")):
            body: dict[str, Any] = {"resource_name": "contacts", "field_type": kind}
            options = [{"name": "Eins"}, {"name": "Vier"}]
            body |= {"label": f"Probe {kind}", "field_id": key, "options": options}
            one.ask("POST", "/api/custom-fields", body)
        body = {"resource_name": "contacts", "field_type": "Date", "label": "Probe day"}
        one.ask("POST", "/api/custom-fields", {**body, "field_id": "cf_day"})
        yield one


@pytest.fixture
async def opened(demo: LiveDemo, tmp_path: Path) -> AsyncIterator[tuple[Hands, Ref]]:
    """The form of a contact with one option in both fields, its options at hand."""
    found = demo.ask("GET", "/api/contacts/create-fields")
    first = {it["attribute"]: it["options"][0]["id"] for it in found if it.get("options")}
    made = demo.ask("POST", "/api/contacts", {
        "first_name": "Formula", "cf_many": [first["cf_many"]], "cf_single": first["cf_single"],
    })  # fmt: skip
    ref = Ref("contacts", str(made["id"]))
    async with running_app(demo, tmp_path) as hands:
        await hands.desk.lookups.need("fields")
        record = await hands.record(ref)
        hands.app.editing.record(record)
        await hands.sees("First name")
        yield hands, ref


async def test_a_check_list_stays_open_and_ticks(
    opened: tuple[Hands, Ref],
) -> None:
    hands, ref = opened
    await hands.to_field("probe multi")
    assert "[Eins▏" in hands.line("Probe MultiSe")
    await hands.press("enter")
    await hands.sees("› [x] Eins")
    await hands.sees("[ ] Vier")
    await hands.press("enter")
    await hands.sees("› [ ] Eins")
    await hands.press("down", "enter")
    await hands.sees("› [x] Vier")
    await hands.press("escape", "ctrl+s")
    await hands.sees("saved")
    raw = hands.demo.ask("GET", f"/api/contacts/{ref.id}")
    assert [it["name"] for it in raw["cf_many"]] == ["Vier"]


async def test_typing_narrows_behind_what_is_ticked(opened: tuple[Hands, Ref]) -> None:
    hands, _ = opened
    await hands.to_field("probe multi")
    await hands.type("vi")
    assert "[Eins, vi▏" in hands.line("Probe MultiSe")
    await hands.sees("› [ ] Vier")
    assert "Eins" not in hands.line("[ ] Vier")
    await hands.press("enter")
    assert "[Eins, Vier▏" in hands.line("Probe MultiSe")


async def test_what_the_crm_never_forgets_says_so(opened: tuple[Hands, Ref]) -> None:
    hands, _ = opened
    hands.demo.forget()
    await hands.to_field("probe select")
    await hands.press("ctrl+u")
    await hands.press("ctrl+s")
    await hands.sees("cannot be made to forget")
    assert not hands.writes()


class Corrected(SystemClock):
    """The machine's clock, which can be put forward."""

    ahead = 0.0

    def now(self) -> float:
        return super().now() + self.ahead


@pytest.fixture
async def undefined(demo: LiveDemo, tmp_path: Path) -> AsyncIterator[tuple[Hands, Record, Arrive]]:
    """A contact with a day of its own, read before the definition of that has come."""
    body = {"first_name": "Formula", "cf_day": "2026-12-11"}
    ref = Ref("contacts", str(demo.ask("POST", "/api/contacts", body)["id"]))
    demo.fail({"kind": "status", "status": 403, "path": "/*/create-fields"})
    clock = Corrected()
    async with running_app(demo, tmp_path, clock=clock) as hands:
        await hands.desk.lookups.need("fields")
        record = await hands.record(ref)

        async def arrive() -> None:
            demo.fail()
            clock.ahead = RETRY
            await hands.desk.lookups.need("fields")

        yield hands, record, arrive
        demo.fail()


@pytest.mark.parametrize("typed", ["12.12.2026", ""], ids=["changed", "emptied"])
async def test_definitions_that_come_into_an_open_form_are_no_change_of_others(
    undefined: tuple[Hands, Record, Arrive], typed: str
) -> None:
    hands, record, arrive = undefined
    hands.app.editing.record(record)
    await hands.sees("First name")
    await hands.fill("first name", "Anna")
    assert "Probe day" not in hands.screen
    await arrive()
    await hands.to_field("probe day")
    assert "[2026-12-11▏" in hands.line("Probe day")
    await hands.press("ctrl+u")
    await hands.type(typed)
    await hands.press("ctrl+s")
    await hands.sees("saved")
    raw = hands.demo.ask("GET", f"/api/contacts/{record.id}")
    assert raw["first_name"] == "Anna"
    assert (raw["cf_day"] or "")[:10] == "-".join(typed.split(".")[::-1])


async def test_nor_are_they_when_it_is_deleted(undefined: tuple[Hands, Record, Arrive]) -> None:
    hands, record, arrive = undefined
    await arrive()
    hands.desk.edits.pace = replace(hands.desk.edits.pace, held=0.01)
    await hands.open(DeleteScreen(hands.desk.edits, record))
    await hands.type("Formula")
    await hands.press("enter")
    await hands.sees("deleted")
    (edit,) = await hands.desk.edits.journal()
    assert edit.change.base["custom:cf_day"] == "2026-12-11"


async def test_a_preview_asks_once_what_its_custom_fields_are_called(
    demo: LiveDemo, tmp_path: Path
) -> None:
    demo.forget()
    async with running_app(demo, tmp_path, size=(140, 40)) as hands:
        await hands.sees("Credit limit")
        assert "cf_" not in hands.screen
        asked = [one for one in demo.requests() if "fields" in one]
        await hands.press("down", "down")
        await hands.sees("› ")
        await hands.until(lambda: "row 3 of" in hands.screen)
        await hands.quiet()
        assert [one for one in demo.requests() if "fields" in one] == asked


async def test_the_head_of_a_record_knows_the_call_below_it_and_the_word_for_its_owner(
    demo: LiveDemo, tmp_path: Path
) -> None:
    user = demo.ask("GET", "/api/me")
    made = demo.ask("POST", "/api/contacts", {"first_name": "Ida", "user_id": user["id"]})
    outcome = demo.ask("GET", "/api/call-outcomes")["data"][0]["id"]
    call = {"body": "ruft an", "call_outcome_id": outcome, "date": "2026-11-19 10:00:00"}
    via = {"via_resource": "contacts", "via_resource_id": made["id"]}
    demo.ask("POST", "/api/calls", {**call, **via})
    async with running_app(demo, tmp_path) as hands:
        hands.app.open_record(Ref("contacts", str(made["id"])))
        await hands.sees("Last contact   19 Nov 2026  call")
        assert "last contact 19 Nov 2026" in hands.line("Ida  ")
        assert f"  owner {user['name']}" in hands.screen


async def test_nothing_is_merged_whose_custom_fields_nobody_can_move(
    demo: LiveDemo, tmp_path: Path
) -> None:
    """A CRM that does not say which fields there are, or not to this user."""
    made = [
        demo.ask("POST", "/api/contacts", {"first_name": name, "cf_day": "2026-12-11"})["id"]
        for name in ("Formula", "Formulary")
    ]
    demo.fail({"kind": "status", "path": "**/create-fields", "status": 404})
    try:
        async with running_app(demo, tmp_path) as hands:
            await hands.open(MergeScreen(*(Ref("contacts", str(one)) for one in made)))
            await hands.sees("Their custom fields would be lost")
    finally:
        demo.fail()
