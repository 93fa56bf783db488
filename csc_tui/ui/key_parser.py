"""Keys out of what a terminal sends: `esc` is never lost, however fast a key comes after it."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events
from textual._xterm_parser import XTermParser

from csc_tui.ui.commands.keymap import spelt

ESC = "\x1b"

_GOES_ON = frozenset("[OPX]^_")
"""Behind `ESC` these begin a sequence that is not complete yet (ECMA-48: CSI, SS3, DCS, …)."""
_WORDS = frozenset("bf\x7f\t\x1b")
"""Behind `ESC` these are keys of their own: what terminals send for alt and an arrow."""


class KeyParser(XTermParser):
    """As textual's, which loses the `esc` before `?` and takes `esc` and `1` for `¡`.

    `esc` and a key at once is one event, `alt+` and the key: terminals send both alike.
    """

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        behind = sequence[1:] if sequence.startswith(ESC) else sequence if alt else ""
        if len(behind) != 1 or behind in _GOES_ON or (behind in _WORDS and not alt):
            yield from super()._sequence_to_key_events(sequence)
            return
        for event in super()._sequence_to_key_events(behind):
            yield events.Key(f"alt+{event.key}", event.character)


def behind_esc(event: events.Key) -> str:
    """The key that came with `esc` in an event whose key begins with `alt+`."""
    if event.is_printable and event.character:
        return event.character
    return spelt(event.key.removeprefix("alt+"))
