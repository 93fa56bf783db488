from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from csc_tui.config.config_file import remove_profile, save_profile, save_setting
from csc_tui.config.paths import Paths
from csc_tui.config.refusal import ConfigError
from csc_tui.config.settings import load_settings

Write = Callable[[str], Path]
MINE = """\
# mine
fill = 5  # few

[keys]
help = "f2"

# the old account
[profiles.acme]
url = "https://acme.example"
key_command = ["pass"]
"""


def test_the_first_profile_makes_the_file_and_is_the_default(paths: Paths) -> None:
    save_profile(paths, "acme", {"backend": "centralstation", "url": "https://acme.example"})

    settings = load_settings(paths)
    assert settings.default_profile == "acme"
    assert settings.profiles["acme"].url == "https://acme.example"
    assert paths.config_file.stat().st_mode & 0o777 == 0o600


def test_a_second_profile_leaves_comments_order_and_default_alone(
    paths: Paths, write_config: Write
) -> None:
    path = write_config(MINE)

    save_profile(paths, "new", {"url": "https://new.example"})

    assert path.read_text().startswith(MINE.rstrip())
    settings = load_settings(paths)
    assert list(settings.profiles) == ["acme", "new"]
    assert settings.default_profile == ""


def test_a_changed_profile_keeps_what_is_not_named(paths: Paths, write_config: Write) -> None:
    path = write_config(MINE + "read_only = true\n")

    save_profile(paths, "acme", {"url": "https://b.example", "key_command": None, "demo": None})

    acme = load_settings(paths).profiles["acme"]
    assert (acme.url, acme.read_only, acme.key_command) == ("https://b.example", True, ())
    assert "# the old account" in path.read_text()


def test_a_setting_is_saved_at_the_top(paths: Paths, write_config: Write) -> None:
    path = write_config(MINE)

    save_setting(paths, "theme", "light")

    assert load_settings(paths).theme == "light"
    assert "fill = 5  # few" in path.read_text()
    assert list(load_settings(paths).profiles) == ["acme"]


def test_a_removed_profile_is_gone_and_no_default_any_more(paths: Paths) -> None:
    save_profile(paths, "acme", {"url": "https://acme.example"})
    save_profile(paths, "new", {"url": "https://new.example"})

    remove_profile(paths, "acme")

    settings = load_settings(paths)
    assert list(settings.profiles) == ["new"]
    assert settings.default_profile == ""


def test_a_linked_file_stays_a_link(paths: Paths, tmp_path: Path) -> None:
    paths.config.mkdir(parents=True)
    (tmp_path / "dotfiles.toml").write_text(MINE)
    paths.config_file.symlink_to(tmp_path / "dotfiles.toml")

    save_setting(paths, "theme", "light")

    assert paths.config_file.is_symlink()
    assert "theme" in (tmp_path / "dotfiles.toml").read_text()


def test_a_broken_file_is_not_touched(paths: Paths, write_config: Write) -> None:
    path = write_config("fill = \n")

    with pytest.raises(ConfigError, match="line 1: this is not TOML"):
        save_setting(paths, "theme", "light")

    assert path.read_text() == "fill = \n"
