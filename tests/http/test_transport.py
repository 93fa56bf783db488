"""What leaves the machine and what comes of every kind of answer, against a real socket."""

import asyncio
import gzip
import json
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import pytest

import csc_tui
from csc_tui.domain.errors import NotAnApi, Offline, Redirected, ServerBroken, Timeout
from csc_tui.domain.request_log import RequestLog
from csc_tui.http.message import Request, Response
from csc_tui.http.origin import UrlError
from csc_tui.http.transport import Transport, TransportSettings
from tests.fake_clock import FakeClock
from tests.http.scripted_server import Answering, Line, Received, ScriptedServer, answer

KEY = "canary-key-0123456789"


class Ground:
    """A server, a transport to it, and what was logged."""

    def __init__(self) -> None:
        self.log = RequestLog()
        self.clock = FakeClock()
        self.server = ScriptedServer(saying(answer()))
        self.transports: list[Transport] = []

    def transport(self, **settings: Any) -> Transport:
        settings.setdefault("url", self.server.url)
        settings.setdefault("headers", lambda: {"X-apikey": KEY})
        made = Transport(TransportSettings(**settings), self.log, self.clock)
        self.transports.append(made)
        return made

    async def get(self, path: str = "/people", **settings: Any) -> Response:
        return await self.transport(**settings).send(Request("GET", path))


def saying(*answers: bytes) -> Answering:
    """Answers in turn, the last one again and again."""
    left = list(answers)

    async def answering(_: Received, line: Line) -> None:
        await line.say(left.pop(0) if len(left) > 1 else left[0])

    return answering


@pytest.fixture
async def ground() -> AsyncIterator[Ground]:
    ground = Ground()
    await ground.server.start()
    yield ground
    for transport in ground.transports:
        await transport.aclose()
    await ground.server.stop()


async def test_a_request_carries_what_it_should_and_nothing_else(ground: Ground) -> None:
    request = Request(
        "GET",
        "/people",
        (("filter[name][like]", "Müller & Söhne + 1"), ("includes", "addrs tags"), ("page", "2")),
    )
    await ground.transport().send(request)

    sent = ground.server.received[0]
    assert sent.target == (
        "/api/people?filter[name][like]=M%C3%BCller%20%26%20S%C3%B6hne%20%2B%201"
        "&includes=addrs%20tags&page=2"
    )
    assert sent.headers == {
        "host": f"127.0.0.1:{ground.server.port}",
        "accept": "application/json",
        "accept-encoding": "gzip",
        "user-agent": f"csc-tui/{csc_tui.__version__}",
        "x-apikey": KEY,
    }


async def test_a_write_is_json_in_utf8(ground: Ground) -> None:
    body = {"person": {"name": "Öztürk 田"}}
    await ground.transport().send(Request("PUT", "/people/42", body=body))

    sent = ground.server.received[0]
    assert sent.method == "PUT"
    assert sent.headers["content-type"] == "application/json"
    assert sent.body == '{"person":{"name":"Öztürk 田"}}'.encode()


async def test_one_connection_serves_many_requests(ground: Ground) -> None:
    transport = ground.transport()
    for _ in range(3):
        await transport.send(Request("GET", "/people"))

    assert ground.server.connections == 1


async def test_after_closing_it_can_be_used_again(ground: Ground) -> None:
    transport = ground.transport()
    await transport.send(Request("GET", "/people"))
    await transport.aclose()
    await transport.send(Request("GET", "/people"))

    assert ground.server.connections == 2


async def test_a_path_in_the_address_is_kept(ground: Ground) -> None:
    await ground.get("/people/1", url=ground.server.url + "/crm/api/")

    assert ground.server.received[0].target == "/crm/api/people/1"


async def test_cookies_are_not_kept(ground: Ground) -> None:
    ground.server.answering = saying(answer(Set_Cookie="session=1; path=/"))
    transport = ground.transport()
    await transport.send(Request("GET", "/people"))
    await transport.send(Request("GET", "/people"))

    assert "cookie" not in ground.server.received[1].headers


@pytest.mark.parametrize("path", ["people", "/../admin", "/people/../users", "/people/."])
async def test_a_path_that_leads_out_of_the_api_is_never_sent(ground: Ground, path: str) -> None:
    with pytest.raises(ValueError, match="below the API root"):
        await ground.get(path)
    assert ground.server.received == []


async def test_a_path_cannot_add_a_query(ground: Ground) -> None:
    await ground.get("/tags/a?b#c d")

    assert ground.server.received[0].target == "/api/tags/a%3Fb%23c%20d"


@pytest.mark.parametrize("url", ["http://crm.example.com", "ftp://crm.example.com", ""])
def test_an_address_that_cannot_be_used_is_refused_at_once(url: str) -> None:
    with pytest.raises(UrlError):
        Transport(TransportSettings(url), RequestLog())


