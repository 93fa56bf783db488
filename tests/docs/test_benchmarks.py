"""The benchmarks can be started by the names that README gives."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from benchmarks.__main__ import BY_NAME, NAMES
from benchmarks.table import Table
from tests.live_demo import ROOT


@pytest.mark.parametrize("name", [*NAMES, *BY_NAME])
def test_each_name_is_in_readme_and_measures(name: str) -> None:
    assert f"`{name}`" in (ROOT / "README.md").read_text("utf-8")
    assert callable(import_module(f"benchmarks.{name}").measure)


def test_another_name_is_refused() -> None:
    command = [sys.executable, "-m", "benchmarks", "nonsense"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert said.returncode == 2
    assert said.stderr.startswith("no benchmark nonsense; there are: line, ")


def test_a_table_stands_in_columns() -> None:
    table = Table("bytes", ("", "ours", "limit"), [("a key", 369, 400), ("all", 2_854, "")])

    assert table.text() == ("bytes\n\n       ours  limit\na key   369    400\nall    2854\n")
