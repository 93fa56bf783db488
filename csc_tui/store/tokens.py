"""Search words: what is put into the index for a text, and what is asked of it for a typed one.

The index holds each word in its coarse form (`muller` for every way to spell `Müller`) and, where
it differs, in its marked form (`müller`). Typed words ask for the coarse form as a prefix. Only a
typed word that ends in `ae`, `oe` or `ue` asks for the marked form, because cutting off its `e`
would find every `Johann` for `joe`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from csc_tui.domain.folding import coarse, ends_open, fold, marked, spelled, words_in

LONGEST_TEXT = 400
"""Characters of one text that are looked at; names and addresses are shorter."""
LONGEST_WORD = 64
"""Characters of one word that are kept and asked for."""
MOST_WORDS = 8
"""Typed words that are looked at."""
MAIL = "§"
"""Begins index words that go over the `@` of an address, so that they slow no other question."""

_UNSPACED = "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]"
"""Scripts that write words without blanks: there every character may begin one.

Compiled when the first word is indexed: of all that is here it would cost the start the most.
"""


def index_name(text: str) -> list[str]:
    """The index words of a name: its words, and those with a hyphen or apostrophe also as one."""
    return _index_words(words_in(spelled(text[:LONGEST_TEXT])))


def _index_words(words: list[list[str]]) -> list[str]:
    found: list[str] = []
    for pieces in words:
        for piece in pieces:
            found += _forms(piece)
        if len(pieces) > 1:
            found += _forms("".join(pieces))
    return found


def index_word(text: str) -> tuple[str, ...]:
    """The index words of an e-mail address, a company or a city."""
    # An address is one person's: nobody would ask for its dozen words again.
    return tuple(_index_mail(text)) if "@" in text else _index_shared(text)


@lru_cache(maxsize=1024)
def _index_shared(text: str) -> tuple[str, ...]:
    """Those of a company or a city, which many have."""
    words = words_in(spelled(text[:LONGEST_TEXT]))
    return (*_index_words(words), _whole(words))


def joined(text: str) -> str:
    """All of a text as one coarse word; what `index_word` holds for a company as a whole."""
    return _whole(words_in(spelled(text[:LONGEST_TEXT])))


def _whole(words: list[list[str]]) -> str:
    return coarse("".join(map("".join, words)))[:LONGEST_WORD]


def _index_mail(address: str) -> list[str]:
    """From each word of an address to the end of its half, and over the `@` to its end.

    So `j.muller@brandt.example` is found by `muller`, `brandt.ex` and `muller@br`, not by `ex`.
    """
    local, _, domain = spelled(address[:LONGEST_TEXT]).partition("@")
    host, forms = _index_host(domain)
    found = list(forms)
    rest = ""
    for stretch in reversed(words_in(local)):
        for piece in reversed(stretch):
            if rest:
                found.append(_coarse(piece + rest))
            rest = piece + rest
            found += (*_forms(piece), MAIL + _coarse(rest + host))
    return found


@lru_cache(maxsize=512)
def _index_host(domain: str) -> tuple[str, list[str]]:
    """What stands behind the `@`, as one word, and the index words for it alone."""
    pieces = [piece for stretch in words_in(domain) for piece in stretch]
    found: list[str] = []
    for start, piece in enumerate(pieces[:-1]):
        found += (*_forms(piece), _coarse("".join(pieces[start:])))
    return "".join(pieces), found


@lru_cache(maxsize=2048)
def _forms(word: str) -> tuple[str, ...]:
    """A word out of `spelled` in the forms that the index holds."""
    if word.isascii():
        return _pair(word)
    starts = [0, *(1 + one.start() for one in re.finditer(_UNSPACED, word[1:]))][:LONGEST_WORD]
    return tuple(form for start in starts for form in _pair(word[start:]))


def _pair(word: str) -> tuple[str, ...]:
    word = word[:LONGEST_WORD]
    short = coarse(word)
    return (word,) if short == word else (short, marked(word))


def _coarse(word: str) -> str:
    return coarse(word[:LONGEST_WORD])


class Typed:
    """A typed search text: its question to the index, and the same question to one text."""

    def __init__(self, text: str) -> None:
        text = text[:LONGEST_TEXT]
        self._chunks = [
            _Chunk(as_typed, written)
            for as_typed, written in zip(
                fold(text).split()[:MOST_WORDS], spelled(text).split()[:MOST_WORDS], strict=True
            )
            if words_in(as_typed)
        ]
        self.begins = _beginnings(text)
        """What the folded name of a first-rate hit begins with; empty with several words."""

    def __bool__(self) -> bool:
        """Whether there is any word in it."""
        return bool(self._chunks)

    def __len__(self) -> int:
        """How many words there are in it."""
        return len(self._chunks)

    def match(self, columns: str) -> str:
        """The question to the full-text index: every typed word must start one there."""
        return f"{{{columns}}} : ({' AND '.join(one.match() for one in self._chunks)})"

    def count(self, words: tuple[str, ...]) -> int:
        """How many of the typed words start one of these index words."""
        return sum(chunk.finds(words) for chunk in self._chunks)


class _Chunk:
    """What was typed between two blanks: one word, or several with other separators between."""

    def __init__(self, as_typed: str, written: str) -> None:
        local, _, domain = written.partition("@")
        mail = MAIL if words_in(local) and words_in(domain) else ""
        short, long = words_in(as_typed)[0], words_in(written)[0]
        self._whole = _Word("".join(short), "".join(long), mail)
        pairs = zip(short, long, strict=True)
        self._parts = [_Word(*pair) for pair in pairs] if len(long) > 1 and not mail else []

    def match(self) -> str:
        if not self._parts:
            return self._whole.match()
        return f"({self._whole.match()} OR ({' AND '.join(one.match() for one in self._parts)}))"

    def finds(self, words: tuple[str, ...]) -> bool:
        by_parts = bool(self._parts) and all(one.finds(words) for one in self._parts)
        return by_parts or self._whole.finds(words)


class _Word:
    """One typed word, as folded and as written out."""

    def __init__(self, as_typed: str, written: str, before: str = "") -> None:
        self._open = ends_open(as_typed) and not before
        self._coarse = before + _coarse(written)
        self._marked = marked(written[:LONGEST_WORD])

    def match(self) -> str:
        if self._open:
            return f'("{self._coarse}" OR "{self._marked}" *)'
        return f'"{self._coarse}" *'

    def finds(self, words: tuple[str, ...]) -> bool:
        if self._open:
            return self._coarse in words or any(one.startswith(self._marked) for one in words)
        return any(one.startswith(self._coarse) for one in words)


def _beginnings(text: str) -> tuple[str, ...]:
    """One typed word as folded, and as it is without the `e` of a written-out umlaut."""
    short = fold(text)
    if " " in short or not words_in(short):
        return ()
    if ends_open(short):
        return (short,)
    return tuple(dict.fromkeys((short, coarse(spelled(text)))))
