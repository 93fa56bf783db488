"""The one door to the network: a request goes out, an answer or a typed error comes back.

It knows neither budget nor retry. The key goes to the configured origin alone.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

import csc_tui
from csc_tui.domain.clock import Clock, SystemClock
from csc_tui.domain.errors import NotAnApi, Redirected
from csc_tui.domain.request_log import Entry, RequestLog
from csc_tui.http.body import read_answer, without_secrets
from csc_tui.http.message import Request, Response
from csc_tui.http.origin import Origin, UrlError, parse_url
from csc_tui.http.transport_settings import TransportSettings

if TYPE_CHECKING:
    from csc_tui.http.wire import Exchange, Wire

__all__ = ["Transport", "TransportSettings"]

MOST_REDIRECTS = 5
"""A GET follows so many, within its own origin."""

LONG = 100_000
"""Bytes of a body above which it is read off the screen's thread: 10 ms for a page of people."""

SHOWN_PARAMETERS = frozenset({"page", "perpage", "per_page", "order", "includes", "methods"})
"""Query parameters that say nothing about anybody; the log hides the values of all others."""

LONGEST_URL = 16_000
"""Characters of an address that a redirect may lead to; servers take half as many."""

LONGEST_SHOWN = 200
"""Characters of such an address that an error names."""

LARGEST_OFFSET = 366 * 86_400.0
"""A server's clock that is further off than a year (in seconds) is not believed."""

_LOGIN_PAGES = frozenset({"login", "sign_in", "signin"})
"""Last parts of a path that only a person at a browser is sent to (fact sheet §1.2: 302)."""

_PATH_SAFE = "/%:@!$&'()*+,;=~"
"""Kept in a path as it is; `?` and `#` are not, so that a path cannot add a query."""

_VALUE_SAFE = ":/@,*~"
"""Kept readable in a query's value."""

_HEADERS = {
    "Accept": "application/json",
    "Accept-Encoding": "gzip",
    "User-Agent": f"csc-tui/{csc_tui.__version__}",
}
"""Sent with every request; the host and the length are added by the library."""


