"""Through a proxy: it sees where the line leads and its own password, and nothing else."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from csc_tui.domain.request_log import RequestLog
from csc_tui.http.message import Request
from csc_tui.http.transport import Transport, TransportSettings
from tests.http.ground import KEY
from tests.http.scripted_server import ScriptedServer
from tests.http.test_tls import CA, fine, server_context


class Proxy:
    """Joins what asks for it with one server, whatever name is asked for."""

    def __init__(self, server: ScriptedServer) -> None:
        self.heads: list[str] = []
        self._server = server
        self._joining: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def listening(self, *, secured: bool) -> AsyncIterator[int]:
        context = server_context() if secured else None
        listener = await asyncio.start_server(self._joined, "127.0.0.1", 0, ssl=context)
        yield listener.sockets[0].getsockname()[1]
        listener.close()
        for one in self._joining:
            one.cancel()
        await asyncio.gather(*self._joining, return_exceptions=True)

    async def _joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
        there, onwards = await asyncio.open_connection("127.0.0.1", self._server.port)
        writer.write(b"HTTP/1.1 200 Joined\r\n\r\n")
        for source, sink in ((reader, onwards), (there, writer)):
            self._joining.add(asyncio.ensure_future(self._pass_on(source, sink)))

    async def _pass_on(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(65_536):
                sink.write(data)
        except ConnectionError:
            pass
        finally:
            sink.transport.abort()


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_proxy_joins_and_sees_neither_key_nor_path(scheme: str) -> None:
    server = ScriptedServer(fine)
    await server.start(server_context("elsewhere.pem"))
    proxy = Proxy(server)
    async with proxy.listening(secured=scheme == "https") as port:
        settings = TransportSettings(
            "https://crm.example.com",
            lambda: {"X-apikey": KEY},
            ca_file=CA,
            proxy=f"{scheme}://me:p%40ss%3A%C3%BC@127.0.0.1:{port}",
            total=20.0,
        )
        transport = Transport(settings, RequestLog())
        for _ in range(2):
            assert (await transport.send(Request("GET", "/people"))).data == ["trusted"]
        await transport.aclose()
    await server.stop()

    [head] = proxy.heads
    assert head.startswith("CONNECT crm.example.com:443 HTTP/1.1\r\n")
    said = b64encode("me:p@ss:ü".encode()).decode()
    assert f"Proxy-Authorization: Basic {said}\r\n" in head
    assert KEY not in head
    assert [(one.target, one.headers["host"]) for one in server.received] == [
        ("/api/people", "crm.example.com")
    ] * 2
    assert all("proxy-authorization" not in one.headers for one in server.received)
