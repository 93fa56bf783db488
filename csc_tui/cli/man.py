"""`csc-tui man`: the manual page, made from the same declarations as help (man(7), roff)."""

from __future__ import annotations

from collections.abc import Iterator

from csc_tui import __version__
from csc_tui.cli.declared import Command, Option, commands
from csc_tui.words import say

EXITS = (0, 1, 2, 3, 4, 5, 6, 130)
"""Exit codes that the page explains."""


def man_page() -> str:
    """The page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    program, *others = commands()
    yield f'.TH CSC\\-TUI 1 "" "csc\\-tui {_text(__version__)}"'
    yield from (".SH NAME", f"csc\\-tui \\- {_text(program.about)}")
    yield from (".SH SYNOPSIS", ".B csc\\-tui", _text(program.usage))
    yield from (".SH OPTIONS", _text(say("cli.man.anywhere")))
    for option in program.options:
        yield from _option(option)
    yield ".SH COMMANDS"
    for command in others:
        yield from _command(command)
    yield from (".SH EXIT STATUS", ".PD 0")
    for code in EXITS:
        yield from (".TP", f".B {code}", _text(say(f"cli.exit.{code}")))
    yield ".PD"
    yield from (".SH ENVIRONMENT", _text(say("cli.man.environment")))


def _command(command: Command) -> Iterator[str]:
    yield from (f".SS {_text(command.name)}", _text(_sentence(command.about)))
    yield from (".PP", f".B csc\\-tui {_text(command.usage)}")
    for argument in command.arguments:
        yield from (".TP", f".I {_text(argument.shown)}", _text(argument.help))
    for option in command.options:
        if option.help and "--help" not in option.names:
            yield from _option(option)
    if command.epilog:
        yield from (".PP", _text(command.epilog))


def _option(option: Option) -> Iterator[str]:
    names = ", ".join(option.names)
    yield from (".TP", f".B {_text(names)}" + (f" {_text(option.value)}" if option.value else ""))
    yield _text(option.help)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"


def _text(text: str) -> str:
    """A text in which roff sees no request."""
    safe = text.replace("\\", "\\e").replace("-", "\\-").replace("\n", " ")
    safe = "".join(one if one.isascii() else f"\\[u{ord(one):04X}]" for one in safe)
    return f"\\&{safe}" if safe[:1] in ".'" else safe
