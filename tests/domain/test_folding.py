"""Folding: which texts are the same once case, accents and spelling do not count."""

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_tui.domain.folding import coarse, ends_open, fold, marked, spelled, words_in


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Müller", "muller"),
        ("Mu\u0308ller", "muller"),
        ("MÜLLER", "muller"),
        ("Mueller", "mueller"),
        ("Straße", "strasse"),
        ("STRAẞE", "strasse"),
        ("  Straße   É ", "strasse e"),
        ("Łukasz Żółć", "lukasz zolc"),
        ("Ångström", "angstrom"),
        ("Sørensen", "sorensen"),
        ("Æsir", "aesir"),
        ("Þór Guðrún", "thor gudrun"),
        ("Đorđević", "dordevic"),
        ("Nguyễn", "nguyen"),
        ("İstanbul", "istanbul"),
        ("Işık", "isik"),
        ("Çağrı", "cagri"),
        ("Ὀδυσσεύς", "οδυσσευσ"),
        ("Ёлкин", "елкин"),
        ("東都精機", "東都精機"),
        ("ガラス", "ガラス"),
        ("ｶﾞﾗｽ", "ガラス"),
        ("김철수", "김철수"),
        ("ＡＢＣ１２", "abc12"),
        ("مُحَمَّد", "محمد"),
        ("أحمد", "احمد"),
        ("שָׁלוֹם", "שלום"),
        ("मीना", "मीना"),
        ("zero\u200bwidth\u202e", "zerowidth"),
        ("half\ud800pair", "halfpair"),
        ("", ""),
    ],
)
def test_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_how_unicode_composes_letters_does_not_count(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    assert fold(text) == fold(apart)
    assert spelled(text) == spelled(apart)


def test_the_letters_of_western_europe_alone_are_what_they_are_beside_others() -> None:
    for letter in map(chr, range(0x20, 0x250)):
        text = f"x{letter}y e{letter}e"
        assert fold(text) == fold(f"{text} 東").removesuffix(" 東"), letter
        assert spelled(text) == spelled(f"{text} 東").removesuffix(" 東"), letter


@pytest.mark.parametrize(
    ("text", "in_full"),
    [("Müller", "mueller"), ("ÄÖÜ", "aeoeue"), ("Jørgen", "joergen"), ("Zoë", "zoe"), ("ß", "ss")],
)
def test_umlauts_written_out(text: str, in_full: str) -> None:
    assert spelled(text) == in_full


@pytest.mark.parametrize(
    ("name", "mark", "rough"),
    [
        ("Müller", "müller", "muller"),
        ("Mueller", "müller", "muller"),
        ("Muller", "muller", "muller"),
        ("Köhler", "köhler", "kohler"),
        ("Neßler", "nessler", "nessler"),
        ("Jørgensen", "jörgensen", "jorgensen"),
        ("Æbler", "äbler", "abler"),
    ],
)
def test_forms_of_a_word(name: str, mark: str, rough: str) -> None:
    assert (marked(spelled(name)), coarse(spelled(name))) == (mark, rough)


SPELLINGS = {"ä": ["ä", "a\u0308", "ae", "a"], "ß": ["ß", "ss", "ẞ"]}
SPELLINGS |= {"ö": ["ö", "o\u0308", "oe", "o"], "ü": ["ü", "u\u0308", "ue", "u"]}


@given(st.text("bemnäöüßaou", min_size=1, max_size=5))
def test_every_spelling_has_one_coarse_form(name: str) -> None:
    ways = itertools.product(*(SPELLINGS.get(letter, [letter]) for letter in name))
    forms = {coarse(spelled("".join(way))) for way in ways}
    assert len(forms) == 1


@given(st.text("abemsöuüé", max_size=8), st.integers(0, 8))
def test_a_prefix_stays_a_prefix(name: str, length: int) -> None:
    assert coarse(spelled(name)).startswith(coarse(spelled(name[:length])))


@pytest.mark.parametrize(
    ("word", "is_open"), [("mue", True), ("joe", True), ("rae", True), ("e", False), ("me", False)]
)
def test_a_word_may_end_in_half_an_umlaut(word: str, is_open: bool) -> None:
    assert ends_open(word) is is_open


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("von müller-lüdenscheidt", [["von"], ["müller", "lüdenscheidt"]]),
        ("o'brien", [["o", "brien"]]),
        ("j.m@brandt.example", [["j", "m", "brandt", "example"]]),
        ("h&m — gmbh", [["h", "m"], ["gmbh"]]),
        ("मीना", [["मीना"]]),
        ("🎉 …", []),
    ],
)
def test_words(text: str, words: list[list[str]]) -> None:
    assert words_in(text) == words
