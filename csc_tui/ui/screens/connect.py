"""Connecting an account: address and key, tried with one request before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.config.refusal import ConfigError
from csc_tui.config.settings import BACKENDS, VENDORS
from csc_tui.domain.errors import CrmError, Unauthorized
from csc_tui.glyphs import fit, harmless, width, wrap
from csc_tui.sentences import explain_connecting
from csc_tui.ui.commands.command import Place
from csc_tui.ui.forms.layout import INDENT, LABEL, NOTES, box_cells
from csc_tui.ui.forms.text import TYPING, TextBox
from csc_tui.ui.frame import Frame
from csc_tui.ui.paint import Role, Run, plain, spread
from csc_tui.ui.widgets.canvas import Canvas
from csc_tui.words import say

if TYPE_CHECKING:
    from textual import events
    from textual.widget import Widget
    from textual.worker import Worker

    from csc_tui.ui.paint import Line
    from csc_tui.ui.welcome_app import WelcomeApp

FIELDS = ("name", "address", "key")
"""In their order on the screen."""
HIDDEN = "•"
"""Stands for each letter of the key."""

_PLACES = {"config.name-bad": 0, "config.key-empty": 2, "config.key-bad": 2}
"""Sentence -> number of the field that it is about; all others are about the address."""


class ConnectScreen(Frame):
    """Name, address, key."""

    place = Place.FORM

    def __init__(self, program: WelcomeApp, number: int) -> None:
        """`number`: of the choice on the welcome screen, 1 being the demo."""
        super().__init__()
        self._program = program
        self._number = number
        self._boxes = [TextBox() for _ in FIELDS]
        self._at = 0
        self._problem = ""
        self._asking: Worker[None] | None = None
        self._canvas = Canvas(id="connect")

    def body(self) -> list[Widget]:
        """The fields."""
        return [self._canvas]

    # --- drawing

    def draw(self) -> None:
        """Draw fields, where the key is kept, and what is wrong."""
        if self.too_small or not self.is_mounted:
            return
        columns = self.app.size.width
        cells = box_cells(columns)
        lines: list[Line] = [()] if self.app.size.height >= 16 else []
        for number, name in enumerate(FIELDS):
            lines += self._field(number, name, cells, columns)
        where = say(f"connect.where-{self._number}")
        hints = [where, say("connect.kept", file=f"key.{self._profile}")]
        rows = [row for hint in hints for row in wrap(hint, cells + 2)]
        about = [(), *(plain(" " * INDENT + row, Role.MUTED) for row in rows), ()]
        problem = self._problem_lines(cells + 2, columns - INDENT)
        if not problem or len(lines + about + problem) <= self._canvas.size.height:
            lines += about
        lines += problem
        self._canvas.draw(lines)
        super().draw()

    def _problem_lines(self, cells: int, room: int) -> list[Line]:
        """What is wrong: on one line if there is room, else as wide as the boxes."""
        words = harmless(self._problem)
        if not words:
            return []
        rows = [words] if width(words) <= room else wrap(words, cells)
        return [
            plain(("" if number else "!").ljust(INDENT) + row, Role.BAD)
            for number, row in enumerate(rows)
        ]

    def _field(self, number: int, name: str, cells: int, columns: int) -> list[Line]:
        """One field: cursor, label, box, and for the name what it is of."""
        here = number == self._at
        box = self._boxes[number]
        if name == "key":
            text, at = HIDDEN * len(box.text), len(box.text[: box.cursor])
            box = TextBox(text)
            box.cursor = at
        words = fit(say(f"connect.field-{name}"), LABEL)
        label = Run(f"{'›' if here else ' '} {words}", Role.HEAD)
        shown = box.shown(cells, 1, focus=here)[0]
        note = f" {say('connect.of')}" if name == "name" and columns >= NOTES else ""
        return [(label, Run("["), *shown, Run(f"]{note}"))]

    @property
    def _backend(self) -> str:
        return BACKENDS[self._number - 2]

    @property
    def _profile(self) -> str:
        """The profile's name as it is or would be."""
        typed = self._boxes[0].text.strip()
        return typed or self._program.doors.suggested_name(self._boxes[1].text) or "…"

    def trail(self) -> list[str]:
        """From the welcome screen."""
        return [*self.shell.trail_words(self), say(f"command.welcome.{self._number}")]

    def waiting_words(self) -> str:
        """That the CRM is being asked."""
        return say("connect.asking") if self._asking is not None else ""

    def idle_words(self) -> str:
        """What happens when."""
        return say("connect.unsaved")

    def status_line(self, columns: int) -> Line:
        """The two keys."""
        key = self.shell.keymap.of
        words = say("connect.keys", save=key("form.save"), leave=key("form.leave"))
        return spread((), plain(f"{words} "), columns)

    # --- keys

    def typed(self, key: str) -> bool:
        """Text, and the keys of the line one types in; nothing while the CRM is asked."""
        if self._asking is not None:
            return True
        box = self._boxes[self._at]
        if key in ("up", "down"):
            self._go(self._at + (1 if key == "down" else -1))
        elif action := TYPING.get(key):
            action(box)
        elif key == "space" or (len(key) == 1 and key.isprintable()):
            box.insert(" " if key == "space" else key)
        else:
            return False
        self.draw()
        return True

    def on_paste(self, event: events.Paste) -> None:
        """A paste is text; blanks and line ends round it go."""
        event.stop()
        if self._asking is None:
            self._boxes[self._at].insert(event.text.strip())
            self.draw()

    def _go(self, to: int) -> None:
        self._at = to % len(FIELDS)
        self._boxes[self._at].to_end()
        self.draw()

    def do_form_next(self) -> None:
        """The next field."""
        self._go(self._at + 1)

    def do_form_previous(self) -> None:
        """The field before."""
        self._go(self._at - 1)

    def do_form_enter(self) -> None:
        """The next field; behind the last one: check and save."""
        if self._at == len(FIELDS) - 1:
            self.do_form_save()
        else:
            self.do_form_next()

    def do_form_clear(self) -> None:
        """Clear to the start of the line."""
        self._boxes[self._at].clear_to_start()
        self.draw()

    def do_form_undo(self) -> None:
        """Take back typing."""
        self._boxes[self._at].undo()
        self.draw()

    def do_form_redo(self) -> None:
        """Do it again."""
        self._boxes[self._at].redo()
        self.draw()

    def do_form_leave(self) -> None:
        """Break off asking, else back to the welcome screen."""
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
            self.draw()
            return
        self.app.pop_screen()

    def do_form_save(self) -> None:
        """Ask the CRM; if it says yes, save and open the account."""
        if self._asking is None:
            self._problem = ""
            self._asking = self.run_worker(self._ask(), exclusive=True)
            self.draw()

    async def _ask(self) -> None:
        name, address, key = (box.text.strip() for box in self._boxes)
        try:
            opened = await self._program.doors.connect(self._backend, name, address, key)
        except ConfigError as error:
            bad = error.word == "config.url-http"
            self._refused(
                say("connect.not-https") if bad else str(error), _PLACES.get(error.word, 1)
            )
        except CrmError as error:
            words = explain_connecting(error, crm=VENDORS[self._backend])
            self._refused(words, 2 if isinstance(error, Unauthorized) else 1)
        else:
            self._program.open(opened)

    def _refused(self, words: str, at: int) -> None:
        """Say why not, with the text left as it is."""
        self._asking = None
        self._problem = words
        self._go(at)
