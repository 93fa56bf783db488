"""Proxies as people and their environment name them: used, refused in words, never trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from csc_tui.config.paths import Paths
from csc_tui.config.profiles import resolve
from csc_tui.config.refusal import ConfigError
from csc_tui.config.settings import load_settings
from csc_tui.domain.errors import CrmError
from csc_tui.domain.request_log import RequestLog
from csc_tui.http.message import Request
from csc_tui.http.origin import UrlError, parse_proxy
from csc_tui.http.transport import Transport, TransportSettings
from tests.http.scripted_server import Line, Received, ScriptedServer, answer
from tests.http.test_tls import CA, server_context
from tests.live_desk import paths_in

BY_ENVIRONMENT = {"CSC_TUI_URL": "https://crm.example", "CSC_TUI_API_KEY": "canary-key"}


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("proxy:3128", "http://proxy:3128"),
        ("http://proxy", "http://proxy"),
        ("https://proxy:443", "https://proxy:443"),
        ("http://me:se%40cret@proxy:1", "http://me:se%40cret@proxy:1"),
        ("http://PROXY.example:1/", "http://proxy.example:1"),
        ("http://[::1]:3128", "http://[::1]:3128"),
        ("10.0.0.1:8080", "http://10.0.0.1:8080"),
    ],
)
def test_what_a_proxy_may_be(typed: str, address: str) -> None:
    assert parse_proxy(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "socks5://proxy:1080",
        "http://",
        "http://:3128",
        "http://proxy:99999",
        "http://proxy:x",
        "http://pro xy",
        "http://proxy\n",
        "http://[::1",
        "ftp://me:canary-key@proxy",
        "pro\x1b[2Jxy:1",
    ],
)
def test_what_is_no_proxy_is_refused_without_its_password(typed: str, tmp_path: Path) -> None:
    with pytest.raises(UrlError):
        parse_proxy(typed)
    paths: Paths = paths_in(tmp_path)
    with pytest.raises(ConfigError) as caught:
        resolve(load_settings(paths), paths, BY_ENVIRONMENT | {"HTTPS_PROXY": typed})
    assert "cannot be used" in str(caught.value)
    assert "canary" not in str(caught.value)
    assert caught.value.code == 2


async def test_an_https_proxy_is_checked_and_its_keys_are_not_logged(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))

    async def refuse(_: Received, line: Line) -> None:
        await line.say(answer(502))

    server = ScriptedServer(refuse)
    await server.start(server_context())
    try:
        for trusted in (None, CA):
            settings = TransportSettings(
                "https://crm.example",
                lambda: {"X-apikey": "canary-key"},
                proxy=server.url,
                ca_file=trusted,
            )
            transport = Transport(settings, RequestLog())
            with pytest.raises(CrmError):
                await transport.send(Request("GET", "/people"))
            await transport.aclose()
            assert len(server.received) == (0 if trusted is None else 1)
    finally:
        await server.stop()

    (connect,) = server.received
    assert connect.method == "CONNECT"
    assert "canary-key" not in str(connect)
    assert not (tmp_path / "keys").exists()
