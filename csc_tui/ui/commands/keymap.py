"""Keys to commands: the defaults with what the user rebound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from csc_tui.ui.commands.command import TEXT_PLACES, Command, Place
from csc_tui.ui.commands.registry import BY_ID, COMMANDS
from csc_tui.words import say

_SHOWN = {
    "enter": "⏎",
    "escape": "esc",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "f1": "F1",
}
"""How keys are written on the screen where it differs from their name."""

_NAMES = {
    "question_mark": "?",
    "colon": ":",
    "slash": "/",
    "comma": ",",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "asterisk": "*",
    **{shown: name for name, shown in _SHOWN.items()},
    " ": "space",
}
"""Other spellings of keys, as textual or a person may write them, to the one used here."""


ALWAYS = frozenset({"interrupt", "repaint"})
"""What works also where text is typed, if its key is not used there."""


_LIKE_EVERYWHERE = frozenset({Place.LIST, Place.RECORD, Place.LOG, Place.BULK})
"""Places in which all that works everywhere works too: a key of theirs would hide it."""


class KeymapError(ValueError):
    """A rebinding that cannot be: the sentence says which and why."""


def spelt(key: str) -> str:
    """One spelling for each key: `slash` and `/` are `/`; `shift+d` and `D` are `D`."""
    key = _NAMES.get(key, key)
    if key.startswith(("shift+", "upper_")) and len(tail := key.split("+")[-1].split("_")[-1]) == 1:
        return tail.upper()
    return key


def shown(key: str) -> str:
    """A key as footers and help write it."""
    return _SHOWN.get(key, key)


class Keymap:
    """Which key runs what, where."""

    def __init__(self, rebound: Mapping[str, Sequence[str]] | None = None) -> None:
        """`rebound`: command id -> keys instead of the defaults.

        Raises KeymapError for a command or a key that does not exist, and for a key that would
        leave another command, or a letter of a text, without one.
        """
        own = {name: _keys(name, keys) for name, keys in (rebound or {}).items()}
        self.commands = tuple(replace(c, keys=own[c.id]) if c.id in own else c for c in COMMANDS)
        self._by_key: dict[tuple[Place, str], Command] = {}
        for command in self.commands:
            for key in command.keys:
                other = self._by_key.setdefault((command.place, key), command)
                if other is not command:
                    raise _clash(key, other, command)
        for command in self.commands:
            if command.place in _LIKE_EVERYWHERE:
                for key in command.keys:
                    other = self._by_key.get((Place.EVERYWHERE, key), command)
                    if other is not command and own.keys() & {other.id, command.id}:
                        raise _clash(key, other, command)

    def find(self, place: Place, key: str) -> Command | None:
        """The command of a key in a place, the place's own before those that work everywhere."""
        key = spelt(key)
        if (command := self._by_key.get((place, key))) is not None:
            return command
        command = self._by_key.get((Place.EVERYWHERE, key))
        if command is not None and place in TEXT_PLACES and command.id not in ALWAYS:
            return None
        return command

    def footer(self, place: Place) -> list[Command]:
        """What the footer of a place names, the commonest first, help last."""
        both = [c for c in self.commands if c.footer and c.place in (place, Place.EVERYWHERE)]
        if place in TEXT_PLACES or place is Place.COPY:
            both = [c for c in both if c.place is place]
        return sorted(both, key=lambda c: c.footer)

    def of(self, command_id: str) -> str:
        """The first key of a command as it is written, for sentences that name a key."""
        return next((shown(c.keys[0]) for c in self.commands if c.id == command_id and c.keys), "")


def _keys(command_id: str, keys: Sequence[str]) -> tuple[str, ...]:
    """The keys that a user has given to a command, each once. Raises KeymapError."""
    from textual.keys import Keys

    if command_id not in BY_ID:
        raise KeymapError(say("command.unknown", id=command_id))
    named = {one.value for one in Keys}
    found = dict.fromkeys(spelt(key) for key in keys)
    for key in found:
        letter = len(key) == 1 or key == "space"
        if not letter and key not in named:
            raise KeymapError(say("command.no_key", key=key, id=command_id))
        if letter and BY_ID[command_id].place in TEXT_PLACES:
            raise KeymapError(say("command.letter", key=key, id=command_id))
    return tuple(found)


def _clash(key: str, one: Command, other: Command) -> KeymapError:
    return KeymapError(say("command.clash", key=shown(key), one=one.id, two=other.id))


def key_table(
    rebound: Mapping[str, Sequence[str]] | None = None,
) -> list[tuple[str, str, str, str]]:
    """Rows of (place, keys, command id, title), for `csc-tui keys` and the README."""
    return [
        (c.place.value, " ".join(shown(k) for k in c.keys), c.id, c.title)
        for c in Keymap(rebound).commands
    ]
