"""An answer's body: counted while it is unpacked, parsed within bounds."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Mapping
from typing import Any, NoReturn

from csc_tui.domain.errors import NotAnApi, ServerBroken
from csc_tui.http.message import Request, Response

DEEPEST = 64
"""JSON nested deeper than this is refused."""

_OTHERS = bytes(set(range(256)) - set(b"[]{}"))
"""What is left out where only brackets count."""

TEXT_KEPT = 2_000
"""Characters kept of a body that is no JSON."""

SHORTEST_SECRET = 8
"""A key shorter than this is not looked for in answers: it would blot out half of them."""


class Body:
    """Collects the bytes of one answer, unpacking gzip, and refuses what grows too large.

    `feed` and `finish` raise ServerBroken: `large` above `max_bytes` unpacked bytes, `cut` for
    a packed body that ends early, `shape` for an unknown packing. Of an error the status says
    what has to be known (that of a 429 closes the gate): a body that cannot be unpacked is left.
    """

    def __init__(self, status: int, encoding: str, max_bytes: int) -> None:
        self._status = status
        self._left = max_bytes
        self._parts: list[bytes] = []
        self._unpacker: zlib._Decompress | None = None
        self._readable = True
        packing = encoding.strip().lower()
        if packing in ("gzip", "x-gzip"):
            self._unpacker = _gunzip()
        elif packing not in ("", "identity"):
            self._unreadable("shape")

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes from the wire. A gzip bomb never gets past the limit."""
        if self._unpacker is None:
            self._take(chunk)
        while self._unpacker is not None and chunk:
            if self._unpacker.eof:  # a body may be packed in several pieces, one behind the other
                if not chunk.startswith(_GZIP):
                    return  # padding
                self._unpacker = _gunzip()
            try:
                self._take(self._unpacker.decompress(chunk, max(self._left, 0) + 1))
            except zlib.error as error:
                self._unreadable("cut", error)
                return
            chunk = self._unpacker.unused_data

    def _take(self, chunk: bytes) -> None:
        self._left -= len(chunk)
        if self._left < 0:
            raise ServerBroken(self._status, "large")
        self._parts.append(chunk)

    def _unreadable(self, why: str, cause: Exception | None = None) -> None:
        if self._status < 400:
            raise ServerBroken(self._status, why) from cause
        self._readable = False

    def finish(self) -> bytes:
        """The whole body."""
        whole = b"".join(self._parts)
        if self._unpacker is not None and not self._unpacker.eof and whole:
            self._unreadable("cut")
        return whole if self._readable else b""


_GZIP = b"\x1f"
"""How a packed piece begins."""


def _gunzip() -> zlib._Decompress:
    return zlib.decompressobj(wbits=31)


def without_secrets(body: bytes, secrets: Mapping[str, str]) -> bytes:
    """The body with every auth header's value blotted out, should the server echo it."""
    for value in secrets.values():
        if len(value) >= SHORTEST_SECRET:
            body = body.replace(value.encode(), b"***")
    return body


def read_answer(request: Request, status: int, headers: Mapping[str, str], body: bytes) -> Response:
    """The answer to `request` as a plain value.

    A body that is no JSON is kept as text where the status tells of an error (the 429 says
    `Retry later`, CentralStationCRM fact sheet §1.7) or where it is plain text; HTML in place of
    data raises NotAnApi, nonsense in place of JSON ServerBroken with `json`, `cut`, `deep`
    or `long`.
    """
    if not body.strip():
        return Response(status, headers)
    kind, _, parameters = headers.get("content-type", "").lower().partition(";")
    kind = kind.strip()
    try:
        data = _read(request, status, _as_utf8(body, parameters))
    except ServerBroken as error:
        if error.why == "deep":
            raise
        text = body[: 4 * TEXT_KEPT].decode("utf-8", "replace")[:TEXT_KEPT]
        if 200 <= status < 300:
            if "html" in kind or text.lstrip().startswith("<"):
                raise NotAnApi(status, "html") from error
            if kind != "text/plain":
                raise
        return Response(status, headers, text=text, is_json=False)
    _check_length(request, status, data)
    return Response(status, headers, data)


