from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time
from collections.abc import Mapping

import pytest

from csc_tui.cli.exits import code_of
from csc_tui.domain.errors import (
    Ambiguous,
    CertificateError,
    CrmError,
    Forbidden,
    NotFound,
    Offline,
    RateLimited,
    Rejected,
    ServerBroken,
    Timeout,
    Unauthorized,
    Unavailable,
)
from tests.live_demo import PATIENCE


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Unauthorized(), 3),
        (Forbidden(), 1),
        (NotFound(), 1),
        (CertificateError("h", "expired"), 1),
        (ServerBroken(500, "status"), 1),
        (Offline("h", "name"), 4),
        (Timeout("h", "connect", 10), 4),
        (Unavailable(None), 4),
        (RateLimited(3), 5),
        (Rejected(409, ""), 6),
        (Rejected(400, ""), 1),
        (Ambiguous(Timeout("h", "read", 30)), 4),
    ],
    ids=repr,
)
def test_a_script_can_tell_errors_apart(error: CrmError, code: int) -> None:
    assert code_of(error) == code


def test_ctrl_c_at_a_question_ends_quietly(env: Mapping[str, str]) -> None:
    process, leader = pty.fork()
    if process == 0:
        # What runs in the background of a script has it ignored.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execve(sys.executable, [sys.executable, "-m", "csc_tui", "login"], dict(env))
    shown = b""
    deadline = time.monotonic() + PATIENCE
    while b"Address" not in shown:
        assert select.select([leader], [], [], deadline - time.monotonic())[0], shown
        shown += os.read(leader, 4096)
    ended = status = 0
    while not ended and time.monotonic() < deadline:
        # One that comes just before the program reads is heard only with the next.
        os.kill(process, signal.SIGINT)
        select.select([], [], [], 0.2)
        ended, status = os.waitpid(process, os.WNOHANG)
    os.close(leader)

    assert os.waitstatus_to_exitcode(status) == 130
    assert b"Traceback" not in shown
