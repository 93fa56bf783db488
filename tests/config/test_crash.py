from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from csc_tui.config.crash import crash_report, crash_sentence
from csc_tui.config.paths import Paths

CRASH = """
import os, sys, threading
from csc_tui.config.crash import install
from csc_tui.config.paths import Paths
install(Paths.of(os.environ))
key = "canary-key"
def boom():
    name = "Müller, Jürgen"
    try:
        {}[key]
    except KeyError:
        raise RuntimeError(f"no {name} with {key}")
class Bad:
    def __del__(self):
        raise ValueError(key)
bad = Bad()
del bad
thread = threading.Thread(target=boom)
thread.start()
thread.join()
boom()
"""


def test_a_crash_shows_its_file_alone_and_the_file_shows_nothing_personal(
    env: dict[str, str], paths: Paths
) -> None:
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-c", CRASH],
        env=os.environ | env | {"PYTHONPATH": root},
        capture_output=True,
        text=True,
        check=False,
    )

    reports = list(paths.state.glob("crash-*.txt"))
    said = done.stderr.splitlines()
    assert done.returncode == 1
    assert said
    assert all("The program had an error of its own" in line for line in said)
    assert reports
    for shown in (done.stdout, done.stderr, *(one.read_text() for one in reports)):
        assert "canary" not in shown
        assert "Müller" not in shown
        assert "Traceback" not in shown
    assert "RuntimeError" in reports[0].read_text()
    assert "KeyError" in reports[0].read_text()
    assert reports[0].stat().st_mode & 0o777 == 0o600


def test_a_report_names_the_places() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        _ = 1 / 0

    report = crash_report(caught.value)

    assert "builtins.ZeroDivisionError" in report
    assert "test_crash.py:" in report
    assert "division by zero" not in report


def test_a_crash_that_cannot_be_kept_says_its_kind(paths: Paths) -> None:
    paths.state.parent.mkdir(parents=True)
    paths.state.write_text("")

    sentence = crash_sentence(paths, ValueError("canary"))

    assert "ValueError" in sentence
    assert "canary" not in sentence
