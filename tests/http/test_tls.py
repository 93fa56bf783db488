"""Certificates: nothing goes to a server that cannot be trusted.

The files in `certificates/` were made once with openssl: a CA, and by it one certificate for
127.0.0.1, one for crm.example.com and one for a client. Their keys open nothing.
"""

import os
import shutil
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from csc_tui.domain.errors import CertificateError, CrmError
from csc_tui.domain.request_log import RequestLog
from csc_tui.http.message import Request
from csc_tui.http.tls import TlsFileError, tls_context
from csc_tui.http.transport import Transport, TransportSettings
from tests.http.scripted_server import Line, Received, ScriptedServer, answer

FILES = Path(__file__).with_name("certificates")
CA = FILES / "ca.pem"


async def fine(_: Received, line: Line) -> None:
    await line.say(answer(200, '["trusted"]'))


def server_context(name: str = "loopback.pem") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(FILES / name)
    return context


@pytest.fixture
async def server() -> AsyncIterator[ScriptedServer]:
    server = ScriptedServer(fine)
    yield server
    await server.stop()


async def ask(server: ScriptedServer, **settings: Any) -> object:
    transport = Transport(
        TransportSettings(server.url, lambda: {"X-apikey": "canary-key"}, **settings), RequestLog()
    )
    try:
        return (await transport.send(Request("GET", "/people"))).data
    finally:
        await transport.aclose()


async def test_a_pinned_ca_is_trusted(server: ScriptedServer) -> None:
    await server.start(server_context())

    assert await ask(server, ca_file=CA) == ["trusted"]


async def test_an_unknown_issuer_is_refused_before_the_key_is_sent(server: ScriptedServer) -> None:
    await server.start(server_context())

    with pytest.raises(CertificateError) as raised:
        await ask(server)

    assert raised.value.detail
    assert raised.value.host == "127.0.0.1"
    assert not raised.value.sent
    assert server.received == []


async def test_a_certificate_of_another_host_is_refused(server: ScriptedServer) -> None:
    await server.start(server_context("elsewhere.pem"))

    with pytest.raises(CertificateError):
        await ask(server, ca_file=CA)
    assert server.received == []


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
async def test_tls_before_1_2_is_refused(server: ScriptedServer) -> None:
    # Told apart: a library at its usual level refuses it whatever is asked of it.
    assert tls_context().minimum_version == ssl.TLSVersion.TLSv1_2
    context = server_context()
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    await server.start(context)

    with pytest.raises(CertificateError):
        await ask(server, ca_file=CA)
    assert server.received == []


async def test_a_client_certificate_is_shown_where_one_is_set(server: ScriptedServer) -> None:
    context = server_context()
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(CA)
    await server.start(context)

    assert await ask(server, ca_file=CA, client_cert=FILES / "client.pem") == ["trusted"]
    with pytest.raises(CrmError):
        await ask(server, ca_file=CA)
    assert len(server.received) == 1


async def test_a_key_log_is_never_written(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    await server.start(server_context())

    assert await ask(server, ca_file=CA) == ["trusted"]
    assert not (tmp_path / "keys").exists()


async def test_plain_http_on_a_tls_port_is_no_crash(server: ScriptedServer) -> None:
    await server.start(server_context())
    server.tls = False

    with pytest.raises(CrmError):
        await ask(server)
    assert server.received == []


async def test_a_file_that_cannot_be_used_is_named(server: ScriptedServer, tmp_path: Path) -> None:
    await server.start(server_context())

    with pytest.raises(CertificateError, match="no-such-file"):
        await ask(server, ca_file=tmp_path / "no-such-file")


def test_each_bad_file_has_its_code(tmp_path: Path) -> None:
    nonsense = tmp_path / "nonsense.pem"
    nonsense.write_text("no certificate")
    for arguments, code in [
        ((nonsense, None, None), "ca_file"),
        ((tmp_path / "missing", None, None), "ca_file"),
        ((None, nonsense, None), "client_cert"),
        ((None, CA, None), "client_cert"),
        ((None, FILES / "client.pem", nonsense), "client_cert"),
    ]:
        with pytest.raises(TlsFileError) as raised:
            tls_context(*arguments)
        assert raised.value.code == code


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file away")
def test_a_ca_file_of_another_user_is_refused(tmp_path: Path) -> None:
    theirs = tmp_path / "ca.pem"
    shutil.copy(CA, theirs)
    assert tls_context(theirs).cert_store_stats()["x509_ca"] >= 1
    os.chown(theirs, 12345, 12345)

    with pytest.raises(TlsFileError, match="ca_owner"):
        tls_context(theirs)
