"""Names, connections, proxies and lines that fail, and whether anything was sent."""

import asyncio
import socket
from typing import Any

import pytest

from csc_tui.domain.errors import Offline, ServerBroken, Timeout
from csc_tui.domain.request_log import RequestLog
from csc_tui.http.message import Request
from csc_tui.http.transport import Transport, TransportSettings
from tests.http.ground import KEY, Ground, saying
from tests.http.scripted_server import Line, Received, answer


async def test_nobody_listening_is_refused_and_unsent() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(Offline) as raised:
            await Transport(TransportSettings(url), RequestLog()).send(Request("PUT", "/people/1"))

    assert (raised.value.reason, raised.value.sent) == ("refused", False)


async def test_an_unknown_name_is_said_so() -> None:
    transport = Transport(TransportSettings("https://crm.invalid"), RequestLog())

    with pytest.raises(Offline) as raised:
        await transport.send(Request("GET", "/people"))

    assert (raised.value.reason, raised.value.host, raised.value.sent) == (
        "name",
        "crm.invalid",
        False,
    )


async def test_a_proxy_that_is_not_there_is_named_as_the_cause() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        proxy = f"http://127.0.0.1:{unused.getsockname()[1]}"
        transport = Transport(
            TransportSettings("https://crm.example.com", proxy=proxy), RequestLog()
        )
        with pytest.raises(Offline) as raised:
            await transport.send(Request("GET", "/people"))

    assert (raised.value.reason, raised.value.sent) == ("proxy", False)


async def test_a_proxy_that_refuses_is_named_and_never_sees_the_key(ground: Ground) -> None:
    ground.server.answering = saying(answer(407, ""))
    transport = ground.transport(url="https://crm.example.com", proxy=ground.server.url)

    with pytest.raises(Offline) as raised:
        await transport.send(Request("PUT", "/people/1"))

    assert (raised.value.reason, raised.value.sent) == ("proxy", False)
    assert ground.server.received[0].method == "CONNECT"
    assert KEY not in repr(ground.server.received)


async def test_loopback_ignores_every_proxy(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    response = await ground.get(proxy="http://127.0.0.1:1")

    assert response.status == 200


async def test_a_netrc_is_not_read(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))

    await ground.get()

    assert "authorization" not in ground.server.received[0].headers


async def test_a_line_dropped_after_sending_is_offline_with_an_unknown_outcome(
    ground: Ground,
) -> None:
    async def drop(_: Received, line: Line) -> None:
        line.drop()

    ground.server.answering = drop

    with pytest.raises(Offline) as raised:
        await ground.transport().send(Request("PUT", "/people/1", body={}))

    assert (raised.value.reason, raised.value.sent) == ("dropped", True)


async def test_half_an_answer_is_cut(ground: Ground) -> None:
    async def half(_: Received, line: Line) -> None:
        await line.say(answer(200, b"[" + b"1," * 500)[:-400])
        line.writer.close()

    ground.server.answering = half

    with pytest.raises(ServerBroken) as raised:
        await ground.get()

    assert (raised.value.status, raised.value.why, raised.value.sent) == (200, "cut", True)


async def test_of_half_an_error_the_status_is_heeded(ground: Ground) -> None:
    async def half(_: Received, line: Line) -> None:
        await line.say(answer(429, b"Retry later" * 50, Retry_After="7")[:-400])
        line.writer.close()

    ground.server.answering = half

    told = await ground.get()
    assert (told.status, told.headers["retry-after"]) == (429, "7")


async def test_nonsense_instead_of_http_is_a_dropped_line(ground: Ground) -> None:
    ground.server.answering = saying(b"SSH-2.0-OpenSSH_9.9\r\n\r\n")

    with pytest.raises(Offline) as raised:
        await ground.get()

    assert raised.value.reason == "dropped"


async def test_silence_ends_in_a_timeout_after_sending(ground: Ground) -> None:
    async def silence(_: Received, line: Line) -> None:
        await line.reader.read()

    ground.server.answering = silence

    with pytest.raises(Timeout) as raised:
        await ground.get(read=0.05)

    assert (raised.value.phase, raised.value.seconds, raised.value.sent) == ("read", 0.05, True)


async def test_a_trickle_ends_too(ground: Ground) -> None:
    async def trickle(_: Received, line: Line) -> None:
        await line.say(answer(200, b" " * 1000)[:-900])
        while True:
            await asyncio.sleep(0.01)
            await line.say(b" ")

    ground.server.answering = trickle

    with pytest.raises(Timeout) as raised:
        await ground.get(total=0.2)

    assert (raised.value.phase, raised.value.sent) == ("read", True)


async def test_a_connection_that_is_not_answered_times_out_unsent() -> None:
    with socket.socket() as full:  # its backlog of one is taken: nobody gets through
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        fillers = [socket.socket() for _ in range(3)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(full.getsockname())
        url = f"http://127.0.0.1:{full.getsockname()[1]}"
        transport = Transport(TransportSettings(url, connect=0.2), RequestLog())
        with pytest.raises(Timeout) as raised:
            await transport.send(Request("PUT", "/people/1"))
        for filler in fillers:
            filler.close()

    assert (raised.value.phase, raised.value.sent) == ("connect", False)
