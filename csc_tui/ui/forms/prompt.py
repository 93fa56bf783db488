"""What a form asks in its message line: a field's name, or yes or no."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from csc_tui.glyphs import harmless
from csc_tui.ui.forms.text import CARET, TextBox
from csc_tui.words import say


@dataclass(slots=True)
class Prompt:
    """A question that is open."""

    words: str
    """The key of its words."""
    answered: Callable[[str], None]
    """Called with the typed text, or for a yes with an empty one."""
    box: TextBox | None = None
    """Where the answer is typed; None for yes or no."""
    values: Mapping[str, object] = field(default_factory=dict)
    """What its words are filled with."""
    refused: Callable[[], None] | None = None
    """Called for a no."""
    done: bool = field(default=False)
    """Whether it is to be taken away."""

    @property
    def text(self) -> str:
        """What the message line says."""
        if self.box is None:
            return say(self.words, **self.values)
        return say(self.words, typed=harmless(self.box.text) + CARET)

    def press(self, key: str) -> None:
        """Take a key; all of them, so that none does anything else."""
        if key in ("escape", "ctrl+c"):
            self._no()
        elif self.box is None:
            if key in ("y", "Y"):
                self.done = True
                self.answered("")
            elif key in ("n", "N"):
                self._no()
        elif key == "enter":
            self.done = True
            self.answered(self.box.text)
        elif key == "backspace":
            self.box.backspace()
        elif key == "ctrl+u":
            self.box.clear_to_start()
        elif len(key) == 1 and key.isprintable():
            self.box.insert(key)

    def _no(self) -> None:
        self.done = True
        if self.refused is not None:
            self.refused()
