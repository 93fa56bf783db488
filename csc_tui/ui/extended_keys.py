"""Keys as terminals with a keyboard protocol send them: kitty's, and xterm's modifyOtherKeys.

textual asks for kitty's and reads it, but takes a letter that came with `ctrl` for text in xterm's,
falls over the event types and alternate keys that kitty may add, and knows nothing of what a held
shift does to backspace. Both are the same control sequences with the same numbers in them:

    CSI key:alternates ; modifiers:event ; text u      kitty; also ending in `~` or A to S
    CSI 27 ; modifiers ; character ~                   xterm
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS, MODIFIER_FUNCTIONAL_KEYS
from textual.events import Key
from textual.keys import Keys, _character_to_key

_EXTENDED = (
    r"\x1b\[(?P<key>\d*)(?::[\d:]*)?"
    r"(?:;(?P<held>\d*)(?::(?P<event>\d*)[\d:]*)?(?:;(?P<text>[\d:]*)[\d:;]*)?)?"
    r"(?P<end>[u~ABCDEFHPQRS])"
)
_OTHER = r"\x1b\[(?!\[|M|<[\d;]*[Mm])[0-?]*[ -/]*[@-~]"
"""Any other complete control sequence, but for what textual reads later: mouse and modes."""
_MODE = r"\x1b\[\?\d+;\d\$y"

_SHIFT, _ALT, _CTRL = 1, 2, 4
_NAMES = {_ALT: "alt", _CTRL: "ctrl", 8: "super", 16: "hyper", 32: "meta"}
_RELEASED = "3"
"""Kitty's event type of a key that is let go."""
_XTERM = "27"
"""What stands for the key in xterm's sequences."""

_SILENT = MODIFIER_FUNCTIONAL_KEYS | {"caps_lock", "num_lock", "scroll_lock"}
"""Keys that say nothing alone: kitty sends them before the key that they are held for."""
_STILL_THE_SAME = frozenset({"enter", "backspace", "escape", "space"})
"""What a shift that is still held for a capital letter does not change."""
_ALIKE = {"h": "backspace", "i": "tab", "m": "enter", "[": "escape"}
"""With ctrl these are the same key in all other terminals, and in the fingers."""
_PRIVATE = range(0xE000, 0xF900)
"""Code points without a character; kitty has keys there."""


def extended(sequence: str) -> Iterator[Key] | None:
    """The keys of a control sequence with numbers; None if it is none, or not complete."""
    found = re.fullmatch(_EXTENDED, sequence)
    if found is None:
        other = re.fullmatch(_OTHER, sequence) and not re.fullmatch(_MODE, sequence)
        return _ignored(sequence) if other and sequence not in ANSI_SEQUENCES_KEYS else None
    if found["event"] == _RELEASED:
        return _ignored(sequence)
    code, held, text = int(found["key"] or 1), max(int(found["held"] or 1) - 1, 0), ""
    if found["end"] == "~" and found["key"] == _XTERM and found["text"]:
        code, name = int(found["text"].partition(":")[0] or 0), ""
        name = FUNCTIONAL_KEYS.get(f"{code}u", "")
    else:
        text = _characters(found["text"] or "")
        name = FUNCTIONAL_KEYS.get(f"{code}{found['end']}", "")
        if not name and found["end"] != "u":
            return _named(sequence)
    if name in _SILENT:
        return _ignored(sequence)
    if text and not (held & _CTRL and not held & _ALT):
        return (_typed(one) for one in text)
    if name:
        return iter((_functional(name, held),))
    character = _characters(str(code))
    return iter((_pressed(character, held),)) if character else _ignored(sequence)


def _ignored(sequence: str) -> Iterator[Key]:
    return iter((Key(Keys.Ignore, sequence),))


def _named(sequence: str) -> Iterator[Key]:
    """What textual's own table has for a sequence: function keys of older terminals."""
    keys = ANSI_SEQUENCES_KEYS.get(sequence)
    if isinstance(keys, tuple):
        return (Key(one.value, None) for one in keys)
    return _ignored(sequence)


def _characters(codes: str) -> str:
    """Printable characters by their code points, `:` between them."""
    points = [int(one) for one in codes.split(":") if one]
    known = [one for one in points if one <= 0x10FFFF and one not in _PRIVATE]
    return "".join(char for char in map(chr, known) if char.isprintable())


def _typed(character: str) -> Key:
    name = _character_to_key(character)
    return Key(character if character.isalnum() else name, character)


def _functional(name: str, held: int) -> Key:
    """A key with a name of its own: `ctrl+left`, `shift+tab`."""
    if name in _STILL_THE_SAME:
        held &= ~_SHIFT
    return Key("+".join((*_modifiers(held), name)), None)


def _pressed(character: str, held: int) -> Key:
    """A key that would be a character, with what is held beside it."""
    rest = held & (_ALT | _CTRL | 8 | 16 | 32)
    if not rest:
        return _typed(character.upper() if held & _SHIFT else character)
    if rest == _ALT | _CTRL and not character.isalnum():
        return _typed(character)  # AltGr, where a system has made it of those two
    if held == _CTRL and character in _ALIKE:
        return Key(_ALIKE[character], None)
    if character.isupper():
        character, held = character.lower(), held | _SHIFT
    name = character if character.isalnum() else _character_to_key(character)
    return Key("+".join((*_modifiers(held), name)), None)


def _modifiers(held: int) -> list[str]:
    """Names of what is held, in textual's order; locks are no modifiers."""
    names = [name for bit, name in _NAMES.items() if held & bit]
    return sorted([*names, "shift"] if held & _SHIFT else names)
