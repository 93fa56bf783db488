"""Themes on the screen: our plain colours as textual's theme and as a style for each role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.filter import LineFilter, Monochrome, NoColor
from textual.theme import Theme as TextualTheme

from csc_tui.ui.paint import Paint, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.color import Color

    from csc_tui.config.theme import Theme


class Colourless(LineFilter):
    """Takes every colour away; bold, reverse and underlined stay, on the terminal's own ground."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments without colours."""
        return [
            Segment(text, style.without_color if style else None, control)
            for text, style, control in segments
        ]


def filters_of(theme: Theme, usual: Sequence[LineFilter]) -> Sequence[LineFilter]:
    """Without colours where the theme has none, as it says where it has: NO_COLOR chose it.

    Textual, whose filters are the `usual` ones, would make both grey, and the terminal's own
    colours black on black.
    """
    if theme.monochrome:
        return [Colourless()]
    return [one for one in usual if not isinstance(one, Monochrome | NoColor)]


def textual_theme(theme: Theme) -> TextualTheme:
    """A theme for textual's own widgets."""
    ground, text = theme.background, theme.foreground
    return TextualTheme(
        name=f"csc-{theme.name}",
        primary=theme.accent,
        secondary=theme.accent,
        accent=theme.accent,
        warning=theme.warning,
        error=theme.error,
        success=theme.success,
        foreground=text,
        background=ground,
        surface=theme.field,
        panel=theme.bar,
        boost=ground,
        dark=theme.dark,
        ansi=theme.ansi,
        variables={
            "ansi-background": ground,
            "ansi-foreground": text,
            "footer-background": theme.bar,
            "footer-foreground": theme.bar_text,
            "block-cursor-foreground": theme.cursor_text,
            "block-cursor-background": theme.cursor,
            "input-cursor-background": text,
            "input-cursor-foreground": ground,
            "input-selection-background": theme.selection,
            "input-selection-foreground": theme.selection_text,
        },
    )


_CODE, _CODE_NAMES = ("#000000", "#ffffff"), ("ansi_black", "ansi_bright_white")
"""Text and ground of a QR code, and their names among a terminal's own colours."""


def paint_of(theme: Theme) -> Paint:
    """The style of each role."""
    if theme.monochrome:
        return Paint(
            {
                Role.TEXT: Style(),
                Role.MUTED: Style(),
                Role.HEAD: Style(bold=True),
                Role.STRONG: Style(bold=True),
                Role.TAB: Style(bold=True),
                Role.CURSOR: Style(reverse=True),
                Role.GOOD: Style(),
                Role.BAD: Style(bold=True),
                Role.WARN: Style(bold=True),
                Role.BOX: Style(underline=True),
                Role.CODE: Style(),
            }
        )

    on_own = theme.background == "ansi_default"

    def style(colour: str, ground: str = "", *, bold: bool = False) -> Style:
        ground = ground or ("" if on_own else theme.background)
        return Style(
            color=_rich(colour), bgcolor=_rich(ground) if ground else None, bold=bold or None
        )

    cursor = Style(reverse=True) if on_own else style(theme.cursor_text, ground=theme.cursor)
    return Paint(
        {
            Role.TEXT: style(theme.foreground),
            Role.MUTED: style(theme.muted),
            Role.HEAD: style(theme.accent),
            Role.STRONG: style(theme.foreground, bold=True),
            Role.TAB: style(theme.accent, bold=True),
            Role.CURSOR: cursor,
            Role.GOOD: style(theme.success),
            Role.BAD: style(theme.error, bold=True),
            Role.WARN: style(theme.warning),
            Role.BOX: style(theme.foreground, ground=theme.field),
            Role.CODE: style(*_CODE_NAMES) if theme.ansi else style(*_CODE),
        }
    )


def _rich(colour: str) -> str:
    """A colour as rich names it: `#rrggbb`, `blue`, `default`."""
    return colour.removeprefix("ansi_")
