"""`csc-tui logout NAME`: everything of one profile leaves this machine."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

from csc_tui.cli.exits import FAILED, OK
from csc_tui.cli.output import put
from csc_tui.config.config_file import remove_profile
from csc_tui.config.paths import Paths
from csc_tui.config.profiles import unknown_profile
from csc_tui.config.secrets import remove_key
from csc_tui.config.settings import BACKENDS, check_name, load_settings
from csc_tui.words import say


def logout(name: str, paths: Paths, *, yes: bool = False) -> int:
    """Say what is unsent, then remove key, cache, drafts, logs and the profile itself.

    Whoever is there to answer is asked first, unless he has said `yes`.
    """
    settings = load_settings(paths)
    ids = (check_name(name), *(f"{name}.{backend}" for backend in BACKENDS))
    folders = [
        folder
        for one in ids
        for folder in (paths.account_data(one), paths.account_state(one), paths.account_cache(one))
        if folder.exists()
    ]
    if name not in settings.profiles and not folders and not paths.key_file(name).exists():
        raise unknown_profile(settings, name)
    if not _may_go(name, [unsent(paths, one) for one in ids], yes=yes):
        put(say("cli.logout.kept"), sys.stderr)
        return FAILED
    remove_key(paths, name)
    for folder in folders:
        if folder.exists():
            shutil.rmtree(folder)
    if name in settings.profiles:
        remove_profile(paths, name)
    put(say("cli.logout.done", name=name))
    return OK


def unsent(paths: Paths, folder_id: str) -> int | None:
    """How many drafts and saves of an account the CRM has not confirmed; None: cannot be read."""
    from csc_tui.store.edits_file import unconfirmed

    return unconfirmed(paths.account_data(folder_id))


def _may_go(name: str, counts: Sequence[int | None], *, yes: bool) -> bool:
    """Say what would be lost; on a terminal ask."""
    count = sum(one or 0 for one in counts)
    unread = None in counts
    if count:
        put(say("cli.logout.unsent", name=name, count=count))
    if unread:
        put(say("cli.logout.unread", name=name))
    if yes or not sys.stdin.isatty():
        return True
    sure = say("cli.logout.sure-unsent" if count or unread else "cli.logout.sure", name=name)
    try:
        return input(sure).strip().lower() in ("y", "yes")
    except EOFError:
        return False
