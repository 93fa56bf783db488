"""The first paint reads the store and nothing else."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener, environment_of
from tests.terminal.terminal import Terminal
from tests.terminal.test_list import opened

GATED = """
import os, sys
gate = sys.argv.pop(1)
heavy = ("pydantic", "httpx", "csc_tui.crm", "csc_tui.demo", "csc_tui.http.transport")
def hold(event, args):
    global gate
    if event == "import" and args[0].startswith(heavy) and gate:
        held, gate = gate, ""
        with open(held) as opened:
            opened.read()
sys.addaudithook(hold)
from csc_tui.cli import main
sys.exit(main())
"""
"""Runs the program; the first import of something heavy waits until the named pipe is opened."""


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
        # The keys work meanwhile; what waits goes on once the imports may.
        again.press("down")
        again.wait_for("row 2 of 2,400")
        gate.write_text("open")
        again.wait_for(lambda lines: re.search(r"budget \d+/50", lines[-1]))
        again.press("q")
        assert again.wait_end() == 0
    finally:
        again.close()
