"""vCards 3.0 (RFC 2426) and 4.0 (RFC 6350): written so that no value can add a property."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from csc_tui.domain.business_card import BusinessCard, Place, Reach
from csc_tui.domain.dates import aware_of

FOLD = 75
"""Octets of a line, without its end."""

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What no text of a card holds; a line feed is written as `\\n`."""


def vcard(card: BusinessCard, version: str, *, uid: str, revised: datetime | None) -> str:
    """One card, its lines folded and ended by CRLF.

    `version` is `3.0` or `4.0`; `uid` names the record for good.
    """
    return "".join(_folded(line) for line in _lines(card, version, uid, revised))


def _lines(card: BusinessCard, version: str, uid: str, revised: datetime | None) -> Iterator[str]:
    new = version == "4.0"
    yield "BEGIN:VCARD"
    yield f"VERSION:{version}"
    if new:
        yield f"KIND:{'org' if card.is_firm else 'individual'}"
    yield f"UID:{_text(uid)}"
    yield f"FN:{_text(card.full_name)}"
    yield f"N:{_structured((card.last_name, card.first_name, '', card.prefix, ''))}"
    if company := card.company or (card.full_name if card.is_firm else ""):
        yield f"ORG:{_text(company)}"
    if card.job_title:
        yield f"TITLE:{_text(card.job_title)}"
    for phone in card.phones:
        sorts = phone.sorts if "fax" in phone.sorts else (*phone.sorts, "voice")
        yield f"TEL{_types(sorts, new)}:{_text(phone.value)}"
    for email in card.emails:
        sorts = email.sorts if new else ("internet", *email.sorts)
        yield f"EMAIL{_types(sorts, new)}:{_text(email.value)}"
    yield from (_place(one, new) for one in card.places)
    yield from (_page(one) for one in card.pages)
    if card.born is not None:
        day = card.born.isoformat()
        yield f"BDAY:{day.replace('-', '') if new else day}"
    if card.tags:
        yield f"CATEGORIES:{','.join(map(_text, card.tags))}"
    if card.note:
        yield f"NOTE:{_text(card.note)}"
    if revised is not None:
        form = "%Y%m%dT%H%M%SZ" if new else "%Y-%m-%dT%H:%M:%SZ"
        yield f"REV:{aware_of(revised).astimezone(UTC).strftime(form)}"
    yield "END:VCARD"


def _place(place: Place, new: bool) -> str:
    pieces = (place.pieces.get(name, "") for name in ("street", "city", "state", "zip_code"))
    country = place.pieces.get("country", "")
    return f"ADR{_types(place.sorts, new)}:{_structured(('', '', *pieces, country))}"


def _page(page: Reach) -> str:
    """An address is no text: nothing in it is escaped, so what a text could end is encoded."""
    address = _CONTROLS.sub("", page.value).replace("\n", "")
    return "URL:" + re.sub(r"[,;\\]", lambda found: f"%{ord(found[0]):X}", address)


def _types(sorts: Iterable[str], new: bool) -> str:
    names = [one if new else one.upper() for one in sorts]
    return f";TYPE={','.join(names)}" if names else ""


def _structured(pieces: Iterable[str]) -> str:
    return ";".join(_text(one) for one in pieces)


def _text(text: str) -> str:
    """A value in which nothing means anything but itself."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    escaped = re.sub(r"([\\;,])", r"\\\1", _CONTROLS.sub("", lines))
    return escaped.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, none of which cuts a character in two."""
    pieces = [""]
    size = 0
    for character in line:
        octets = len(character.encode("utf-8"))
        if size + octets > FOLD:
            pieces.append(" ")
            size = 1
        pieces[-1] += character
        size += octets
    return "\r\n".join(pieces) + "\r\n"
