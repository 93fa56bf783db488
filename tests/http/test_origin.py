"""Addresses as people type and paste them."""

import pytest

from csc_tui.http.origin import UrlError, is_loopback, parse_url, proxy_for, shown_proxy


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://acme.centralstationcrm.net", "https://acme.centralstationcrm.net"),
        ("  https://acme.centralstationcrm.net/  ", "https://acme.centralstationcrm.net"),
        ("acme.centralstationcrm.net", "https://acme.centralstationcrm.net"),
        ("ACME.CentralStationCRM.net.", "https://acme.centralstationcrm.net"),
        ("https://acme.example.com/api", "https://acme.example.com"),
        ("https://acme.example.com/people/42?tab=1#notes", "https://acme.example.com"),
        ("https://acme.example.com:443/", "https://acme.example.com"),
        ("https://acme.example.com:8443", "https://acme.example.com:8443"),
        ("http://127.0.0.1:8000/api/", "http://127.0.0.1:8000"),
        ("localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://localhost", "https://localhost"),
        ("https://müller.example", "https://xn--mller-kva.example"),
        ("https://straße.example", "https://xn--strae-oqa.example"),
    ],
)
def test_what_is_pasted_becomes_an_origin(text: str, url: str) -> None:
    assert parse_url(text).url == url


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("https://example.com/crm/api/people", "/crm"),
        ("https://example.com/crm/", "/crm"),
        ("https://example.com/api", ""),
        ("https://example.com/../x//y/./api", "/x/y"),
    ],
)
def test_a_path_before_the_api_is_kept_if_wanted(text: str, path: str) -> None:
    assert parse_url(text, keep_path=True).path == path
    assert parse_url(text).path == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("ftp://example.com", "scheme"),
        ("javascript://example.com", "scheme"),
        ("http://example.com", "https"),
        ("http://127.0.0.1.example.com", "https"),
        ("http://127.1", "https"),
        ("http://localhost.example.com", "https"),
        ("https://me:secret@example.com", "userinfo"),
        ("https://127.0.0.1@example.com", "userinfo"),
        ("https://", "host"),
        ("https://exa mple.com", "host"),
        ("https://example.com\\@evil.example", "host"),
        ("https://example\x1b.com", "host"),
        ("https://-example.com", "host"),
        ("https://a..example.com", "host"),
        ("https://[::1", "host"),
        ("https://[fe80::z]", "host"),
        ("https://\u2024.example", "host"),
        ("https://example.com:0", "port"),
        ("https://example.com:", "port"),
        ("https://example.com:99999", "port"),
        ("https://example.com:http", "port"),
    ],
)
def test_what_cannot_be_used_has_a_code(text: str, code: str) -> None:
    with pytest.raises(UrlError) as raised:
        parse_url(text)
    assert raised.value.code == code


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "::1"])
def test_loopback_is_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "10.0.0.1", "localhost.example", "::2", "127.1", ""])
def test_nothing_else_is(host: str) -> None:
    assert not is_loopback(host)


def test_the_same_origin_has_the_same_key() -> None:
    assert parse_url("https://EXAMPLE.com:443/x").key == parse_url("example.com").key
    assert parse_url("https://example.com:8443").key != parse_url("example.com").key


@pytest.mark.parametrize(
    ("environ", "proxy"),
    [
        ({}, None),
        ({"HTTPS_PROXY": "http://proxy:3128"}, "http://proxy:3128"),
        ({"https_proxy": "http://proxy:3128", "NO_PROXY": "other.net"}, "http://proxy:3128"),
        ({"all_proxy": "http://proxy:1"}, "http://proxy:1"),
        ({"http_proxy": "http://proxy:1"}, None),
        ({"https_proxy": "http://proxy:1", "no_proxy": "x, .example.com"}, None),
        ({"https_proxy": "http://proxy:1", "no_proxy": "crm.example.com"}, None),
        ({"https_proxy": "http://proxy:1", "no_proxy": "m.example.com"}, "http://proxy:1"),
        ({"https_proxy": "http://proxy:1", "no_proxy": "*"}, None),
    ],
)
def test_the_environment_may_name_a_proxy(environ: dict[str, str], proxy: str | None) -> None:
    assert proxy_for(parse_url("https://crm.example.com"), environ) == proxy
    assert proxy_for(parse_url("http://127.0.0.1:8000"), environ) is None


@pytest.mark.parametrize(
    ("proxy", "shown"),
    [
        ("http://me:secret@proxy:3128", "http://proxy:3128"),
        ("http://proxy:3128", "http://proxy:3128"),
        ("me:se@cret@proxy:1", "proxy:1"),
    ],
)
def test_a_proxys_password_is_never_shown(proxy: str, shown: str) -> None:
    assert shown_proxy(proxy) == shown
