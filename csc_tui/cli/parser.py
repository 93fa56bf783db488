"""Which commands and options there are, for argparse."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from csc_tui import __version__
from csc_tui.cli import data_options
from csc_tui.cli.data_options import count
from csc_tui.config.refusal import ConfigError
from csc_tui.config.settings import BACKENDS
from csc_tui.words import say

TYPE_CHECKING = False
"""True for type checkers alone; `typing` itself would cost 10 ms at start."""

if TYPE_CHECKING:
    from typing import NoReturn

COMMANDS = (
    *("demo", "login", "logout", "profiles", "list", "show", "export", "sync"),
    *("set", "new", "delete", "note", "tag", "untag", "outbox", "dupes"),
    *("log", "keys", "themes", "paths", "doctor", "completion", "man"),
)
"""In the order in which help shows them."""

_WITH_VALUE = ("--profile", "--theme")


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Refuse the command line."""
        raise ConfigError("cli.usage", why=message, program=self.prog)


def parse(arguments: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    """What the command line asks for, and the switches meant for the demo's server.

    ConfigError if it cannot be understood; SystemExit after `--help` or `--version`.
    """
    command = _first_word(arguments)
    if command is not None and command not in COMMANDS:
        raise ConfigError("cli.unknown-command", command=command, known=", ".join(COMMANDS))
    before = arguments[: arguments.index(command)] if command else arguments
    all_are_named = not command or not {"-h", "--help"}.isdisjoint(before)
    parser = parser_of(None if all_are_named else command)
    found, others = parser.parse_known_args(_signed(arguments))
    if "filter" in found:
        # What begins with one dash is no option but the opposite of a condition.
        found.filter += [one for one in others if not one.startswith("--")]
        others = [one for one in others if one.startswith("--")]
    elif "value" in found:  # argparse takes none behind an option
        found.value += [one for one in others if not one.startswith("-")]
        others = [one for one in others if one.startswith("-")]
    if others and found.command != "demo":
        if not others[0].startswith("-"):
            program = f"csc-tui {found.command}" if found.command else "csc-tui"
            raise ConfigError("cli.too-many", word=others[0], program=program)
        raise ConfigError("cli.unknown-option", option=others[0], program="csc-tui")
    return found, others


def _signed(arguments: Sequence[str]) -> list[str]:
    """The arguments, with an order and its minus (`--sort -created`) as argparse takes them."""
    words = iter(arguments)
    return [f"{one}={next(words, '')}" if one == "--sort" else one for one in words]


def _first_word(arguments: Sequence[str]) -> str | None:
    """The first argument that is neither an option nor an option's value."""
    words = iter(arguments)
    for word in words:
        if word in _WITH_VALUE:
            next(words, None)
        elif not word.startswith("-"):
            return word
    return None


def parser_of(wanted: str | None) -> argparse.ArgumentParser:
    """The parser for one command; None: for all, as help shows them.

    The options of all commands also stand in front of the command.
    """
    parser = _Parser(
        "csc-tui", description=say("cli.about"), epilog=say("cli.epilog"), allow_abbrev=False
    )
    _common(parser, None, None)
    parser.add_argument("--version", action="version", version=f"csc-tui {__version__}")
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", title=say("cli.commands"), parser_class=_Parser
    )
    for name in [wanted] if wanted else COMMANDS:
        title = say(f"cli.{name}.about")
        one = commands.add_parser(name, help=title, description=title, allow_abbrev=False)
        _common(one, argparse.SUPPRESS, argparse.SUPPRESS)
        _OPTIONS.get(name, lambda _parser: None)(one)
    return parser


def _common(parser: argparse.ArgumentParser, none: object, hidden: str | None) -> None:
    """The options that may stand anywhere; below a command they are not shown again."""
    false = False if none is None else none
    parser.add_argument(
        "--profile", metavar="NAME", default=none, help=hidden or say("cli.profile")
    )
    parser.add_argument(
        "--read-only", action="store_true", default=false, help=hidden or say("cli.read-only")
    )
    parser.add_argument("--theme", metavar="NAME", default=none, help=hidden or say("cli.theme"))


def _demo(parser: argparse.ArgumentParser) -> None:
    parser.epilog = say("cli.demo.epilog")
    add = parser.add_argument
    add("--dialect", choices=BACKENDS, default=BACKENDS[0], help=say("cli.demo.dialect"))
    add("--people", type=count, metavar="N", help=say("cli.demo.people"))
    add("--companies", type=count, metavar="N", help=say("cli.demo.companies"))
    add("--reset", action="store_true", help=say("cli.demo.reset"))
    add("--listen", metavar="HOST:PORT", help=say("cli.demo.listen"))
    add("--expose", action="store_true", help=say("cli.demo.expose"))


def _login(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="NAME", help=say("cli.login.name"))
    parser.add_argument("--backend", choices=BACKENDS, help=say("cli.login.backend"))


def _logout(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help=say("cli.logout.name"))
    parser.add_argument("--yes", action="store_true", help=say("cli.logout.yes"))


def _doctor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--offline", action="store_true", help=say("cli.doctor.offline"))


def _log(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=say("cli.log.json"))
    parser.add_argument(
        "--limit", type=count, default=1_000, metavar="N", help=say("cli.log.limit")
    )


def _sync(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("resource", nargs="*", metavar="RESOURCE", help=say("cli.sync.resource"))
    add("--tag", metavar="NAME", help=say("cli.sync.tag"))
    add("--since", metavar="DAY", help=say("cli.sync.since"))
    add("--matching", metavar="FILTER", help=say("cli.sync.matching"))
    for name in ("whole", "forecast", "json"):
        add(f"--{name}", action="store_true", help=say(f"cli.sync.{name}"))


def _completion(parser: argparse.ArgumentParser) -> None:
    shells = ("bash", "zsh", "fish")
    parser.add_argument("shell", choices=shells, help=say("cli.completion.shell"))


_OPTIONS = {
    "completion": _completion,
    "demo": _demo,
    "login": _login,
    "logout": _logout,
    "doctor": _doctor,
    "log": _log,
    "sync": _sync,
    **data_options.OPTIONS,
}
