"""The question before something is taken back, in the message line of the screen below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.widget import Widget

from csc_tui.domain.change import Verb
from csc_tui.domain.errors import ReadOnly
from csc_tui.glyphs import harmless
from csc_tui.services.entries import State
from csc_tui.services.outbox import OutboxUnusableError
from csc_tui.ui import edit_detail
from csc_tui.ui import edit_words as words
from csc_tui.ui.commands.command import Command, Place
from csc_tui.ui.edit_words import Around
from csc_tui.ui.frame import Frame
from csc_tui.ui.paint import Line, Role, plain
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.services.entries import Edit
    from csc_tui.services.undoing import Undo
    from csc_tui.ui.app import CscApp

KEY = "⏎"
"""What does it; it is not rebound."""


async def ask_undo(app: CscApp) -> None:
    """Say what would be taken back; a delete that is held still is taken back at once."""
    outbox, screen = app.desk.edits, app.screen
    if not isinstance(screen, Frame):
        return
    try:
        undo = await outbox.undoable()
    except OutboxUnusableError:
        screen.hint(say("outbox.unusable"))
        return
    on_its_way = [one for one in outbox.entries() if _sent(one)]
    newest = max((one.number for one in on_its_way), default=0)
    if undo is None or newest > undo.edits[-1].number:
        screen.hint(say("undo.on_its_way" if on_its_way else "undo.nothing"))
    elif not undo.sent and undo.edits[0].held:
        await _take_back(app, undo)
    else:
        app.push_screen(UndoScreen(screen, undo))


def _sent(edit: Edit) -> bool:
    """Whether nobody knows yet what becomes of it: it can neither be stopped nor undone."""
    if edit.state is State.DRAFT or edit.undoes:
        return False
    return edit.state is State.SENDING or edit.sent_at is not None or edit.done


async def _take_back(app: CscApp, undo: Undo) -> None:
    """Take back what has not gone yet."""
    outbox = app.desk.edits
    try:
        gone = [one for edit in undo.edits for one in await outbox.discard_edit(edit.client_id)]
    except OutboxUnusableError:
        app.messages.failure(say("outbox.unusable"), "undo")
        return
    if gone:
        what, title = _told(app, undo)
        app.messages.success(say("undo.taken_back", what=what, title=title))
    else:
        app.messages.failure(say("undo.too_late", key=app.keymap.of("undo")), "undo")
    app.redraw_soon()


def _told(app: CscApp, undo: Undo) -> tuple[str, str]:
    """What was done, and to whom."""
    desk, edit = app.desk, undo.edits[0]
    around = Around(desk.clock.now(), desk.resources, desk.choices(), app.zone)
    title = words.title_of(edit, around)
    if len(undo.edits) > 1:
        return say("undo.several", count=len(undo.edits)), title
    change = edit.change
    if change.parent is None and change.verb is Verb.DELETE:
        return say("undo.delete"), title
    if change.verb is Verb.UPDATE:
        named = [label for label, _, _ in edit_detail.changes(edit, around)]
        if change.parent is not None:
            named = [words.what(edit, around)]
        return say("undo.change", fields=", ".join(named)), title
    if change.parent is None:
        resource = desk.resources[change.ref.resource]
        return say("undo.new", fields=resource.one), title
    key = "undo.new" if change.verb is Verb.CREATE else "undo.delete_part"
    return say(key, fields=words.what(edit, around)), title


def _question(app: CscApp, undo: Undo) -> str:
    what, title = _told(app, undo)
    first = undo.edits[0].change
    if first.verb is Verb.CREATE and first.parent is None and undo.sent:
        one = app.desk.resources[first.ref.resource].one
        what = say("undo.new_record", one=one, title=title)
        return say("undo.ask_delete", what=what, key=KEY)
    key = "undo.ask_new_id" if undo.new_id(app.desk.edits.has_bin) else "undo.ask"
    return say(key, what=what, title=title, key=KEY)


class UndoScreen(Frame):
    """`undo: change of Last name of Müller, Jürgen? ⏎ does it`; every other key leaves it."""

    place = Place.PICK
    DEFAULT_CSS = """
    UndoScreen > #message { position: absolute; }
    UndoScreen > #status { position: absolute; }
    """

    def __init__(self, below: Frame, undo: Undo) -> None:
        """`below` shines through."""
        super().__init__()
        self.styles.background = "transparent"
        self._below = below
        self._undo = undo
        self._painted_at: float | None = None
        self._pressed_at = 0.0

    def body(self) -> list[Widget]:
        """What was there before."""
        return []

    def on_mount(self) -> None:
        """Take keys only once the question stands on the screen."""
        self.call_after_refresh(self._appear)

    def _appear(self) -> None:
        self.draw()
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        self._painted_at = events.Event().time

    def draw(self) -> None:
        """Draw the shared lines; the two lowest at their places."""
        if self.too_small or not self.is_mounted:
            return
        rows = self.app.size.height
        for name, row in (("message", rows - 2), ("status", rows - 1)):
            self.shared[name].styles.offset = (0, row)
        super().draw()

    def second_line(self, columns: int) -> Line:
        """As below."""
        return self._below.second_line(columns)

    def top_line(self, columns: int) -> Line:
        """As below."""
        return self._below.top_line(columns)

    def message_line(self) -> Line:
        """The question."""
        return plain(f" {harmless(_question(self.csc, self._undo))}", Role.STRONG)

    def footer(self) -> list[Command]:
        """None: the question names the key."""
        return []

    async def on_key(self, event: events.Key) -> None:
        """Remember when the key was pressed; keys for what follows go there."""
        if not self.is_current:
            event.stop()
            if isinstance(self.app.screen, Frame):
                await self.app.screen.on_key(event)
            return
        self._pressed_at = event.time
        await super().on_key(event)

    async def press(self, key: str) -> None:
        """`⏎` does it, once the question was there to be read."""
        if self.too_small or key == "ctrl+c":
            await super().press(key)
            return
        self.shell.key_pressed()
        if self._painted_at is None or self._pressed_at < self._painted_at:
            return
        self.app.pop_screen()
        if key == "enter":
            await self._do()
        else:
            self.shell.messages.hint(say("undo.not_done"))
        self.shell.redraw_soon()

    def typed(self, key: str) -> bool:
        """`ctrl+c` is the one key that comes here."""
        self.run_worker(self.shell.do_interrupt())
        return True

    async def _do(self) -> None:
        csc = self.csc
        if not self._undo.sent:
            await _take_back(csc, self._undo)
            return
        try:
            made = await csc.desk.edits.undo(self._undo)
        except ReadOnly:
            csc.messages.failure(say("screen.read_only"), "undo")
        except OutboxUnusableError:
            csc.messages.failure(say("outbox.unusable"), "undo")
        else:
            csc.messages.mended("undo")
            csc.messages.success(say("undo.queued" if made else "undo.nothing"))
