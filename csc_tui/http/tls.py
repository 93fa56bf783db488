"""The TLS context: the system's trust store, never weaker, without a key log."""

from __future__ import annotations

import os
import ssl
from pathlib import Path


class TlsFileError(ValueError):
    """A certificate file that cannot be used.

    `code` is `ca_owner` (belongs to somebody else), `ca_file` or `client_cert` (missing,
    unreadable or no certificate); `path` is the file.
    """

    def __init__(self, code: str, path: Path) -> None:
        super().__init__(code, str(path))
        self.code = code
        self.path = path

    def __str__(self) -> str:
        return f"{self.code}: {self.path}"


def tls_context(
    ca_file: Path | None = None, client_cert: Path | None = None, client_key: Path | None = None
) -> ssl.SSLContext:
    """A client's context: TLS 1.2 or later, host names checked.

    Built by hand since `ssl.create_default_context` obeys `SSLKEYLOGFILE`. Takes 35 to 110 ms:
    call it in a thread. `ca_file` is trusted besides the system's store. Raises TlsFileError.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_default_certs(ssl.Purpose.SERVER_AUTH)
    if ca_file is not None:
        _check_owner(ca_file)
        try:
            context.load_verify_locations(cafile=str(ca_file))
        except OSError as error:  # SSLError is one too
            raise TlsFileError("ca_file", ca_file) from error
    if client_cert is not None:
        try:
            context.load_cert_chain(client_cert, client_key, password=lambda: b"")
        except (OSError, ValueError) as error:
            raise TlsFileError("client_cert", client_cert) from error
    return context


def _check_owner(path: Path) -> None:
    """Who can replace the pinned CA can read the key: only root and the user may own it."""
    try:
        owner = path.stat().st_uid
    except OSError as error:
        raise TlsFileError("ca_file", path) from error
    if owner not in (0, os.getuid()):
        raise TlsFileError("ca_owner", path)
