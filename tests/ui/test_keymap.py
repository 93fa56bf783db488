"""Keys and commands: defaults, what a user rebinds, and what is refused."""

from __future__ import annotations

import pytest

from csc_tui.ui.commands.command import TEXT_PLACES, Place
from csc_tui.ui.commands.keymap import Keymap, KeymapError, key_table, shown, spelt
from csc_tui.ui.commands.registry import COMMANDS

LATER = {"6", "9"}
"""Keys of features that are not there yet."""
FREE = set("[]'^~\"`.")
"""Keys that take a dead key or AltGr on some keyboard."""


def found(keymap: Keymap, place: Place, key: str) -> str:
    command = keymap.find(place, key)
    return command.id if command is not None else ""


@pytest.mark.parametrize(
    ("place", "keys", "command"),
    [
        (Place.LIST, ("?",), "help"),
        (Place.LIST, ("ctrl+p", ":"), "palette"),
        (Place.LIST, ("1",), "tab.1"),
        (Place.LIST, ("2",), "tab.2"),
        (Place.LIST, ("escape", "h"), "back"),
        (Place.LIST, ("q",), "quit"),
        (Place.RECORD, ("<",), "trail.back"),
        (Place.RECORD, (">",), "trail.forward"),
        (Place.RECORD, ("r",), "refresh"),
        (Place.LIST, ("L",), "log"),
        (Place.LIST, ("T",), "theme"),
        (Place.LIST, ("ctrl+l",), "repaint"),
        (Place.LIST, ("ctrl+z",), "suspend"),
        (Place.FORM, ("ctrl+c",), "interrupt"),
        (Place.LIST, ("up", "k"), "list.up"),
        (Place.LIST, ("down", "j"), "list.down"),
        (Place.LIST, ("pageup", "ctrl+u"), "list.page_up"),
        (Place.LIST, ("pagedown", "ctrl+d"), "list.page_down"),
        (Place.LIST, ("home", "g"), "list.home"),
        (Place.LIST, ("end", "G"), "list.end"),
        (Place.LIST, ("left",), "list.columns_left"),
        (Place.LIST, (",",), "list.jump"),
        (Place.LIST, ("enter", "l"), "list.open"),
        (Place.LIST, ("/",), "list.search"),
        (Place.LIST, ("s",), "list.sort"),
        (Place.LIST, ("v",), "list.preview"),
        (Place.LIST, ("tab",), "list.into_preview"),
        (Place.LIST, ("J",), "list.preview_down"),
        (Place.LIST, ("e", "E"), "list.edit"),
        (Place.LIST, ("n",), "list.new"),
        (Place.LIST, ("t",), "list.tags"),
        (Place.LIST, ("N",), "list.note"),
        (Place.RECORD, ("N",), "record.note"),
        (Place.LIST, ("D",), "list.delete"),
        (Place.LIST, ("y",), "list.copy"),
        (Place.LIST, ("o",), "list.web"),
        (Place.RECORD, ("enter", "l"), "record.follow"),
        (Place.RECORD, ("J",), "record.next"),
        (Place.RECORD, ("e",), "record.edit_here"),
        (Place.RECORD, ("E",), "record.edit"),
        (Place.RECORD, ("a",), "record.add"),
        (Place.RECORD, ("D",), "record.delete"),
        (Place.COPY, ("y",), "copy.here"),
        (Place.COPY, ("p",), "copy.phone"),
        (Place.COPY, ("e",), "copy.email"),
        (Place.COPY, ("a",), "copy.address"),
        (Place.COPY, ("s",), "copy.salutation"),
        (Place.COPY, ("u",), "copy.web"),
        (Place.COPY, ("r",), "copy.record"),
        (Place.COPY, ("v",), "copy.show"),
        (Place.FORM, ("ctrl+g",), "form.jump"),
        (Place.FORM, ("ctrl+s",), "form.save"),
        (Place.SEARCH, ("enter", "down"), "search.leave"),
        (Place.LIST, ("u",), "undo"),
        (Place.RECORD, ("O",), "outbox"),
        (Place.OUTBOX, ("enter",), "outbox.settle"),
        (Place.OUTBOX, ("r",), "outbox.retry"),
        (Place.OUTBOX, ("e",), "outbox.edit"),
        (Place.OUTBOX, ("d",), "outbox.discard"),
        (Place.CONFLICT, ("m",), "conflict.mine"),
        (Place.CONFLICT, ("t",), "conflict.theirs"),
        (Place.CONFLICT, ("e",), "conflict.type"),
        (Place.CONFLICT, ("ctrl+s",), "conflict.save"),
        (Place.CONFLICT, ("escape",), "conflict.later"),
    ],
)
def test_the_promised_keys(place: Place, keys: tuple[str, ...], command: str) -> None:
    keymap = Keymap()
    assert {found(keymap, place, key) for key in keys} == {command}


