"""A terminal is there as long as its process, and hears when another one calls."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

from csc_tui.store.presence import Presence

_OTHER = """
import sys
from pathlib import Path
from csc_tui.store.presence import Presence
here = Presence(Path(sys.argv[1]))
print(here.owner, flush=True)
sys.stdin.read()
"""


def rings(terminal: Presence) -> bool:
    """Whether its bell rings; it is silent afterwards."""
    assert terminal.bell is not None
    ringing = bool(select.select([terminal.bell], [], [], 0)[0])
    terminal.heard()
    return ringing


def test_a_process_lives_until_it_is_killed_whatever_its_number_or_the_machine_is_called(
    tmp_path: Path,
) -> None:
    mine = Presence(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", _OTHER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        owner = other.stdout.readline().strip()
        assert owner.partition("/")[0] == str(other.pid)
        assert mine.lives(owner)
        other.send_signal(signal.SIGKILL)
        other.wait()
    assert not mine.lives(owner)
    session = owner.partition("/")[2]
    assert not mine.lives(f"{os.getpid()}/{session}"), "another process has got its number"
    Presence(tmp_path).close()
    assert not list(tmp_path.glob(f"*{session}*")), "what it left behind is swept away"
    mine.close()
    assert list(tmp_path.iterdir()) == []


def test_its_files_are_private_and_it_sees_itself(tmp_path: Path) -> None:
    mine = Presence(tmp_path)
    assert mine.lives(mine.owner)
    assert {one.stat().st_mode & 0o777 for one in tmp_path.iterdir()} == {0o600}
    mine.close()


def test_a_name_from_a_garbled_row_leads_nowhere(tmp_path: Path) -> None:
    mine = Presence(tmp_path)
    for owner in ("", "host/4711/ab12", "4711/../outbox", "4711/", "x"):
        assert not mine.lives(owner)
    mine.close()


def test_a_call_is_heard_by_all_others_and_once_however_often(tmp_path: Path) -> None:
    one, two, three = (Presence(tmp_path) for _ in range(3))
    assert not rings(two)
    for _ in range(600):
        one.call()
    assert [rings(it) for it in (one, two, three)] == [False, True, True]
    assert [rings(it) for it in (one, two, three)] == [False, False, False]
    three.close()
    two.call()
    assert rings(one)
    for it in (one, two):
        it.close()


def test_a_file_in_the_place_of_a_bell_is_not_written_to(tmp_path: Path) -> None:
    mine = Presence(tmp_path)
    (tmp_path / "outbox.0000.bell").write_text("")
    mine.call()
    assert (tmp_path / "outbox.0000.bell").read_text() == ""
    mine.close()


def test_where_nothing_is_shared_nobody_else_is_there() -> None:
    alone = Presence(None)
    alone.call()
    assert alone.bell is None
    assert not alone.lives("4711/ab12")
    alone.close()
