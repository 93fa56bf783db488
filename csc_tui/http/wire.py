"""Bytes out, bytes in: the only module that knows httpcore, the half of httpx that talks.

It is imported in a thread at the first request, since httpcore and a TLS context cost 80 ms. The
other half makes requests comfortable to write and answers to read; here both are made by hand
anyway, and it would take another 20 ms.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from urllib.parse import quote, unquote, urlsplit

import httpcore

from csc_tui.domain.errors import CertificateError, CrmError, Offline, ServerBroken, Timeout
from csc_tui.http.body import Body
from csc_tui.http.origin import Origin
from csc_tui.http.tls import TlsFileError, tls_context
from csc_tui.http.transport_settings import TransportSettings

if find_spec("sniffio") is None:
    # For each of a request's locks httpcore tries to import it: a search of all of the path.
    absent: MutableMapping[str, object] = sys.modules  # type: ignore[assignment]
    absent["sniffio"] = None

IDLE_KEPT = 30.0
"""Seconds after which an unused connection is not used again: a line that a router forgot
in the meantime would turn the next save into one with an unknown outcome."""

_FAILURES = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
)
"""All that httpcore raises; they have nothing else in common."""

_SAFE = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"#<>\\^`{|}')
"""Kept in an address as it is: what we quoted ourselves, and what a redirect is written in."""


@dataclass(slots=True)
class Exchange:
    """One request on its way and what came back of it so far."""

    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    """All that is sent, auth headers too."""
    content: bytes | None
    sent: bool = False
    """Whether a byte of the request itself has left."""
    status: int = 0
    """0 until the answer's head is there."""
    answer_headers: dict[str, str] = field(default_factory=dict)
    """Names in lower case."""
    body: bytes = b""
    """Unpacked; empty for a redirect."""