def test_no_default_needs_altgr_a_dead_key_or_a_multiplexers_key() -> None:
    keys = {key for command in COMMANDS for key in command.keys}
    assert keys.isdisjoint(FREE | {"ctrl+a", "ctrl+b"})


def test_what_is_not_built_yet_has_no_key() -> None:
    keymap = Keymap()
    assert {found(keymap, Place.LIST, key) for key in LATER} == {""}


def test_where_text_is_typed_no_character_is_a_command() -> None:
    keymap = Keymap()
    for place in TEXT_PLACES:
        for code in range(0x20, 0x7F):
            assert keymap.find(place, chr(code)) is None, (place, chr(code))


def test_a_rebound_command_has_its_new_keys_alone() -> None:
    keymap = Keymap({"list.open": ["f8", "Ö"]})
    assert found(keymap, Place.LIST, "f8") == found(keymap, Place.LIST, "Ö") == "list.open"
    assert found(keymap, Place.LIST, "enter") == ""
    assert keymap.of("list.open") == "f8"
    assert keymap.of("list.web") == "o"


def test_a_command_without_keys_stays_in_the_palette_and_has_none() -> None:
    keymap = Keymap({"list.delete": []})
    assert found(keymap, Place.LIST, "D") == ""
    assert keymap.of("list.delete") == ""
    assert "list.delete" in [command.id for command in keymap.commands]


def test_two_commands_may_change_places() -> None:
    keymap = Keymap({"list.new": ["e"], "list.edit": ["n"]})
    assert found(keymap, Place.LIST, "e") == "list.new"
    assert found(keymap, Place.LIST, "n") == "list.edit"


@pytest.mark.parametrize(
    ("rebound", "named"),
    [
        ({"list.search": ["n"]}, ("n is bound twice", "list.search", "list.new")),
        ({"list.open": ["q"]}, ("q is bound twice", "list.open", "quit")),
        ({"log": ["e"]}, ("e is bound twice", "log", "list.edit")),
        ({"help": ["f9"], "list.web": ["f9"]}, ("f9 is bound twice", "help", "list.web")),
        ({"list.opne": ["f8"]}, ("list.opne", "csc-tui keys")),
        ({"list.open": ["pgdwn"]}, ("no key pgdwn", "list.open")),
        ({"form.save": ["s"]}, ("s cannot be form.save",)),
        ({"search.leave": ["space"]}, ("space cannot be search.leave",)),
    ],
)
def test_what_cannot_be_bound_is_named(
    rebound: dict[str, list[str]], named: tuple[str, ...]
) -> None:
    with pytest.raises(KeymapError) as refused:
        Keymap(rebound)
    for words in named:
        assert words in str(refused.value)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("slash", "/"),
        ("question_mark", "?"),
        ("⏎", "enter"),
        ("esc", "escape"),
        ("pgdn", "pagedown"),
        ("shift+d", "D"),
        ("upper_d", "D"),
        (" ", "space"),
        ("F1", "f1"),
        ("shift+tab", "shift+tab"),
        ("ctrl+g", "ctrl+g"),
        ("ß", "ß"),
    ],
)
def test_a_key_has_one_spelling(written: str, key: str) -> None:
    assert spelt(written) == key
    assert spelt(shown(key)) == key


def test_the_footer_names_the_commonest_first_and_help_last() -> None:
    keymap = Keymap()
    ids = [command.id for command in keymap.footer(Place.LIST)]
    assert ids[:5] == ["list.act", "list.tick", "list.put_off", "list.hand_on", "list.views"]
    assert ids[5:9] == ["list.search", "list.open", "list.edit", "list.new"]
    assert ids[-1] == "help"
    assert [command.place for command in keymap.footer(Place.COPY)] == [Place.COPY] * 8
    assert "help" not in [command.id for command in keymap.footer(Place.SEARCH)]


def test_the_table_has_every_command_once_with_its_words() -> None:
    table = key_table({"list.open": ["f8"]})
    assert [row[2] for row in table] == [command.id for command in COMMANDS]
    assert ("list", "f8", "list.open", "Open the record") in table
    assert all(title and title != command for _, _, command, title in table)
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)
