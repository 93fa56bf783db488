"""A terminal that shows nothing: it counts what a program writes, and when."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic

_ASKED = {
    rb"\x1b\[5n": b"\x1b[0n",
    rb"\x1b\[6n": b"\x1b[1;1R",
    rb"\x1b\[0?c": b"\x1b[?62;22c",
    rb"\x1b\[\?2026\$p": b"\x1b[?2026;2$y",
}
"""What programs ask a terminal, and what it says."""


class Bare:
    """One program at 80x24 with 256 colours."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], folder: Path) -> None:
        self.raw = bytearray()
        self.begun = self.last = monotonic()
        """When it was started; when it last wrote something."""
        self._master, slave = pty.openpty()
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self._process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=dict(env),
            cwd=folder,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)

    def until(self, words: bytes, patience: float = 60.0) -> float:
        """Milliseconds from the start until `words` were written."""
        deadline = monotonic() + patience
        while words not in self.raw:
            came = self._read(1.0)
            if monotonic() > deadline or (not came and self._process.poll() is not None):
                raise TimeoutError(f"never written: {words!r}; {bytes(self.raw[-200:])!r}")
        return (monotonic() - self.begun) * 1000

    def settle(self, quiet: float, longest: float = 5.0) -> None:
        """Wait until nothing was written for so many seconds; some never keep still."""
        deadline = monotonic() + longest
        while self._read(quiet) and monotonic() < deadline:
            pass

    def press(self, key: bytes, quiet: float = 0.3) -> tuple[int, float]:
        """Press a key: the bytes that come of it, and the milliseconds of the first of them."""
        before, at = len(self.raw), monotonic()
        os.write(self._master, key)
        took = 0.0
        if self._read(2.0):
            self.settle(0.03)
            took = (self.last - at) * 1000
        self.settle(quiet)
        return len(self.raw) - before, took

    def hold(self, key: bytes, times: int) -> float:
        """Bytes a key, each pressed after what the one before it has changed."""
        before = len(self.raw)
        for _ in range(times):
            os.write(self._master, key)
            self._read(0.5)
            self.settle(0.03)
        self.settle(0.5)
        return (len(self.raw) - before) / times

    def memory(self) -> float:
        """MiB that are resident."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0]) / 1024

    def close(self) -> None:
        """End it."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(3)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._master)

    def _read(self, timeout: float) -> bool:
        if not select.select([self._master], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self.raw += data
        self.last = monotonic()
        for asked, answer in _ASKED.items():
            for _ in re.findall(asked, data):
                os.write(self._master, answer)
        return bool(data)
