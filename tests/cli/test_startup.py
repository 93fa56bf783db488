"""What a start costs, counted in modules, and what a process does before it holds a key."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

HEAVY = {"textual", "rich", "httpx", "pydantic", "tomlkit", "sqlite3", "starlette", "asyncio"}
MODULES = """
import sys
sys.argv = ["csc-tui", *{arguments}]
from csc_tui.cli import main
try:
    code = main()
except SystemExit as end:
    code = end.code
print("\\n" + " ".join(sorted(sys.modules)))
raise SystemExit(code)
"""


def modules(env: Mapping[str, str], *arguments: str) -> set[str]:
    unmeasured = {name: value for name, value in env.items() if not name.startswith("COV")}
    done = subprocess.run(
        [sys.executable, "-c", MODULES.format(arguments=list(arguments))],
        env=unmeasured,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 2), done.stderr
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("command", ["--help", "keys", "paths", "profiles", "themes"])
def test_a_plain_command_imports_nothing_heavy(env: Mapping[str, str], command: str) -> None:
    loaded = modules(env, command)

    assert "csc_tui.cli.guard" in loaded
    assert not loaded & HEAVY
    if command != "themes":  # which reads files
        assert not loaded & {"tomllib", "typing"}


def test_the_version_needs_next_to_nothing(env: Mapping[str, str]) -> None:
    loaded = modules(env, "--version")

    assert {one for one in loaded if one.startswith("csc_tui")} == {"csc_tui", "csc_tui.cli"}
    assert "argparse" not in loaded


def test_settings_are_checked_before_anything_heavy_is_imported(env: Mapping[str, str]) -> None:
    account = {"CSC_TUI_URL": "https://crm.example", "CSC_TUI_API_KEY": "k"}

    loaded = modules({**env, **account})

    assert "csc_tui.config.profiles" in loaded
    assert not loaded & HEAVY


UNCOLLECTED = """
import gc, sys
told = {}
sys.addaudithook(
    lambda event, args: event == "import" and told.setdefault(args[0], gc.isenabled())
)
sys.argv = ["csc-tui", "paths"]
from csc_tui.cli import main
main()
print(*(told[f"csc_tui.cli.{name}"] for name in ("guard", "parser", "listings")))
"""


def test_garbage_is_looked_for_only_when_a_command_runs(env: Mapping[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", UNCOLLECTED], env=env, capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "False False True"


HARDENED = """
import ctypes, os, resource
from csc_tui.cli import main
main(["doctor", "--offline"])
print()
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), os.umask(0))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_no_core_file_no_foreign_reader_no_open_file(env: Mapping[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HARDENED], env=env, capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == f"(0, 0) 0 {0o077}"


def test_the_current_directory_gives_no_module_and_no_setting(
    env: Mapping[str, str], tmp_path: Path
) -> None:
    """The demo's server is started from where the user stands, whatever lies there."""
    trap = tmp_path / "trap"
    trap.mkdir()
    for name in ("uvicorn", "json", "starlette"):
        (trap / f"{name}.py").write_text("raise SystemExit('trapped')")
    code = """
import os
from csc_tui.cli.demo_child import running_demo
from csc_tui.config.paths import Paths
os.chdir("trap")
with running_demo(Paths.of(os.environ), ["--people", "5"], os.environ, lambda: None) as url:
    print(url)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=env,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert done.stdout.startswith("http://127.0.0.1:")
    assert sorted(os.listdir(trap)) == ["json.py", "starlette.py", "uvicorn.py"]
