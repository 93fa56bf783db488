"""Files in a multipart body (RFC 7578)."""

from __future__ import annotations

import re

from csc_tui.demo.messages import Upload

_BOUNDARY = re.compile(r'boundary="?([^";,]{1,70})"?', re.IGNORECASE)
_PARAMETER = re.compile(r'[\s;](name|filename)="((?:[^"\\]|\\.)*)"', re.IGNORECASE)
_FIELD = "file"
"""The name of the part that a file is expected in."""


def upload(content_type: str, body: bytes) -> Upload | None:
    """The file of a multipart body; None where it holds none.

    Raises ValueError for a body that is not what its type says.
    """
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise ValueError("no boundary")
    edge = b"\r\n--" + found[1].encode("latin-1")
    pieces = (b"\r\n" + body).split(edge)
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        raise ValueError("no end")
    for piece in pieces[1:-1]:
        head, _, data = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        lines = head.decode("utf-8", "replace").split("\r\n")
        headers = {name.lower(): value for name, _, value in (one.partition(":") for one in lines)}
        named = dict(_PARAMETER.findall(headers.get("content-disposition", "")))
        if named.get("name") == _FIELD and named.get("filename"):
            kind = headers.get("content-type", "").strip() or "application/octet-stream"
            return Upload(named["filename"], kind, data)
    return None
