"""Between typed text and values: what a form's boxes show and what they accept."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal

from csc_tui.domain.dates import MONTHS, Here, local
from csc_tui.domain.due import is_day
from csc_tui.domain.field import Choice, Field, Kind, Plain
from csc_tui.domain.folding import fold
from csc_tui.domain.lookup import static_choices
from csc_tui.domain.numbers import readings
from csc_tui.words import say

BRIEF = 40
"""Characters of a text that is none of the options which are said again."""


class BadValue(ValueError):
    """Text that is no value of its field. `code` and `params` make the sentence."""

    def __init__(self, code: str, **params: object) -> None:
        """`code` is the last part of a key `form.bad.*` of the catalogue."""
        super().__init__(code, params)
        self.code = code
        self.params = params

    def words(self) -> str:
        """What is wrong and what would be right, in one line."""
        return say(f"form.bad.{self.code}", **self.params)


_CODED = frozenset({"countries", "languages"})
"""Lookups whose values mean something to people and are shown: `de  Deutsch`."""

_YES = frozenset({"yes", "y", "ja", "j", "true", "1", "x"})
_NO = frozenset({"no", "n", "nein", "false", "0", "-"})


def shown(field: Field, value: Plain, choices: Sequence[Choice] = ()) -> str:
    """A value as it stands in the box. `choices` are the options where the field has no own."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return say("form.yes") if value else say("form.no")
    if isinstance(value, list):
        return ", ".join(_words(field, str(one), choices) for one in value)
    if isinstance(value, dict):
        return str(value.get("name") or "") or _words(field, str(value.get("id", "")), choices)
    if field.kind is Kind.MOMENT:
        return typed_moment_text(str(value))
    return _words(field, str(value), choices) if field.kind is Kind.CHOICE else str(value)


def _options(field: Field, choices: Sequence[Choice]) -> Sequence[Choice]:
    return field.choices or choices or static_choices(field.lookup)


def _words(field: Field, value: str, choices: Sequence[Choice]) -> str:
    for one in _options(field, choices):
        if one.value == value:
            return f"{value}  {one.words}" if field.lookup in _CODED else one.words
    return value


def check(field: Field, text: str, choices: Sequence[Choice] = ()) -> Plain:
    """The value that a text means; None for empty text. Raises BadValue.

    `choices` are the options where the field has no own (users, companies, tags). A record out of
    a lookup comes back as `{"id": "4411", "name": "Brandt GmbH"}`, a new one as `{"name": …}`.
    """
    text = text.strip() if field.kind is not Kind.LONG else text.rstrip()
    if not text:
        if field.required:
            raise BadValue("required", label=field.label)
        return None
    if field.max_length and field.kind is not Kind.TAGS and len(text) > field.max_length:
        raise BadValue("long", length=len(text), limit=field.max_length)
    match field.kind:
        case Kind.NUMBER:
            return _fitting(field, _number(text))
        case Kind.DATE:
            return typed_date(text)
        case Kind.MOMENT:
            return typed_moment(text, whole_day=field.whole_day)
        case Kind.FLAG:
            return _flag(text)
        case Kind.CHOICE | Kind.LINK:
            return _choice(field, text, _options(field, choices))
        case Kind.SEVERAL:
            return _several(text, _options(field, choices))
        case Kind.COLOUR if not _COLOUR.fullmatch(text):
            raise BadValue("colour")
        case Kind.TAGS:
            return _tags(field, text)
        case Kind.PHONE if not any(one.isdigit() for one in text):
            raise BadValue("phone")
        case Kind.EMAIL if not _EMAIL.fullmatch(text):
            raise BadValue("email")
        case Kind.URL:
            return _url(text)
        case _:
            return text


_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>.]+(?:\.[^@\s,;<>.]+)+")
"""The shape alone: whether it exists only a mail can tell."""


def _number(text: str) -> str:
    found = readings(text)
    if len(found) > 1:
        whole, _, rest = found[1].partition(".")
        short = rest.rstrip("0") or "0"
        decimals = f"{short}0" if len(short) == len(rest) else short
        raise BadValue("twofold", text=text, one=found[0], other=f"{whole}.{decimals}")
    if not found:
        raise BadValue("number")
    return found[0]


def _fitting(field: Field, number: str) -> str:
    """A number that has room in its field."""
    whole, _, rest = number.lstrip("-").partition(".")
    rest = rest.rstrip("0")
    if field.decimals is not None and len(rest) > field.decimals:
        raise BadValue("whole" if not field.decimals else "decimals", limit=field.decimals)
    most = field.digits - (field.decimals or 0)
    if field.digits and len(whole.lstrip("0")) > most:
        raise BadValue("digits", limit=most)
    if field.least is not None and Decimal(number) < field.least:
        raise BadValue("least", limit=field.least)
    return number if field.decimals != 0 else whole if number[0] != "-" else f"-{whole}"


