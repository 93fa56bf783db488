"""The first paint reads the store and nothing else."""

from __future__ import annotations

import gc
import os
import re
import sys
from pathlib import Path

import pytest
from textual.color import Color
from textual.css.stylesheet import Stylesheet

from csc_tui.ui.shell import look_for_garbage
from tests.live_app import running_app
from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener, environment_of
from tests.terminal.terminal import Terminal
from tests.terminal.test_list import opened

GATED = """
import gc, os, sys
gate = sys.argv.pop(1)
heavy = ("pydantic", "httpx", "csc_tui.crm", "csc_tui.demo", "csc_tui.http.transport")
def hold(event, args):
    global gate
    if event == "import" and args[0] == "csc_tui.ui.app" and gc.isenabled():
        sys.exit("garbage is looked for before there is any")
    if event == "import" and args[0].startswith(heavy) and gate:
        held, gate = gate, ""
        with open(held + ".loaded", "w") as told:
            told.write(" ".join(sorted(sys.modules)) + " .")
        with open(held) as opened:
            opened.read()
sys.addaudithook(hold)
from csc_tui.cli import main
sys.exit(main())
"""
"""Runs the program; the first import of something heavy waits until the named pipe is opened."""

LATER = {
    "argparse", "httpx", "importlib.metadata", "keyring", "pydantic", "urllib.request", "wcwidth",
    "csc_tui.crm", "csc_tui.demo", "csc_tui.domain.change", "csc_tui.domain.countries",
    "csc_tui.domain.digest", "csc_tui.domain.folding", "csc_tui.domain.record",
    "csc_tui.domain.resource",
    "csc_tui.http.transport", "csc_tui.services.outbox", "csc_tui.services.search",
    "csc_tui.store.edits_file", "csc_tui.store.ledger", "csc_tui.store.phones",
    "csc_tui.store.record_saving", "csc_tui.store.search", "csc_tui.store.sweep",
    "csc_tui.ui.browser", "csc_tui.ui.forms.screen", "csc_tui.ui.prompt",
    "csc_tui.ui.record_actions", "csc_tui.ui.screens.conflict", "csc_tui.ui.screens.delete",
    "csc_tui.ui.screens.help", "csc_tui.ui.screens.key", "csc_tui.ui.screens.log",
    "csc_tui.ui.screens.menu", "csc_tui.ui.screens.outbox", "csc_tui.ui.screens.palette",
    "csc_tui.ui.screens.record", "csc_tui.ui.screens.themes", "csc_tui.ui.screens.undo",
    "csc_tui.ui.screens.welcome", "csc_tui.ui.searching", "csc_tui.ui.widgets.record_view",
}  # fmt: skip
"""What the first rows do not need: loaded after them, or when it is used."""
MOST = 120
"""Modules of our own that are loaded before the first rows."""


def test_rows_are_shown_before_models_adapter_or_http_are_imported(
    account: Opener, demo_server: LiveDemo, folders: dict[str, str], tmp_path: Path
) -> None:
    first = opened(account)
    shown = first.screen()[2:-2]
    first.press("q")
    assert first.wait_end() == 0
    demo_server.forget()
    gate = tmp_path / "gate"
    os.mkfifo(gate)

    again = Terminal(
        [sys.executable, "-c", GATED, str(gate)],
        folders | environment_of(demo_server),
        folder=tmp_path,
    )
    try:
        again.wait_for(lambda lines: lines[2:-2] == shown)
        assert demo_server.requests() == []
        told = Path(f"{gate}.loaded")
        again.wait_for(lambda _: told.exists() and told.read_text().endswith(" ."))
        loaded = set(told.read_text().split())
        assert "csc_tui.ui.screens.list" in loaded
        assert loaded & LATER == set()
        assert len({name for name in loaded if name.startswith("csc_tui")}) <= MOST
        # The keys work meanwhile; what waits goes on once the imports may.
        again.press("down")
        again.wait_for("row 2 of 2,400")
        gate.write_text("open")
        again.wait_for(lambda lines: re.search(r"budget \d+/50", lines[-1]))
        again.press("q")
        assert again.wait_end() == 0
    finally:
        again.close()


def test_garbage_is_looked_for_once_the_first_rows_stand() -> None:
    gc.disable()
    try:
        look_for_garbage()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0
    finally:
        gc.enable()
        gc.unfreeze()


async def test_styles_are_read_once_and_in_the_colours_of_the_theme(
    demo_server: LiveDemo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again: list[Stylesheet] = []
    reparse = Stylesheet.reparse

    def counted(sheet: Stylesheet) -> None:
        again.append(sheet)
        reparse(sheet)

    monkeypatch.setattr(Stylesheet, "reparse", counted)
    async with running_app(demo_server, tmp_path) as hands:
        await hands.sees("Abel, Frank")
        assert again == []
        ground = hands.app.current_theme.background
        assert ground is not None
        assert hands.app.screen.styles.background == Color.parse(ground)