def test_neither_key_nor_proxy_password_stand_in_a_repr() -> None:
    settings = TransportSettings(
        "https://crm.example.com", lambda: {"X-apikey": KEY}, proxy="http://me:secret@proxy:1"
    )
    assert KEY not in repr(settings)
    assert "secret" not in repr(settings)


GOOD: list[tuple[bytes, Mapping[str, object]]] = [
    (answer(200, '[{"person":{"id":1}}]'), {"data": [{"person": {"id": 1}}]}),
    (answer(200, "\ufeff[1]"), {"data": [1]}),
    (answer(200, '{"a":[1,"\\ud83d\\ude00 \\ud83d"]}'), {"data": {"a": [1, "😀 ?"]}}),
    (answer(204, b""), {"data": None, "status": 204}),
    (answer(200, b" "), {"data": None}),
    (answer(200, b"pong", kind="text/plain"), {"text": "pong", "is_json": False}),
    (
        answer(429, b"Retry later", kind="text/plain", Retry_After="7"),
        {"status": 429, "text": "Retry later", "is_json": False},
    ),
    (answer(500, b"<html>" + b"x" * 9000, kind="text/html"), {"status": 500, "is_json": False}),
    (answer(422, '{"name":["x"]}'), {"status": 422, "data": {"name": ["x"]}}),
    (
        answer(200, gzip.compress(b'["packed"]'), Content_Encoding="gzip"),
        {"data": ["packed"]},
    ),
]


@pytest.mark.parametrize(("said", "read"), GOOD)
async def test_an_answer_becomes_a_plain_value(
    ground: Ground, said: bytes, read: Mapping[str, object]
) -> None:
    ground.server.answering = saying(said)

    response = await ground.get()

    assert {name: getattr(response, name) for name in read} == read
    assert len(response.text) <= 2000


async def test_header_names_come_in_lower_case(ground: Ground) -> None:
    ground.server.answering = saying(answer(429, "", RETRY_AFTER="7"))

    assert (await ground.get()).headers["retry-after"] == "7"


def _deep(levels: int) -> str:
    return "[" * levels + "]" * levels


BROKEN = [
    (answer(200, "<html>Welcome</html>", kind="text/html"), NotAnApi, "html"),
    (answer(200, "<!DOCTYPE html>", kind=""), NotAnApi, "html"),
    (answer(200, "{nonsense"), ServerBroken, "json"),
    (answer(200, "nonsense", kind=""), ServerBroken, "json"),
    (answer(200, "[NaN]"), ServerBroken, "json"),
    (answer(200, "[" + "9" * 5000 + "]"), ServerBroken, "json"),
    (answer(200, '[{"person":'), ServerBroken, "cut"),
    (answer(200, _deep(65)), ServerBroken, "deep"),
    (answer(200, _deep(500_000)), ServerBroken, "deep"),
    (answer(500, _deep(65)), ServerBroken, "deep"),
    (answer(200, "[" + "1," * 500_000 + "1]"), ServerBroken, "large"),
    (answer(200, b"[]", Content_Encoding="br"), ServerBroken, "shape"),
    (answer(200, b"[]", Content_Encoding="gzip"), ServerBroken, "cut"),
    (answer(200, gzip.compress(b"[1,2,3]" * 9)[:-9], Content_Encoding="gzip"), ServerBroken, "cut"),
]


@pytest.mark.parametrize(("said", "error", "why"), BROKEN)
async def test_an_answer_that_cannot_be_used_has_a_type(
    ground: Ground, said: bytes, error: type[NotAnApi] | type[ServerBroken], why: str
) -> None:
    ground.server.answering = saying(said)

    with pytest.raises(error) as raised:
        await ground.get(max_bytes=1_000_000)

    assert raised.value.why == why


async def test_json_of_just_the_deepest_kind_is_read(ground: Ground) -> None:
    ground.server.answering = saying(answer(200, _deep(64)))

    assert (await ground.get()).is_json


async def test_a_gzip_bomb_stops_at_the_limit(ground: Ground) -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    ground.server.answering = saying(answer(200, bomb, Content_Encoding="gzip"))

    with pytest.raises(ServerBroken, match="large"):
        await ground.get(max_bytes=100_000)
    assert len(bomb) < 100_000


@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"data": rows}])
async def test_a_list_longer_than_twice_what_was_asked_for_is_refused(
    ground: Ground, wrap: Callable[[list[int]], object]
) -> None:
    ground.server.answering = saying(
        answer(200, json.dumps(wrap([1] * 20))), answer(200, json.dumps(wrap([1] * 21)))
    )
    transport = ground.transport()
    request = Request("GET", "/people", at_most=10)
    assert (await transport.send(request)).status == 200

    with pytest.raises(ServerBroken, match="long"):
        await transport.send(request)


