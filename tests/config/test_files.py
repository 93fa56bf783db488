from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from csc_tui.config.files import read_private, write_private
from csc_tui.config.refusal import ConfigError, FileError


@contextmanager
def full_disk() -> Iterator[None]:
    """No file can grow: what a full disk feels like."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_what_is_written_is_read_back_and_is_the_users_alone(tmp_path: Path) -> None:
    write_private(tmp_path / "key.acme", b"one")
    write_private(tmp_path / "key.acme", b"two")

    assert read_private(tmp_path / "key.acme") == b"two"
    assert (tmp_path / "key.acme").stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["key.acme"]


def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    write_private(path, b"old")

    with full_disk(), pytest.raises(FileError, match="It is as it was before"):
        write_private(path, b"new")

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_read_only_folder_is_said_and_the_old_file_stays(
    tmp_path: Path, unprivileged: None
) -> None:
    path = tmp_path / "config.toml"
    write_private(path, b"old")
    tmp_path.chmod(0o500)

    with pytest.raises(FileError, match="Permission denied"):
        write_private(path, b"new")

    tmp_path.chmod(0o700)
    assert path.read_bytes() == b"old"


def test_a_missing_file_is_none(tmp_path: Path) -> None:
    assert read_private(tmp_path / "key.acme") is None


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    write_private(tmp_path / "elsewhere", b"bait")
    (tmp_path / "key.acme").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(ConfigError, match="cannot be read"):
        read_private(tmp_path / "key.acme")


def test_a_file_open_to_others_is_refused_and_the_cure_named(tmp_path: Path) -> None:
    path = tmp_path / "key.acme"
    write_private(path, b"secret")
    path.chmod(0o644)

    with pytest.raises(ConfigError, match=f"chmod 600 {path}"):
        read_private(path)


def test_a_pipe_in_the_place_of_a_file_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "key.acme", 0o600)

    with pytest.raises(ConfigError, match="not a plain file"):
        read_private(tmp_path / "key.acme")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_somebody_else_is_refused(tmp_path: Path) -> None:
    write_private(tmp_path / "key.acme", b"bait")
    os.chown(tmp_path / "key.acme", 12345, 12345)

    with pytest.raises(ConfigError, match="belongs to somebody else"):
        read_private(tmp_path / "key.acme")


def test_a_file_without_end_is_refused(tmp_path: Path) -> None:
    write_private(tmp_path / "key.acme", b"x" * 100_000)

    with pytest.raises(ConfigError, match="larger than 65,536 bytes"):
        read_private(tmp_path / "key.acme")
