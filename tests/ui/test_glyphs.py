"""Text at the terminal's edge: harmless, measured in cells, never cut through a glyph."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes, wcwidth

from csc_tui import glyphs
from csc_tui.glyphs import clip, drawn, fit, harmless, lines_of, width, wrap

WIDE = "佐藤 美咲 👨‍👩‍👧‍👦 Müller Mu\u0308ller ﷽ ใจดี"


@given(st.text(alphabet=st.characters(), max_size=60))
def test_nothing_that_drives_a_terminal_gets_through(text: str) -> None:
    shown = harmless(text)
    for char in shown:
        assert unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp"), hex(ord(char))
        assert unicodedata.bidirectional(char) not in (
            "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
        ), hex(ord(char))  # fmt: skip
    assert harmless(shown) == shown
    shown.encode()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("\x9b31m", "\ufffd31m"),
        ("a\r\nb", "a  b"),
        ("\x7f", "␡"),
        ("a\u200bb\u2066c\ufeff", "abc"),
        ("\udc80", "\ufffd"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("\u200dname\u200d", "name"),
        ("na\u200dme", "name"),
        ("佐\u200d藤", "佐藤"),
        ("ක්\u200dෂ", "ක්\u200dෂ"),
        ("❤️\u200d🔥", "❤️\u200d🔥"),
        ("Müller", "Müller"),
        ("plain", "plain"),
    ],
)
def test_harmless(text: str, shown: str) -> None:
    assert harmless(text) == shown


@given(st.text(max_size=40), st.integers(-2, 30))
def test_a_clipped_text_fits_and_is_a_beginning(text: str, cells: int) -> None:
    text = harmless(text)
    cut = clip(text, cells)
    assert width(cut) <= max(cells, 0)
    assert text.startswith(cut.removesuffix("…"))
    if cut == text:
        assert width(text) <= max(cells, 0)
    padded = fit(text, max(cells, 0))
    assert width(padded) == max(cells, 0)
    assert padded == fit(text, max(cells, 0), right=True) or padded.startswith(cut)


@pytest.mark.parametrize(
    ("text", "cells", "cut"),
    [
        ("Müller", 6, "Müller"),
        ("Müller", 5, "Müll…"),
        ("佐藤美咲", 8, "佐藤美咲"),
        ("佐藤美咲", 6, "佐藤…"),
        ("佐藤美咲", 5, "佐藤…"),
        ("👨‍👩‍👧‍👦 Familie", 4, "👨‍👩‍👧‍👦 …"),
        ("Mu\u0308ller", 3, "Mu\u0308…"),
        ("x", 0, ""),
    ],
)
def test_no_glyph_is_cut_in_two(text: str, cells: int, cut: str) -> None:
    assert clip(text, cells) == cut


def test_a_mountain_of_marks_is_cut() -> None:
    assert len(clip("a" + "\u0301" * 10_000, 5)) < 100


@given(st.text(alphabet=WIDE + " \n", max_size=80), st.integers(2, 30))
def test_wrapped_lines_fit_and_lose_nothing_but_blanks(text: str, cells: int) -> None:
    rows = wrap(text, cells)
    assert all(width(row) <= cells for row in rows)
    assert "".join("".join(rows).split()) == "".join("".join(lines_of(text)).split())


def test_text_is_broken_at_blanks() -> None:
    assert wrap("Prefers the phone before nine.", 12) == ["Prefers the", "phone before", "nine."]
    assert wrap("one\n\ntwo", 10) == ["one", "", "two"]
    assert wrap("abcdefgh", 3) == ["abc", "def", "gh"]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("❤️", "❤"),
        ("1️⃣", "1\u20e3"),
        ("👍🏽", "👍"),
        ("🤷🏻\u200d♀️", "🤷\u200d♀"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("Müller", "Müller"),
    ],
)
def test_what_terminals_measure_differently_is_not_drawn(text: str, seen: str) -> None:
    assert drawn(text) == seen
    assert width(text) == width(seen)


@given(st.text(alphabet="👨👩👧🏽\u200d❤️🇩🇪e\u0301佐ക്ഷa ", max_size=20), st.integers(1, 12))
def test_a_grapheme_is_kept_or_left_out_as_a_whole(text: str, cells: int) -> None:
    text = harmless(text)
    kept = clip(text, cells).removesuffix("…")
    found = list(iter_graphemes(text))
    assert kept in ("".join(found[:n]) for n in range(len(found) + 1))


def test_what_is_measured_without_tables_is_one_glyph_and_one_cell_in_them() -> None:
    letters = [chr(code) for code in range(0x20, 0x3000) if glyphs.harmless(chr(code))]
    simple = [char for char in letters if isinstance(glyphs.glyphs(char), str)]

    assert {"a", "ß", "é", "Ω", "я", "…", "›", "↑", "⏎", "│", "▏"} <= set(simple)
    assert [char for char in simple if wcwidth(char) != 1] == []
    for char in simple:
        assert list(iter_graphemes(f"a{char}b")) == ["a", char, "b"]
    assert list(glyphs.glyphs("xe\N{COMBINING ACUTE ACCENT}")) == ["x", "e\u0301"]
