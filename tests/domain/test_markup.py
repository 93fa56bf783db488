"""Notes of any markup as words: nothing lost that is for reading, nothing slow, nothing alive."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_tui.domain.markup import LONGEST, bare, html, is_marked_up, readable


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>Hallo <b>Welt</b></p><p>Zwei<br>drei</p>", "Hallo Welt\n\nZwei\ndrei"),
        ("eins\n  zwei", "eins zwei"),
        ("<ul><li>a</li><li>b</ul>c", "- a\n- b\n\nc"),
        ("a &lt;b&gt;&nbsp;&amp; &uuml;", "a <b> & ü"),
        ("5 < 6 und 7 > 6", "5 < 6 und 7 > 6"),
        ("<script>steal('<p>')</script>x<style>p {}</style>", "x"),
        ("a<!-- <p>nein</p> -->b<!DOCTYPE html>c<!-- offen", "abc"),
        ('<a href="https://x.example/?a=1&amp;b">hier</a>', "hier (https://x.example/?a=1&b)"),
        ('<a href="https://x.example">https://x.example</a>', "https://x.example"),
        ("<a href='javascript:alert(1)'>hier</a>", "hier"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\n\nc"),
    ],
)
def test_html(text: str, words: str) -> None:
    assert readable(text, "html") == words


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("**Anruf**\n\n- rief *an*", "Anruf\n\n- rief an"),
        ("## Kopf\n> Zitat\n* eins", "Kopf\nZitat\n- eins"),
        ("[hier](https://x.example) `code`", "hier (https://x.example) code"),
        ("```\n*a*\n```", "*a*"),
        ("snake_case_name und 2*3*4", "snake_case_name und 2*3*4"),
        (r"\*kein\*", "*kein*"),
    ],
)
def test_markdown(markdown: str, words: str) -> None:
    assert readable(markdown, "markdown") == words


@pytest.mark.parametrize(
    ("textile", "words"),
    [
        ("h1. Kopf\n\n* eins\n** *fett*", "Kopf\n\n- eins\n- fett"),
        ('"hier":https://x.example und _schräg_', "hier (https://x.example) und schräg"),
        ("10 - 20 - 30, a_b_c", "10 - 20 - 30, a_b_c"),
    ],
)
def test_textile(textile: str, words: str) -> None:
    assert readable(textile, "textile") == words


@pytest.mark.parametrize("markup", ["plaintext", "", "orgmode"])
def test_all_else_stays_as_written(markup: str) -> None:
    assert readable("<b>*x*</b>\r\n\r\n\r\n\r\ny ", markup) == "<b>*x*</b>\n\ny"


def test_of_what_nobody_reads_to_its_end_the_end_is_cut() -> None:
    assert readable("x" * (LONGEST + 1), "plaintext") == "x" * LONGEST + " …"


@pytest.mark.parametrize("text", ["a<br>b", "a &amp; b"])
def test_markup_is_seen(text: str) -> None:
    assert is_marked_up(text)
    assert not is_marked_up("Anruf\nwegen Angebot > 5")


@pytest.fixture
def alarm() -> Iterator[None]:
    """Ends what takes minutes."""
    signal.alarm(60)
    yield
    signal.alarm(0)


@pytest.mark.usefixtures("alarm")
@pytest.mark.parametrize("markup", ["html", "markdown", "textile"])
@pytest.mark.parametrize(
    "piece", ["<a ", "<a b='", "<!--", "</", "<a>", "<", "&#", "**", "*a ", "_", "[", '"', '"a":']
)
def test_nothing_is_slow(piece: str, markup: str) -> None:
    assert isinstance(readable(piece * (LONGEST // len(piece)), markup), str)


WORDS = st.text(st.sampled_from("ab<>&;\t \n\"'ä"), max_size=30).map(lambda one: one.strip("\n"))


@given(WORDS)
def test_words_are_the_same_again_when_they_come_back_as_html(words: str) -> None:
    assert bare(html(words)) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>a</p>\n<p>b<br/>c&nbsp; d</p>", "a\n\nb\nc  d"),
        ("nur  Worte\n&amp; mehr", "nur Worte & mehr"),
        ("<P>a<BR></P><p></p>", "a"),
        ("<p>a<br><br>b</p>", "a\n\nb"),
        ("<p>a <b>b</b></p>", None),
        ('<p class="x">a</p>', None),
        ("<p>a</p><img src=x>", None),
        ("a < b", None),
        ("<!-- x -->", None),
    ],
)
def test_only_html_that_is_nothing_but_words_is_bare(text: str, words: str | None) -> None:
    assert bare(text) == words
