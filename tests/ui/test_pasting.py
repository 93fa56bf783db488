"""Pastes come as one piece, whatever they hold and however they are cut."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser

from csc_tui.ui.pasting import END, START, Pasted, Pastes


def heard(*chunks: str) -> list[str]:
    """What the program hears: keys by their names, pastes with `paste` before them."""
    pastes, parser = Pastes(), XTermParser()
    found: list[str] = []
    for number, chunk in enumerate((*chunks, "")):
        for piece in pastes.feed(chunk, final=number == len(chunks)):
            if isinstance(piece, Pasted):
                found.append(f"paste {piece.text}")
                continue
            for event in parser.feed(piece):
                if isinstance(event, events.Key):
                    found.append(event.key)
    return found


def test_a_paste_stands_between_keys() -> None:
    assert heard(f"a{START}one\rtwo{END}b") == ["a", "paste one\rtwo", "b"]


@pytest.mark.parametrize(
    "text", [f"one{END}two", f"one{END}\x13q", "\x1b[31mred", "\x1b", f"{END}{END}", "\x13\x03"]
)
def test_marks_and_controls_in_a_paste_are_text(text: str) -> None:
    assert heard(f"{START}{text}{END}x") == [f"paste {text}", "x"]


def test_two_pastes_are_two() -> None:
    assert heard(f"{START}one{END}{START}two{END}") == ["paste one", "paste two"]


def test_an_empty_paste_is_no_key() -> None:
    assert heard(f"{START}{END}") == ["paste "]


def test_keys_behind_a_paste_are_keys_once_nothing_more_comes() -> None:
    assert heard(f"{START}one{END}\x1b[A", "j") == ["paste one", "up", "j"]
    pastes = Pastes()
    assert list(pastes.feed(f"{START}one{END}")) == [START]
    assert pastes.in_doubt
    assert list(pastes.feed("", final=True)) == [Pasted("one"), END]
    assert list(pastes.feed("j")) == ["j"]


@given(st.lists(st.integers(0, 60), max_size=6))
def test_where_it_is_cut_does_not_matter(cuts: list[int]) -> None:
    text = f"ä{START}one{END}two\x1b[3mthree{END}\x1b[Bj"
    edges = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    chunks = [text[a:b] for a, b in itertools.pairwise(edges)]
    assert heard(*chunks) == ["ä", f"paste one{END}two\x1b[3mthree", "down", "j"]
