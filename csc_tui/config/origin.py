"""The address of a CRM, cut to what keys are bound to: scheme, host and port."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from csc_tui.config.refusal import ConfigError

_DEFAULT_PORT = {"https": 443, "http": 80}
_LOOPBACK = re.compile(r"localhost|127(\.\d{1,3}){3}|::1")
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?|[0-9a-f:.]+")
_LONGEST = 2_000
"""Characters of an address; more is a mistaken paste."""


def origin_of(address: str) -> str:
    """`https://host[:port]` of `address` as typed or pasted from a browser.

    Without a scheme https is meant; path, query and fragment are dropped; an international host
    becomes punycode. ConfigError if it is no address, names a user, or is plain http to anything
    but loopback.
    """
    text = address.strip()
    if not text:
        raise ConfigError("config.url-empty")
    shown = text if len(text) <= 80 else text[:79] + "…"
    if "://" not in text:
        text = f"https://{text}"
    if len(text) > _LONGEST or any(char <= " " or char in "\\\x7f" for char in text):
        raise ConfigError("config.url-bad", url=shown)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise ConfigError("config.url-bad", url=shown) from None
    if parts.scheme not in _DEFAULT_PORT:
        raise ConfigError("config.url-scheme", url=shown)
    if parts.username is not None or parts.password is not None:
        raise ConfigError("config.url-user", host=parts.hostname or "")
    host = _host(parts, shown)
    if parts.scheme == "http" and not _LOOPBACK.fullmatch(host):
        raise ConfigError("config.url-http", host=host)
    bracketed = f"[{host}]" if ":" in host else host
    if port in (None, _DEFAULT_PORT[parts.scheme]):
        return f"{parts.scheme}://{bracketed}"
    return f"{parts.scheme}://{bracketed}:{port}"


def _host(parts: SplitResult, shown: str) -> str:
    """The host in lower case, as punycode; ConfigError if there is none or it is malformed."""
    host = (parts.hostname or "").rstrip(".")
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            raise ConfigError("config.url-bad", url=shown) from None
    if not _HOST.fullmatch(host) or ".." in host:
        raise ConfigError("config.url-bad", url=shown)
    return host


def host_of(origin: str) -> str:
    """`host[:port]` of what `origin_of` gave."""
    return origin.partition("://")[2]


def is_plain(origin: str) -> bool:
    """Whether `origin` is plain http (so, after `origin_of`, on loopback)."""
    return origin.startswith("http://")
