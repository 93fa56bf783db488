"""Links of a record's values: which there are, where they really lead, who can follow them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit, urlunsplit

_WEB = frozenset({"http", "https"})
_MAIL = r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+"
LONGEST = 2_000
"""Characters of an address that are still a link; terminals drop longer ones."""

_PROGRAMS = frozenset({"iTerm.app", "WezTerm", "ghostty", "vscode", "rio", "Hyper"})
"""Values of TERM_PROGRAM of terminals that know links."""
_TERMS = r"(xterm-)?(kitty|ghostty)|(alacritty|foot|wezterm|contour).*"
"""Values of TERM of such terminals; over SSH nothing else comes along."""


def real_host(address: str) -> str:
    """The host that a web address leads to, IDN in punycode; empty for anything else.

    Neither a user's name before the host nor letters that only look like others can hide it.
    """
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:  # also UnicodeError: no such host can be
        return ""
    if parts.scheme not in _WEB or not re.fullmatch(r"[a-z0-9.:_-]+", host):
        return ""
    return (f"[{host}]" if ":" in host else host) + port


def tel(number: str) -> str:
    """`tel:+492214710123` for a phone number as people write it; empty for what is none.

    The nought in `+49 (0)221` is not dialled from abroad; letters, a second number or an extension
    make it nothing that a phone could dial.
    """
    if not re.fullmatch(r"\s*\+?[0-9 ()/.\u2013-]+", number):
        return ""
    number = number.strip()
    if number.startswith(("+", "00")):
        number = number.replace("(0)", "")
    digits = re.sub(r"\D", "", number)
    return f"tel:{'+' if number.startswith('+') else ''}{digits}" if 3 <= len(digits) <= 20 else ""


def link_of(role: str, text: str) -> str:
    """What a record's value of this role leads to: http, https, mailto, tel; empty for nothing.

    Nothing but visible ASCII: what a server wrote cannot end the sequence that the link stands in,
    nor add a subject or another recipient to a letter.
    """
    if role == "phone":
        return tel(text)
    if role == "email":
        return f"mailto:{quote(text, safe='@+')}" if re.fullmatch(_MAIL, text) else ""
    host = real_host(text) if role == "url" else ""
    if not host or len(text) > LONGEST:
        return ""
    parts = urlsplit(text)
    path, query, fragment = (
        quote(one, safe="/%:@!$&'()*+,;=~?-._") for one in (parts.path, parts.query, parts.fragment)
    )
    return urlunsplit((parts.scheme, host, path, query, fragment))


def with_host(text: str) -> str:
    """A web address as it is shown: its real host before it, where it seems to be another."""
    host = real_host(text)
    plain = text.lower().partition("://")[2].startswith(host)
    return text if plain else f"{host}: {text}"


def understood(setting: str, env: Mapping[str, str]) -> bool:
    """Whether the terminal makes links of OSC 8: by the setting `links`, else only if known to.

    What tmux holds of the terminal outside says nothing: it takes links itself from 3.4 on, and
    gives them on where they are understood.
    """
    if setting != "auto":
        return setting == "on"
    if env.get("TMUX"):
        return env.get("TERM_PROGRAM") == "tmux" and _version(env) >= (3, 4)
    if env.get("STY"):
        return False
    vte = env.get("VTE_VERSION", "")
    return (
        env.get("TERM_PROGRAM", "") in _PROGRAMS
        or re.fullmatch(_TERMS, env.get("TERM", "")) is not None
        or (vte.isdecimal() and int(vte) >= 5000)
        or bool(env.get("KONSOLE_VERSION") or env.get("WT_SESSION"))
    )


def _version(env: Mapping[str, str]) -> tuple[int, ...]:
    return tuple(int(one) for one in re.findall(r"\d+", env.get("TERM_PROGRAM_VERSION", ""))[:2])
