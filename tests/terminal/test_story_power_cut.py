"""After a power cut in the middle of writing: what can be read is kept, and it is said."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from csc_tui.domain.clock import SystemClock
from csc_tui.store.edits import EditStore
from csc_tui.store.edits_file import FILE
from tests.live_demo import LiveDemo
from tests.outbox.server import Server
from tests.store.test_edits_file import ROWS, damage, fill
from tests.terminal.conftest import Opener
from tests.terminal.test_create import field, writes
from tests.terminal.test_story_drafts import edited


async def spoil(folder: Path, how: str) -> None:
    """Fill the outbox of an account, then damage its file."""
    store = EditStore(folder, SystemClock())
    await fill(store, ROWS)
    await store.close()
    await damage(folder, how)


@pytest.mark.parametrize("how", ["truncated", "middle"])
def test_a_damaged_outbox_is_said_and_what_was_readable_asks(
    account: Opener, demo_server: LiveDemo, folders: dict[str, str], how: str
) -> None:
    server = Server.of(demo_server)
    person = server.make("Aabel", first_name="Anne")
    screen = account()
    screen.wait_for("› Aabel, Anne")
    screen.wait_for(lambda lines: "outbox 0" in lines[-1])
    screen.press("q")
    assert screen.wait_end() == 0
    (file,) = Path(folders["XDG_DATA_HOME"]).glob(f"**/{FILE}")
    asyncio.run(spoil(file.parent, how))
    server.forget()

    screen = account()
    screen.wait_for("The outbox was damaged; what could be read is kept, some may be lost.")
    assert len(list(file.parent.glob("*damaged*.json"))) == 1
    # It may have been sent already, so it is not sent before the user says so.
    screen.press("O")
    screen.wait_for("›! unclear")
    screen.wait_for("It comes from a damaged file and may have been sent already.")
    screen.press("r")
    screen.wait_for("send it again although it may be there? y/n")
    screen.press("n", "escape", "escape")
    screen.wait_for("› Aabel, Anne")
    assert writes(server) == []
    # The program runs: a new save goes out.
    edited(screen)
    field(screen, "title", "Dr.")
    screen.press("ctrl+s")
    screen.wait_for(lambda _: server.record(person)["title"] == "Dr.")
    screen.wait_for(lambda lines: lines[-2].strip().startswith("saved"))
    assert writes(server) == [("PUT", f"/api/people/{person.id}", {"person": {"title": "Dr."}})]
