"""Whom the demo answers, how it proves itself, and what it remembers."""

from __future__ import annotations

import hashlib
import hmac
import socket

import pytest

from csc_tui.demo.exposure import Address, is_loopback

from .conftest import NONCE, Crm, Running


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.0.0.1:8001", "localhost:8000", "crm.example", "crm.example:8000"),
        *("127.0.0.2:8000", "[::1]:8000", "127.0.0.1:8000.", ""),
    ],
)
@pytest.mark.parametrize("path", ["/api/people", "/demo/proof", "/"])
def test_another_host_is_misdirected(crm: Crm, host: str, path: str) -> None:
    assert crm.client.request("GET", path, headers={"Host": host}).status_code == 421
    assert not crm.demo.journal.entries


@pytest.mark.parametrize("header", ["Origin", "Referer"])
def test_web_pages_are_refused(crm: Crm, header: str) -> None:
    for value in ("http://127.0.0.1:8000", "null", ""):
        response = crm.send("GET", "people", headers={header: value})
        assert response.status_code == 403
    assert not crm.demo.journal.entries


def test_the_host_must_be_there_once_on_the_wire(live: Running) -> None:
    host, port = live.url.removeprefix("http://").split(":")
    ours = f"Host: {host}:{port}\r\n"
    statuses = []
    for headers in (ours, "", ours * 2):
        with socket.create_connection((host, int(port))) as connection:
            key = f"X-apikey: {live.key}\r\n"
            request = f"GET /api/people/count HTTP/1.0\r\n{headers}{key}\r\n"
            connection.sendall(request.encode())
            statuses.append(int(connection.makefile("rb").readline().split()[1]))
    assert statuses[0] == 200
    assert all(400 <= status < 500 for status in statuses[1:])


@pytest.mark.parametrize(
    ("address", "hosts", "accepted"),
    [
        (Address("127.0.0.1", 80), ["127.0.0.1:80"], True),
        (Address("::1", 80), ["[::1]:80"], True),
        (Address("0.0.0.0", 80, True), ["192.168.1.5:80"], True),
        (Address("0.0.0.0", 80, True), ["[fe80::1]:80"], True),
        (Address("0.0.0.0", 80, True), ["192.168.1.5:81"], False),
        (Address("0.0.0.0", 80, True), ["crm.example:80"], False),
        (Address("0.0.0.0", 80), ["192.168.1.5:80"], False),
        (Address("127.0.0.1", 80), [], False),
        (Address("127.0.0.1", 80), ["127.0.0.1:80", "127.0.0.1:80"], False),
    ],
)
def test_which_hosts_an_address_accepts(address: Address, hosts: list[str], accepted: bool) -> None:
    assert address.accepts(hosts) is accepted


def test_which_addresses_are_loopback() -> None:
    assert is_loopback("127.0.0.1")
    assert is_loopback("127.9.9.9")
    assert is_loopback("::1")
    assert not is_loopback("0.0.0.0")
    assert not is_loopback("example")


def test_the_proof_needs_no_key_and_shows_that_the_nonce_is_known(crm: Crm) -> None:
    challenge = "0123456789abcdef" * 2
    path = f"/demo/proof?challenge={challenge}"
    response = crm.client.request("GET", path, headers={"X-apikey": "wrong"})
    expected = hmac.new(NONCE, challenge.encode(), hashlib.sha256).hexdigest()
    assert response.json() == {"proof": expected}


@pytest.mark.parametrize("challenge", ["", "0123", "xyz" * 10, "0" * 600])
def test_a_challenge_is_a_reasonable_hex_number(crm: Crm, challenge: str) -> None:
    assert crm.client.request("GET", f"/demo/proof?challenge={challenge}").status_code == 400


def test_the_log_tells_what_was_asked(crm: Crm) -> None:
    crm.get("people/count")
    crm.clock.forward(2)
    crm.post("people?includes=tags", {"person": {"name": "X"}})
    crm.send("GET", "people/1", headers={"X-apikey": "wrong"})
    first, second, third = crm.client.request("GET", "/demo/log").json()
    assert first == {
        "method": "GET",
        "path": "/api/people/count",
        "status": 200,
        "work": 200,
        "body": None,
        "time": "2026-11-02T10:00:00.000+01:00",
        "user": crm.user,
        "in_window": 1,
    }
    assert second["path"] == "/api/people?includes=tags"
    assert second["body"] == {"person": {"name": "X"}}
    assert (second["status"], second["in_window"]) == (201, 2)
    assert (third["status"], third["work"], third["user"]) == (401, None, None)
    assert crm.client.request("DELETE", "/demo/log").json() == []
    assert crm.client.request("GET", "/demo/log").json() == []


@pytest.mark.parametrize("path", ["/demo/log", "/demo/faults"])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_log_and_faults_need_the_owners_key(crm: Crm, method: str, path: str) -> None:
    for key in ("", "key-of-the-colleague"):
        response = crm.client.request(method, path, headers={"X-apikey": key})
        assert response.status_code == 401


def test_every_answer_has_a_date_and_none_names_the_server(live: Running) -> None:
    with live.client() as client:
        response = client.get("/api/people/count")
    assert response.headers["date"].endswith("GMT")
    assert "server" not in response.headers
