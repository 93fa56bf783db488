"""What every question over the screen below shares: it shines through, and no key comes too early.

Keys that were typed before the question was painted were typed for something else.
"""

from __future__ import annotations

from textual import events

from csc_tui.ui.commands.command import Command, Place
from csc_tui.ui.frame import Frame


class Asking(Frame):
    """A question; `⏎` says yes. Subclasses say what is asked and what the keys do."""

    DEFAULT_CSS = """
    Asking > #message { position: absolute; }
    Asking > #status { position: absolute; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.styles.background = "transparent"
        self._painted_at: float | None = None
        self.pressed_at = 0.0
        """When the key that is being answered was pressed, as events tell the time."""

    def on_mount(self) -> None:
        """Take keys only once the question stands on the screen."""
        self.call_after_refresh(self._appear)

    def _appear(self) -> None:
        self.draw()
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        self._painted_at = events.Event().time

    def was_read(self, at: float) -> bool:
        """Whether the question stood on the screen at a time: what was typed then answers it."""
        return self._painted_at is not None and at >= self._painted_at

    def draw(self) -> None:
        """Draw the shared lines; the two lowest at their places, for nothing holds them there."""
        if self.too_small or not self.is_mounted:
            return
        last = self.app.size.height - 1
        said = len(self.message_rows(self.app.size.width))
        for name, row in (("message", last - said), ("status", last)):
            self.shared[name].styles.offset = (0, row)
        super().draw()

    def footer(self) -> list[Command]:
        """Yes and no."""
        keys = self.shell.keymap
        found = (keys.find(Place.PICK, "enter"), keys.find(Place.FORM, "escape"))
        return [one for one in found if one is not None]

    async def on_key(self, event: events.Key) -> None:
        """Remember when the key was pressed."""
        self.pressed_at = event.time
        await super().on_key(event)

    def do_form_leave(self) -> None:
        """Leave it; nothing is done."""
        self.app.pop_screen()

    def typed(self, key: str) -> bool:
        """`ctrl+c` is the one key that comes here."""
        self.run_worker(self.shell.do_interrupt())
        return True
