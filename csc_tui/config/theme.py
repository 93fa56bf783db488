"""Themes: a few colours in a TOML file, the rest derived from them. Plain texts, no toolkit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from csc_tui.config.colour import best_on, contrast, luminance, mix, readable
from csc_tui.config.paths import Paths
from csc_tui.config.refusal import ConfigError
from csc_tui.config.toml_file import Source, read_settings, read_toml, setting

READABLE = 4.5
"""The least contrast of text on its ground (WCAG 2, level AA)."""

_RGB = r"#[0-9a-f]{6}"
_ANSI = r"default|(bright_)?(black|red|green|yellow|blue|magenta|cyan|white)"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
_REQUIRED = ("background", "foreground", "accent")


@dataclass(frozen=True, repr=False, eq=False)  # a start is faster without
class Theme:
    """Every colour that the screen uses: `#rrggbb`, or with `ansi` `ansi_blue`, `ansi_default`."""

    name: str
    """The file's name without `.toml`."""
    title: str = setting("", str, "What it is, in a few words")
    dark: bool = setting(True, bool, "Light text on a dark ground (needed with `ansi` only)")
    ansi: bool = setting(False, bool, "Colours are the terminal's own sixteen, by name")
    monochrome: bool = setting(False, bool, "Nothing is told by colour: reverse, bold, underlined")
    background: str = setting("", str, "The ground")
    foreground: str = setting("", str, "Text")
    accent: str = setting("", str, "What is open, chosen or linked")
    muted: str = setting("", str, "Labels and hints")
    warning: str = setting("", str, "What waits or is uncertain")
    error: str = setting("", str, "What failed")
    success: str = setting("", str, "What was saved")
    bar: str = setting("", str, "Ground of the first and last lines")
    bar_text: str = setting("", str, "Text on it")
    cursor: str = setting("", str, "Ground of the row with the cursor")
    cursor_text: str = setting("", str, "Text on it")
    field: str = setting("", str, "Ground of a text field")
    selection: str = setting("", str, "Ground of marked text in a field")
    selection_text: str = setting("", str, "Text on it")
    builtin: bool = False
    """Whether it came with the program."""

    @staticmethod
    def texts() -> tuple[tuple[str, ...], ...]:
        """Every text with the grounds that it may stand on: (text, ground, ...), by their names."""
        marks = ("accent", "warning", "error", "success")
        return (
            ("foreground", "background", "field"),
            ("muted", "background", "bar", "field"),
            *((role, "background", "bar") for role in marks),
            ("bar_text", "bar"),
            ("cursor_text", "cursor"),
            ("selection_text", "selection"),
        )

    def pairs(self) -> tuple[tuple[str, str, str], ...]:
        """Every text on every ground that it may stand on: (words for it, text, ground)."""
        return tuple(
            (f"{text} on {ground}", getattr(self, text), getattr(self, ground))
            for text, *grounds in self.texts()
            for ground in grounds
        )

    def recoloured(self, colours: Mapping[str, Any], *, ansi: bool = False) -> Theme:
        """The same theme with other colours, by their roles."""
        return replace(self, ansi=ansi or self.ansi, **colours)


GROUNDS = ("background", "bar", "field", "cursor", "selection")
"""The roles that text stands on."""

_COLOURS = tuple(one.name for one in fields(Theme) if one.metadata.get("kind") is str)[1:]
"""The fields that hold a colour: all texts but the title."""


def default_theme(env: Mapping[str, str]) -> str:
    """The theme where none is named: `dark`, or `monochrome` where NO_COLOR asks for it."""
    return "monochrome" if env.get("NO_COLOR") else "dark"


def load_theme(paths: Paths, name: str) -> Theme:
    """The theme `name`, the user's before ours; ConfigError if unknown or broken (file, line)."""
    if _NAME.fullmatch(name):
        for folder in (paths.themes, shipped_folder()):
            source = read_toml(folder / f"{name}.toml")
            if source is not None:
                return _theme(source, name, builtin=folder != paths.themes)
    raise ConfigError("config.theme-unknown", name=name, known=", ".join(_files(paths)))


def load_themes(paths: Paths) -> tuple[dict[str, Theme], list[str]]:
    """All themes by name, and a sentence for each that is broken and was skipped."""
    themes, broken = {}, []
    for name in _files(paths):
        try:
            themes[name] = load_theme(paths, name)
        except ConfigError as error:
            broken.append(str(error))
            mine = read_toml(shipped_folder() / f"{name}.toml")
            if mine is not None:
                themes[name] = _theme(mine, name, builtin=True)
    return themes, broken


def shipped_folder() -> Path:
    """Where our own themes lie: in the package, in a checkout beside it."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "themes"
    return inside if inside.is_dir() else package.parent / "themes"


def _files(paths: Paths) -> list[str]:
    """The names of all theme files, ours first, in order."""
    ours = sorted(path.stem for path in shipped_folder().glob("*.toml"))
    theirs = sorted(path.stem for path in paths.themes.glob("*.toml"))
    return list(dict.fromkeys((*ours, *theirs)))


def _theme(source: Source, name: str, *, builtin: bool) -> Theme:
    """The theme that a file describes, checked and completed."""
    given: dict[str, Any] = read_settings(Theme, source, ())
    for key in _REQUIRED:
        if not given.get(key):
            raise ConfigError("config.theme-missing", file=source.path, key=key)
    ansi = given.get("ansi", False)
    for key in _COLOURS:
        colour = given.get(key, "").lower()
        if not colour:
            continue
        if not re.fullmatch(_ANSI if ansi else _RGB, colour):
            word = "config.theme-colour-ansi" if ansi else "config.theme-colour"
            raise source.wrong(word, (key,))
        given[key] = f"ansi_{colour}" if ansi else colour
    rest = _ansi_rest(given) if ansi else _rest(given)
    return Theme(**{"name": name, "builtin": builtin, **rest, **given})


def _rest(given: dict[str, str]) -> dict[str, Any]:
    """What a theme of `#rrggbb` does not say, made readable on its grounds."""
    ground, text, accent = given["background"], given["foreground"], given["accent"]
    bar = given.get("bar") or mix(ground, text, 0.08)
    field = given.get("field") or mix(ground, text, 0.06)
    cursor = given.get("cursor") or accent
    selection = given.get("selection") or mix(ground, accent, 0.35)
    ends = (ground, text, "#000000", "#ffffff")
    return {
        "dark": luminance(ground) < luminance(text),
        "muted": readable(mix(text, ground, 0.35), ground, bar, field),
        "warning": readable("#d7a020", ground, bar),
        "error": readable("#e05060", ground, bar),
        "success": readable("#40a860", ground, bar),
        "bar": bar,
        "bar_text": readable(text, bar),
        "field": field,
        "cursor": cursor,
        "cursor_text": best_on(cursor, *ends[:2])
        if max(contrast(cursor, end) for end in ends[:2]) >= READABLE
        else best_on(cursor, *ends),
        "selection": selection,
        "selection_text": best_on(selection, *ends),
    }


def _ansi_rest(given: dict[str, str]) -> dict[str, Any]:
    """What a theme of the terminal's own colours does not say."""
    ground, text = given["background"], given["foreground"]
    return {
        "muted": text,
        "warning": "ansi_yellow",
        "error": "ansi_red",
        "success": "ansi_green",
        "bar": ground,
        "bar_text": text,
        "field": ground,
        "cursor": given["accent"],
        "cursor_text": "ansi_black",
        "selection": given["accent"],
        "selection_text": "ansi_black",
    }
