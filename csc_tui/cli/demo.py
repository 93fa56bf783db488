"""`csc-tui demo`: the bundled CRM, opened at once or served for other clients."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence

from csc_tui.cli.demo_account import demo_account, forget_older_world
from csc_tui.cli.demo_child import running_demo
from csc_tui.cli.hardening import harden
from csc_tui.cli.output import put
from csc_tui.cli.screen import checked_settings, take_screen
from csc_tui.config.paths import Paths
from csc_tui.config.profiles import fill_of, read_only_of
from csc_tui.config.refusal import ConfigError
from csc_tui.words import say


def demo(
    found: argparse.Namespace, others: Sequence[str], paths: Paths, env: Mapping[str, str]
) -> int:
    """Serve the demo (`--listen`), or start its server and open it on the screen."""
    switches = [*_switches(found), *others]
    if found.listen:
        from csc_tui.demo.server import main as serve

        expose = ["--expose"] if found.expose else []
        folder = ["--data", str(paths.demo)]
        return serve([*folder, "--listen", found.listen, *expose, *switches])
    if found.expose:
        raise ConfigError("cli.demo.expose-alone")
    harden()
    settings, theme = checked_settings(paths, env, found.theme)
    read_only_of(env), fill_of(env)  # a bad one is refused before the server starts

    def slow() -> None:
        put(say("cli.demo.making"), sys.stderr)

    with running_demo(paths, switches, env, slow) as url:
        account = demo_account(settings, paths, env, url, found.dialect)
        account = account._replace(read_only=account.read_only or found.read_only)
        forget_older_world(paths, account)
        return take_screen(account, settings, paths, theme)


def _switches(found: argparse.Namespace) -> list[str]:
    """What the server is told of the options that this command knows itself."""
    switches = ["--dialect", found.dialect]
    for name in ("people", "companies"):
        if (number := getattr(found, name)) is not None:
            switches += [f"--{name}", str(number)]
    return [*switches, "--reset"] if found.reset else switches
