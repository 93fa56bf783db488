"""The program in tmux, which draws wide and joined glyphs as real terminals do; pyte does not."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyte
from pyte.screens import Char

from tests.live_demo import PATIENCE
from tests.terminal.terminal import KEYS

TMUX = shutil.which("tmux")
"""Where tmux is, None without it."""


class TmuxTerminal:
    """One program in a tmux server of its own; the same words as `Terminal`, as far as needed."""

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        *,
        columns: int = 80,
        rows: int = 24,
        folder: Path,
    ) -> None:
        """Start `command` in `folder` with this environment."""
        self._socket = str(folder / "tmux")
        self._env = dict(env)
        self._columns = columns
        self._tmux(
            *("-f", "/dev/null", "-u", "new-session", "-d", "-c", str(folder)),
            *("-x", str(columns), "-y", str(rows), shlex.join(command)),
        )

    def _tmux(self, *arguments: str) -> str:
        done = subprocess.run(
            [str(TMUX), "-S", self._socket, *arguments],
            env=self._env,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=PATIENCE,
        )
        return done.stdout

    def press(self, *keys: str) -> None:
        """Press keys one after the other, by name or character."""
        for key in keys:
            data = KEYS[key] if key in KEYS else key.encode()
            self._tmux("send-keys", "-H", *(f"{byte:02x}" for byte in data))

    def screen(self) -> list[str]:
        """The lines as they stand now, without blanks at their ends."""
        return self._tmux("capture-pane", "-p").splitlines()

    def cells(self) -> list[list[Char]]:
        """Every cell as it stands now, with colours and attributes, line by line."""
        lines = self._tmux("capture-pane", "-p", "-e").splitlines()
        seen = pyte.Screen(self._columns, len(lines))
        pyte.Stream(seen).feed("\r\n".join(lines))
        columns = range(self._columns)
        return [[seen.buffer[row][column] for column in columns] for row in range(len(lines))]

    def wait_for(
        self, wanted: str | Callable[[list[str]], object], timeout: float = PATIENCE
    ) -> list[str]:
        """Wait until a text stands on the screen or a predicate on its lines holds; the lines."""
        deadline = time.monotonic() + timeout
        while True:
            lines = self.screen()
            shown = "\n".join(lines)
            if wanted in shown if isinstance(wanted, str) else wanted(lines):
                return lines
            assert time.monotonic() < deadline, f"never came: {wanted}\n{shown}"
            time.sleep(0.05)

    def close(self) -> None:
        """End tmux and the program with it."""
        self._tmux("kill-server")
