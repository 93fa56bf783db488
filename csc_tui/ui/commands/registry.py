"""All commands there are. Footer, help, palette, `csc-tui keys` and README are made from this."""

from __future__ import annotations

from csc_tui.ui.commands.command import Command, Place

_E, _L, _R, _C = Place.EVERYWHERE, Place.LIST, Place.RECORD, Place.COPY
_F, _P, _S, _W, _G = Place.FORM, Place.PICK, Place.SEARCH, Place.WELCOME, Place.LOG

COMMANDS: tuple[Command, ...] = (
    Command("help", _E, ("?",), footer=99),
    Command("palette", _E, ("ctrl+p", ":")),
    *(Command(f"tab.{n}", _E, (str(n),)) for n in (1, 2)),
    Command("back", _E, ("escape", "h")),
    Command("quit", _E, ("q",)),
    Command("trail.back", _E, ("<",)),
    Command("trail.forward", _E, (">",)),
    Command("refresh", _E, ("r",)),
    Command("log", _E, ("L",)),
    Command("theme", _E, ("T",)),
    Command("repaint", _E, ("ctrl+l",)),
    Command("suspend", _E, ("ctrl+z",)),
    Command("interrupt", _E, ("ctrl+c",)),
    # --- list
    Command("list.search", _L, ("/",), footer=1),
    Command("list.open", _L, ("enter", "l"), footer=2),
    Command("list.edit", _L, ("e", "E"), footer=3, writes=True),
    Command("list.new", _L, ("n",), footer=4, writes=True),
    Command("list.tags", _L, ("t",), footer=5, writes=True),
    Command("list.copy", _L, ("y",), footer=6),
    Command("list.sort", _L, ("s",), footer=7),
    Command("list.preview", _L, ("v",), footer=8),
    Command("list.delete", _L, ("D",), writes=True),
    Command("list.web", _L, ("o",)),
    Command("list.jump", _L, (",",)),
    Command("list.up", _L, ("up", "k")),
    Command("list.down", _L, ("down", "j")),
    Command("list.page_up", _L, ("pageup", "ctrl+u")),
    Command("list.page_down", _L, ("pagedown", "ctrl+d")),
    Command("list.home", _L, ("home", "g")),
    Command("list.end", _L, ("end", "G")),
    Command("list.columns_left", _L, ("left",)),
    Command("list.columns_right", _L, ("right",)),
    Command("list.into_preview", _L, ("tab",)),
    Command("list.preview_down", _L, ("J",)),
    Command("list.preview_up", _L, ("K",)),
    # --- record
    Command("record.follow", _R, ("enter", "l"), footer=1),
    Command("record.copy", _R, ("y",), footer=2),
    Command("record.edit_here", _R, ("e",), footer=3, writes=True),
    Command("record.add", _R, ("a",), footer=4, writes=True),
    Command("record.delete", _R, ("D",), footer=5, writes=True),
    Command("record.tags", _R, ("t",), footer=6, writes=True),
    Command("record.web", _R, ("o",), footer=7),
    Command("record.edit", _R, ("E",), writes=True),
    Command("record.next", _R, ("J",)),
    Command("record.previous", _R, ("K",)),
    Command("record.up", _R, ("up", "k")),
    Command("record.down", _R, ("down", "j")),
    Command("record.page_up", _R, ("pageup", "ctrl+u")),
    Command("record.page_down", _R, ("pagedown", "ctrl+d")),
    Command("record.home", _R, ("home", "g")),
    Command("record.end", _R, ("end", "G")),
    Command("record.other_side", _R, ("tab",)),
    # --- copy, the second key after y
    Command("copy.here", _C, ("y",), footer=1),
    Command("copy.phone", _C, ("p",), footer=2),
    Command("copy.email", _C, ("e",), footer=3),
    Command("copy.address", _C, ("a",), footer=4),
    Command("copy.salutation", _C, ("s",), footer=5),
    Command("copy.web", _C, ("u",), footer=6),
    Command("copy.record", _C, ("r",), footer=7),
    # --- form
    Command("form.save", _F, ("ctrl+s",), footer=1, writes=True),
    Command("form.jump", _F, ("ctrl+g",), footer=2),
    Command("form.leave", _F, ("escape",), footer=3),
    Command("form.next", _F, ("tab",)),
    Command("form.previous", _F, ("shift+tab",)),
    Command("form.enter", _F, ("enter",)),
    Command("form.clear", _F, ("ctrl+u",)),
    Command("form.undo", _F, ("ctrl+z",)),
    Command("form.redo", _F, ("ctrl+y",)),
    Command("form.editor", _F, ("ctrl+e",)),
    Command("form.server", _F, ("ctrl+r",)),
    Command("form.help", _F, ("f1",)),
    # --- pick list
    Command("pick.take", _P, ("enter",), footer=1),
    Command("pick.up", _P, ("up",)),
    Command("pick.down", _P, ("down",)),
    Command("pick.close", _P, ("escape",), footer=3),
    # --- search line
    Command("search.leave", _S, ("enter", "down"), footer=1),
    Command("search.clear", _S, ("ctrl+u",), footer=2),
    Command("search.end", _S, ("escape",), footer=3),
    # --- welcome
    *(Command(f"welcome.{n}", _W, (str(n),)) for n in (1, 2, 3)),
    Command("welcome.up", _W, ("up", "k")),
    Command("welcome.down", _W, ("down", "j")),
    Command("welcome.take", _W, ("enter",), footer=1),
    # --- request log
    Command("log.up", _G, ("up", "k")),
    Command("log.down", _G, ("down", "j")),
    Command("log.page_up", _G, ("pageup", "ctrl+u")),
    Command("log.page_down", _G, ("pagedown", "ctrl+d")),
    Command("log.home", _G, ("home", "g")),
    Command("log.end", _G, ("end", "G")),
)
"""In the order in which help shows them."""

BY_ID = {command.id: command for command in COMMANDS}
"""Every command by its id."""
