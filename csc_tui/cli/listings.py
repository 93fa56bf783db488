"""What is there: profiles, keys, themes, paths."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from csc_tui.cli.exits import OK
from csc_tui.cli.output import complain, put, put_table
from csc_tui.config.paths import Paths
from csc_tui.config.refusal import ConfigError
from csc_tui.config.settings import load_settings
from csc_tui.words import say


def show_profiles(paths: Paths, env: Mapping[str, str]) -> int:
    """`csc-tui profiles`: name, address, CRM, where the key comes from; `*` marks the default."""
    settings = load_settings(paths)
    if not settings.profiles:
        put(say("cli.profiles.none"))
        return OK
    rows = []
    for name, one in settings.profiles.items():
        kept = "command" if one.key_command else "file"
        if kept == "file" and not paths.key_file(name).exists():
            kept = "missing"
        mark = "*" if name == settings.default_profile else " "
        notes = [say(f"cli.profiles.key-{kept}")]
        notes += [say("cli.profiles.read-only")] if one.read_only else []
        rows.append((f"{mark} {name}", one.url, one.backend, ", ".join(notes)))
    put_table(rows)
    return OK


def show_keys(paths: Paths, env: Mapping[str, str]) -> int:
    """`csc-tui keys`: where, keys, command id, title; the user's own keys among them."""
    from csc_tui.ui.commands.keymap import KeymapError, key_table

    try:
        put_table(key_table(load_settings(paths).keys))
    except KeymapError as error:
        raise ConfigError("config.keys", file=paths.config_file, why=error) from None
    return OK


def show_themes(paths: Paths, env: Mapping[str, str]) -> int:
    """`csc-tui themes`: names, `*` at the one in use; a broken one is a line on stderr."""
    from csc_tui.config.theme import default_theme, load_themes

    chosen = load_settings(paths).theme or default_theme(env)
    themes, broken = load_themes(paths)
    put_table(
        (
            f"{'*' if name == chosen else ' '} {name}",
            theme.title,
            "" if theme.builtin else str(paths.themes / f"{name}.toml"),
        )
        for name, theme in themes.items()
    )
    for sentence in broken:
        complain(sentence)
    return OK


def show_paths(paths: Paths, env: Mapping[str, str]) -> int:
    """`csc-tui paths`: the four folders."""
    kinds = ("config", "data", "state", "cache")
    put_table((kind, str(getattr(paths, kind))) for kind in kinds)
    return OK


LISTINGS: dict[str, Callable[[Paths, Mapping[str, str]], int]] = {
    "profiles": show_profiles,
    "keys": show_keys,
    "themes": show_themes,
    "paths": show_paths,
}
"""Command -> what prints it."""
