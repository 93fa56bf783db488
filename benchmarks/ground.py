"""A demo server and terminals with programs in them."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.live_demo import ROOT, LiveDemo, running_demo
from tests.terminal.terminal import Terminal, program

UNLIMITED = ("--limit", "1000000", "--today", "2026-11-21")
"""A server that never says 429."""


@dataclass(frozen=True)
class Ground:
    """Where programs run: an own home, an own server."""

    demo: LiveDemo
    folder: Path

    def environment(self, home: str = "home") -> dict[str, str]:
        """Nothing of this machine's user; `home` names the folder that takes what is written."""
        place = self.folder / home
        place.mkdir(exist_ok=True)
        kinds = ("CONFIG", "DATA", "STATE", "CACHE")
        return {f"XDG_{kind}_HOME": str(place / kind.lower()) for kind in kinds} | {
            "HOME": str(place),
            "LANG": "C.UTF-8",
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm-256color",
            "CSC_TUI_BACKEND": self.demo.dialect,
            "CSC_TUI_URL": self.demo.url,
            "CSC_TUI_API_KEY": self.demo.key,
            "CSC_TUI_FILL": "0",
        }

    @contextmanager
    def program(
        self,
        home: str = "home",
        env: Mapping[str, str] | None = None,
        size: tuple[int, int] = (80, 24),
    ) -> Iterator[Terminal]:
        """Our program on the server's account, with `env` added to its environment."""
        whole = self.environment(home) | dict(env or {})
        with _ended(program(), whole, self.folder, size) as terminal:
            yield terminal

    @contextmanager
    def peer(self, name: str) -> Iterator[Terminal]:
        """One of `benchmarks.peers`."""
        command = [sys.executable, "-m", "benchmarks.peers", name]
        with _ended(command, self.environment("peer"), self.folder) as terminal:
            yield terminal


@contextmanager
def ground(*options: str) -> Iterator[Ground]:
    """A server with the default world and `options`, and a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with running_demo(folder / "demo", *(options or UNLIMITED)) as demo:
            yield Ground(demo, folder)


@contextmanager
def _ended(
    command: list[str], env: Mapping[str, str], folder: Path, size: tuple[int, int] = (80, 24)
) -> Iterator[Terminal]:
    terminal = Terminal(command, env, columns=size[0], rows=size[1], folder=folder)
    try:
        yield terminal
    finally:
        terminal.close()
