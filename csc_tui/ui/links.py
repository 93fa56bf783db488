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


def tel(number: str) -> str:
    """`tel:+492214710123` for a phone number as people write it; empty for what is none.

    The nought in `+49 (0)221` is not dialled from abroad; letters, a second number or an extension
    make it nothing that a phone could dial.
    """
    if not re.fullmatch(r"\s*\+?[0-9 ()/.\u2013-]+", number):
        return ""
    number = number.strip()
    if number.startswith(("+", "00")):
        number = number.replace("(0)", "")
    digits = re.sub(r"\D", "", number)
    return f"tel:{'+' if number.startswith('+') else ''}{digits}" if 3 <= len(digits) <= 20 else ""
