"""Glyphs of two cells and of several characters, as a real terminal draws them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from wcwidth import wcswidth

from tests.live_demo import LiveDemo
from tests.terminal.conftest import environment_of
from tests.terminal.terminal import program
from tests.terminal.tmux import TMUX, TmuxTerminal

pytestmark = pytest.mark.skipif(TMUX is None, reason="tmux draws them; it is not here")


@pytest.fixture
def tmux(
    folders: dict[str, str], tmp_path: Path, demo_server: LiveDemo
) -> Iterator[Callable[[int, int], TmuxTerminal]]:
    """Opens the program on the demo's account in tmux."""
    opened: list[TmuxTerminal] = []

    def opener(columns: int, rows: int) -> TmuxTerminal:
        env = folders | environment_of(demo_server)
        opened.append(TmuxTerminal(program(), env, columns=columns, rows=rows, folder=tmp_path))
        return opened[-1]

    yield opener
    for one in opened:
        one.close()


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (140, 40)])
def test_no_glyph_is_split_and_no_column_shifted(
    tmux: Callable[[int, int], TmuxTerminal], columns: int, rows: int
) -> None:
    screen = tmux(columns, rows)
    screen.wait_for("row 1 of 2,400")
    screen.press("end")
    screen.wait_for("row 2,400 of")
    lines = screen.wait_for(lambda lines: lines[-3].startswith("› 髙﨑, 浩一"))

    # The time since the last contact ends in the same cell whatever stands before it.
    rows = [line.partition("│")[0].rstrip() for line in lines[2:-2]]
    aged = [row for row in rows if re.search(r" (now|\d+(mo|[hdwy]))$", row)]
    assert len(aged) > 10
    assert not any(row.isascii() for row in aged)
    assert {wcswidth(row) for row in aged} == {79}
