"""Exactly one process may send; who it is ends with the process."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from csc_tui.store.turn import FILE, Turn

_HOLDER = """
import sys
from pathlib import Path
from csc_tui.store.turn import Turn
turn = Turn(Path(sys.argv[1]))
print(turn.take(), flush=True)
sys.stdin.read()
"""


def test_only_one_has_it_and_the_next_gets_it_when_it_is_given_back(tmp_path: Path) -> None:
    first, second = Turn(tmp_path), Turn(tmp_path)
    assert first.take()
    assert first.take()
    assert not second.take()
    first.release()
    assert second.take()
    assert (first.held, second.held) == (False, True)


def test_the_kernel_gives_it_back_when_the_holder_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        mine = Turn(tmp_path)
        assert not mine.take()
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        assert mine.take()


def test_its_file_is_private_and_no_link_is_followed(tmp_path: Path) -> None:
    turn = Turn(tmp_path)
    turn.take()
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    turn.release()
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError):  # noqa: PT011 - ELOOP, whose name differs between systems
        turn.take()


def test_where_nothing_is_shared_it_is_always_ours() -> None:
    assert Turn(None).take()
    assert Turn(None).take()
