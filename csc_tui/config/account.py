"""An account ready to be opened: who, where, with which key, over which line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from csc_tui.config.secrets import Secret


class Line(NamedTuple):
    """How the CRM is reached. Its files were checked: only the user or root can change them."""

    ca_file: Path | None = None
    """PEM file with further authorities to trust."""
    client_cert: Path | None = None
    """PEM file with a client certificate."""
    client_key: Path | None = None
    """PEM file with its key, None if it stands in `client_cert`."""
    proxy: str | None = None
    """Address of the proxy, from profile or environment; never one for loopback."""

    def __repr__(self) -> str:
        return "Line(***)"  # a proxy's address may hold a password


class Account(NamedTuple):
    """What `resolve` makes of file, environment and command line. Its repr shows no key."""

    name: str
    """What the screen calls it: the profile's name, or the host."""
    folder_id: str
    """Name of its folders (`Paths.account_*`): it keeps its data over a changed key."""
    backend: str
    """`centralstation` or `concord`."""
    url: str
    """The address up to and without `/api`: `https://host[:port]`."""
    secret: Secret
    """The API key."""
    key_source: str
    """`environment`, `command` or `file`."""
    fill: int
    """How many records the store is filled with after the start; 0: none."""
    read_only: bool = False
    """Nothing is ever written."""
    demo: bool = False
    """The CRM is a demo on this machine."""
    own_id: str = ""
    """What names the account where its server's answers do not; empty: its address."""
    nonce: bytes = b""
    """What that demo has to prove that it knows before it gets its key; empty: nothing."""
    line: Line = Line()
    """Certificates and proxy."""

    def __repr__(self) -> str:
        return f"Account({self.name}, {self.backend}, {self.url}, {self.secret!r})"


def environment_folder(backend: str, url: str, secret: Secret) -> str:
    """The folder of an account that only the environment names: backend, address, key.

    Its dots keep it apart from every profile's name.
    """
    place = re.sub(r"[^a-z0-9.-]+", "_", url.lower())[:150]
    return f"env.{backend}.{place}.{secret.fingerprint()}"
