"""`csc-tui` without a command: everything is checked, then the screen is taken."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping

from csc_tui.cli.hardening import harden
from csc_tui.cli.output import complain
from csc_tui.config.account import Account
from csc_tui.config.paths import Paths
from csc_tui.config.profiles import resolve
from csc_tui.config.refusal import ConfigError
from csc_tui.config.secrets import KEY_VARIABLE
from csc_tui.config.settings import Settings, load_settings
from csc_tui.config.terminal import can_show
from csc_tui.config.theme import Theme, default_theme, load_theme

FRAMES_AWAY = "15"
"""Pictures a second at most over SSH; here textual's own number, 60, does no harm."""


def open_screen(
    paths: Paths,
    env: Mapping[str, str],
    *,
    profile: str | None = None,
    read_only: bool = False,
    theme: str | None = None,
) -> int:
    """Open the account that command line, environment or file name, or the welcome screen.

    ConfigError for whatever is wrong, before the screen is taken.
    """
    harden()
    settings, worn = checked_settings(paths, env, theme)
    account = resolve(settings, paths, env, profile=profile, read_only=read_only)
    if account is not None:
        return take_screen(account, settings, paths, worn)
    prepare_screen()
    from csc_tui.cli.doors import FrontDoors
    from csc_tui.session import run_welcome

    with FrontDoors(settings, paths, env, read_only=read_only) as doors:
        return run_welcome(doors, settings=settings, paths=paths, theme=worn)


def checked_settings(
    paths: Paths, env: Mapping[str, str], theme: str | None
) -> tuple[Settings, Theme]:
    """The settings, whose keys are known to be good, and the theme that is to be used.

    A broken theme of the user's that the settings name is reported and skipped.
    """
    from csc_tui.ui.commands.keymap import Keymap, KeymapError

    settings = load_settings(paths)
    try:
        Keymap(settings.keys)
    except KeymapError as error:
        raise ConfigError("config.keys", file=paths.config_file, why=error) from None
    name = theme or settings.theme or default_theme(env)
    try:
        worn = load_theme(paths, name)
    except ConfigError as error:
        if theme or error.word == "config.theme-unknown":
            raise
        complain(str(error))
        worn = load_theme(paths, default_theme(env))
    return settings, worn


def take_screen(account: Account, settings: Settings, paths: Paths, theme: Theme) -> int:
    """Open the screen on `account`; the exit code. ConfigError where there is no terminal."""
    prepare_screen()
    from csc_tui.session import run_screen

    return run_screen(account, settings=settings, paths=paths, theme=theme)


def prepare_screen() -> None:
    """Take the key out of the environment: no child that is started later inherits it.

    What holds for the whole process is set here, while it has one thread.
    ConfigError where there is no terminal, or one that cannot show a screen.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise ConfigError("cli.no-terminal")
    if not can_show(os.environ):
        raise ConfigError("cli.unfit-terminal", term=os.environ.get("TERM", ""))
    os.environ.pop(KEY_VARIABLE, None)
    if sys.platform == "linux":  # where ctypes is here already
        from csc_tui.allocator import share

        share()
    if os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"):
        os.environ.setdefault("TEXTUAL_FPS", FRAMES_AWAY)
    gc.disable()
