"""The address of a CRM: read from what people paste, checked, and compared."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

_PORTS = {"https": 443, "http": 80}
"""Schemes that exist here, with their own ports."""

_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")
"""A host name in ASCII, lower case."""


class UrlError(ValueError):
    """An address that cannot be used.

    `code` is one of `empty`, `scheme` (neither http nor https), `https` (plain http to another
    machine), `userinfo` (name or password inside), `host`, `port`, `proxy`; `text` is what was
    given.
    """

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code, text)
        self.code = code
        self.text = text


class Origin(NamedTuple):
    """Where a CRM lives. Its key goes to exactly this scheme, host and port."""

    scheme: str
    """`https`, or `http` on loopback."""
    host: str
    """Lower case, punycode; an IPv6 address without brackets."""
    port: int
    """1 to 65535, the scheme's own where none was given."""
    path: str = ""
    """A path in front of `/api`, beginning with a slash; mostly empty."""

    @property
    def loopback(self) -> bool:
        """Whether it is this machine: `localhost`, 127.0.0.0/8 or ::1."""
        return is_loopback(self.host)

    @property
    def netloc(self) -> str:
        """Host, with the port where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address up to and without `/api`."""
        return f"{self.scheme}://{self.netloc}{self.path}"

    @property
    def key(self) -> tuple[str, str, int]:
        """What two addresses must have in common to be sent the same key."""
        return self.scheme, self.host, self.port


def is_loopback(host: str) -> bool:
    """Whether `host` (no brackets, no port) is this machine, without asking any name server."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def parse_url(text: str, *, keep_path: bool = False) -> Origin:
    """The origin in `text`, as typed or as pasted from a browser's address line.

    A missing scheme is https, on loopback http. What follows the host is dropped; `keep_path`
    (for an address from the environment or a profile) keeps what stands in front of `/api`.
    Raises UrlError.
    """
    shown = text.strip()
    if not shown:
        raise UrlError("empty", text)
    if any(ord(char) <= 0x20 or ord(char) == 0x7F or char == "\\" for char in shown):
        raise UrlError("host", shown)
    scheme, rest = _scheme(shown)
    try:
        parts = urlsplit(f"//{rest}")
    except ValueError as error:
        raise UrlError("host", shown) from error
    if parts.username is not None or parts.password is not None:
        raise UrlError("userinfo", shown)
    host = _host(parts.hostname or "", shown)
    port = _port(parts, shown)
    scheme = scheme or ("http" if is_loopback(host) else "https")
    if scheme == "http" and not is_loopback(host):
        raise UrlError("https", shown)
    path = _before_api(parts.path) if keep_path else ""
    return Origin(scheme, host, port or _PORTS[scheme], path)


def proxy_for(origin: Origin, environ: Mapping[str, str]) -> str | None:
    """The proxy that the environment names for `origin`, None for a direct line.

    Reads `https_proxy`, `all_proxy` and `no_proxy`, in either case. Loopback never has one.
    """
    if origin.loopback:
        return None
    low = {name.lower(): value for name, value in environ.items() if name.lower().endswith("proxy")}
    for entry in (part.strip().lower() for part in low.get("no_proxy", "").split(",")):
        suffix = entry.lstrip("*").lstrip(".")
        if entry == "*" or (suffix and f".{origin.host}".endswith(f".{suffix}")):
            return None
    return low.get(f"{origin.scheme}_proxy") or low.get("all_proxy") or None


def parse_proxy(text: str) -> str:
    """The address of a proxy as `http[s]://[user:password@]host:port`; a bare `host:port` is http.

    Raises UrlError (`proxy`) for anything else, SOCKS among it.
    """
    full = text if "://" in text else f"http://{text}"
    try:
        parts = urlsplit(full)
        host = _host(parts.hostname or "", text)
        port = _port(parts, text)
    except ValueError as error:  # UrlError is one too
        raise UrlError("proxy", shown_proxy(text)) from error
    odd = any(ord(char) <= 0x20 or ord(char) == 0x7F for char in full)
    if parts.scheme not in _PORTS or odd:
        raise UrlError("proxy", shown_proxy(text))
    user, mark, _ = parts.netloc.rpartition("@")
    place = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{user}{mark}{place}" + (f":{port}" if port else "")


def shown_proxy(proxy: str) -> str:
    """The proxy's address without name and password, for `doctor`."""
    head, mark, tail = proxy.rpartition("@")
    scheme = head.partition("://")[0] + "://" if "://" in head else ""
    return scheme + tail if mark else proxy


def _scheme(text: str) -> tuple[str, str]:
    head, mark, rest = text.partition("://")
    if not mark:
        return "", text
    if head.lower() not in _PORTS:
        raise UrlError("scheme", text)
    return head.lower(), rest


def _host(name: str, text: str) -> str:
    if ":" in name:
        try:
            return str(ipaddress.IPv6Address(name))
        except ValueError as error:
            raise UrlError("host", text) from error
    if not name.isascii():
        name = _punycode(name, text)
    name = name.lower().removesuffix(".")
    if not _HOST.fullmatch(name) or len(name) > 253:
        raise UrlError("host", text)
    return name


def _punycode(name: str, text: str) -> str:
    import httpx  # only for such names: it is dear to import, and knows IDNA 2008

    try:
        return httpx.URL(scheme="https", host=name).raw_host.decode("ascii")
    except (httpx.InvalidURL, UnicodeError) as error:
        raise UrlError("host", text) from error


def _port(parts: SplitResult, text: str) -> int | None:
    try:
        port = parts.port
    except ValueError as error:
        raise UrlError("port", text) from error
    if port == 0 or (port is None and parts.netloc.endswith(":")):
        raise UrlError("port", text)
    return port


def _before_api(path: str) -> str:
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "api":
            break
        if segment in ("", ".", ".."):
            continue
        kept.append(segment)
    return "".join(f"/{segment}" for segment in kept)
