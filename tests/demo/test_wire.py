"""What any client may do on the wire in any dialect: methods, numbers, bodies, targets."""

from __future__ import annotations

import json
import socket

import pytest

from .conftest import Crm, Running


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PATCH", "PROPFIND", "X"])
@pytest.mark.parametrize("path", ["people", "people/90417", ""])
def test_a_method_that_nothing_has_is_refused_in_the_words_of_the_dialect(
    crm: Crm, method: str, path: str
) -> None:
    response = crm.send(method, path)
    assert response.status_code == 404
    assert response.json() == {"description": "Not found", "error": "not found"}
    assert crm.send(method, path, headers={"X-apikey": "wrong"}).status_code == 401


def test_the_base_of_the_api_is_part_of_it(crm: Crm) -> None:
    assert crm.client.request("GET", "/api").status_code == 404
    assert crm.client.request("GET", "/api", headers={"X-apikey": "wrong"}).status_code == 401
    assert crm.client.request("GET", "/apis").status_code == 302


@pytest.mark.parametrize("number", ["90_417", "+90417", " 90417", "90417 ", "٩٠٤١٧", "90417.0"])
def test_an_id_is_digits_and_nothing_else(crm: Crm, number: str) -> None:
    assert crm.send("GET", f"people/{number}").status_code == 404
    assert len(crm.get("people", perpage=number)) == 25


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "latin-1"])
def test_a_body_is_utf_8_without_a_mark(crm: Crm, encoding: str) -> None:
    body = json.dumps({"person": {"name": "Groß"}}, ensure_ascii=False).encode(encoding)
    kind = {"Content-Type": "application/json"}
    assert crm.send("POST", "people", content=body, headers=kind).status_code == 400


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        *(("gzip", "gzip"), ("br, gzip;q=0.5", "gzip"), ("gzip;q=0", None), ("identity", None)),
        *(("gzip; q=0.0, br", None), ("br", None)),
    ],
)
def test_an_answer_is_compressed_for_who_takes_it(
    crm: Crm, accepted: str, encoding: str | None
) -> None:
    response = crm.send("GET", "people", headers={"Accept-Encoding": accepted})
    assert response.headers.get("content-encoding") == encoding
    assert len(response.json()) == 25


def answered(live: Running, *pieces: bytes) -> list[bytes]:
    """Status lines of the answers to what is sent; each piece waits for an answer before it."""
    host, port = live.url.removeprefix("http://").split(":")
    statuses = []
    with socket.create_connection((host, int(port)), 30) as connection:
        answers = connection.makefile("rb")
        for piece in pieces:
            connection.sendall(piece)
            statuses.append(answers.readline().strip())
            length = 0
            while (line := answers.readline().strip()) != b"":
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            answers.read(length)
    return statuses


def head(live: Running, line: str, *more: str) -> bytes:
    headers = (f"Host: {live.url.removeprefix('http://')}", f"X-apikey: {live.key}", *more)
    return "\r\n".join((f"{line} HTTP/1.1", *headers, "", "")).encode()


def test_bodies_in_chunks_or_only_after_a_100_and_connections_that_stay(live: Running) -> None:
    body = b'{"person": {"name": "Rohr"}}'
    kind = "Content-Type: application/json"
    length = f"Content-Length: {len(body)}"
    chunked = head(live, "POST /api/people", kind, "Transfer-Encoding: chunked")
    assert answered(
        live,
        head(live, "POST /api/people", kind, length, "Expect: 100-continue"),
        body,
        chunked + b"1\r\n{\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(body) - 1, body[1:]),
        head(live, "POST /api/people", kind),
        head(live, "GET /api/people/90417"),
    ) == [
        *(b"HTTP/1.1 100 Continue", b"HTTP/1.1 201 Created", b"HTTP/1.1 201 Created"),
        *(b"HTTP/1.1 400 Bad Request", b"HTTP/1.1 200 OK"),
    ]


def test_a_target_may_be_a_whole_url_of_this_server(live: Running) -> None:
    ours = head(live, f"GET {live.url}/api/people/count?perpage=1")
    other = head(live, "GET http://crm.example/api/people/count")
    assert answered(live, ours) == [b"HTTP/1.1 200 OK"]
    assert answered(live, other) == [b"HTTP/1.1 421 Misdirected Request"]
    broken = head(live, "GET http://[/api/people/count")
    assert answered(live, broken) == [b"HTTP/1.1 421 Misdirected Request"]
