"""Glyphs of two cells and of several characters, as a real terminal draws them."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from wcwidth import wcswidth

from csc_tui.glyphs import clip, drawn, harmless, width
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


TEXTS = (
    "Müller", "Mu\u0308ller", "Nguyễn Thị Hương", "Ngu\u0302\u0301", "A\u030a",  # composed, NFD
    "佐藤 美咲", "東都精機株式会社", "ｶﾀｶﾅ", "か\u3099", "한국어",
    "\u1112\u1161\u11ab", "𠮷", "\u3000",
    "👍", "👍🏽", "👨‍👩‍👧‍👦", "👩‍💻", "🏳️‍🌈", "🤷🏻‍♀️", "🧑🏽‍🦱", "🫠", "🇩🇪", "🇩🇪🇫🇷",
    "❤", "❤️", "☎️", "⚠️", "✈️", "1️⃣", "®️", "🕴️",
    "a\u200bb", "a\u200db", "佐\u200d藤", "か\u200dか", "\u200d", "a\ufeffb", "\u2060x",
    "שלום", "مرحبا", "السلام عليكم", "نمی\u200cخواهم", "a\u202eb", "\u2067abc\u2069",
    "ใจดี", "नमस्ते", "﷽", "ﬁ", "½", "Ω", "ẞ", "—", "€",
    "…", "›", "⏎", "│", "▏", "█▀▄", "┌─┐", "↑", "·",
    "a" + "\u0301" * 9, "\x1b[31mred", "\x9b31m", "a\tb",
)  # fmt: skip
"""Texts of every kind that makes trouble, and the signs of our own."""


def test_a_terminal_moves_on_by_as_many_cells_as_are_counted(tmp_path: Path) -> None:
    sent, came = tmp_path / "texts.json", tmp_path / "cells.json"
    clipped = [clip(harmless(text * 4), cells) for text in TEXTS for cells in (5, 6)]
    texts = [drawn(text) for text in (*map(harmless, TEXTS), *clipped)]
    sent.write_text(json.dumps(texts))
    measure = [sys.executable, str(Path(__file__).with_name("measure.py")), str(sent), str(came)]
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "xterm-256color"}
    terminal = TmuxTerminal(measure, env, folder=tmp_path)
    try:
        terminal.wait_for(lambda _: came.exists())
    finally:
        terminal.close()

    cells = json.loads(came.read_text())
    wrong = [
        (ascii(text), drawn_cells, width(text))
        for text, drawn_cells in zip(texts, cells, strict=True)
        if drawn_cells != width(text)
    ]
    assert wrong == []


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
