"""The demo as an account: how it is reached, and what is kept here of it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import TYPE_CHECKING

from csc_tui.cli.demo_child import demo_key
from csc_tui.config.account import Account
from csc_tui.config.files import ensure_folder, read_private, write_private
from csc_tui.config.profiles import fill_of, read_only_of
from csc_tui.config.settings import BACKENDS

if TYPE_CHECKING:
    from csc_tui.config.paths import Paths
    from csc_tui.config.settings import Settings


def demo_account(
    settings: Settings,
    paths: Paths,
    env: Mapping[str, str],
    url: str,
    dialect: str = BACKENDS[0],
) -> Account:
    """The account of the demo that answers at `url`. ConfigError for a bad environment."""
    read_only, fill = read_only_of(env), fill_of(env)
    return Account(
        name="demo",
        folder_id=f"demo.{dialect}",
        backend=dialect,
        url=url,
        secret=demo_key(paths),
        key_source="file",
        fill=settings.fill if fill is None else fill,
        read_only=bool(read_only),
        demo=True,
        own_id=f"demo.{dialect}",  # the port is another one each time
    )


def forget_older_world(paths: Paths, account: Account) -> None:
    """Remove what is stored here of a demo whose data have been made anew since.

    New data are a new file, so its number on the disk tells the worlds apart.
    """
    world = str((paths.demo / f"{account.backend}.sqlite3").stat().st_ino).encode("ascii")
    mark = paths.account_state(account.folder_id) / "world"
    if mark.parent.exists() and read_private(mark) == world:
        return
    for folder in (paths.account_cache(account.folder_id), paths.account_data(account.folder_id)):
        if folder.exists():
            shutil.rmtree(folder)
    ensure_folder(mark.parent)
    write_private(mark, world)
