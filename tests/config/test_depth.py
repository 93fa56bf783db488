"""Themes in as many colours as a terminal has: still readable, still apart."""

from __future__ import annotations

import pytest
from rich.color import Color, ColorSystem

from csc_tui.config.colour import contrast
from csc_tui.config.depth import palette, reduced
from csc_tui.config.paths import Paths
from csc_tui.config.terminal import Depth, can_show, depth_of
from csc_tui.config.theme import READABLE, Theme, load_theme, shipped_folder
from csc_tui.ui.paint import Role, Run
from csc_tui.ui.theme import paint_of

NAMES = sorted(path.stem for path in shipped_folder().glob("*.toml"))

DRAWN = {
    "xterm": [
        "#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5",
        "#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff",
    ],
    "linux": [
        "#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa",
        "#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff",
    ],
}  # fmt: skip
"""The sixteen as two terminals draw them; nearly all others lie near one of these."""

SYSTEMS = {
    Depth.TRUE: ColorSystem.TRUECOLOR,
    Depth.PALETTE: ColorSystem.EIGHT_BIT,
    Depth.SIXTEEN: ColorSystem.STANDARD,
}


def drawn(colour: str, depth: Depth, sixteen: list[str]) -> str | None:
    """What a terminal draws for a theme's colour; None for its own text or ground."""
    sent = Color.parse(colour.removeprefix("ansi_")).downgrade(SYSTEMS[depth])
    if sent.is_default:
        return None
    if sent.number is None:
        assert sent.triplet is not None
        return sent.triplet.hex
    if sent.number < 16:
        return sixteen[sent.number]
    return next((text for text, number in palette().items() if number == sent.number), None)


@pytest.mark.parametrize("terminal", DRAWN)
@pytest.mark.parametrize("depth", Depth)
@pytest.mark.parametrize("name", NAMES)
def test_every_text_can_be_read_on_every_ground_as_it_is_drawn(
    paths: Paths, name: str, depth: Depth, terminal: str
) -> None:
    theme = reduced(load_theme(paths, name), depth)
    known = 0
    for words, *colours in theme.pairs():
        text, ground = (drawn(colour, depth, DRAWN[terminal]) for colour in colours)
        if text is not None and ground is not None:  # else the terminal's own, which is its user's
            known += 1
            assert contrast(text, ground) >= READABLE, words
    assert known == len(theme.pairs()) or name == "terminal"


@pytest.mark.parametrize("depth", Depth)
@pytest.mark.parametrize("name", NAMES)
def test_no_other_pair_is_ever_painted(paths: Paths, name: str, depth: Depth) -> None:
    theme = reduced(load_theme(paths, name), depth)
    pairs = {(text.removeprefix("ansi_"), ground.removeprefix("ansi_"))
             for _, text, ground in theme.pairs()}  # fmt: skip
    paint = paint_of(theme)
    for role in Role:
        (segment,) = paint.strip([Run("x", role)], 1)
        style = segment.style
        assert style is not None
        if style.color is None:
            assert theme.monochrome or style.reverse
            continue
        if role is Role.CODE:
            continue  # black on white, whatever the theme
        ground = style.bgcolor.name if style.bgcolor else "default"
        assert (style.color.name, ground) in pairs, role


@pytest.mark.parametrize("name", NAMES)
def test_grounds_that_differ_still_differ_in_256_colours(paths: Paths, name: str) -> None:
    full = load_theme(paths, name)
    fewer = reduced(full, Depth.PALETTE)
    roles = ("background", "bar", "field", "cursor", "selection")
    for one in roles:
        for other in roles:
            apart = getattr(full, one) != getattr(full, other)
            sent = [
                drawn(getattr(fewer, role), Depth.PALETTE, DRAWN["xterm"]) for role in (one, other)
            ]
            assert (sent[0] != sent[1]) is apart or full.ansi, (one, other)


def test_neighbouring_dark_shades_of_a_users_theme_stay_apart() -> None:
    theme = Theme(
        "mine", background="#101216", foreground="#e0e0e0", accent="#80b0e0", muted="#a0a0a0",
        warning="#d0b050", error="#f08080", success="#80c080", bar="#111318", bar_text="#e0e0e0",
        cursor="#80b0e0", cursor_text="#101216", field="#12151a", selection="#303840",
        selection_text="#ffffff",
    )  # fmt: skip

    fewer = reduced(theme, Depth.PALETTE)

    sent = {drawn(one, Depth.PALETTE, []) for one in (fewer.background, fewer.bar, fewer.field)}
    assert len(sent) == 3


def test_all_that_a_reduced_theme_names_is_in_the_palette(paths: Paths) -> None:
    for name in ("dark", "light", "harbour"):
        fewer = reduced(load_theme(paths, name), Depth.PALETTE)
        for _, *colours in fewer.pairs():
            for colour in colours:
                sent = Color.parse(colour).downgrade(ColorSystem.EIGHT_BIT)
                assert sent.number in palette().values()


def test_true_colours_and_the_terminals_own_are_left_as_they_are(paths: Paths) -> None:
    for name in NAMES:
        theme = load_theme(paths, name)
        assert reduced(theme, Depth.TRUE) is theme
    for name in ("terminal", "monochrome"):
        theme = load_theme(paths, name)
        assert all(reduced(theme, depth) is theme for depth in Depth)


@pytest.mark.parametrize(
    ("env", "depth"),
    [
        ({"TERM": "xterm"}, Depth.SIXTEEN),
        ({"TERM": "linux"}, Depth.SIXTEEN),
        ({}, Depth.SIXTEEN),
        ({"TERM": "xterm-256color"}, Depth.PALETTE),
        ({"TERM": "xterm-256color", "SSH_CONNECTION": "x"}, Depth.PALETTE),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, Depth.TRUE),
        ({"TERM": "xterm", "COLORTERM": " 24bit"}, Depth.TRUE),
        ({"TERM": "xterm-256color", "COLORTERM": "yes"}, Depth.PALETTE),
        ({"TERM": "xterm-kitty", "SSH_TTY": "/dev/pts/1"}, Depth.TRUE),
        ({"TERM": "alacritty"}, Depth.TRUE),
        ({"TERM": "foot-extra"}, Depth.TRUE),
        ({"TERM": "xterm-ghostty"}, Depth.TRUE),
        ({"TERM": "xterm-direct"}, Depth.TRUE),
        ({"TERM": "screen", "TMUX": "/tmp/tmux-0/default,1,0"}, Depth.PALETTE),
        ({"TERM": "tmux-256color", "TMUX": "x", "COLORTERM": "truecolor"}, Depth.TRUE),
        ({"TERM": "screen", "STY": "1.pts", "COLORTERM": "truecolor"}, Depth.SIXTEEN),
        ({"TERM": "screen.xterm-256color", "STY": "1", "COLORTERM": "truecolor"}, Depth.PALETTE),
    ],
)
def test_what_a_terminal_says_of_its_colours(env: dict[str, str], depth: Depth) -> None:
    assert depth_of(env) is depth


@pytest.mark.parametrize("term", ["", "dumb", "unknown", "vt52", "vt100", "vt220", "emacs"])
def test_what_cannot_show_a_screen(term: str) -> None:
    assert not can_show({"TERM": term})
    assert not can_show({})


@pytest.mark.parametrize("term", ["xterm", "linux", "screen", "tmux-256color", "rxvt", "st"])
def test_what_can(term: str) -> None:
    assert can_show({"TERM": term})
