"""What becomes of every kind of answer, against a real socket."""

import gzip
import json
import sys
import tracemalloc
from collections.abc import Callable, Mapping

import pytest

from csc_tui.domain.errors import NotAnApi, ServerBroken
from csc_tui.http.body import Body, read_answer
from csc_tui.http.message import Request
from tests.http.ground import KEY, Ground, saying
from tests.http.scripted_server import answer

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
    (
        answer(200, gzip.compress(b'["in ') + gzip.compress(b'two"]'), Content_Encoding="gzip"),
        {"data": ["in two"]},
    ),
    (
        answer(200, gzip.compress(b'["padded"]') + b"\0" * 9, Content_Encoding="gzip"),
        {"data": ["padded"]},
    ),
    # Of an error the status is enough: a 429 has to be heeded, whatever a proxy makes of its body.
    *(
        (answer(429, b"Retry later", Content_Encoding=it), {"status": 429, "data": None})
        for it in ("br", "gzip", "deflate")
    ),
    (
        answer(401, gzip.compress(b"[1,2,3]" * 9)[:-9], Content_Encoding="gzip"),
        {"status": 401, "data": None},
    ),
    (
        answer(200, '["Müller"]'.encode("latin-1"), kind="application/json; charset=ISO-8859-1"),
        {"data": ["Müller"]},
    ),
    (answer(200, '["Müller"]', kind="application/json; charset=ISO-8859-1"), {"data": ["Müller"]}),
    (answer(200, '["Müller"]'.encode("latin-1")), {"data": ["M\ufffdller"]}),
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
    return '{"a":' * levels + "1" + "}" * levels


BROKEN = [
    (answer(200, "<html>Welcome</html>", kind="text/html"), NotAnApi, "html"),
    (answer(200, "<!DOCTYPE html>", kind=""), NotAnApi, "html"),
    (answer(200, "{nonsense"), ServerBroken, "json"),
    (answer(200, "nonsense", kind=""), ServerBroken, "json"),
    (answer(200, "[NaN]"), ServerBroken, "json"),
    (answer(200, "[" + "9" * 5000 + "]"), ServerBroken, "json"),
    (answer(200, '[{"person":'), ServerBroken, "cut"),
    (answer(200, _deep(65)), ServerBroken, "deep"),
    (answer(200, _deep(100_000)), ServerBroken, "deep"),
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


def test_a_gzip_bomb_is_not_unpacked_first() -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    body = Body(200, "gzip", 100_000)

    tracemalloc.start()
    try:
        with pytest.raises(ServerBroken, match="large"):
            body.feed(bomb)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 5_000_000


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


def test_texts_of_an_answer_are_kept_by_nobody() -> None:
    def read(number: int) -> None:
        body = json.dumps([f"text {number} {n}" for n in range(1_000)]).encode()
        assert len(read_answer(Request("GET", "/people"), 200, {}, body).data) == 1_000

    read(0)
    before = sys.getallocatedblocks()
    for number in range(1, 11):
        read(number)
    assert sys.getallocatedblocks() - before < 1_000
