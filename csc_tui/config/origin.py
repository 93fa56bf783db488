"""The address of a CRM as the user gives it, refused in words where it cannot be used."""

from __future__ import annotations

from csc_tui.config.refusal import ConfigError
from csc_tui.http.origin import Origin, UrlError, parse_url

_WORDS = {
    "empty": "config.url-empty",
    "scheme": "config.url-scheme",
    "https": "config.url-http",
    "userinfo": "config.url-user",
}
"""What is wrong with an address -> the sentence; anything else is no address at all."""


def origin_of(address: str, *, keep_path: bool = True) -> Origin:
    """The origin in `address`; `keep_path` keeps what stands in front of `/api`.

    ConfigError if it is no address, holds a user name, or is plain http to anything but loopback.
    """
    try:
        return parse_url(address, keep_path=keep_path)
    except UrlError as error:
        text = error.text.strip()
        shown = "…@" + text.rpartition("@")[2] if error.code == "userinfo" else text
        shown = shown if len(shown) <= 80 else shown[:79] + "…"
        raise ConfigError(_WORDS.get(error.code, "config.url-bad"), url=shown) from None
