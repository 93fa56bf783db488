"""What the form of a key says about whose it is."""

from __future__ import annotations

import re

from csc_tui.config.secrets import Secret
from csc_tui.config.settings import BACKENDS, VENDORS


def likely(secret: Secret) -> tuple[str, ...]:
    """The CRMs that a key may be of, the likeliest first: `12|…` is how Laravel makes tokens."""
    token = re.fullmatch(r"\d+\|\S+", secret.reveal()) is not None
    return BACKENDS[::-1] if token else BACKENDS


def other_vendor(backend: str, secret: Secret) -> str:
    """What the other CRM is called where a refused key looks like one of it; else empty."""
    found = likely(secret)[0]
    return VENDORS[found] if found != backend else ""
