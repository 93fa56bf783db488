"""A thin line between a program and the terminal that this is run in: far away, and slow.

`python -m tests.terminal.thin_line TOLD COMMAND ...` writes into the file TOLD the most bytes that
were ever under way to the terminal. Nothing holds the program back, as nothing does over ssh: what
it writes too fast piles up.
"""

from __future__ import annotations

import os
import pty
import select
import sys
import termios
import time
import tty
from collections import deque
from pathlib import Path

WAY = 0.15
"""Seconds one way: a round trip takes twice as long."""
RATE = 20_000
"""Bytes a second towards the terminal."""


class Pipe:
    """Bytes under way: each arrives when the line has carried what came before it."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._free_at = 0.0
        self._pieces: deque[tuple[float, bytes]] = deque()

    def put(self, data: bytes) -> None:
        """What is sent now."""
        self._free_at = max(self._free_at, time.monotonic()) + len(data) / self._rate
        self._pieces.append((self._free_at + WAY, data))

    def due(self) -> bytes:
        """What has arrived since."""
        data = b""
        while self._pieces and self._pieces[0][0] <= time.monotonic():
            data += self._pieces.popleft()[1]
        return data

    @property
    def under_way(self) -> int:
        """How many bytes have not arrived."""
        return sum(len(data) for _, data in self._pieces)

    @property
    def wait(self) -> float | None:
        """Seconds until something arrives, None if nothing will."""
        return max(0.0, self._pieces[0][0] - time.monotonic()) if self._pieces else None


def main() -> int:
    """Carry bytes until the program has ended and all it wrote has arrived."""
    told, command = Path(sys.argv[1]), sys.argv[2:]
    size = termios.tcgetwinsize(0)
    child, master = pty.fork()
    if child == 0:
        os.execvp(command[0], command)
    termios.tcsetwinsize(master, size)
    tty.setraw(0)
    out, back, most = Pipe(RATE), Pipe(1e9), 0
    ended = False
    while not ended or out.under_way:
        waits = [one for one in (out.wait, back.wait) if one is not None]
        watched = [0] if ended else [0, master]
        ready = select.select(watched, [], [], min(waits, default=None))[0]
        if master in ready:
            try:
                data = os.read(master, 65536)
            except OSError:
                data = b""
            ended = not data
            out.put(data)
            if out.under_way > most:
                most = out.under_way
                told.write_text(str(most))
        if 0 in ready:
            back.put(os.read(0, 65536))
        if data := out.due():
            os.write(1, data)
        if (data := back.due()) and not ended:
            os.write(master, data)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    sys.exit(main())
