"""The terminal: pastes as one piece of text, keys as they were typed, the window's last size.

Textual's own parser takes escape sequences inside of a bracketed paste for keys, and ends it at
the first `ESC[201~`, also where that was part of the pasted text: what follows would be typed.
"""

from __future__ import annotations

import asyncio
import os
import selectors
import signal
import time
from codecs import getincrementaldecoder
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, NamedTuple, cast

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from csc_tui.ui.key_parser import KeyParser

if TYPE_CHECKING:
    from csc_tui.ui.shell import Shell
    from csc_tui.ui.terminal.pace import Pace

START = "\x1b[200~"
END = "\x1b[201~"
CHUNK = 4_096
"""Bytes that are read at a time."""
POLL = 0.1
"""Seconds after which the thread looks whether it is to end."""
GRACE = 0.05
"""Seconds in which more comes of a paste that holds an `ESC[201~`."""
LONGEST = 0.5
"""Seconds for which a paste is held back at most, while keys follow it without a pause."""

_UNHEARD = (events.Paste, events.AppFocus, events.AppBlur)
"""What is not handed on: pastes come by themselves; textual paints all anew for a window that is
looked away from, and again for one that is looked at."""


class Answered(Message):
    """The terminal has shown all that it was sent until it was asked."""


class Pasted(NamedTuple):
    """A whole paste."""

    text: str


class Pastes:
    """Tells typed text and pastes apart in what a terminal sends, however it is cut."""

    def __init__(self) -> None:
        self._open = False
        self._seen = ""
        """Outside of a paste the end of what was handed on, within one all of it so far."""

    @property
    def in_doubt(self) -> bool:
        """Whether a paste has ended, unless that was part of it and more comes at once."""
        return self._open and END in self._seen

    def feed(self, data: str, *, final: bool = False) -> Iterator[str | Pasted]:
        """What was typed, with the marks of pastes, and the pastes, in order.

        `final`: nothing more has come at once, so a paste in doubt ended at its last mark.
        """
        while data or (final and self.in_doubt):
            if not self._open:
                data = yield from self._typed(data)
                continue
            text, data = self._seen + data, ""
            end = _last_end(text)
            if end < 0 or not final:
                self._seen = text
                return
            yield Pasted(text[:end])
            self._open, self._seen = False, ""
            yield END
            data = text[end + len(END) :]

    def _typed(self, data: str) -> Generator[str, None, str]:
        """Hand on what comes before a paste; what is left is its text."""
        text = self._seen + data
        start = text.find(START)
        if start < 0:
            self._seen = text[-len(START) + 1 :]
            yield data
            return ""
        before = start + len(START) - len(self._seen)
        self._open, self._seen = True, ""
        yield data[:before]
        return data[before:]


def _last_end(text: str) -> int:
    """Where the last closing mark stands before another paste begins; -1: nowhere."""
    limit = text.find(START)
    return text.rfind(END, 0, limit if limit >= 0 else len(text))


class PasteDriver(LinuxDriver):
    """The terminal, with pastes kept whole and bytes that are no UTF-8 survived."""

    @property
    def _pace(self) -> Pace:
        return cast("Shell", self._app).terminal.pace

    def _answered(self) -> None:
        self._pace.answered()
        self.process_message(Answered())

    def start_application_mode(self) -> None:
        """Take the terminal, and hear of every new size of its window from now on.

        Textual asks for the size inside of the signal's handler, and a handler is interrupted by
        the next signal: the size asked for last is then told first, and an old one stays.
        """
        before = self._get_terminal_size()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        asyncio.get_running_loop().add_signal_handler(signal.SIGWINCH, self._tell_size)
        if self._get_terminal_size() != before:
            self._tell_size()

    def _tell_size(self) -> None:
        """The window's size as it is now, on the loop: nothing comes between asking and telling."""
        if not self._in_band_window_resize:
            size = Size(*self._get_terminal_size())
            self.process_message(events.Resize(size, size))

    def stop_application_mode(self) -> None:
        """Give the terminal back after its last answer, which a shell would take as typed."""
        until = time.monotonic() + LONGEST
        while self._pace.asked and time.monotonic() < until:
            time.sleep(POLL / 10)
        super().stop_application_mode()

    def run_input_thread(self) -> None:
        """Read what the terminal sends until the program ends."""
        parser = KeyParser(self._answered)
        pastes = Pastes()
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            doubted = 0.0
            while not self.exit_event.is_set():
                doubted = doubted if pastes.in_doubt else time.monotonic()
                ready = selector.select(GRACE if pastes.in_doubt else self._patience(parser))
                now = time.monotonic()
                data = ""
                # What has come by now is read before it is said that nothing has: the machine may
                # have let this thread wait while the rest of a sequence came.
                if ready or selector.select(0):
                    raw = self._read()
                    if not raw:
                        return
                    data = decode(raw)
                final = not data or now - doubted > LONGEST
                for piece in pastes.feed(data, final=final):
                    self._pass_on(parser, piece)
                for event in parser.tick_at(now):
                    self.process_message(event)

    @staticmethod
    def _patience(parser: KeyParser) -> float:
        """Seconds until there is something to do though nothing comes."""
        until = parser.waits_until
        return POLL if until is None else min(POLL, max(0.0, until - time.monotonic()))

    def _read(self) -> bytes:
        """What is there; nothing once the terminal is gone, which others look after."""
        try:
            return os.read(self.fileno, CHUNK)
        except OSError:
            return b""

    def _pass_on(self, parser: KeyParser, piece: str | Pasted) -> None:
        if isinstance(piece, Pasted):
            self.process_message(events.Paste(piece.text.replace("\x00", "")))
            return
        for event in parser.feed(piece):
            if not isinstance(event, _UNHEARD):
                self.process_message(event)
