"""Changes to the user's config.toml that keep his comments and order."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from csc_tui.config.files import ensure_folder, write_private
from csc_tui.config.paths import Paths
from csc_tui.config.toml_file import read_toml

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


def edit_toml(path: Path, change: Callable[[TOMLDocument], None]) -> None:
    """Apply `change` to the TOML file at `path`, made if it is missing, with its folder.

    ConfigError if it is not TOML, FileError if it cannot be written; then nothing has changed.
    """
    import tomlkit

    ensure_folder(path.parent)
    source = read_toml(path)
    document = tomlkit.parse(source.text if source else "")
    change(document)
    target = Path(os.path.realpath(path))
    write_private(target, tomlkit.dumps(document).encode("utf-8"))


def _edit(paths: Paths, change: Callable[[TOMLDocument], None]) -> None:
    """Apply `change` to config.toml. Raises as `edit_toml`."""
    edit_toml(paths.config_file, change)


def save_setting(paths: Paths, name: str, value: str) -> None:
    """Set `name`, a setting at the top of config.toml, to `value`."""

    def change(document: TOMLDocument) -> None:
        document[name] = value

    _edit(paths, change)


def save_profile(paths: Paths, name: str, values: Mapping[str, Any]) -> None:
    """Write `values` to `[profiles.NAME]`, keeping its other settings; None takes one out.

    The first profile of all becomes the default.
    """

    def change(document: TOMLDocument) -> None:
        import tomlkit

        profiles = document.setdefault("profiles", tomlkit.table(is_super_table=True))
        if not profiles and not document.get("default_profile"):
            document["default_profile"] = name
        profile = profiles.setdefault(name, tomlkit.table())
        for key, value in values.items():
            if value is None:
                profile.pop(key, None)
            else:
                profile[key] = value

    _edit(paths, change)


def remove_profile(paths: Paths, name: str) -> None:
    """Take `[profiles.NAME]` out, and `default_profile` if that was it."""

    def change(document: TOMLDocument) -> None:
        document.get("profiles", {}).pop(name, None)
        if document.get("default_profile") == name:
            document.pop("default_profile")

    _edit(paths, change)
