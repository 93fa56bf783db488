"""What text becomes before a terminal sees it."""

from __future__ import annotations

import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from csc_tui.glyphs import MOST_POINTS, clip, escaped, fit, harmless, lines_of, width, wrap
from csc_tui.ui.clipboard import to_copy
from csc_tui.ui.paint import Paint, Role, Run
from tests.hostile_server import PAYLOADS

SEEN_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2") | {
    "\U000110bd",
    "\U000110cd",
}
"""Characters of the category `Cf` that have a picture: signs of Arabic, Syriac and Kaithi."""

JOINERS = frozenset("\u200c\u200d")

ANY = st.text(st.characters(exclude_categories=()), max_size=40)
"""Text with any code point in it, halves of surrogate pairs among them."""

SHORT = [one[:1_000] for one in PAYLOADS.values()]
SIGNS = st.sampled_from([*SHORT, "\u200d", "\u0301", "é", "田", "👩", "\x1b", "\x9b"])


def test_no_control_and_no_invisible_character_is_left() -> None:
    left = [
        f"{code:04X}"
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(char := chr(code)) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        and char not in SEEN_FORMATS | JOINERS
        and char in harmless(f"a{char}b")
    ]
    assert left == []


def test_letters_of_every_script_and_emoji_stay_as_they_are() -> None:
    for text in (
        "Müller-Lüdenscheidt, ß ẞ é",
        "Nguyễn Thị Hương",
        "髙﨑 浩一",
        "שָׁלוֹם",
        "محمّد",
        "नमस्ते",
        "ภาษาไทย",
        "می‌خواهم",
        "👨\u200d👩\u200d👧\u200d👦 ❤️\u200d🔥 🇩🇪 👍🏽",
        "Ａｃｍｅ ㈱",
    ):
        assert harmless(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[2Jb", "a␛[2Jb"),
        ("a\x9b2Jb", "a\ufffd2Jb"),
        ("one\ntwo\r\nthree\u2028four\tfive", "one two  three four five"),
        ("\x00\x07\x7f", "␀␇␡"),
        ("ab\u202ecd\u2066ef", "abcdef"),
        ("half \ud800", "half \ufffd"),
        ("\u200dx\u200d", "x"),
        ("Z" + "\u0301" * 50, "Z" + "\u0301" * 4),
        ("[bold]x[/] {0} %s", "[bold]x[/] {0} %s"),
    ],
)
def test_what_is_seen_instead(text: str, shown: str) -> None:
    assert harmless(text) == shown


@given(ANY | st.lists(SIGNS, max_size=6).map("".join))
def test_harmless_text_stays_so_and_is_one_line(text: str) -> None:
    once = harmless(text)
    assert harmless(once) == once
    assert not {"\n", "\r", "\x1b"} & set(once)
    assert once.encode("utf-8").decode("utf-8") == once


@given(st.lists(SIGNS, max_size=6).map("".join), st.integers(1, 60))
def test_a_cell_is_as_wide_as_it_is_told_and_no_novel(text: str, cells: int) -> None:
    shown = fit(harmless(text), cells)
    assert width(shown) == cells
    assert len(clip(harmless(text), cells)) <= MOST_POINTS * cells + 1
    for line in wrap(text, max(cells, 2)):
        assert width(line) <= max(cells, 2)
        assert line.strip("".join(JOINERS)) == harmless(line)


@given(st.lists(SIGNS | ANY, max_size=6).map("".join))
def test_the_last_step_to_the_terminal_lets_nothing_through(text: str) -> None:
    paint = Paint({role: Style() for role in Role})
    strip = paint.strip([Run(text, Role.TEXT), Run(text, Role.BAD)], 30)
    said = "".join(segment.text for segment in strip)
    assert width(said) == 30
    assert said == harmless(said)


@given(st.lists(SIGNS | ANY, max_size=6).map("".join))
def test_what_is_copied_has_no_controls_and_no_break_at_its_ends(text: str) -> None:
    copied = to_copy(text)
    assert copied == copied.strip()
    assert all(line == harmless(line) for line in copied.split("\n"))
    assert len(copied.split("\n")) <= len(lines_of(text))


@given(st.lists(SIGNS | ANY, max_size=6).map("".join))
def test_json_drives_no_terminal_and_says_the_same(text: str) -> None:
    said = escaped(json.dumps({"name": text, "ä": [text]}, ensure_ascii=False, indent=1))
    assert json.loads(said) == {"name": text, "ä": [text]}
    hidden = {char for char in said if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    assert hidden <= SEEN_FORMATS | JOINERS | {"\n"}
    assert '"ä"' in said
