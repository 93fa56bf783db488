"""Links of a record's values: which there are, where they really lead, who can follow them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_WEB = frozenset({"http", "https"})


def real_host(address: str) -> str:
    """The host that a web address leads to, IDN in punycode; empty for anything else.

    Neither a user's name before the host nor letters that only look like others can hide it.
    """
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:  # also UnicodeError: no such host can be
        return ""
    if parts.scheme not in _WEB or not re.fullmatch(r"[a-z0-9.:_-]+", host):
        return ""
    return (f"[{host}]" if ":" in host else host) + port
