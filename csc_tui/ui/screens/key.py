"""The key was refused: another one is asked for, tried, and what waited goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.widget import Widget

from csc_tui.config.refusal import ConfigError
from csc_tui.domain.errors import CrmError, OtherAccount
from csc_tui.glyphs import harmless, wrap
from csc_tui.sentences import explain_connecting
from csc_tui.ui.commands.command import Place
from csc_tui.ui.forms.text import CARET, TYPING, TextBox
from csc_tui.ui.frame import Frame
from csc_tui.ui.paint import Line, Role, Run
from csc_tui.ui.widgets.canvas import Canvas
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

BOX = 46
"""Cells of the box."""
INDENT = 17
"""Cells before the sentences."""


class KeyScreen(Frame):
    """One hidden field."""

    place = Place.FORM

    def __init__(self, account: str, why: CrmError, use: Callable[[str], Awaitable[None]]) -> None:
        """`use` tries a key and goes on with it; it raises CrmError for one that is no better."""
        super().__init__()
        self._account = harmless(account)
        self._why = "key.why_other" if isinstance(why, OtherAccount) else "key.why"
        self._use = use
        self._box = TextBox()
        self._problem = ""
        self._trying = False
        self._canvas = Canvas(id="key")

    def body(self) -> list[Widget]:
        """The field."""
        return [self._canvas]

    def draw(self) -> None:
        """Draw the field; of the key only how long it is."""
        if self.too_small or not self.is_mounted:
            return
        dots = "•" * min(len(self._box.text), BOX - 1) + CARET
        lines: list[Line] = [
            (),
            (Run("› "), Run(f"{say('key.label'):15}"), Run(f"[{dots:{BOX}}]", Role.BOX)),
            (),
            *_told(say(self._why, account=self._account), " ", Role.MUTED, self.app.size.width),
        ]
        if self._problem:
            lines += [(), *_told(self._problem, "!", Role.BAD, self.app.size.width)]
        self._canvas.draw(lines)
        super().draw()

    def trail(self) -> list[str]:
        """Whose key it is."""
        return [self._account, say("key.title")]

    def idle_words(self) -> str:
        """What happens meanwhile."""
        return say("key.trying" if self._trying else "key.idle")

    def typed(self, key: str) -> bool:
        """A key of the line one types in."""
        if key == "ctrl+c":
            self.run_worker(self.shell.do_interrupt())
        elif len(key) == 1 and key.isprintable():
            self._box.insert(key)
        elif (action := TYPING.get(key)) is not None:
            action(self._box)
        else:
            return False
        self.draw()
        return True

    def on_paste(self, event: events.Paste) -> None:
        """A pasted key loses the blanks and line ends round it."""
        event.stop()
        self._box.insert(event.text.strip())
        self.draw()

    def do_form_save(self) -> None:
        """Try it."""
        self.run_worker(self._try(), exclusive=True)

    def do_form_enter(self) -> None:
        """Try it."""
        self.do_form_save()

    async def _try(self) -> None:
        text = "".join(self._box.text.split())
        if not text:
            return
        self._trying, self._problem = True, ""
        self.draw()
        try:
            await self._use(text)
        except CrmError as error:
            self._refused(explain_connecting(error))
            return
        except (ConfigError, OSError) as error:
            self._refused(harmless(str(error)))
            return
        self.csc.messages.mended("outbox-paused")
        self.csc.messages.success(say("key.good"))
        if self.on_top:
            self.app.pop_screen()

    def _refused(self, why: str) -> None:
        self._problem, self._trying = why, False
        self.draw()

    def do_form_clear(self) -> None:
        """Begin anew."""
        self._box.clear_to_start()
        self.draw()

    def do_form_leave(self) -> None:
        """Later; what waits stays where it is."""
        self.app.pop_screen()


def _told(text: str, sign: str, role: Role, columns: int) -> list[Line]:
    """A sentence beside the box, wrapped; `sign` in the gutter of its first line."""
    rows = wrap(text, max(columns - INDENT - 2, 10))
    return [
        (Run(sign if number == 0 else " "), Run(f"{'':{INDENT - 1}}{row}", role))
        for number, row in enumerate(rows)
    ]
