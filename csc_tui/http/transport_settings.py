"""How to reach one CRM, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


def _no_headers() -> Mapping[str, str]:
    return {}


@dataclass(frozen=True)
class TransportSettings:
    """What a Transport needs to know; neither key nor proxy password stands in its repr."""

    url: str
    """Up to and without `/api`."""
    headers: Callable[[], Mapping[str, str]] = field(default=_no_headers, repr=False)
    """Makes the auth headers out of the secret, anew for every request."""
    connect: float = 10.0
    """Seconds for name, connection and TLS."""
    read: float = 30.0
    """Seconds of silence while an answer is awaited."""
    write: float = 30.0
    """Seconds of silence while a request goes out."""
    pool: float = 10.0
    """Seconds for a free connection."""
    total: float = 60.0
    """Seconds for one request up to the end of its answer, even if it trickles all the time."""
    ca_file: Path | None = None
    """Trusted besides the system's store."""
    client_cert: Path | None = None
    """A certificate (PEM) that the server asks for."""
    client_key: Path | None = None
    """Its key, where that is a file of its own."""
    proxy: str | None = field(default=None, repr=False)
    """`http://[user:password@]host:port`; never used for loopback."""
    max_bytes: int = 20_000_000
    """An answer with more unpacked bytes is refused."""