_CHARSET = re.compile(r"charset=\"?(iso-8859-1|iso-8859-15|windows-1252)\b")
"""Encodings in which every letter is a byte. A key in them was looked for as it is in UTF-8."""


def _as_utf8(body: bytes, parameters: str) -> bytes:
    """The body in the only encoding that JSON has, where it is in the one that it says."""
    if (named := _CHARSET.search(parameters)) is None:
        return body
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode(named[1], "replace").encode("utf-8")
    return body


_NOT_JSON = (b"NaN", b"Infinity")
"""Numbers that are none in JSON, but that some readers of it take."""


def _read(request: Request, status: int, body: bytes) -> object:
    """What the JSON holds, by the request's own way of reading it where that will do."""
    exact = not any(_has(body, one) for one in _NOT_JSON)
    if request.pieces is not None and 200 <= status < 300 and exact:
        pieces = request.pieces(body)
        if pieces is not None:
            if not _is_flat(body):
                _parse(status, body)  # looks how deep it is
            return list(pieces)
    return _parse(status, body)


def _has(body: bytes, word: bytes) -> bool:
    """`word in body`, for a word that begins with a rare letter: in a tenth of the time."""
    place = body.find(word[:1])
    while place >= 0:
        if body.startswith(word, place):
            return True
        place = body.find(word[:1], place + 1)
    return False


def _parse(status: int, body: bytes) -> object:
    from pydantic_core import from_json  # dear to import: not before a request has left

    try:
        # Of itself it keeps sixteen thousand texts of earlier answers, to save making them anew.
        data: object = from_json(body, allow_inf_nan=False, cache_strings="keys")
    except ValueError:
        return _parse_leniently(status, body)
    if not _is_flat(body):
        _check_depth(status, data)
    return data


def _is_flat(body: bytes) -> bool:
    """Whether JSON is surely not nested too deep; a tenth of what it takes to parse it.

    Its brackets alone, pairs of them taken out again and again: the innermost each time. A text
    with a single bracket in it leaves one over, and the values have to be looked through.
    """
    brackets = body.translate(None, _OTHERS)
    for _ in range(DEEPEST):
        left = brackets.replace(b"[]", b"").replace(b"{}", b"")
        if not left or left == brackets:
            return not left
        brackets = left
    return False


def _parse_leniently(status: int, body: bytes) -> object:
    """What is JSON but for a byte-order mark or broken characters; else say what is wrong.

    Python's own reader takes longer, but knows where a text breaks off; it goes deeper, too.
    """
    text = body.decode("utf-8-sig", "replace")
    try:
        data: object = json.loads(text, parse_constant=_no_constant)
    except RecursionError as error:
        raise ServerBroken(status, "deep") from error
    except json.JSONDecodeError as error:
        cut = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
        raise ServerBroken(status, "cut" if cut else "json") from error
    except ValueError as error:  # NaN, or a number of thousands of digits
        raise ServerBroken(status, "json") from error
    _check_depth(status, data)
    if "\\ud" in text or "\\uD" in text:
        data = _without_surrogates(data)
    return data


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _check_depth(status: int, data: object) -> None:
    level: list[Any] = [data] if isinstance(data, dict | list) else []
    for _ in range(DEEPEST):
        level = [
            child
            for item in level
            for child in (item.values() if isinstance(item, dict) else item)
            if isinstance(child, dict | list)
        ]
        if not level:
            return
    raise ServerBroken(status, "deep")


def _check_length(request: Request, status: int, data: object) -> None:
    """Refuse a list longer than twice what was asked for, bare or inside an envelope."""
    if request.at_most is None:
        return
    lists = [data, *data.values()] if isinstance(data, dict) else [data]
    if any(isinstance(item, list) and len(item) > 2 * request.at_most for item in lists):
        raise ServerBroken(status, "long")


def _without_surrogates(data: object) -> object:
    """Half a character (a lone escape like U+D83D) can be neither stored nor shown."""
    if isinstance(data, str):
        return data.encode("utf-8", "replace").decode("utf-8")
    if isinstance(data, list):
        return [_without_surrogates(item) for item in data]
    if isinstance(data, dict):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in data.items()}
    return data
