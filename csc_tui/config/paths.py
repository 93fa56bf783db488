"""Where files lie: the XDG folders first on every system."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from csc_tui.config.files import ensure_folder

APP = "csc-tui"
"""The folder's name below each of the four."""


class Paths:
    """The program's four folders.

    What belongs to one account lies below `accounts/ID` in three of them (`account_*`) and
    nowhere else, so that `csc-tui logout` can remove it all.
    """

    def __init__(self, config: Path, data: Path, state: Path, cache: Path) -> None:
        self.config = config
        """config.toml, key files (key.NAME), the user's themes."""
        self.data = data
        """What cannot be fetched again: unsent text, the demo's people."""
        self.state = state
        """Logs and crash files."""
        self.cache = cache
        """What can be fetched again."""

    @classmethod
    def of(cls, env: Mapping[str, str], platform: str = sys.platform) -> Paths:
        """The folders that `env` and the system (`sys.platform`) give; nothing is made."""
        return cls(
            config=_folder(env, "config", platform),
            data=_folder(env, "data", platform),
            state=_folder(env, "state", platform),
            cache=_folder(env, "cache", platform),
        )

    @property
    def config_file(self) -> Path:
        """The user's settings and profiles."""
        return self.config / "config.toml"

    @property
    def themes(self) -> Path:
        """The user's own themes, NAME.toml."""
        return self.config / "themes"

    @property
    def demo(self) -> Path:
        """The bundled CRM's data: its people, its key, its nonce."""
        return self.data / "demo"

    def key_file(self, profile: str) -> Path:
        """The file with the API key of `profile` (a valid profile name)."""
        return self.config / f"key.{profile}"

    def account_data(self, folder_id: str) -> Path:
        """The account's folder for what cannot be fetched again."""
        return self.data / "accounts" / folder_id

    def account_state(self, folder_id: str) -> Path:
        """The account's folder for logs."""
        return self.state / "accounts" / folder_id

    def account_cache(self, folder_id: str) -> Path:
        """The account's folder for what can be fetched again."""
        return self.cache / "accounts" / folder_id

    def prepare(self, folder_id: str) -> None:
        """Make the folders of one account, 0700; FileError if one cannot be had safely."""
        for root, mine in (
            (self.data, self.account_data(folder_id)),
            (self.state, self.account_state(folder_id)),
            (self.cache, self.account_cache(folder_id)),
        ):
            ensure_folder(root)
            ensure_folder(mine)


_XDG = {
    "config": ("XDG_CONFIG_HOME", ".config"),
    "data": ("XDG_DATA_HOME", ".local/share"),
    "state": ("XDG_STATE_HOME", ".local/state"),
    "cache": ("XDG_CACHE_HOME", ".cache"),
}
"""Kind of folder -> its variable and its place below the home folder."""


def _folder(env: Mapping[str, str], kind: str, platform: str) -> Path:
    """One folder; a relative XDG value counts as unset (XDG Base Directory Specification)."""
    variable, below_home = _XDG[kind]
    named = env.get(variable, "")
    if os.path.isabs(named):
        return Path(named) / APP
    if platform == "darwin":
        from platformdirs.macos import MacOS

        return Path(getattr(MacOS(APP), f"user_{kind}_dir"))
    return Path(env.get("HOME") or os.path.expanduser("~")) / below_home / APP
