"""What leaves the machine, and what the log says of it, against a real socket."""

import asyncio
import threading

import pytest

import csc_tui
from csc_tui.domain.errors import Offline
from csc_tui.domain.request_log import RequestLog
from csc_tui.http.message import Request
from csc_tui.http.origin import UrlError
from csc_tui.http.transport import LONG, Transport, TransportSettings
from tests.http.ground import KEY, Ground, saying
from tests.http.scripted_server import Line, Received, answer


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


@pytest.mark.parametrize(("length", "apart"), [(LONG - 100, False), (LONG + 100, True)])
async def test_a_long_answer_is_read_off_the_screens_thread(
    ground: Ground, length: int, apart: bool
) -> None:
    threads = []

    def pieces(body: bytes) -> list[object]:
        threads.append(threading.current_thread())
        return [body]

    ground.server.answering = saying(answer(200, f'["{"a" * length}"]'))
    await ground.transport().send(Request("GET", "/people", pieces=pieces))

    assert [one is threading.main_thread() for one in threads] == [not apart]


async def test_the_time_until_an_answer_can_be_used(ground: Ground) -> None:
    """The server waits for what is done meanwhile: nothing comes if that waits for the server."""
    told = asyncio.Event()

    async def waiting(_: Received, line: Line) -> None:
        await told.wait()
        await line.say(answer(200, "[]"))

    ground.server.answering = waiting
    settings = TransportSettings(ground.server.url, headers=lambda: {"X-apikey": KEY}, total=20.0)
    transport = Transport(settings, ground.log, ground.clock, meanwhile=told.set)
    ground.transports.append(transport)

    assert (await transport.send(Request("GET", "/people"))).data == []
    assert len(ground.server.received) == 1


@pytest.mark.parametrize(
    ("method", "body", "length"),
    [("GET", None, None), ("DELETE", None, None), ("PUT", None, "0"), ("POST", {}, "2")],
)
async def test_what_is_sent_has_a_host_and_a_length(
    ground: Ground, method: str, body: dict[str, object] | None, length: str | None
) -> None:
    await ground.transport().send(Request(method, "/people", body=body))

    headers = ground.server.received[0].headers
    assert headers["host"] == f"127.0.0.1:{ground.server.port}"
    assert headers.get("content-length") == length
    assert set(headers) <= {
        *("host", "accept", "accept-encoding", "user-agent", "x-apikey"),
        *("content-type", "content-length"),
    }


async def test_headers_of_one_name_and_odd_letters_are_read(ground: Ground) -> None:
    raw = answer(200, "[]", X_Told="one").replace(
        b"\r\n\r\n", "\r\nx-told: zwei ü\r\nX-Old: \xfc\r\n\r\n".encode("latin-1"), 1
    )
    ground.server.answering = saying(raw)

    headers = (await ground.get()).headers

    assert (headers["x-told"], headers["x-old"]) == ("one, zwei ü", "ü")
