from __future__ import annotations

import os
from pathlib import Path

import pytest

from csc_tui.config.paths import Paths
from csc_tui.config.refusal import FileError


def test_xdg_folders_come_first_on_every_system(env: dict[str, str], tmp_path: Path) -> None:
    for platform in ("linux", "darwin", "freebsd14"):
        paths = Paths.of(env, platform)
        assert paths.config == tmp_path / "config" / "csc-tui"
        assert paths.data == tmp_path / "data" / "csc-tui"
        assert paths.state == tmp_path / "state" / "csc-tui"
        assert paths.cache == tmp_path / "cache" / "csc-tui"


def test_home_is_where_they_lie_without_xdg() -> None:
    paths = Paths.of({"HOME": "/home/ilse"}, "linux")

    assert paths.config == Path("/home/ilse/.config/csc-tui")
    assert paths.data == Path("/home/ilse/.local/share/csc-tui")
    assert paths.state == Path("/home/ilse/.local/state/csc-tui")
    assert paths.cache == Path("/home/ilse/.cache/csc-tui")


def test_a_relative_xdg_folder_counts_as_unset() -> None:
    paths = Paths.of({"HOME": "/home/ilse", "XDG_CONFIG_HOME": "here"}, "linux")

    assert paths.config == Path("/home/ilse/.config/csc-tui")


def test_a_mac_without_xdg_uses_its_library_folder() -> None:
    assert "Library" in Paths.of({"HOME": "/Users/ilse"}, "darwin").data.parts


def test_an_account_gets_folders_for_its_user_alone(paths: Paths) -> None:
    paths.prepare("acme")

    for folder in (
        paths.data,
        paths.account_data("acme"),
        paths.account_state("acme"),
        paths.account_cache("acme"),
    ):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_others_may_read_is_tightened(paths: Paths) -> None:
    paths.data.mkdir(parents=True)
    paths.data.chmod(0o755)

    paths.prepare("acme")

    assert paths.data.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_others_may_change_is_refused(paths: Paths) -> None:
    paths.data.mkdir(parents=True)
    paths.data.chmod(0o777)

    with pytest.raises(FileError, match="can be changed by others"):
        paths.prepare("acme")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_somebody_else_is_refused(paths: Paths) -> None:
    paths.data.mkdir(parents=True)
    os.chown(paths.data, 12345, 12345)

    with pytest.raises(FileError, match="belongs to somebody else"):
        paths.prepare("acme")


def test_a_file_in_the_place_of_a_folder_is_said(paths: Paths) -> None:
    paths.data.parent.mkdir(parents=True)
    paths.data.write_text("")

    with pytest.raises(FileError, match=r"The folder .*data/csc-tui cannot be used: File exists"):
        paths.prepare("acme")