async def test_a_key_that_the_server_echoes_is_blotted_out(ground: Ground) -> None:
    ground.server.answering = saying(
        answer(400, json.dumps({"message": f"apikey={KEY}"})),
        answer(400, f"X-apikey: {KEY}", kind="text/plain"),
    )
    transport = ground.transport()
    for _ in range(2):
        assert KEY not in repr(await transport.send(Request("GET", "/people")))


async def test_redirects_within_the_origin_are_followed_by_a_read(ground: Ground) -> None:
    ground.server.answering = saying(
        answer(301, "", Location="/api/people.json?page=1"),
        answer(307, "", Location=f"{ground.server.url}/api/v2/people"),
        answer(200, "[1]"),
    )
    hops: list[int] = []

    async def before_hop() -> None:
        hops.append(len(ground.server.received))

    response = await ground.transport().send(Request("GET", "/people"), before_hop=before_hop)

    assert response.data == [1]
    targets = [request.target for request in ground.server.received]
    assert targets == ["/api/people", "/api/people.json?page=1", "/api/v2/people"]
    assert hops == [1, 2]


async def test_redirects_come_to_an_end(ground: Ground) -> None:
    ground.server.answering = saying(answer(302, "", Location="/api/people?apikey=x"))

    with pytest.raises(Redirected) as raised:
        await ground.get()

    assert raised.value.target == f"{ground.server.url}/api/people"
    assert len(ground.server.received) == 6


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("http://localhost:{port}/api/people", "http://localhost:{port}/api/people"),
        ("http://127.0.0.1:1/api", "http://127.0.0.1:1/api"),
        ("https://127.0.0.1:{port}/api", "https://127.0.0.1:{port}/api"),
        ("https://evil.example.com/?key=1#x", "https://evil.example.com/"),
        ("https://u:p@evil.example.com/a", "https://evil.example.com/a"),
        ("//evil.example.com/a", "http://evil.example.com/a"),
        ("http://[nonsense/", "?"),
    ],
)
async def test_a_redirect_to_another_origin_is_not_followed(
    ground: Ground, location: str, target: str
) -> None:
    port = ground.server.port
    ground.server.answering = saying(answer(302, "", Location=location.format(port=port)))

    with pytest.raises(Redirected) as raised:
        await ground.get()

    assert raised.value.target == target.format(port=port)
    assert len(ground.server.received) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_a_write_is_never_redirected(ground: Ground, method: str, status: int) -> None:
    ground.server.answering = saying(answer(status, "", Location="/api/people/43"))

    with pytest.raises(Redirected):
        await ground.transport().send(Request(method, "/people/42"))
    assert len(ground.server.received) == 1


@pytest.mark.parametrize(
    ("location", "why"),
    [("https://crm.example.com/login", "login"), ("/users/sign_in?x=1", "login"), ("", "redirect")],
)
@pytest.mark.parametrize("method", ["GET", "PUT"])
async def test_a_login_page_means_that_this_is_no_api(
    ground: Ground, method: str, location: str, why: str
) -> None:
    ground.server.answering = saying(answer(302, "", Location=location))

    with pytest.raises(NotAnApi) as raised:
        await ground.transport().send(Request(method, "/people"))

    assert (raised.value.status, raised.value.why) == (302, why)


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


async def test_the_log_names_what_was_sent_without_values_or_keys(ground: Ground) -> None:
    transport = ground.transport()
    query = (("page", "2"), ("order", "name-asc"), ("first_name", "Erika"), ("apikey", KEY))
    await transport.send(Request("GET", "/people", query), lane="visible", attempt=2)
    ground.server.answering = saying(answer(500, "oh"))
    await transport.send(Request("PUT", "/people/7", body={"name": "Erika"}))

    first, second = ground.log.entries()
    assert first.text == "GET /people?page=2&order=name-asc&first_name=…&apikey=…"
    assert (first.status, first.size, first.lane, first.attempt) == (200, 2, "visible", 2)
    assert (second.text, second.status, second.kind) == ("PUT /people/7", 500, "request")
    assert first.at == ground.clock.now()


async def test_what_failed_is_logged_too(ground: Ground) -> None:
    async def drop(_: Received, line: Line) -> None:
        line.drop()

    ground.server.answering = drop
    with pytest.raises(Offline):
        await ground.get("/people/1")

    assert [(entry.text, entry.status) for entry in ground.log.entries()] == [("GET /people/1", 0)]


@pytest.mark.parametrize(
    ("date", "offset"),
    [
        ("Thu, 09 Oct 2025 08:53:20 GMT", 0.0),
        ("Thu, 09 Oct 2025 08:54:20 GMT", 60.0),
        ("Thu, 09 Oct 1925 08:54:20 GMT", None),
        ("soon", None),
    ],
)
async def test_the_servers_clock_is_compared_with_ours(
    ground: Ground, date: str, offset: float | None
) -> None:
    ground.server.answering = saying(answer(200, "[]", Date=date))
    transport = ground.transport()
    await transport.send(Request("GET", "/people"))

    assert transport.server_time_offset == offset
