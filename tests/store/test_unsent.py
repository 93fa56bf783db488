"""Kept texts of forms: private, whole, in order."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from csc_tui.store.unsent import FormText, Unsent

TEXT = FormText(
    "people/7",
    "Müller, Jürgen 田",
    1_780_000_000.5,
    {"last_name": "Größe\n\ud800"},
    {"positions.0.company": ("4411", "Brandt GmbH")},
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "unsent"


def test_a_kept_text_is_read_back_as_it_was(folder: Path) -> None:
    name = Unsent(folder).keep(TEXT)
    assert Unsent(folder).read_all() == {name: TEXT}


def test_file_and_folder_are_private(folder: Path) -> None:
    folder.mkdir(mode=0o755)
    name = Unsent(folder).keep(TEXT)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    assert [one.name for one in folder.iterdir()] == [name]


def test_the_oldest_comes_first(folder: Path) -> None:
    unsent = Unsent(folder)
    for at in (3.0, 1.0, 2.0):
        unsent.keep(FormText("people/new", "", at))
    assert [one.at for one in unsent.read_all().values()] == [1.0, 2.0, 3.0]


def test_a_dropped_text_is_gone_and_dropping_nothing_is_no_error(folder: Path) -> None:
    unsent = Unsent(folder)
    name = unsent.keep(TEXT)
    unsent.drop(name)
    unsent.drop(name)
    unsent.drop("")
    assert unsent.read_all() == {}


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"key": 1, "title": 2}'])
def test_what_is_not_ours_is_left_alone(folder: Path, content: bytes) -> None:
    unsent = Unsent(folder)
    name = unsent.keep(TEXT)
    (folder / "odd.json").write_bytes(content)
    assert list(unsent.read_all()) == [name]
    assert (folder / "odd.json").read_bytes() == content


def test_links_are_not_followed(folder: Path, tmp_path: Path) -> None:
    unsent = Unsent(folder)
    name = unsent.keep(TEXT)
    elsewhere = tmp_path / "elsewhere.json"
    (folder / name).rename(elsewhere)
    (folder / "link.json").symlink_to(elsewhere)
    os.mkfifo(folder / "pipe.json")
    assert unsent.read_all() == {}


def test_a_folder_behind_a_link_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    folder.symlink_to(tmp_path / "theirs")
    with pytest.raises(OSError, match="not yours"):
        Unsent(folder).keep(TEXT)
