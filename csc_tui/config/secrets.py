"""Where an API key comes from, and a type that never shows it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from csc_tui.config.files import read_private, reason, writable_by_others, write_private
from csc_tui.config.paths import Paths
from csc_tui.config.refusal import ConfigError, FileError
from csc_tui.http.origin import Origin

if TYPE_CHECKING:
    import subprocess

KEY_VARIABLE = "CSC_TUI_API_KEY"
"""The environment's name for the key; no child process inherits it."""

COMMAND_LIMIT = 10.0
"""Seconds that `key_command` may take."""

_OUTPUT_LIMIT = 4_096
"""Bytes that `key_command` may print."""

_KEY = re.compile(r"[!-~]{1,2000}")
"""What can stand in a header as a key: visible ASCII, no blanks."""


class Secret:
    """A key. Its repr and str are `***`; only `reveal` gives it, at the place that sends it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        """Blanks and line ends around `value` are dropped; ConfigError if it cannot be a key."""
        stripped = value.strip()
        if not stripped:
            raise ConfigError("config.key-empty")
        if not _KEY.fullmatch(stripped):
            raise ConfigError("config.key-bad")
        self._value = stripped

    def reveal(self) -> str:
        """The key itself."""
        return self._value

    def __repr__(self) -> str:
        return "***"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("a secret is not pickled")

    def fingerprint(self) -> str:
        """The first 8 hex digits of its SHA-256: tells keys apart, gives none away."""
        from hashlib import sha256

        return sha256(self._value.encode("ascii")).hexdigest()[:8]


def child_environment(env: Mapping[str, str]) -> dict[str, str]:
    """`env` for a child process: without the key."""
    return {name: value for name, value in env.items() if name != KEY_VARIABLE}


def save_key(paths: Paths, profile: str, secret: Secret, origin: Origin) -> None:
    """Keep `secret` in the profile's key file (0600), bound to `origin`."""
    text = f"{secret.reveal()}\norigin {_bound(origin)}\n"
    write_private(paths.key_file(profile), text.encode("utf-8"))


def read_key(paths: Paths, profile: str, origin: Origin) -> Secret | None:
    """The key in the profile's key file, None if there is none.

     ConfigError if the file is not safe, or if the key was saved for another origin than `origin`
    . A file that the user made by hand may lack the line with the origin.
    """
    path = paths.key_file(profile)
    data = read_private(path)
    if data is None:
        return None
    try:
        lines = data.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        raise ConfigError("config.key-file-bad", path=path) from None
    if not lines or not _KEY.fullmatch(lines[0].strip()):
        raise ConfigError("config.key-file-bad", path=path)
    here = _bound(origin)
    bound = next((line[7:].strip() for line in lines[1:] if line.startswith("origin ")), here)
    if bound != here:
        raise ConfigError("config.key-origin", name=profile, saved=bound, url=here)
    return Secret(lines[0])


def demo_nonce(paths: Paths, secret: Secret, origin: Origin) -> bytes:
    """What the demo of this user's folder has to know, if `secret` is its key; empty if not."""
    if origin.scheme != "http":
        return b""
    try:
        key = (read_private(paths.demo / "key") or b"").strip()
        nonce = (read_private(paths.demo / "nonce") or b"").strip()
    except ConfigError:
        return b""  # a demo of such a folder does not start
    return nonce if key == secret.reveal().encode("ascii") else b""


def remove_key(paths: Paths, profile: str) -> None:
    """Remove the profile's key file, if there is one; FileError if it stays."""
    path = paths.key_file(profile)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise FileError("config.remove-failed", path=path, why=reason(error)) from None


def _bound(origin: Origin) -> str:
    """What a key is bound to: scheme, host and port."""
    return f"{origin.scheme}://{origin.netloc}"


def run_key_command(
    command: tuple[str, ...], name: str, paths: Paths, env: Mapping[str, str]
) -> Secret:
    """The first line that the profile's `key_command` prints, run without a shell.

    Refused (ConfigError) where others could have written the command; also if it cannot be
    started, fails, takes more than COMMAND_LIMIT seconds or prints more than 4 kB. What it writes
    to stderr goes to the terminal: it may ask for a passphrase there.
    """
    import subprocess

    real = Path(os.path.realpath(paths.config_file))
    for path in (paths.config, real, real.parent):
        if writable_by_others(path):
            raise ConfigError("config.command-unsafe", name=name, path=path)
    try:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            env=child_environment(env),
            cwd=paths.config,
            close_fds=True,
        )
    except (OSError, ValueError) as error:
        raise ConfigError("config.command-failed", name=name, why=reason(error)) from None
    try:
        output = _output_of(child, name)
        status = child.wait(COMMAND_LIMIT)
    except subprocess.TimeoutExpired:
        raise ConfigError("config.command-slow", name=name, seconds=int(COMMAND_LIMIT)) from None
    finally:
        child.kill()
        child.wait()
    if status != 0:
        raise ConfigError("config.command-status", name=name, status=status)
    return Secret(output.decode("utf-8", "replace").partition("\n")[0])


def _output_of(child: subprocess.Popen[bytes], name: str) -> bytes:
    """All that `child` prints, read with a deadline so that nothing it started can hold us."""
    import select
    import time

    assert child.stdout is not None
    deadline = time.monotonic() + COMMAND_LIMIT
    output = b""
    with child.stdout as pipe:
        while len(output) <= _OUTPUT_LIMIT:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                raise ConfigError("config.command-slow", name=name, seconds=int(COMMAND_LIMIT))
            got = os.read(pipe.fileno(), _OUTPUT_LIMIT)
            if not got:
                return output
            output += got
    raise ConfigError("config.command-long", name=name, limit=_OUTPUT_LIMIT)
