"""Whom the demo answers: requests to its own address, sent by a program and not by a web page."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens."""

    host: str
    """An IP address."""
    port: int
    exposed: bool = False
    """Other machines may ask, so Host may be any IP address (never a name: DNS rebinding)."""

    @property
    def netloc(self) -> str:
        """`127.0.0.1:8080` or `[::1]:8080`."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The address as a URL without a path."""
        return f"http://{self.netloc}"

    def accepts(self, hosts: Sequence[str]) -> bool:
        """True if a request with these Host headers was meant for this server."""
        if len(hosts) != 1:
            return False
        if hosts[0] == self.netloc:
            return True
        name, _, port = hosts[0].rpartition(":")
        return self.exposed and port == str(self.port) and _is_address(name.strip("[]"))


def is_loopback(host: str) -> bool:
    """True for 127.0.0.0/8 and ::1."""
    return _is_address(host) and ipaddress.ip_address(host).is_loopback


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class ExposureGuard:
    """421 for another Host, a refusal for what a browser sends from a page; else the app answers.

    The demo's own routes never answer a page.
    """

    app: ASGIApp
    address: Address
    page_refusal: Response | None
    """What a page gets from /api; None: an answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers or hands on one request."""
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        hosts = [value.decode("latin-1") for name, value in headers if name == b"host"]
        meant = self.address.accepts(hosts)
        if not scope["path"].startswith("/"):
            # A target may be a whole URL (RFC 9112, 3.2.2), whose address must be ours as well.
            try:
                target = urlsplit(scope["path"])
            except ValueError:  # `http://[`
                target = urlsplit("")
            meant = meant and self.address.accepts([target.netloc])
            scope = {**scope, "path": target.path or "/"}
        app = self.app
        if not meant:
            app = PlainTextResponse("Misdirected Request", 421)
        elif any(name in (b"origin", b"referer") for name, _ in headers):
            own = not scope["path"].startswith("/api/")
            app = PlainTextResponse("Forbidden", 403) if own else self.page_refusal or app
        await app(scope, receive, send)
