"""The line at the bottom where a word is typed: search, jump, a name to confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.glyphs import glyphs, harmless
from csc_tui.ui.paint import Line, Role, Run

if TYPE_CHECKING:
    from collections.abc import Callable

CARET = "▏"
"""Where the next letter goes."""


class Prompt:
    """A short text that is typed at its end."""

    def __init__(self, sign: str, text: str = "", beside: Callable[[], str] = str) -> None:
        """`sign` stands before the text: `/`, `,`; what `beside` gives, behind it."""
        self.sign = sign
        self.text = text
        self._beside = beside
        self.typing = True
        """Whether keys go into it."""

    def typed(self, key: str) -> bool:
        """Take a key: a character or `backspace`; False if it is neither."""
        if key == "backspace":
            self.text = "".join(glyphs(self.text)[:-1])
        elif key == "space":
            self.text += " "
        elif len(key) == 1 and key.isprintable():
            self.text += key
        else:
            return False
        return True

    def pasted(self, text: str) -> None:
        """Take a paste: its first line."""
        self.text += harmless(text.splitlines()[0]) if text else ""

    def clear(self) -> None:
        """Begin anew."""
        self.text = ""

    def line(self) -> Line:
        """As the message line shows it."""
        caret = CARET if self.typing else ""
        typed = Run(f" {self.sign}{harmless(self.text)}{caret}", Role.TEXT)
        beside = self._beside()
        return (typed, Run(f"  {beside}", Role.MUTED)) if beside else (typed,)
