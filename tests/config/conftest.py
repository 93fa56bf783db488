"""Folders of a user who has just installed the program."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from csc_tui.config.paths import Paths


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """An environment whose XDG folders lie in the test's own folder."""
    kinds = ("CONFIG", "DATA", "STATE", "CACHE")
    return {f"XDG_{kind}_HOME": str(tmp_path / kind.lower()) for kind in kinds}


@pytest.fixture
def paths(env: dict[str, str]) -> Paths:
    return Paths.of(env)


@pytest.fixture
def write_config(paths: Paths) -> Callable[[str], Path]:
    """Write config.toml; gives its path."""

    def write(text: str) -> Path:
        paths.config.mkdir(mode=0o700, parents=True, exist_ok=True)
        paths.config_file.write_text(text, "utf-8")
        paths.config_file.chmod(0o600)
        return paths.config_file

    return write


@pytest.fixture
def unprivileged(tmp_path: Path) -> Iterator[None]:
    """The test as a user whom permissions stop (root would pass them)."""
    if os.geteuid() != 0:
        yield
        return
    for folder in (tmp_path, *tmp_path.rglob("*")):
        os.chown(folder, 65534, 65534)
    parents = [one for one in tmp_path.parents if one.stat().st_mode & 0o011 != 0o011]
    modes = {one: one.stat().st_mode & 0o7777 for one in parents}
    for one in parents:
        one.chmod(modes[one] | 0o011)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        for one, mode in modes.items():
            one.chmod(mode)
