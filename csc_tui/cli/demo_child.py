"""The bundled CRM as a child process: started, proven to be ours, ended with us."""

from __future__ import annotations

import json
import os
import secrets
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from csc_tui.cli.exits import USAGE
from csc_tui.config.files import ensure_folder, read_private, reason, write_private
from csc_tui.config.paths import Paths
from csc_tui.config.refusal import ConfigError, FileError
from csc_tui.config.secrets import Secret, child_environment

_START_LIMIT = 900.0
"""Seconds until the server must be ready; making 100,000 people takes a while."""

_PATIENCE = 1.0
"""Seconds after which the user is told that data are being made."""

_END_LIMIT = 3.0
"""Seconds that the server gets to end by itself."""


class DemoError(FileError):
    """The demo's server could not be started, or what answers is not it; exit 1."""


def demo_key(paths: Paths) -> Secret:
    """The demo's own key, made when it is first asked for; ConfigError if it is not safe."""
    ensure_folder(paths.data)
    path = ensure_folder(paths.demo) / "key"
    kept = read_private(path)
    if not kept:
        kept = secrets.token_hex(24).encode("ascii")
        write_private(path, kept)
    return Secret(kept.decode("ascii", "replace"))


@contextmanager
def running_demo(
    paths: Paths, switches: Sequence[str], env: Mapping[str, str], slow: Callable[[], None]
) -> Iterator[str]:
    """Start the server with `switches`, give its URL once it has proven itself; end it after.

    `slow` is called once if that takes longer. DemoError if there is no server in the end;
    ConfigError for switches that it does not know.
    """
    demo_key(paths)
    ensure_folder(paths.state)
    log = paths.state / "demo.log"
    ready, told = os.pipe()
    held, alive = os.pipe()
    try:
        child = _start(paths, switches, env, (told, held), log)
    finally:
        os.close(told)
        os.close(held)
    try:
        url = _wait_until_ready(child, ready, log, slow)
        prove(url, paths.demo)
        yield url
    finally:
        os.close(ready)
        os.close(alive)
        _end(child)


def _start(
    paths: Paths,
    switches: Sequence[str],
    env: Mapping[str, str],
    told_and_held: tuple[int, int],
    log: Path,
) -> subprocess.Popen[bytes]:
    """The server's process; it gets the key by a descriptor and ends when `held` does."""
    told, held = told_and_held
    private = os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_NOFOLLOW
    key = os.open(paths.demo / "key", os.O_RDONLY | os.O_NOFOLLOW)
    try:
        errors = os.open(log, private, 0o600)
        try:
            return subprocess.Popen(
                [
                    *(sys.executable, "-P", "-m", "csc_tui.demo", "--data", str(paths.demo)),
                    *("--key-fd", str(key), "--ready-fd", str(told), "--parent-fd", str(held)),
                    *switches,
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                env=_environment(env),
                pass_fds=(key, told, held),
                start_new_session=True,
            )
        except OSError as error:
            raise DemoError("cli.demo.failed", why=reason(error)) from None
        finally:
            os.close(errors)
    finally:
        os.close(key)


def _environment(env: Mapping[str, str]) -> dict[str, str]:
    """The child's environment: no key of anybody's, and this very package found in a checkout.

    The child runs with `-P`, so that it imports nothing from the current directory.
    """
    root = Path(__file__).resolve().parents[2]
    child = child_environment(env)
    if root.name not in ("site-packages", "dist-packages"):
        child["PYTHONPATH"] = os.pathsep.join(filter(None, (str(root), env.get("PYTHONPATH"))))
    return child


def _wait_until_ready(
    child: subprocess.Popen[bytes], ready: int, log: Path, slow: Callable[[], None]
) -> str:
    """The URL that the server says. If it ends instead: DemoError with its own last words.

    ConfigError where it could not make sense of its switches.
    """
    said = b""
    if not select.select([ready], [], [], _PATIENCE)[0]:
        slow()
    deadline = time.monotonic() + _START_LIMIT
    while not said.endswith(b"\n"):
        left = max(0.0, deadline - time.monotonic())
        if not select.select([ready], [], [], left)[0]:
            raise DemoError("cli.demo.failed", why=f"{_START_LIMIT:g} s")
        got = os.read(ready, 4096)
        if not got:
            why = _last_words(log)
            if child.wait(_END_LIMIT) == USAGE:
                raise ConfigError("cli.usage", why=why.rstrip("."), program="csc-tui demo")
            raise DemoError("cli.demo.failed", why=why)
        said += got
    return str(json.loads(said)["url"])


def _last_words(log: Path) -> str:
    """The last line that the server wrote to stderr."""
    lines = (read_private(log) or b"").decode("utf-8", "replace").strip().splitlines()
    return lines[-1].removeprefix("csc-tui demo: ") if lines else str(log)


def prove(url: str, folder: Path) -> None:
    """Make sure that the demo of `folder` answers at `url`, before a key is sent there.

    It knows the nonce in its folder, which only this user can read. DemoError if it does not.
    """
    from csc_tui.http.proof import proven

    if not proven(url, (read_private(folder / "nonce") or b"").strip()):
        raise DemoError("cli.demo.stranger", url=url)


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the server, by force if it does not end by itself."""
    child.terminate()
    try:
        child.wait(_END_LIMIT)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
