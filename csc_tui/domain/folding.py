"""Folding: what is left of a text once case, accents and ways of spelling no longer count.

Three forms of a word, from finest to coarsest, for `Müller`, `Mueller` and `Muller` each:

- `fold`: `muller`, `mueller`, `muller`. Accents are gone, spelling stays; lists sort by it.
- `marked`: `müller`, `müller`, `muller`. Tells a vowel that is or may be an umlaut from a plain
  one.
- `coarse`: `muller` for all three. Equal for every way of spelling an umlaut.

`marked` and `coarse` take words out of `spelled`. All of them go from letter to letter, so a
prefix stays a prefix.
"""

from __future__ import annotations

import re
import unicodedata

_DROPPED = (
    "[\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u180b-\u180e\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Marks that people leave out when they type (Latin, Greek, Cyrillic accents, Hebrew and Arabic
vowel signs), and characters that nobody sees. Marks that make another letter (Indic vowels, the
Japanese voicing mark) are not among them."""

_LETTERS = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
    }
)
"""Latin letters that Unicode does not take apart."""

_SIGNS = str.maketrans("‘’‚‛′‐‑‒–—", "'''''-----")
"""Signs that typography has beside those of a keyboard."""

_ACCENTED = dict(zip("àáâãåçèéêëìíîïñòóôõùúûýÿ", "aaaaaceeeeiiiinoooouuuyy", strict=True))
_BARE = str.maketrans({**_ACCENTED, "ä": "a", "ö": "o", "ü": "u", "ø": "o", "ß": "ss"})
_WRITTEN_OUT = str.maketrans({**_ACCENTED, "ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "ß": "ss"})
"""What is left of the letters of western Europe by `fold` and by `spelled`: most texts have no
others, and for these neither has to take Unicode apart."""

_UMLAUT = re.compile("([aou])\u0308|ø")
_DIGRAPH = re.compile("([aou])e+")
_DIGRAPHS = (("ae", "a"), ("oe", "o"), ("ue", "u"))
_ASCII_WORD = re.compile("[a-z0-9]+")
_MARK = {"a": "ä", "o": "ö", "u": "ü"}


def fold(text: str) -> str:
    """Without case and accents, `ß` as `ss`, blanks as one: `Straße  É` is `strasse e`."""
    short = text.lower()
    if short.isascii() or (short := short.translate(_BARE)).isascii():
        return " ".join(short.split())
    return _together(_apart(text))


def typeable(text: str) -> str:
    """What of a name any Latin keyboard has: `O'Brien` of `O’Brien`, `Blum` of `Blum 🌷`.

    All of it where that would leave nothing.
    """
    words = [one for one in text.translate(_SIGNS).split() if fold(one).isascii()]
    kept = " ".join(words)
    return kept if any(map(str.isalnum, kept)) else text


def spelled(text: str) -> str:
    """As `fold`, but umlauts are written out as Germans and Danes do: `Ähre` is `aehre`."""
    short = text.lower()
    if short.isascii() or (short := short.translate(_WRITTEN_OUT)).isascii():
        return " ".join(short.split())
    return _together(_UMLAUT.sub(lambda found: (found[1] or "o") + "e", _apart(text)))


def _apart(text: str) -> str:
    """Lower case, every accent a character of its own. Some letters change twice."""
    lowered = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFKD", lowered)


def _together(text: str) -> str:
    """Without the marks that do not count; the others joined to their letters again."""
    bare = re.sub(_DROPPED, "", text).translate(_LETTERS)
    return " ".join(unicodedata.normalize("NFC", bare).split())


def marked(word: str) -> str:
    """A word out of `spelled` with `ä`, `ö`, `ü` wherever one of them was or may be meant."""
    if not _has_digraph(word):
        return word
    return _DIGRAPH.sub(lambda found: _MARK[found[1]], word)


def coarse(word: str) -> str:
    """A word out of `spelled` in the one form that all ways of spelling it share."""
    for written, short in _DIGRAPHS:
        while written in word:  # `aee` is an `a` too
            word = word.replace(written, short)
    return word


def _has_digraph(word: str) -> bool:
    # Most words have none, and this is told ten times faster than by the pattern.
    return "ae" in word or "oe" in word or "ue" in word


def ends_open(word: str) -> bool:
    """Whether a typed, folded word ends in `ae`, `oe` or `ue`: an umlaut, or two vowels."""
    return len(word) > 1 and word[-1] == "e" and word[-2] in _MARK


def words_in(text: str) -> list[list[str]]:
    """The words of a text out of `fold` or `spelled`.

    One list for each stretch between blanks; within it the pieces between other separators:
    `von muller-ludenscheidt` gives `[["von"], ["muller", "ludenscheidt"]]`.
    """
    return [pieces for stretch in text.split() if (pieces := _pieces(stretch))]


def _pieces(stretch: str) -> list[str]:
    if stretch.isalnum():
        return [stretch]
    if stretch.isascii():
        return _ASCII_WORD.findall(stretch)
    kept = "".join(one if one.isalnum() or _joins(one) else " " for one in stretch)
    return kept.split()


def _joins(character: str) -> bool:
    """Whether it is a mark that belongs to a letter."""
    return unicodedata.category(character).startswith("M")