_GERMAN = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def typed_date(text: str) -> str:
    """`2026-12-31` for that or for `31.12.2026`. Raises BadValue, with the nearest day there is."""
    if not text.isascii():
        raise BadValue("date")
    if (german := _GERMAN.fullmatch(text)) is not None:
        day, month, year = map(int, german.groups())
    elif (iso := _ISO.fullmatch(text)) is not None:
        year, month, day = map(int, iso.groups())
    else:
        raise BadValue("date")
    if year < 1 or not 1 <= month <= 12:
        raise BadValue("date")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        named = f"{MONTHS[month - 1]} {year}" if (day, month) == (29, 2) else MONTHS[month - 1]
        nearest = date(year, month, max(1, min(day, last)))
        raise BadValue("day", day=day, month=named, fix=nearest.isoformat())
    return date(year, month, day).isoformat()


_CLOCK = re.compile(r"(.+?)[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?")


def typed_moment(text: str, *, whole_day: bool = False) -> str:
    """A day and a time here, as a moment in UTC; `whole_day`: or a day alone. Raises BadValue."""
    found = _CLOCK.fullmatch(text)
    if found is None and whole_day:
        try:
            return typed_date(text)
        except BadValue as error:
            raise BadValue("day-or-moment") if error.code == "date" else error from None
    if found is None or not text.isascii():
        raise BadValue("moment")
    hour, minute, second = (int(one or 0) for one in found.groups()[1:])
    if hour > 23 or minute > 59 or second > 59:
        raise BadValue("moment")
    at = datetime.combine(date.fromisoformat(typed_date(found[1])), time(hour, minute, second))
    try:
        return at.replace(tzinfo=Here()).astimezone(UTC).isoformat()
    except (OverflowError, ValueError, OSError):
        raise BadValue("moment") from None


def typed_moment_text(value: str) -> str:
    """A moment in UTC as one types it here: `2026-11-26 07:00`; as it came if it is none."""
    if is_day(value):
        return value
    try:
        here = local(datetime.fromisoformat(value), Here())
    except ValueError:
        return value
    return f"{here:%Y-%m-%d %H:%M:%S}" if here.second else f"{here:%Y-%m-%d %H:%M}"


_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def _flag(text: str) -> bool:
    word = fold(text)
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise BadValue("flag")


def _choice(field: Field, text: str, options: Sequence[Choice]) -> Plain:
    typed = fold(text)
    exact = [one for one in options if typed in _names(one)]
    found = {one.value: one for one in exact}
    if len(found) > 1:
        found = {key: one for key, one in found.items() if fold(key) == typed}
        if len(found) != 1:
            raise BadValue("several", text=text)
    if found:
        one = next(iter(found.values()))
        return {"id": one.value, "name": one.words} if field.kind is Kind.LINK else one.value
    if not field.free:
        raise BadValue("choice", text=_brief(text))
    return {"name": text} if field.kind is Kind.LINK else text


def _brief(text: str) -> str:
    """So much of it that one knows it again: a paste into the wrong box may be long."""
    return text if len(text) <= BRIEF else f"{text[: BRIEF - 1].rstrip()} …"


def _names(choice: Choice) -> tuple[str, str, str]:
    """Everything that names an option for good: its value, its words, both as the box shows."""
    value, words = fold(choice.value), fold(choice.words)
    return value, words, f"{value} {words}"


def _several(text: str, options: Sequence[Choice]) -> list[str]:
    """The values of options whose words stand there with commas between."""
    found, left = ticked(text, options)
    if left:
        raise BadValue("choice", text=left.partition(",")[0].strip())
    return [one.value for one in found]


def ticked(text: str, options: Sequence[Choice]) -> tuple[list[Choice], str]:
    """The options that a text names, with commas between, and what stands behind them.

    Words may have commas of their own: the longest option that fits counts.
    """
    found: dict[str, Choice] = {}
    left = text.strip(" ,")
    while left:
        begins = [one for one in options if _begins(left, one.words)]
        if not begins:
            break
        one = max(begins, key=lambda it: len(it.words))
        found[one.value] = one
        left = left[len(one.words) :].strip(" ,")
    return list(found.values()), left


def _begins(text: str, words: str) -> bool:
    rest = text[len(words) :].lstrip()
    return fold(text[: len(words)]) == fold(words) and (not rest or rest.startswith(","))


def _tags(field: Field, text: str) -> list[str]:
    names: dict[str, str] = {}
    for one in text.split(","):
        name = one.strip()
        if field.max_length and len(name) > field.max_length:
            raise BadValue("long", length=len(name), limit=field.max_length)
        if name:
            names.setdefault(name.casefold(), name)
    return list(names.values())


_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)


def _url(text: str) -> str:
    if _WEB.fullmatch(text):
        return text
    if _SCHEME.match(text) or "." not in text or any(one.isspace() for one in text):
        raise BadValue("url", fix="https://…")
    raise BadValue("url", fix=f"https://{text}")