class Wire:
    """Kept-alive HTTP/1.1 connections to one CRM."""

    def __init__(self, settings: TransportSettings, origin: Origin, proxy: str | None) -> None:
        """Takes up to 100 ms for the TLS context. Raises CertificateError for its files."""
        self._settings = settings
        self._origin = origin
        self._host = origin.host
        self._proxied = proxy is not None
        context = self._context(origin)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            proxy=_proxy(proxy, context) if proxy is not None else None,
            max_connections=20,
            keepalive_expiry=IDLE_KEPT,
        )

    def _context(self, origin: Origin) -> ssl.SSLContext:
        if origin.scheme == "http":  # a demo on loopback: trusts nobody, and is made at once
            return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        files = self._settings
        try:
            return tls_context(files.ca_file, files.client_cert, files.client_key)
        except TlsFileError as error:
            raise CertificateError(origin.host, str(error)) from error

    async def talk(self, exchange: Exchange, left: Callable[[], None] | None = None) -> None:
        """Send and receive; fills `exchange`, also in parts when it raises a CrmError.

        `left` is called when all has been sent and the answer is awaited.
        """
        total = self._settings.total
        try:
            async with asyncio.timeout(total):
                await self._talk(exchange, left)
        except TimeoutError as error:
            phase = "read" if exchange.sent else "connect"
            raise Timeout(self._host, phase, total) from error
        except _FAILURES as error:
            raise self._failure(error, exchange) from error

    async def aclose(self) -> None:
        """Close every connection."""
        await self._pool.aclose()

    async def _talk(self, exchange: Exchange, left: Callable[[], None] | None) -> None:
        async def note(event: str, info: Mapping[str, object]) -> None:
            if event == "http11.send_request_headers.started":
                exchange.sent = getattr(info.get("request"), "method", b"") != b"CONNECT"
            elif event == "http11.receive_response_headers.started" and left is not None:
                left()

        limits = self._settings
        request = httpcore.Request(
            exchange.method,
            self._url(exchange.url),
            headers=self._headers(exchange),
            content=exchange.content,
            extensions={
                "trace": note,
                "timeout": {
                    "connect": limits.connect,
                    "read": limits.read,
                    "write": limits.write,
                    "pool": limits.pool,
                },
            },
        )
        answer = await self._pool.handle_async_request(request)
        try:
            exchange.status = answer.status
            exchange.answer_headers = _read_headers(answer.headers)
            if 300 <= exchange.status < 400:
                return
            packing = exchange.answer_headers.get("content-encoding", "")
            body = Body(exchange.status, packing, limits.max_bytes)
            try:
                async for chunk in answer.aiter_stream():
                    body.feed(chunk)
            except _FAILURES:
                if exchange.status < 400:  # of an error the status is what has to be known
                    raise
            exchange.body = body.finish()
        finally:
            await answer.aclose()

    def _url(self, address: str) -> httpcore.URL:
        """An address of the origin, a redirect's among them; nothing is asked of any other."""
        parts = urlsplit(address)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        origin = self._origin
        return httpcore.URL(
            scheme=origin.scheme,
            host=origin.host,
            port=origin.port,
            target=quote(target, safe=_SAFE),
        )

    def _headers(self, exchange: Exchange) -> list[tuple[str, str]]:
        """The headers with host and length; nothing else is added."""
        headers = [("Host", self._origin.netloc), *exchange.headers.items()]
        if exchange.content is not None or exchange.method in ("POST", "PUT"):
            headers.append(("Content-Length", str(len(exchange.content or b""))))
        return headers

    def _failure(self, error: Exception, exchange: Exchange) -> CrmError:
        """The typed error for httpcore's; `sent` tells whether the request itself had left."""
        known = self._named(error, exchange)
        if not isinstance(known, CertificateError | ServerBroken):
            known.sent = exchange.sent
        return known

    def _named(self, error: Exception, exchange: Exchange) -> CrmError:
        limits = self._settings
        if isinstance(error, httpcore.TimeoutException):
            kinds = (
                (httpcore.ConnectTimeout, "connect", limits.connect),
                (httpcore.WriteTimeout, "write", limits.write),
                (httpcore.PoolTimeout, "pool", limits.pool),
            )
            for kind, phase, seconds in kinds:
                if isinstance(error, kind):
                    return Timeout(self._host, phase, seconds)
            return Timeout(self._host, "read", limits.read)
        causes = tuple(_causes(error))
        for cause in causes:
            if isinstance(cause, ssl.SSLError) and (not exchange.sent or _is_alert(cause)):
                return CertificateError(self._host, _detail(cause))
        if exchange.status:
            return ServerBroken(exchange.status, "cut")
        if exchange.sent:
            return Offline(self._host, "dropped")
        if self._proxied:
            return Offline(self._host, "proxy")
        if any(isinstance(cause, socket.gaierror) for cause in causes):
            return Offline(self._host, "name")
        if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
            return Offline(self._host, "refused")
        return Offline(self._host, "unreachable")


def _proxy(address: str, context: ssl.SSLContext) -> httpcore.Proxy:
    """A proxy as `origin.parse_proxy` writes its address."""
    parts = urlsplit(address)
    named = parts.username is not None or parts.password is not None
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return httpcore.Proxy(
        httpcore.URL(scheme=parts.scheme, host=parts.hostname or "", port=parts.port, target="/"),
        auth=(user.encode(), password.encode()) if named else None,
        # Of itself httpcore would make a context for it that obeys SSLKEYLOGFILE.
        ssl_context=context if parts.scheme == "https" else None,
    )


def _read_headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """An answer's headers by their names in lower case; those of one name with commas between."""
    found: dict[str, str] = {}
    for pair in raw:
        try:
            name, value = (one.decode() for one in pair)
        except UnicodeDecodeError:
            name, value = (one.decode("latin-1") for one in pair)
        name = name.lower()
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error, what it came from, and the members of groups on the way."""
    if error is None:
        return
    yield error
    if isinstance(error, BaseExceptionGroup):
        for member in error.exceptions:
            yield from _causes(member)
    yield from _causes(error.__cause__ or error.__context__)


def _is_alert(error: ssl.SSLError) -> bool:
    """Whether the server refused us by TLS (a client certificate is asked for after sending)."""
    return "ALERT" in (error.reason or "")


def _detail(error: ssl.SSLError) -> str:
    """The library's reason, in its own words."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    return (error.reason or str(error)).replace("_", " ").lower()
