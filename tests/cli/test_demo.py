from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.live_demo import PATIENCE

SMALL = ("--people", "20", "--companies", "5")


def server_of(process: int) -> int:
    """The process id of the demo server that `process` has started."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    told = {int(one): Path(f"/proc/{one}/cmdline").read_text() for one in children}
    return next(one for one, line in told.items() if "csc_tui.demo" in line)


def until(leader: int, words: bytes) -> bytes:
    """What the terminal gets until `words` are among it."""
    shown = b""
    deadline = time.monotonic() + PATIENCE
    while words not in shown:
        assert select.select([leader], [], [], deadline - time.monotonic())[0], shown
        shown += os.read(leader, 65536)
    return shown


def open_demo(env: Mapping[str, str], *switches: str) -> tuple[int, int]:
    """`csc-tui demo` in a terminal of 80x24; its process and the terminal's other end."""
    process, leader = pty.fork()
    if process == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        command = [sys.executable, "-m", "csc_tui", "demo", *SMALL, *switches]
        os.execve(sys.executable, command, {**env, "TERM": "xterm-256color"})
    return process, leader


def test_the_demo_opens_on_the_screen_and_its_server_ends_with_a_killed_program(
    env: Mapping[str, str],
) -> None:
    process, leader = open_demo(env)
    until(leader, b"of 20")
    server = os.pidfd_open(server_of(process))

    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)

    assert select.select([server], [], [], 10)[0] == [server]
    os.close(server)
    os.close(leader)


def test_leaving_the_demo_ends_its_server(env: Mapping[str, str]) -> None:
    process, leader = open_demo(env, "--read-only", "--theme", "light")
    shown = until(leader, b"of 20")
    server = os.pidfd_open(server_of(process))
    os.write(leader, b"q")
    until(leader, b"\x1b[?1049l")
    _, status = os.waitpid(process, 0)

    assert os.waitstatus_to_exitcode(status) == 0
    assert select.select([server], [], [], 0)[0] == [server]
    assert b"read-only" in shown
    os.close(server)
    os.close(leader)


@pytest.mark.parametrize(
    ("dialect", "path", "header", "scheme"),
    [
        ("centralstation", "/api/people/count.json", "X-apikey", ""),
        ("concord", "/api/contacts", "Authorization", "Bearer "),
    ],
)
def test_listen_serves_other_clients_and_prints_url_and_key(
    env: Mapping[str, str], dialect: str, path: str, header: str, scheme: str
) -> None:
    listen = ("--listen", "127.0.0.1:0", "--dialect", dialect)
    with subprocess.Popen(
        [sys.executable, "-m", "csc_tui", "demo", *listen, *SMALL],
        env=env,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        said = "".join(server.stdout.readline() for _ in range(2))
        host, key = re.fullmatch(r"URL http://(\S+)\nkey (\S+)\n", said).groups()  # type: ignore[union-attr]
        line = HTTPConnection(host, timeout=PATIENCE)
        line.request("GET", path, headers={header: scheme + key})
        assert line.getresponse().status == 200
        line.close()
        server.terminate()

    assert server.returncode == 0
