"""What the user may set in config.toml, each setting declared once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from csc_tui.config.paths import Paths
from csc_tui.config.refusal import ConfigError
from csc_tui.config.toml_file import (
    Source,
    default_of,
    read_settings,
    read_toml,
    setting,
    settings_of,
    wrong_type,
)
from csc_tui.words import say

TYPE_CHECKING = False
"""True for type checkers alone; `typing` itself would cost 10 ms at start."""

if TYPE_CHECKING:
    from typing import Any

VENDORS = {"centralstation": "CentralStationCRM", "concord": "Concord CRM"}
"""The CRMs that a profile may name -> what their makers call them."""

BACKENDS = tuple(VENDORS)

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
"""A profile's name; it becomes part of file names."""

MOST_FILLED = 1_000_000
"""The most records that the store may be told to be filled with."""


@dataclass(frozen=True, repr=False)
class Profile:
    """One account as `[profiles.NAME]` in config.toml describes it; its key lies elsewhere."""

    backend: str = setting(
        "centralstation", str, "Which CRM: `centralstation` or `concord`", choices=BACKENDS
    )
    url: str = setting("", str, "Address of the CRM, up to and without `/api`; `https://`")
    read_only: bool = setting(False, bool, "Nothing is ever written to this account")
    fill: int | None = setting(
        None, int, "As `fill` above, for this account alone", low=0, high=MOST_FILLED
    )
    key_command: tuple[str, ...] = setting(
        (), tuple, "Command (program, arguments) that prints the API key; run without a shell"
    )
    ca_file: str = setting("", str, "PEM file with further certificate authorities to trust")
    client_cert: str = setting("", str, "PEM file with the certificate that this machine shows")
    client_key: str = setting("", str, "PEM file with its key, where `client_cert` has none")
    proxy: str = setting(
        "",
        str,
        "Address of a proxy; `none` for none; empty: what the environment says",
        pattern=r"(none|https?://\S+)?",
        example="http://proxy.example:3128",
    )
    demo: bool = setting(
        False, bool, "The key is a demo's own and opens nothing else, so plain http may carry it"
    )


@dataclass(frozen=True, repr=False)
class Settings:
    """Everything that config.toml says. Frozen: what the command line overrides is a copy."""

    default_profile: str = setting("", str, "Profile that opens when none is named")
    theme: str = setting("", str, "Name of the theme; empty: `dark`, or `monochrome` by NO_COLOR")
    glyphs: str = setting(
        "auto",
        str,
        "`unicode` or `ascii` signs on the screen; `auto`: by the locale, C counts as UTF-8",
        choices=("auto", "unicode", "ascii"),
    )
    clipboard: str = setting(
        "terminal",
        str,
        "Where a copied text goes: to the `terminal`, or `show`n to be selected with the mouse",
        choices=("terminal", "show"),
    )
    links: str = setting(
        "auto",
        str,
        "Whether the value under the cursor is a link (OSC 8): `on`, `off`; `auto`: in terminals "
        "known to have them",
        choices=("auto", "on", "off"),
    )
    scroll: str = setting(
        "auto",
        str,
        "How lists scroll at an edge: by a `line`, which the terminal has to move, or `half-page`",
        choices=("auto", "line", "half-page"),
    )
    country: str = setting(
        "DE",
        str,
        "Country of an address or phone number that names none",
        pattern="[A-Z]{2}",
        example="DE",
    )
    fill: int = setting(
        25_000,
        int,
        "How many records the local store is filled with after the start; 0: none",
        low=0,
        high=MOST_FILLED,
    )
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Command id -> the keys that replace its own; an empty list takes its keys away."""
    profiles: Mapping[str, Profile] = field(default_factory=lambda: MappingProxyType({}))
    """Profile name -> profile, in the file's order."""


def load_settings(paths: Paths) -> Settings:
    """What config.toml says; the defaults where there is none.

    ConfigError naming file, line and exact path for anything that is not understood.
    """
    source = read_toml(paths.config_file)
    if source is None:
        return Settings()
    values = read_settings(Settings, source, (), others=("keys", "profiles"))
    settings = Settings(**values, keys=_keys(source), profiles=_profiles(source))
    wanted = settings.default_profile
    if wanted and wanted not in settings.profiles:
        raise source.wrong("config.default-unknown", ("default_profile",), name=wanted)
    return settings


def _table(source: Source, name: str) -> dict[str, Any]:
    """The table `name` at the top of the file, empty if absent."""
    table = source.table.get(name, {})
    if not isinstance(table, dict):
        raise wrong_type(source, (name,), dict)
    return table


def _keys(source: Source) -> Mapping[str, tuple[str, ...]]:
    """`[keys]`: a key or a list of keys for a command id; which ids exist is not known here.

    An id has dots (`record.edit`), so it is taken quoted or as nested tables alike.
    """
    found: dict[str, tuple[str, ...]] = {}

    def collect(table: dict[str, Any], path: tuple[str, ...]) -> None:
        for key, value in table.items():
            here = (*path, key)
            if isinstance(value, dict):
                collect(value, here)
            elif isinstance(value, str):
                found[".".join(here[1:])] = (value,)
            elif isinstance(value, list) and all(isinstance(one, str) for one in value):
                found[".".join(here[1:])] = tuple(value)
            else:
                raise source.wrong("config.wrong-type", here, wanted=say("config.kind-keys"))

    collect(_table(source, "keys"), ("keys",))
    return MappingProxyType(found)


def _profiles(source: Source) -> Mapping[str, Profile]:
    """`[profiles.NAME]`, each checked; the address itself is checked when it is used."""
    profiles = {}
    for name in _table(source, "profiles"):
        path = ("profiles", name)
        if not NAME.fullmatch(name):
            raise source.wrong("config.profile-name", path, name=name)
        profile = Profile(**read_settings(Profile, source, path))
        if not profile.url:
            raise source.wrong("config.profile-no-url", path, name=name)
        profiles[name] = profile
    return MappingProxyType(profiles)


def check_name(name: str) -> str:
    """`name` if a profile may be called so, else ConfigError."""
    if not NAME.fullmatch(name):
        raise ConfigError("config.name-bad", name=name)
    return name


def settings_table() -> str:
    """README's table of settings in Markdown, made from their declarations."""
    lines = ["| setting | default | meaning |", "|---|---|---|"]
    for prefix, cls in (("", Settings), ("profiles.NAME.", Profile)):
        for one in settings_of(cls):
            default = _toml(default_of(one))
            lines.append(f"| `{prefix}{one.name}` | {default} | {one.metadata['doc']} |")
    lines.append(
        '| `keys."COMMAND.ID"` | | Key, or list of keys, that replaces the command’s own |'
    )
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    """A default as it would be written in the file, in backticks; nothing for none."""
    if value is None or value == "" or value == ():
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value}`" if isinstance(value, int) else f'`"{value}"`'
