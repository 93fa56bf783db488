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

_UNSPACED = re.compile(
    "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Scripts that write words without blanks: there every character may begin one."""


@lru_cache(maxsize=8192)
def index_words(text: str) -> tuple[str, ...]:
    """The index words of a name, a company or a city; also of its parts written as one."""
    found: dict[str, None] = {}
    stretches = words_in(spelled(text[:LONGEST_TEXT]))
    for pieces in stretches:
        for piece in pieces:
            _add(found, piece)
        if len(pieces) > 1:
            _add(found, "".join(pieces))
    if len(stretches) > 1:
        _add(found, joined(text))
    return tuple(found)


@lru_cache(maxsize=8192)
def index_mail(address: str) -> tuple[str, ...]:
    """The index words of an e-mail address: from each of its words but the last to its end.

    So `j.muller@brandt.example` is found by `muller`, `brandt.ex` and itself, but not by `ex`.
    """
    pieces = [piece for stretch in words_in(spelled(address[:LONGEST_TEXT])) for piece in stretch]
    found: dict[str, None] = {}
    for start in range(max(len(pieces) - 1, 1)):
        _add(found, "".join(pieces[start:]))
    return tuple(found)


def joined(text: str) -> str:
    """All of a text as one coarse word; what `index_words` holds for a company as a whole."""
    pieces = words_in(spelled(text[:LONGEST_TEXT]))
    return coarse("".join(piece for stretch in pieces for piece in stretch))[:LONGEST_WORD]


def _add(found: dict[str, None], word: str) -> None:
    if not word:
        return
    starts = [0]
    if not word.isascii():
        starts += [m.start() for m in _UNSPACED.finditer(word, 1)][:LONGEST_WORD]
    for start in starts:
        part = word[start:]
        found[coarse(part)[:LONGEST_WORD]] = None
        found[marked(part)[:LONGEST_WORD]] = None


class Typed:
    """A typed search text: its question to the index, and the same question to one text."""

    def __init__(self, text: str) -> None:
        text = text[:LONGEST_TEXT]
        as_typed = words_in(fold(text))[:MOST_WORDS]
        written = words_in(spelled(text))[:MOST_WORDS]
        self._chunks = [_Chunk(*pair) for pair in zip(as_typed, written, strict=True)]
        self.begins = _beginnings(text)
        """What the folded name of a first-rate hit begins with; empty with several words."""

    def __bool__(self) -> bool:
        """Whether there is any word in it."""
        return bool(self._chunks)

    def match(self, columns: str) -> str:
        """The question to the full-text index: every typed word must start one there."""
        return f"{{{columns}}} : ({' AND '.join(one.match() for one in self._chunks)})"

    def finds(self, words: tuple[str, ...]) -> bool:
        """Whether one of the typed words starts one of these index words."""
        return any(chunk.finds(words) for chunk in self._chunks)


class _Chunk:
    """What was typed between two blanks: one word, or several with other separators between."""

    def __init__(self, as_typed: list[str], written: list[str]) -> None:
        self._whole = _Word("".join(as_typed), "".join(written))
        pairs = zip(as_typed, written, strict=True)
        self._parts = [_Word(*pair) for pair in pairs] if len(written) > 1 else []

    def match(self) -> str:
        if not self._parts:
            return self._whole.match()
        return f"({self._whole.match()} OR ({' AND '.join(one.match() for one in self._parts)}))"

    def finds(self, words: tuple[str, ...]) -> bool:
        by_parts = bool(self._parts) and all(one.finds(words) for one in self._parts)
        return by_parts or self._whole.finds(words)


class _Word:
    """One typed word."""

    def __init__(self, as_typed: str, written: str) -> None:
        self._open = ends_open(as_typed)
        self._coarse = coarse(written)[:LONGEST_WORD]
        self._marked = marked(written)[:LONGEST_WORD]

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
    short = fold(text.strip())
    if len(short.split()) != 1 or not any(one.isalnum() for one in short):
        return ()
    if ends_open(short):
        return (short,)
    return tuple(dict.fromkeys((short, coarse(spelled(text.strip())))))
