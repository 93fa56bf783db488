"""From the parsed command line to the one branch that is run."""

from __future__ import annotations

import gc
import os
from collections.abc import Mapping, Sequence

from csc_tui.config.paths import Paths

TYPE_CHECKING = False
"""True for type checkers alone; `typing` itself would cost 10 ms at start."""

if TYPE_CHECKING:
    from argparse import Namespace

    from csc_tui.cli.at_desk import Work


def run(arguments: Sequence[str], paths: Paths) -> int:
    """Run what `arguments` ask for; the exit code. Nothing to parse: no parser is loaded."""
    if not arguments:
        from csc_tui.cli.screen import open_screen

        return open_screen(paths, os.environ)
    from csc_tui.cli.parser import parse

    return _run(*parse(arguments), paths)


def _run(found: Namespace, others: list[str], paths: Paths) -> int:
    env = os.environ
    match found.command:
        case None:
            from csc_tui.cli.screen import open_screen

            return open_screen(
                paths, env, profile=found.profile, read_only=found.read_only, theme=found.theme
            )
        case "list" | "show" | "export" | "dupes" | "outbox":
            return _at_desk(found, paths, env)
        case "set" | "new" | "delete" | "note" | "tag" | "untag":
            return _at_desk(found, paths, env)
    gc.enable()
    return _plain(found, others, paths, env)


def _plain(found: Namespace, others: list[str], paths: Paths, env: Mapping[str, str]) -> int:
    """Run a command that needs no account, or opens it in its own way."""
    match found.command:
        case "demo":
            from csc_tui.cli.demo import demo

            return demo(found, others, paths, env)
        case "login":
            from csc_tui.cli.login import login

            return login(found.name or found.profile, paths, env, found.backend)
        case "logout":
            from csc_tui.cli.logout import logout

            return logout(found.name, paths, yes=found.yes)
        case "doctor":
            from csc_tui.cli.doctor import doctor

            return doctor(found.profile, paths, env, offline=found.offline)
        case "log":
            from csc_tui.cli.log import log

            return log(found.profile, paths, env, limit=found.limit, as_json=found.json)
        case "sync":
            from csc_tui.cli.sync import sync

            return sync(found, paths, env)
        case "completion":
            from csc_tui.cli.completion import completion

            print(completion(found.shell), end="")
            return 0
        case "man":
            from csc_tui.cli.man import man_page

            print(man_page(), end="")
            return 0
    from csc_tui.cli import listings

    return listings.LISTINGS[found.command](paths, env)


def _at_desk(found: Namespace, paths: Paths, env: Mapping[str, str]) -> int:
    """Run a command that works on an account."""
    gc.disable()  # what is imported now stays: looking through it while it grows finds nothing
    try:
        return _work(found, paths, env)
    finally:
        gc.unfreeze()
        gc.enable()


def _work(found: Namespace, paths: Paths, env: Mapping[str, str]) -> int:
    """The command at its account; what only reads loads nothing that writes."""
    from csc_tui.cli.at_desk import at_desk

    reads = found.command in ("list", "show", "export", "dupes")
    return at_desk(lambda: _work_of(found.command), found, paths, env, reads_only=reads)


def _work_of(command: str) -> Work:
    """What a command does at its account: only its own module is imported."""
    if command == "list":
        from csc_tui.cli.records import list_records

        return list_records
    if command == "export":
        from csc_tui.cli.export import export

        return export
    if command == "dupes":
        from csc_tui.cli.dupes import dupes

        return dupes
    if command == "show":
        from csc_tui.cli.show import show_records

        return show_records
    from csc_tui.cli.writes import WRITES

    return WRITES[command]
