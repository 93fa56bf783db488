"""The command line in the test's own process and as a program of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from csc_tui.cli import main
from csc_tui.config.paths import Paths
from tests.live_demo import PATIENCE, LiveDemo

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Said:
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of a user who has just installed the program, for both kinds of runs."""
    for name in [one for one in os.environ if one.startswith("CSC_TUI_")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("PYTHONPATH", str(ROOT), prepend=os.pathsep)
    for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    return dict(os.environ)


@pytest.fixture
def paths(env: dict[str, str]) -> Paths:
    return Paths.of(env)


@pytest.fixture
def write_config(paths: Paths) -> Callable[[str], Path]:
    """Write config.toml; gives its path."""

    def write(text: str) -> Path:
        paths.config.mkdir(mode=0o700, parents=True, exist_ok=True)
        paths.config_file.write_text(text, "utf-8")
        return paths.config_file

    return write


@pytest.fixture
def cli(
    env: dict[str, str], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Said]:
    """Run the command line here, in-process, with `text` piped in."""

    def run(*arguments: str, text: str = "") -> Said:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        try:
            code = main(arguments)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        out, err = capfd.readouterr()
        return Said(code, out, err)

    return run


@pytest.fixture
def program(env: dict[str, str], tmp_path: Path) -> Callable[..., Said]:
    """Run the command line as a program, from a folder of its own."""

    def run(*arguments: str, text: str = "", **more: str) -> Said:
        done = subprocess.run(
            [sys.executable, "-m", "csc_tui", *arguments],
            env=env | more,
            cwd=tmp_path,
            input=text,
            capture_output=True,
            text=True,
            check=False,
            timeout=2 * PATIENCE,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def account(demo_server: LiveDemo, env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo is the account that the environment names."""
    for name, value in (("CSC_TUI_URL", demo_server.url), ("CSC_TUI_API_KEY", demo_server.key)):
        monkeypatch.setenv(name, value)
        env[name] = value
