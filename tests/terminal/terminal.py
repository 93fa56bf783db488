"""The real program in a real pty, seen through a terminal emulator."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from weakref import WeakSet

import pyte
from wcwidth import wcwidth

from tests.busy import anybody_works
from tests.live_demo import PATIENCE

QUIET = 0.25
"""Seconds without output after which a screen counts as settled."""

FRAME, FRAME_AT_MOST = 0.04, 0.4
"""Seconds without output after which a frame has come whole, and those that are waited for it."""

KEYS: dict[str, bytes] = {
    "enter": b"\r",
    "escape": b"\x1b",
    "tab": b"\t",
    "shift+tab": b"\x1b[Z",
    "backspace": b"\x7f",
    "delete": b"\x1b[3~",
    "space": b" ",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "f1": b"\x1bOP",
    "f8": b"\x1b[19~",
    **{f"ctrl+{letter}": bytes([ord(letter) & 31]) for letter in "abcdefgklnopqrstuvwxyz"},
}
"""Name of a key -> what a terminal sends for it. Any other single character stands for itself."""

_UNKNOWN = re.compile(
    rb"\x1b\[[<>=][0-9;]*[ -/]*[@-~]|\x1b\[\??[0-9;]*\$p|\x1bP.*?\x1b\\", re.DOTALL
)
"""Sequences that pyte would show as text: private CSI, mode queries, DCS."""

_UNFINISHED = re.compile(rb"\x1b(\[[0-9;<>=?$ ]*|P[^\x1b]*(\x1b)?)?$")
"""A sequence whose end has not come yet."""


OPEN: WeakSet[Terminal] = WeakSet()
"""The terminals that have not been closed: what stands on them is part of a failure's report."""


