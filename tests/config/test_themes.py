from __future__ import annotations

from pathlib import Path

import pytest

from csc_tui.config.colour import contrast
from csc_tui.config.paths import Paths
from csc_tui.config.refusal import ConfigError
from csc_tui.config.theme import (
    READABLE,
    Theme,
    default_theme,
    load_theme,
    load_themes,
    shipped_folder,
)

NAMES = sorted(path.stem for path in shipped_folder().glob("*.toml"))
FEW = 'background = "#303030"\nforeground = "#707070"\naccent = "#405060"\n'


def user_theme(paths: Paths, name: str, text: str) -> Path:
    paths.themes.mkdir(parents=True, exist_ok=True)
    path = paths.themes / f"{name}.toml"
    path.write_text(text)
    return path


def test_the_kinds_that_are_promised_are_there(paths: Paths) -> None:
    themes, broken = load_themes(paths)

    assert broken == []
    assert len(themes) >= 7
    assert themes["dark"].dark
    assert not themes["light"].dark
    assert themes["contrast-dark"].dark
    assert not themes["contrast-light"].dark
    assert themes["terminal"].ansi
    assert themes["terminal"].background == "ansi_default"
    assert themes["monochrome"].monochrome
    assert all(theme.builtin for theme in themes.values())


@pytest.mark.parametrize("name", NAMES)
def test_every_text_can_be_read_on_every_ground(paths: Paths, name: str) -> None:
    theme = load_theme(paths, name)

    pairs = theme.pairs()

    assert len(pairs) > 10
    if not theme.ansi:
        bad = [pair for pair in pairs if contrast(pair[1], pair[2]) < READABLE]
        assert bad == []


@pytest.mark.parametrize("name", ["contrast-dark", "contrast-light"])
def test_high_contrast_is_higher(paths: Paths, name: str) -> None:
    assert all(contrast(text, ground) >= 7 for _, text, ground in load_theme(paths, name).pairs())


def test_the_monochrome_theme_knows_two_colours(paths: Paths) -> None:
    colours = {value for pair in load_theme(paths, "monochrome").pairs() for value in pair[1:]}

    assert colours == {"#000000", "#ffffff"}


def test_contrast_is_reckoned_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


def test_three_colours_are_enough_and_the_rest_is_derived_readable(paths: Paths) -> None:
    user_theme(paths, "fog", FEW.replace("#707070", "#e0e0e0"))

    theme = load_theme(paths, "fog")

    assert theme.dark
    assert not theme.builtin
    derived = [pair for pair in theme.pairs() if "accent" not in pair[0]]
    assert all(contrast(text, ground) >= READABLE for _, text, ground in derived)


def test_sixteen_colours_are_taken_by_name(paths: Paths) -> None:
    user_theme(
        paths, "mine", 'ansi = true\nbackground="default"\nforeground="white"\naccent="bright_blue"'
    )

    theme = load_theme(paths, "mine")

    assert theme.accent == theme.cursor == "ansi_bright_blue"
    assert theme.error == "ansi_red"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (FEW + 'backgruond = "#000000"\n', "line 4: backgruond is not a setting"),
        (FEW + 'muted = "grey"\n', "line 4: muted must be a colour like #1f2430"),
        (FEW + "muted = 3\n", "line 4: muted must be a text in quotes"),
        (FEW + "ansi = true\n", "line 1: background must be default or a terminal colour"),
        ('background = "#000000"\n', "a theme needs foreground"),
        ("background = \n", "line 1: this is not TOML"),
    ],
)
def test_a_broken_theme_is_named_with_its_line_and_skipped(
    paths: Paths, text: str, words: str
) -> None:
    path = user_theme(paths, "mine", text)

    themes, broken = load_themes(paths)

    assert "mine" not in themes
    assert "dark" in themes
    assert len(broken) == 1
    assert broken[0].startswith(f"{path}, line ")
    assert words in broken[0]


def test_the_users_theme_goes_before_ours_and_ours_stands_in_for_a_broken_one(
    paths: Paths,
) -> None:
    path = user_theme(paths, "dark", FEW)
    assert load_theme(paths, "dark").background == "#303030"

    path.write_text("broken")
    themes, broken = load_themes(paths)
    assert themes["dark"].builtin
    assert len(broken) == 1


@pytest.mark.parametrize("name", ["nope", "../config", "/etc/passwd", ""])
def test_an_unknown_theme_is_refused_with_those_there_are(paths: Paths, name: str) -> None:
    with pytest.raises(ConfigError, match="Known: contrast-dark, contrast-light, dark"):
        load_theme(paths, name)


def test_no_color_asks_for_no_colours() -> None:
    assert default_theme({}) == "dark"
    assert default_theme({"NO_COLOR": ""}) == "dark"
    assert default_theme({"NO_COLOR": "1"}) == "monochrome"


def test_a_theme_needs_no_toolkit() -> None:
    assert Theme.__module__ == "csc_tui.config.theme"
    assert {type(getattr(Theme("x"), name)) for name in ("background", "cursor")} == {str}
