"""Bytes out, bytes in: the only module that imports httpx at its top.

It is imported in a thread at the first request, since httpx and a TLS context cost 100 ms.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import httpx

from csc_tui.domain.errors import CertificateError, CrmError, Offline, ServerBroken, Timeout
from csc_tui.http.body import Body
from csc_tui.http.origin import Origin
from csc_tui.http.tls import TlsFileError, tls_context
from csc_tui.http.transport_settings import TransportSettings

IDLE_KEPT = 30.0
"""Seconds after which an unused connection is not used again: a line that a router forgot
in the meantime would turn the next save into one with an unknown outcome."""


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
        self._host = origin.host
        self._proxied = proxy is not None
        context = self._context(origin)
        secured = proxy is not None and proxy.startswith("https://")
        self._client = httpx.AsyncClient(
            transport=httpx.AsyncHTTPTransport(
                verify=context,
                trust_env=False,
                # Of itself httpx would make a context for it that obeys SSLKEYLOGFILE.
                proxy=httpx.Proxy(proxy, ssl_context=context) if proxy and secured else proxy,
                limits=httpx.Limits(max_connections=20, keepalive_expiry=IDLE_KEPT),
            ),
            trust_env=False,
            follow_redirects=False,
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
        except httpx.HTTPError as error:
            raise self._failure(error, exchange) from error

    async def aclose(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    async def _talk(self, exchange: Exchange, left: Callable[[], None] | None) -> None:
        async def note(event: str, info: Mapping[str, object]) -> None:
            if event == "http11.send_request_headers.started":
                exchange.sent = getattr(info.get("request"), "method", b"") != b"CONNECT"
            elif event == "http11.receive_response_headers.started" and left is not None:
                left()

        limits = self._settings
        # A Request made by hand gets neither cookies nor any header of httpx's own choice.
        request = httpx.Request(
            exchange.method,
            exchange.url,
            headers=dict(exchange.headers),
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
        answer = await self._client.send(request, stream=True)
        try:
            exchange.status = answer.status_code
            exchange.answer_headers = {k.lower(): v for k, v in answer.headers.items()}
            if 300 <= exchange.status < 400:
                return
            packing = exchange.answer_headers.get("content-encoding", "")
            body = Body(exchange.status, packing, limits.max_bytes)
            try:
                async for chunk in answer.aiter_raw():
                    body.feed(chunk)
            except httpx.HTTPError:
                if exchange.status < 400:  # of an error the status is what has to be known
                    raise
            exchange.body = body.finish()
        finally:
            await answer.aclose()

    def _failure(self, error: httpx.HTTPError, exchange: Exchange) -> CrmError:
        """The typed error for httpx's; `sent` tells whether the request itself had left."""
        known = self._named(error, exchange)
        if not isinstance(known, CertificateError | ServerBroken):
            known.sent = exchange.sent
        return known

    def _named(self, error: httpx.HTTPError, exchange: Exchange) -> CrmError:
        limits = self._settings
        if isinstance(error, httpx.TimeoutException):
            kinds = (
                (httpx.ConnectTimeout, "connect", limits.connect),
                (httpx.WriteTimeout, "write", limits.write),
                (httpx.PoolTimeout, "pool", limits.pool),
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
