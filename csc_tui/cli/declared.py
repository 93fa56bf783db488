"""Commands and options as declared for argparse, as plain values for what is made of them.

That is the manual page, the README's table, and the completion of shells.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

from csc_tui.cli.parser import COMMANDS, parser_of

VALUES = {"profile": "profiles", "theme": "themes"}
"""Option -> the command that lists what it may be."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option."""

    names: tuple[str, ...]
    """`--json`."""
    value: str
    """What its value is called; empty where it takes none."""
    choices: tuple[str, ...]
    help: str
    """Empty where it stands with another command's already."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One positional argument."""

    name: str
    """`resource`, `filter`, `value`."""
    shown: str
    """`RESOURCE`, `[FILTER ...]`."""
    choices: tuple[str, ...]
    help: str


@dataclass(frozen=True, slots=True)
class Command:
    """One command; the program itself has an empty name."""

    name: str
    about: str
    usage: str
    """Without the program's name."""
    options: tuple[Option, ...]
    arguments: tuple[Argument, ...]
    epilog: str


def commands() -> list[Command]:
    """The program itself, then its commands in the order of help."""
    parser = parser_of(None)
    known = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            known = action.choices
    return [_command("", parser), *(_command(name, known[name]) for name in COMMANDS)]


def _command(name: str, parser: argparse.ArgumentParser) -> Command:
    shown = [one for one in parser._actions if not isinstance(one, argparse._SubParsersAction)]
    arguments = tuple(_argument(one) for one in shown if not one.option_strings)
    usage = [name, *(one.shown for one in arguments)] if name else ["[COMMAND]"]
    return Command(
        name,
        parser.description or "",
        " ".join([*usage, "[OPTIONS]"]),
        tuple(_options(shown)),
        arguments,
        parser.epilog or "",
    )


def _options(actions: list[argparse.Action]) -> Iterator[Option]:
    for one in actions:
        if one.option_strings:
            takes = one.nargs != 0
            value = one.metavar or one.dest.upper()
            yield Option(
                tuple(one.option_strings),
                str(value) if takes else "",
                tuple(map(str, one.choices or ())),
                "" if one.help in (None, argparse.SUPPRESS) else str(one.help),
            )


def _argument(action: argparse.Action) -> Argument:
    name = str(action.metavar or action.dest)
    choices = tuple(map(str, action.choices or ()))
    name = "|".join(choices) or name
    shown = {"*": f"[{name} ...]", "?": f"[{name}]", "+": f"{name} ..."}
    return Argument(
        action.dest, shown.get(str(action.nargs), name), choices, str(action.help or "")
    )
