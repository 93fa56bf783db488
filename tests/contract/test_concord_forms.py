"""Fields that only Concord CRM has, in its forms: check lists, and what cannot be cleared."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from csc_tui.domain.ref import Ref
from tests.contract.conftest import SWITCHES
from tests.live_app import Hands, running_app
from tests.live_demo import LiveDemo, running_demo


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDemo]:
    folder = tmp_path_factory.mktemp("forms") / "demo"
    with running_demo(folder, "--dialect", "concord", *SWITCHES) as one:
        for kind, key in (("MultiSelect", "cf_many"), ("Select", "cf_single")):
            body: dict[str, Any] = {"resource_name": "contacts", "field_type": kind}
            options = [{"name": "Eins"}, {"name": "Vier"}]
            body |= {"label": f"Probe {kind}", "field_id": key, "options": options}
            one.ask("POST", "/api/custom-fields", body)
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
