"""The theme chooser: the screen wears the theme under the cursor at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.config.config_file import save_setting
from csc_tui.config.refusal import ConfigError
from csc_tui.config.theme import load_themes
from csc_tui.glyphs import fit, harmless
from csc_tui.ui.commands.keymap import shown
from csc_tui.ui.screens.menu import MenuScreen
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.config.theme import Theme
    from csc_tui.ui.commands.command import Command
    from csc_tui.ui.shell import Shell

NAME_WIDTH = 16
"""Cells of a theme's name."""

_CAUSE = "themes"


class ThemesScreen(MenuScreen["Theme"]):
    """Themes by name; `⏎` keeps one, `esc` returns to the one before."""

    def __init__(self, program: Shell) -> None:
        """Reads all themes; a broken one of the user's is named in a message and left out."""
        themes, broken = load_themes(program.paths)
        before = program.theme_used
        names = list(themes)
        super().__init__(
            say("themes.title"),
            [(f"{fit(name, NAME_WIDTH)}  {one.title}", one) for name, one in themes.items()],
            self._keep,
            names.index(before.name) if before.name in names else 0,
        )
        self._program = program
        self._before = before
        if broken:
            words = " ".join(broken).replace(f"{program.paths.themes}/", "")
            program.messages.failure(harmless(words), _CAUSE)

    def idle_words(self) -> str:
        """That nothing is kept yet."""
        return say("themes.idle")

    def _footer_words(self, command: Command) -> str:
        return f"{shown(command.keys[0])} {say(f'themes.{command.id}')}" if command.keys else ""

    def moved(self) -> None:
        """Wear the theme under the cursor."""
        self._program.use_theme(self.chosen)

    def _keep(self, theme: Theme) -> None:
        """Use it from now on, and at the next start."""
        program = self._program
        program.messages.mended(_CAUSE)
        program.use_theme(theme)
        try:
            save_setting(program.paths, "theme", theme.name)
        except ConfigError as error:
            program.messages.failure(harmless(str(error)), _CAUSE)
        else:
            program.messages.success(say("themes.kept", name=theme.name))

    def do_pick_close(self) -> None:
        """Back to the theme before."""
        self._program.messages.mended(_CAUSE)
        self._program.use_theme(self._before)
        super().do_pick_close()