class Terminal:
    """One program in a pty of its own; everything it writes is kept in `raw`."""

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        *,
        columns: int = 80,
        rows: int = 24,
        folder: Path,
        answers: bool = True,
    ) -> None:
        """Start `command` in `folder` with exactly this environment.

        `answers`: it says that it is alive when it is asked (DSR 5), as every terminal does.
        """
        self._answers = answers
        self.raw = bytearray()
        self._unseen = b""
        self._asked = b""
        """What may be the beginning of a question (DSR) that every terminal answers."""
        self._display = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._display)
        self._master, slave = pty.openpty()
        self._size(columns, rows)
        self._ended = False
        OPEN.add(self)

        def take_terminal() -> None:
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            # What runs in the background of a script has it ignored.
            signal.signal(signal.SIGINT, signal.SIG_DFL)

        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=dict(env),
            cwd=folder,
            start_new_session=True,
            preexec_fn=take_terminal,
        )
        os.close(slave)

    # --- what a person does

    def press(self, *keys: str) -> None:
        """Press keys one after the other, by name or character."""
        for key in keys:
            self.send(KEYS[key] if key in KEYS else key.encode())

    def type(self, text: str) -> None:
        """Type a text, in one go as a fast typist or a macro would."""
        self.send(text.encode())

    def paste(self, text: str) -> None:
        """Paste a text, bracketed as terminals do."""
        self.send(b"\x1b[200~" + text.encode() + b"\x1b[201~")

    def send(self, data: bytes) -> None:
        """Send bytes as the terminal would; output is read meanwhile, so nothing jams."""
        while data:
            _, writable, _ = select.select([], [self._master], [], PATIENCE)
            assert writable, self._report("the program takes no input")
            try:
                data = data[os.write(self._master, data[:1024]) :]
            except OSError:
                raise AssertionError(self._report("the program has ended")) from None
            self._read(0)

    def resize(self, columns: int, rows: int) -> None:
        """Change the window's size; the program is told by SIGWINCH."""
        self._display.resize(lines=rows, columns=columns)
        self._size(columns, rows)

    def _size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    # --- what a person sees

    def screen(self) -> list[str]:
        """The lines as they stand now, each as wide as the terminal."""
        self._read(0)
        return self._lines()

    @property
    def text(self) -> str:
        """All lines, joined."""
        return "\n".join(self.screen())

    def line(self, number: int) -> str:
        """One line without blanks round it; -1 is the last."""
        return self.screen()[number].strip()

    def styles(self, number: int) -> set[tuple[str, str, bool, bool, bool]]:
        """The styles of a line's cells: text, background, bold, reverse, underscore."""
        cells = self._display.buffer[range(self._display.lines)[number]]
        return {
            (cell.fg, cell.bg, cell.bold, cell.reverse, cell.underscore)
            for cell in (cells[column] for column in range(self._display.columns))
        }

    def cells(self) -> list[list[pyte.screens.Char]]:
        """Every cell as it stands now, with colours and attributes, line by line."""
        self._read(0)
        columns = range(self._display.columns)
        return [
            [self._display.buffer[line][column] for column in columns]
            for line in range(self._display.lines)
        ]

    def colours(self) -> set[str]:
        """Every colour that is on the screen, of text and background, `default` among them."""
        return {
            colour
            for line in self._display.buffer.values()
            for cell in line.values()
            for colour in (cell.fg, cell.bg)
        }

    def cursor_line(self) -> str:
        """The row with the cursor's sign, empty if there is none."""
        return next((line.strip() for line in self.screen() if line.startswith("›")), "")

    # --- waiting

    def wait_for(
        self, wanted: str | Callable[[list[str]], object], timeout: float = PATIENCE
    ) -> list[str]:
        """Wait until a text stands on the screen or a predicate on its lines holds; the lines.

        With the rest of the frame that brought it: a pty hands on 4 KiB at a time.
        """
        deadline = time.monotonic() + timeout
        while not _holds(wanted, self.screen()):
            left = deadline - time.monotonic()
            if left <= 0 or (self._ended and not _holds(wanted, self.screen())):
                raise AssertionError(self._report(f"never came: {wanted}"))
            self._read(min(left, 0.5))
        whole = time.monotonic() + FRAME_AT_MOST
        while self._read(FRAME) and time.monotonic() < whole:
            pass
        return self._lines()

    def wait_gone(self, text: str, timeout: float = PATIENCE) -> list[str]:
        """Wait until a text stands nowhere on the screen."""
        return self.wait_for(lambda lines: text not in "\n".join(lines), timeout)

    def wait_raw(self, wanted: bytes, since: int = 0, timeout: float = PATIENCE) -> None:
        """Wait until the program has written these bytes, after the first `since` of `raw`."""
        deadline = time.monotonic() + timeout
        while wanted not in self.raw[since:]:
            left = deadline - time.monotonic()
            assert left > 0, self._report(f"never written: {wanted!r}")
            self._read(left)

    def settle(self, quiet: float = QUIET, timeout: float = PATIENCE) -> list[str]:
        """Wait until the program has written nothing for `quiet` seconds, and is done; the lines.

        With it whatever else the test has started, so that no answer is under way.
        """
        deadline = time.monotonic() + timeout
        while self._read(quiet) or anybody_works():
            assert time.monotonic() < deadline, self._report("never quiet")
        return self.screen()

    def rest(self, seconds: float) -> None:
        """Do nothing but read for so long, as a finger on a key does between two of it."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._read(left)

    def bytes_of(self, *keys: str) -> int:
        """How many bytes the program writes in answer to keys, all together."""
        self.settle()
        before = len(self.raw)
        self.press(*keys)
        self.settle()
        return len(self.raw) - before

    # --- the end

    def wait_end(self, timeout: float = PATIENCE) -> int:
        """Wait until the program ends by itself; its exit code."""
        deadline = time.monotonic() + timeout
        while not self._ended:
            left = deadline - time.monotonic()
            assert left > 0, self._report("never ended")
            self._read(left)
        return self.process.wait(timeout)

    def hang_up(self) -> None:
        """Close the terminal, as a window manager or a lost line does."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1
        self._ended = True

    def close(self) -> None:
        """End the program whatever it does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.hang_up()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.hang_up()
        OPEN.discard(self)

    # --- the emulator

    def disturb(self, data: bytes) -> None:
        """Have some other program write to the terminal."""
        self._read(0)
        self._take(data)

    def _read(self, timeout: float) -> bool:
        """Take what the program wrote, waiting at most so long for it; False if nothing came."""
        came = False
        while not self._ended and select.select([self._master], [], [], timeout)[0]:
            try:
                data = os.read(self._master, 65536)
            except OSError:  # EIO: the last process on the other side has closed it
                data = b""
            if not data:
                self._ended = True
                break
            self._take(data)
            came, timeout = True, 0.0
        return came

    def _take(self, data: bytes) -> None:
        for _ in range((self._asked + data).count(b"\x1b[5n") if self._answers else 0):
            with contextlib.suppress(OSError):
                os.write(self._master, b"\x1b[0n")
        self._asked = data[-3:]
        self.raw += data
        data = _UNKNOWN.sub(b"", self._unseen + data)
        unfinished = _UNFINISHED.search(data)
        cut = unfinished.start() if unfinished else len(data)
        self._unseen = data[cut:]
        self._stream.feed(data[:cut])

    def _lines(self) -> list[str]:
        """As pyte's own `display`, which falls over half of a wide character written over."""
        columns = range(self._display.columns)
        return [
            "".join(
                _whole(row[column - 1].data if column else "", row[column].data)
                for column in columns
            )
            for row in (self._display.buffer[number] for number in range(self._display.lines))
        ]

    def report(self) -> str:
        """The screen as it stands, and whether the program runs."""
        with contextlib.suppress(OSError, ValueError):  # it is hung up
            self._read(0)
        return self._report("the screen")

    def _report(self, what: str) -> str:
        width = self._display.columns
        shown = "\n".join(f"|{line}|" for line in self._lines())
        state = self.process.poll()
        running = "running" if state is None else f"ended with {state}"
        return f"{what}; program {running}\n+{'-' * width}+\n{shown}\n+{'-' * width}+"


def _whole(before: str, cell: str) -> str:
    """What a cell shows: nothing where the wide character before it lies over it."""
    if cell:
        return cell
    return "" if before and wcwidth(before[0]) == 2 else " "


def _holds(wanted: str | Callable[[list[str]], object], lines: list[str]) -> bool:
    return wanted in "\n".join(lines) if isinstance(wanted, str) else bool(wanted(lines))


def program(*arguments: str) -> list[str]:
    """The command that starts the program under test."""
    return [sys.executable, "-m", "csc_tui", *arguments]
