from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from csc_tui.config.paths import Paths
from csc_tui.config.refusal import ConfigError
from csc_tui.config.settings import Profile, Settings, load_settings, settings_table

Write = Callable[[str], Path]


def test_without_a_file_the_defaults_hold(paths: Paths) -> None:
    settings = load_settings(paths)

    assert settings == Settings()
    assert settings.fill == 25_000


def test_everything_that_can_be_set(paths: Paths, write_config: Write) -> None:
    write_config(
        """
default_profile = "acme"
theme = "light"
glyphs = "ascii"
country = "AT"
fill = 0

[keys]
"record.edit" = "E"
list.open = ["enter", "l"]
help = []

[profiles.acme]
url = "https://acme.centralstationcrm.net"
read_only = true
fill = 7
key_command = ["pass", "show", "crm"]
ca_file = "ca.pem"
client_cert = "me.pem"
client_key = "me.key"
proxy = "http://proxy.example:3128"

[profiles.b]
backend = "concord"
url = "https://crm.example.org"
"""
    )

    settings = load_settings(paths)

    assert settings.default_profile == "acme"
    assert (settings.theme, settings.glyphs, settings.country) == ("light", "ascii", "AT")
    assert settings.fill == 0
    assert settings.keys == {"record.edit": ("E",), "list.open": ("enter", "l"), "help": ()}
    assert list(settings.profiles) == ["acme", "b"]
    assert settings.profiles["acme"] == Profile(
        url="https://acme.centralstationcrm.net",
        read_only=True,
        fill=7,
        key_command=("pass", "show", "crm"),
        ca_file="ca.pem",
        client_cert="me.pem",
        client_key="me.key",
        proxy="http://proxy.example:3128",
    )
    assert settings.profiles["b"].backend == "concord"


ACME = '[profiles.acme]\nurl = "https://a.example"\n'


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("fill = 1\n\nthems = 'x'\n", 3, "thems is not a setting. Known here: default_profile"),
        (f"{ACME}raed_only = true\n", 3, "profiles.acme.raed_only is not a setting"),
        (f"{ACME}[profiles.acme.tls]\n", 3, "profiles.acme.tls is not a setting"),
        ("# note\nfill = 'many'\n", 2, "fill must be a whole number"),
        ("fill = true\n", 1, "fill must be a whole number"),
        ("fill = -1\n", 1, "fill must be from 0 to 1,000,000"),
        (f"{ACME}read_only = 1\n", 3, "profiles.acme.read_only must be true or false"),
        (f"{ACME}key_command = 'pass show'\n", 3, "must be a list of texts in quotes"),
        (f"{ACME}key_command = [\n 'pass',\n 1,\n]\n", 3, "must be a list of texts in quotes"),
        (f"{ACME}backend = 'salesforce'\n", 3, "must be one of: centralstation, concord"),
        (f"{ACME}proxy = 'socks4://x'\n", 3, "proxy must look like http://proxy.example:3128."),
        ("theme = 3\n", 1, "theme must be a text in quotes"),
        ("country = 'Germany'\n", 1, "country must look like DE."),
        ("profiles = 3\n", 1, "profiles must be a table"),
        ("[profiles]\nacme = 3\n", 2, "profiles.acme must be a table"),
        ("[profiles.'../x']\nurl = 'https://a.example'\n", 1, "cannot be a profile’s name"),
        ("[profiles.a]\nread_only = true\n", 1, "the profile a has no url"),
        ("default_profile = 'b'\n", 1, "names the profile b, which the file does not describe"),
        ("[keys]\nhelp = 3\n", 2, "keys.help must be a key in quotes, or a list of them"),
        ("fill = 1\nfill = 2\n", 2, "this is not TOML"),
        ("fill = 1\n\n[profiles\n", 3, "this is not TOML"),
        ("fill = [\n", 1, "this is not TOML"),
        ("a = " + "[" * 5000, 1, "this is not TOML"),
    ],
)
def test_a_mistake_names_file_line_and_path(
    paths: Paths, write_config: Write, text: str, line: int, words: str
) -> None:
    path = write_config(text)

    with pytest.raises(ConfigError) as caught:
        load_settings(paths)

    assert str(caught.value).startswith(f"{path}, line {line}: ")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.code == 2


def test_a_file_that_is_not_utf8_names_the_line(paths: Paths, write_config: Write) -> None:
    write_config("").write_bytes(b"fill = 1\ntheme = '\xfc'\n")

    with pytest.raises(ConfigError, match="line 2: this is not UTF-8"):
        load_settings(paths)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(
    paths: Paths, write_config: Write
) -> None:
    write_config("").write_bytes(b"\xef\xbb\xbffill = 5\r\ntheme = 'light'\r\n")

    assert load_settings(paths).fill == 5


def test_a_folder_in_the_place_of_the_file_is_said(paths: Paths) -> None:
    paths.config_file.mkdir(parents=True)

    with pytest.raises(ConfigError, match=r"config\.toml"):
        load_settings(paths)


def test_the_table_for_the_readme_has_every_setting_with_its_meaning() -> None:
    table = settings_table()

    for one in (*fields(Settings)[:5], *fields(Profile)):
        assert f"{one.name}` |" in table
        assert one.metadata["doc"] in table
    assert "| `fill` | `25000` | How many records" in table
    assert '| `profiles.NAME.backend` | `"centralstation"` | Which CRM' in table
