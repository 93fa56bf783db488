r"""The language of filters: `tag:messe city:Köln -tag:kunde updated>2026-10-01 "free text"`.

Read in two steps. `scan` knows the grammar alone; a `Reader` knows the resource and gives each
term its meaning. What is wrong is said with its place.

    filter  =  term *( blank term )
    term    =  [ "-" ] ( name sign value  /  text )
    sign    =  ":" / "=" / "<" / ">" / "<=" / ">=" / ":<" / ":>" …
    value   =  text               ; `none`, `any`, `me` mean something, unless in quotes
    text    =  word / '"' … '"'   ; `\"` in it is a quote
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from csc_tui.words import say


class FilterError(ValueError):
    """Text that is no filter. `code` and `params` make the sentence; `at` counts from 0."""

    def __init__(self, code: str, at: int, piece: str, **params: object) -> None:
        """`code` is the last part of a key `filter.bad.*`; `piece` is the text that is meant."""
        super().__init__(code, at)
        self.code = code
        self.at = at
        self.piece = piece
        self.params = params

    def words(self) -> str:
        """Where it is and what would be right, in one line."""
        why = say(f"filter.bad.{self.code}", **self.params)
        return say("filter.bad", at=self.at + 1, piece=self.piece, why=why)


@dataclass(frozen=True, slots=True)
class Token:
    """One term as it was typed."""

    at: int
    """Place of its first character, from 0."""
    typed: str
    negated: bool
    name: str
    """Empty for free text."""
    sign: str
    """`:`, `=`, `<`, `>`, `<=` or `>=`; empty for free text."""
    value: str
    quoted: bool = False
    """Whether the value stood in quotes, so that `none` is a text."""


_QUOTED = r'"(?:[^"\\]|\\.)*"'
_SIGN = r":?(?:<=|>=|<|>|=)|:"
_TERM = re.compile(
    rf"""(?P<minus>-?)
    (?:(?P<name>[^\W\d_][\w.-]*|{_QUOTED})(?P<sign>{_SIGN}))?
    (?P<value>{_QUOTED}|[^\s"]*)""",
    re.VERBOSE,
)
_BLANK = re.compile(r"\s*")


def scan(text: str) -> list[Token]:
    """The terms of a text. Raises FilterError."""
    tokens = []
    at = _end(_BLANK, text, 0)
    while at < len(text):
        found = _TERM.match(text, at)
        end = found.end() if found else at
        if found is None or (end < len(text) and not text[end].isspace()):
            raise FilterError(_broken(text, end), at, _piece(text, at))
        tokens.append(_token(found))
        at = _end(_BLANK, text, end)
    return tokens


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _broken(text: str, at: int) -> str:
    return "quote" if text[at] == '"' and text.count('"', at) == 1 else "stray"


def _piece(text: str, at: int) -> str:
    return text[at:].split(maxsplit=1)[0]


def _token(found: re.Match[str]) -> Token:
    name, sign, value = found["name"] or "", found["sign"] or "", found["value"]
    token = Token(
        at=found.start(),
        typed=found[0],
        negated=bool(found["minus"]),
        name=_unquoted(name),
        sign=sign.lstrip(":") or sign,
        value=_unquoted(value),
        quoted=value.startswith('"'),
    )
    if not token.value:
        code = "no-value" if sign else "no-text"
        raise FilterError(code, token.at, token.typed)
    return token


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1]) if text.startswith('"') else text


def quoted(text: str) -> str:
    """A text as a value of the language: in quotes where it needs them."""
    if text and re.fullmatch(r'[^\s"\\]+', text) and text not in ("none", "any", "me"):
        return text
    return enquoted(text)


def enquoted(text: str) -> str:
    """A text in quotes, whatever is in it."""
    return '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'


_ONE_TERM = re.compile(rf'(-?[^\W\d_][\w.-]*(?:{_SIGN}))([^"]*\s[^"]*)')


def joined(arguments: Iterable[str]) -> str:
    """The filter that a shell's arguments mean, from which it has taken the quotes.

    `city:Bad Homburg` as one argument is one term, as long as no other sign stands in it.
    """
    return " ".join(_argument(one) for one in arguments)


def _argument(text: str) -> str:
    found = _ONE_TERM.fullmatch(text)
    if found is None or re.search(rf"(?:^|\s)-?[^\W\d_][\w.-]*(?:{_SIGN})", found[2]):
        return text
    return found[1] + quoted(found[2].strip())


def suggestion(name: str, known: Sequence[str]) -> str:
    """The known name that is closest to a mistyped one; empty for none."""
    return next(iter(get_close_matches(name, known, 1)), "")
