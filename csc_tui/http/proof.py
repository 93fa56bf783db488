"""Whether the demo that one means answers at an address, asked before a key is sent there.

Another program of this machine could have taken the port. Only the demo of this user's folder knows
the nonce in it.
"""

from __future__ import annotations

import json
import secrets
from urllib.parse import urlsplit

_LARGEST = 10_000
"""Bytes that are read of an answer."""


def proven(url: str, nonce: bytes, patience: float = 10.0) -> bool | None:
    """True if whoever answers at `url` knows `nonce`, False if not, None if nobody answers.

    Waits up to `patience` seconds.
    """
    import hmac
    from http.client import HTTPConnection, HTTPException

    parts = urlsplit(url)
    challenge = secrets.token_hex(16)
    line = HTTPConnection(parts.hostname or "", parts.port, timeout=patience)
    try:
        line.request("GET", f"/demo/proof?challenge={challenge}")
        answer = json.loads(line.getresponse().read(_LARGEST))
        proof = str(answer["proof"])
    except ConnectionRefusedError:
        return None
    except (OSError, HTTPException, ValueError, KeyError, TypeError, RecursionError):
        return False
    finally:
        line.close()
    expected = hmac.new(nonce, challenge.encode("ascii"), "sha256").hexdigest()
    return bool(nonce) and hmac.compare_digest(proof.encode("utf-8", "replace"), expected.encode())