class Transport:
    """Sends requests to one CRM."""

    def __init__(
        self,
        settings: TransportSettings,
        log: RequestLog,
        clock: Clock | None = None,
        *,
        meanwhile: Callable[[], None] | None = None,
    ) -> None:
        """Opens nothing yet. Raises UrlError for an address that cannot be used.

        `meanwhile` is called whenever a request has left and its answer is awaited.
        """
        self.origin: Origin = parse_url(settings.url, keep_path=True)
        self.proxy = None if self.origin.loopback else settings.proxy
        """The proxy in use; may hold a password, see `origin.shown_proxy`."""
        self._settings = settings
        self._log = log
        self._clock: Clock = clock or SystemClock()
        self._meanwhile = meanwhile
        self._wire: Wire | None = None
        self._opening = asyncio.Lock()
        self._offset: float | None = None
        self._dated: tuple[str, float] | None = None
        """The `Date` of the last answer and when it came, not looked at yet."""

    @property
    def server_time_offset(self) -> float | None:
        """Seconds by which the server's clock was ahead at its last answer; None: not known."""
        if self._dated is not None:
            self._read_date(*self._dated)
            self._dated = None
        return self._offset

    async def send(
        self,
        request: Request,
        *,
        lane: str = "",
        attempt: int = 1,
        before_hop: Callable[[], Awaitable[None]] | None = None,
    ) -> Response:
        """The server's answer, whatever its status. `lane` and `attempt` go into the log.

        A GET follows redirects within the origin; each is one more request, and `before_hop` is
        awaited before it. Raises Offline, Timeout, CertificateError, Redirected, NotAnApi or
        ServerBroken; ValueError for a path that leads out of the API.
        """
        url = self._url(request)
        for hop in range(MOST_REDIRECTS + 1):
            if hop and before_hop is not None:
                await before_hop()
            exchange = await self._exchange(request, url, lane, attempt)
            if not 300 <= exchange.status < 400:
                read = partial(read_answer, request, exchange.status, exchange.answer_headers)
                if len(exchange.body) > LONG:
                    return await asyncio.to_thread(read, exchange.body)
                return read(exchange.body)
            location = exchange.answer_headers.get("location", "")
            url = self._next_url(request, url, exchange.status, location)
        raise Redirected(_bare(url))

    async def aclose(self) -> None:
        """Close all connections. A later `send` opens new ones."""
        async with self._opening:
            wire, self._wire = self._wire, None
        if wire is not None:
            await wire.aclose()

    async def _open(self) -> Wire:
        async with self._opening:
            if self._wire is None:
                self._wire = await asyncio.to_thread(self._make_wire)
            return self._wire

    def _make_wire(self) -> Wire:
        from csc_tui.http.wire import Wire

        return Wire(self._settings, self.origin, self.proxy)

    def _url(self, request: Request) -> str:
        path = request.path
        if not path.startswith("/") or {".", ".."} & set(path.split("/")):
            raise ValueError(f"not a path below the API root: {path!r}")
        url = f"{self.origin.url}/api{quote(path, safe=_PATH_SAFE)}"
        if request.query:
            url += "?" + "&".join(
                f"{quote(name, safe='[]')}={quote(value, safe=_VALUE_SAFE)}"
                for name, value in request.query
            )
        return url

    def _next_url(self, request: Request, url: str, status: int, location: str) -> str:
        """Where a redirect leads, if one may go there."""
        if not location:
            raise NotAnApi(status, "redirect")
        try:
            target = urljoin(url, location)
            path = urlsplit(target).path
        except ValueError as error:
            raise Redirected("?") from error
        if len(target) > LONGEST_URL:
            raise Redirected(_bare(target)[:LONGEST_SHOWN])
        if path.rstrip("/").rpartition("/")[2] in _LOGIN_PAGES:
            raise NotAnApi(status, "login")
        try:
            origin = parse_url(target)
        except UrlError as error:
            raise Redirected(_bare(target)) from error
        if request.writes or origin.key != self.origin.key:
            raise Redirected(_bare(target))
        return target

    async def _exchange(self, request: Request, url: str, lane: str, attempt: int) -> Exchange:
        wire = await self._open()
        from csc_tui.http.wire import Exchange

        secrets = self._settings.headers()
        content = _json(request.body)
        headers = {**_HEADERS, **secrets}
        if content is not None:
            headers["Content-Type"] = "application/json"
        exchange = Exchange(request.method, url, headers, content)
        at, began = self._clock.now(), self._clock.monotonic()
        try:
            await wire.talk(exchange, self._meanwhile)
        finally:
            self._log.add(
                Entry(
                    at=at,
                    kind="request",
                    text=redacted(request),
                    status=exchange.status,
                    seconds=self._clock.monotonic() - began,
                    size=len(exchange.body),
                    lane=lane,
                    attempt=attempt,
                )
            )
            if date := exchange.answer_headers.get("date"):
                self._offset = self.server_time_offset
                self._dated = date, self._clock.now()
        exchange.body = without_secrets(exchange.body, secrets)
        if location := exchange.answer_headers.get("location"):
            bare = without_secrets(location.encode(), secrets).decode()
            exchange.answer_headers["location"] = bare
        return exchange

    def _read_date(self, date: str, at: float) -> None:
        from email.utils import parsedate_to_datetime  # dear to import, and seldom asked for

        try:
            offset = parsedate_to_datetime(date).timestamp() - at
        except (ValueError, OverflowError):
            return
        self._offset = offset if abs(offset) < LARGEST_OFFSET else None


def redacted(request: Request) -> str:
    """`GET /people?page=2&first_name=…`: method, path and names, no value that is personal."""
    text = f"{request.method} {request.path}"
    if not request.query:
        return text
    return f"{text}?" + "&".join(
        f"{name}={value if name in SHOWN_PARAMETERS else '…'}" for name, value in request.query
    )


def _json(body: Mapping[str, object] | None) -> bytes | None:
    if body is None:
        return None
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _bare(url: str) -> str:
    """The address without user, query and fragment, which might repeat a key."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "?"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
