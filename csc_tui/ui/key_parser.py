"""Keys out of what a terminal sends: `esc` is never lost, however fast a key comes after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import events
from textual._xterm_parser import XTermParser
from textual.keys import Keys
from textual.message import Message

from csc_tui.ui.commands.keymap import spelt
from csc_tui.ui.extended_keys import extended
from csc_tui.ui.terminal.pace import ANSWER

ESC = "\x1b"
BEHIND_ESC = "escape+"
"""Begins the name of a key that came with `esc` in one."""

_GOES_ON = frozenset("[OPX]^_")
"""Behind `ESC` these begin a sequence that is not complete yet (ECMA-48: CSI, SS3, DCS, …); once
nothing more has come they are keys, all but `[`: of that the rest may still be on a slow line."""
_WORDS = frozenset("bf\x7f\t\x1b")
"""Behind `ESC` these are keys of their own: what terminals send for alt and an arrow."""


class KeyParser(XTermParser):
    """As textual's, which loses the `esc` before `?` and takes `esc` and `1` for `¡`.

    `esc` and a key at once is one event, `escape+` and the key: terminals send the same for `alt`
    and a key, but for those with a keyboard protocol, where that is `alt+` and the key.
    """

    def __init__(self, answered: Callable[[], None] = lambda: None) -> None:
        """`answered` is called when the terminal says that it is alive (see `terminal.pace`)."""
        super().__init__()
        self._answered = answered

    @property
    def waits_until(self) -> float | None:
        """When, by the monotonic clock, what has come so far is all there is; None: it is whole."""
        return self._timeout_time

    def tick_at(self, when: float) -> Iterable[Message]:
        """What a sequence that nothing was added to until `when` has meant: mostly `esc`."""
        until = self.waits_until
        return self.tick() if until is not None and until <= when else ()

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        if sequence == ANSWER:
            self._answered()
            yield events.Key(Keys.Ignore, None)
            return
        keys = extended(sequence)
        if keys is not None:
            yield from keys
            return
        behind = sequence[1:] if sequence.startswith(ESC) else sequence if alt else ""
        early = behind in _GOES_ON | _WORDS and not alt
        if len(behind) != 1 or behind == "[" or early:
            yield from super()._sequence_to_key_events(sequence)
            return
        for event in super()._sequence_to_key_events(behind):
            yield events.Key(f"{BEHIND_ESC}{event.key}", event.character)


def behind_esc(event: events.Key) -> str:
    """The key that came with `esc` in one; empty if none did."""
    if not event.key.startswith(BEHIND_ESC):
        return ""
    if event.is_printable and event.character:
        return event.character
    return spelt(event.key.removeprefix(BEHIND_ESC))
