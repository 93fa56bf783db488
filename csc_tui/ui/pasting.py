"""The terminal: pastes as one piece of text, keys as they were typed, the window's last size.

Textual's own parser takes escape sequences inside of a bracketed paste for keys, and ends it at
the first `ESC[201~`, also where that was part of the pasted text: what follows would be typed.
"""

from __future__ import annotations

import asyncio
import os
import selectors
import signal
import threading
import time
import weakref
from codecs import getincrementaldecoder
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, NamedTuple, cast

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from csc_tui.ui.key_parser import KeyParser

if TYPE_CHECKING:
    from textual.app import App

    from csc_tui.ui.shell import Shell
    from csc_tui.ui.terminal.pace import Pace

START = "\x1b[200~"
END = "\x1b[201~"
CHUNK = 4_096
"""Bytes that are read at a time."""
LOOK = 0.01
"""Seconds between two looks for the terminal's last answer."""
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


class Bell(threading.Event):
    """An event that can be waited for together with files, so that nobody has to look for it."""

    def __init__(self) -> None:
        super().__init__()
        self._here, self._there = os.pipe()
        weakref.finalize(self, _close, self._here, self._there)

    def fileno(self) -> int:
        """What can be read while it is set."""
        return self._here

    def set(self) -> None:
        """Wake who waits."""
        if not self.is_set():
            super().set()
            os.write(self._there, b"!")

    def clear(self) -> None:
        """From now on it can be waited for again."""
        if self.is_set():
            os.read(self._here, 1)
            super().clear()


def _close(*files: int) -> None:
    for file in files:
        os.close(file)


class PasteDriver(LinuxDriver):
    """The terminal, with pastes kept whole and bytes that are no UTF-8 survived.

    Its thread sleeps until something comes; textual's looks ten times a second what is to be done.
    """

    def __init__(
        self,
        app: App[object],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.exit_event = self._bell = Bell()

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
            time.sleep(LOOK)
        super().stop_application_mode()

    def run_input_thread(self) -> None:
        """Read what the terminal sends until the program ends."""
        parser = KeyParser(self._answered)
        pastes = Pastes()
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._bell, selectors.EVENT_READ)
            doubted = 0.0
            while not self.exit_event.is_set():
                doubted = doubted if pastes.in_doubt else time.monotonic()
                ready = self._came(selector, GRACE if pastes.in_doubt else self._patience(parser))
                now = time.monotonic()
                data = ""
                # What has come by now is read before it is said that nothing has: the machine may
                # have let this thread wait while the rest of a sequence came.
                if ready or self._came(selector, 0):
                    raw = self._read()
                    if not raw:
                        return
                    data = decode(raw)
                final = not data or now - doubted > LONGEST
                for piece in pastes.feed(data, final=final):
                    self._pass_on(parser, piece)
                for event in parser.tick_at(now):
                    self.process_message(event)

    def _came(self, selector: selectors.BaseSelector, seconds: float | None) -> bool:
        """Whether the terminal sends something within so long, or before the program ends."""
        return any(key.fileobj == self.fileno for key, _ in selector.select(seconds))

    @staticmethod
    def _patience(parser: KeyParser) -> float | None:
        """Seconds until there is something to do though nothing comes; None: never."""
        until = parser.waits_until
        return None if until is None else max(0.0, until - time.monotonic())

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
