"""What every screen shares: the top line, the second line, the message and status lines, keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widget import Widget

from csc_tui.glyphs import harmless, width
from csc_tui.ui.commands.command import LEAVES, TEXT_PLACES, Command, Place
from csc_tui.ui.commands.keymap import shown, spelt
from csc_tui.ui.key_parser import behind_esc
from csc_tui.ui.messages import NO_USE_STAYS
from csc_tui.ui.paint import Line, Role, Run, flow, plain, spread
from csc_tui.ui.shared_lines import SMALLEST, tabs_line, too_small_lines, with_hint
from csc_tui.ui.veil import Veil
from csc_tui.ui.widgets.canvas import Canvas
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from typing import Self

    from textual.geometry import Region

    from csc_tui.domain.ref import Ref
    from csc_tui.ui.app import CscApp
    from csc_tui.ui.shell import Shell

NARROW = 60
"""Below this width words are left out of the two lowest lines."""
GIVES_UP = frozenset({"back", "quit", *LEAVES.values()})
"""Commands that end first what the CRM is waited for."""
MOST_OF = 4
"""A message takes at most one row in so many; the request log has it whole."""
_WHOLE = (Role.BAD, Role.WARN, Role.STRONG)
"""Failures, why nothing is sent, questions: what is read to its end or not understood."""


class Frame(Screen[None]):
    """A screen with the shared lines. Subclasses give a body, a place and `do_…` methods."""

    BINDINGS: ClassVar[list[BindingType]] = []
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    Frame { layout: vertical; overflow: hidden; }
    Frame.small > * { display: none; }
    Frame.small > #small { display: block; }
    Frame > #small { display: none; height: 1fr; }
    """

    handlers: Sequence[object] = ()
    """Further objects with `do_…` methods, asked after the screen itself; one may have `shorts`."""
    place = Place.LIST
    """Where its keys are looked up; a screen with modes gives it as a property."""
    pending: Place | None = None
    """A place that only the next key is looked up in: after `y`."""

    ref: Ref | None = None
    """The record that the whole screen is about; None: it is no record's."""
    name_words = ""  # what trails call it
    _copying: object = None

    @property
    def shell(self) -> Shell:
        """The running program, with or without an account."""
        return cast("Shell", self.app)

    @property
    def csc(self) -> CscApp:
        """The running program with its account; only for screens that need one."""
        return cast("CscApp", self.app)

    def __init__(self) -> None:
        super().__init__()
        names = ("top", "second", "message", "status")
        self.shared = {name: Canvas(id=name, line=True) for name in names}
        """The shared lines by name; held here, for they are drawn to the very end."""
        self._small = Canvas(id="small")
        self._veil = Veil(self)

    def compose(self) -> ComposeResult:
        """The shared lines round the body."""
        self._veil.fall()
        yield self.shared["top"]
        yield self.shared["second"]
        yield from self.body()
        yield self.shared["message"]
        yield self.shared["status"]
        yield self._small

    def body(self) -> list[Widget]:
        """What stands between the second line and the message line."""
        raise NotImplementedError

    async def keep_typed(self) -> None:
        """The program ends: what is typed here has to be on the disk. Most screens hold nothing."""

    # --- drawing

    def draw(self) -> None:
        """Draw all that changed; subclasses add their body."""
        columns = self.app.size.width
        self.shared["top"].draw([self.top_line(columns)])
        self.shared["second"].draw([self.second_line(columns)])
        self.draw_lower()

    def draw_lower(self) -> None:
        """Draw the message and status lines."""
        columns = self.app.size.width
        self.shared["message"].take(self.message_rows(columns))
        self.shared["status"].draw([self.status_line(columns)])
        if self.size:
            self._veil.lift()

    def message_rows(self, columns: int) -> list[Line]:
        """The message line, in several rows where something has to be read whole."""
        left = with_hint(self.message_line(), self.shell.messages.hinted)
        right = self.position()
        whole = self.shell.messages.text or any(run.role in _WHOLE for run in left)
        if whole and not self.fits(left, right, columns):
            right = ""  # it goes before the position
            if not self.fits(left, right, columns):
                return flow(left, columns, max(2, self.app.size.height // MOST_OF))
        return [spread(left, plain(f"{right} ") if right else (), columns)]

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """As textual's, but a new layout paints only what it moved, not all once more.

        Nor is all painted because a screen below this one has changed, unless it shines through;
        before the first drawing there is nothing to paint at all.
        """
        if self._veil.down or (regions and self.styles.background.a == 1):
            return self
        repaint = repaint and not layout
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    @staticmethod
    def fits(left: Line, right: str, columns: int) -> bool:
        """Whether both ends of a line have room in it."""
        return sum(width(run.text) for run in left) + width(right) + 2 <= columns

    def second_line(self, columns: int) -> Line:
        """Column heads or the trail."""
        return plain(f" {' › '.join(self.trail())}", Role.HEAD)

    def trail(self) -> list[str]:
        """Where one is, from the tab on."""
        return []

    @property
    def inside(self) -> bool:
        """Whether `back` has something to leave on this very screen: a search, the preview."""
        return False

    def position(self) -> str:
        """At the right of the message line: where in the list or record."""
        return ""

    def idle_words(self) -> str:
        """What the message line says when there is nothing to say."""
        return ""

    def message_line(self) -> Line:
        """A failure, else why nothing is sent, else a success, what is awaited, the idle words.

        What is newer or nearer than a failure stands before it: neither covers the other.
        """
        if self.pending is Place.COPY:
            return plain(f" {say('screen.copy_what')}")
        messages = self.shell.messages
        pause = "" if messages.urgent else self.shell.pause_words()
        if pause:
            return plain(f" {pause}", Role.WARN)
        asking = "" if self.shell.pause_words() else self.shell.errand.words
        near = messages.beside or asking or (self.nearer_words() if messages.seen else "")
        if messages.bad and near:
            return (Run(f" {near}"), *self.failure_beside())
        if asking and not messages.urgent:
            return plain(f" {asking}", Role.MUTED)
        if messages.text:
            return plain(f" {messages.text}", Role.BAD if messages.bad else Role.TEXT)
        return plain(f" {self.waiting_words() or self.idle_words()}", Role.MUTED)

    def failure_beside(self) -> Line:
        """The failure that stands, behind something else in its line; nothing where none does."""
        messages = self.shell.messages
        return (Run(f"  ! {messages.text}", Role.BAD),) if messages.bad else ()

    def nearer_words(self) -> str:
        """What has to be read here even while a failure stands."""
        return ""

    def waiting_words(self) -> str:
        """What is awaited for this screen."""
        return ""

    def top_line(self, columns: int) -> Line:
        """Profile, tabs, state of the line."""
        return tabs_line(*self.shell.top(), columns)

    def account_line(self, *, narrow: bool) -> Line:
        """The left of the status line; `narrow`: in the fewest words."""
        return plain(" " + "  ".join(self.shell.status(narrow=narrow)))

    def status_line(self, columns: int) -> Line:
        """Budget, outbox, and the keys that work here."""
        left = self.account_line(narrow=columns < NARROW)
        room = columns - width(left[0].text) - 3
        left_out = ("list.search", "record.copy") if columns < NARROW else ()
        commands = [one for one in self.footer() if one.id not in left_out]
        last = [self._footer_words(one) for one in commands if one.id == "help"]
        used = sum(map(width, last))
        kept: list[str] = []
        for words in [self._footer_words(one) for one in commands if one.id != "help"]:
            used += width(words) + (2 if used else 0)
            if used > room:
                break
            kept.append(words)
        return spread(left, plain("  ".join([*kept, *last]) + " "), columns)

    def footer(self) -> list[Command]:
        """The commands that the status line names: those that do something here."""
        commands = self.shell.keymap.footer(self.here)
        locked = self.shell.read_only
        return [
            one
            for one in commands
            if not (one.writes and locked) and self.action_of(one) and self.offers(one)
        ]

    def offers(self, command: Command) -> bool:
        """Whether a command has a use for what is shown here."""
        return True

    def _footer_words(self, command: Command) -> str:
        own = (getattr(one, "shorts", {}).get(command.id) for one in self.handlers)
        short = next(filter(None, own), command.short)
        return f"{shown(command.keys[0])} {short}" if command.keys else short

    # --- coming and going

    @property
    def on_top(self) -> bool:
        """Whether it can be taken off; textual's `is_current` is true of the screen below too."""
        return self in self.app.screen_stack[-1:]

    def on_unmount(self) -> None:
        """Nothing is kept of it, once the screen below has been painted."""
        from csc_tui.ui.leavings import clear_away

        self.app.call_later(clear_away)

    # --- size

    def on_resize(self, event: events.Resize) -> None:
        """Draw for the new size, or say that it is too small."""
        small = self.too_small
        self.set_class(small, "small")
        if small:
            self._small.draw(too_small_lines(event.size.width))
            self._veil.lift()
        self.call_after_refresh(self.draw)

    @property
    def too_small(self) -> bool:
        """Whether the terminal is below the smallest size."""
        size = self.app.size
        return size.width < SMALLEST[0] or size.height < SMALLEST[1]

    def on_screen_resume(self) -> None:
        """Draw what may have changed while another screen was on top, and take its keys."""
        self.shell.errand.leave(self)
        self.shell.deliver()
        self.call_after_refresh(self.draw)

    # --- keys

    async def on_key(self, event: events.Key) -> None:
        """Run the command of a key; where text is typed printable keys are left to the text."""
        event.stop()
        event.prevent_default()
        key = event.character if event.is_printable and event.character else event.key
        if behind := behind_esc(event):  # a terminal's way to say esc and a key at once
            await self.press("escape")
            key = behind
        screen = self.app.screen
        await (screen if isinstance(screen, Frame) else self).press(key)

    async def press(self, key: str) -> None:
        """One key, as the keymap spells it."""
        self.shell.key_pressed()
        if self.too_small:
            if key in ("q", "ctrl+c"):
                await self.shell.leave()
            return
        command = self.shell.keymap.find(self.here, key)
        pending, self.pending = self.pending, None
        if pending is not None and (command is None or command.place is not pending):
            if key != "escape":
                self.no_use(key)
            self.draw_lower()
            return
        if command is None:
            if self.here in TEXT_PLACES and self.typed(key):
                return
            self.no_use(key)
            return
        await self.run_command(command)

    @property
    def here(self) -> Place:
        """Where the next key is looked up."""
        return self.pending or self.place

    def on_paste(self, event: events.Paste) -> None:
        """A paste where no text is typed does nothing."""
        event.stop()
        if self.here in TEXT_PLACES:
            self.shell.key_pressed()
            self.pasted(event.text)
            self.draw()

    def pasted(self, text: str) -> None:
        """Take a paste, where text is typed."""

    def typed(self, key: str) -> bool:
        """Take a key as text, where text is typed; False if it is none."""
        return False

    async def run_command(self, command: Command) -> None:
        """Run a command if nothing speaks against it, else say why not."""
        if command.id in GIVES_UP and self.shell.errand.give_up():
            return
        if refusal := self.refusal(command):
            self.hint(refusal)
            return
        action = self.action_of(command)
        if action is None:
            self.no_use(command.keys[0])
            return
        if command.writes:
            await self.shell.outbox_read()
        result = action()
        if result is not None:
            await result
        if self.is_current:
            self.draw_lower()

    def title_of(self, command: Command) -> str:
        """What a command does, in this account's own words."""
        tab, _, number = command.id.partition(".")
        titles = self.shell.tab_titles
        known = tab == "tab" and int(number) <= len(titles)
        return titles[int(number) - 1] if known else command.title

    def refusal(self, command: Command) -> str:
        """Why a command cannot be run now, empty if it can."""
        return say("screen.read_only") if command.writes and self.shell.read_only else ""

    def action_of(self, command: Command) -> Callable[[], Awaitable[None] | None] | None:
        """What carries out a command here, None if nothing does."""
        name = f"do_{command.id.replace('.', '_')}"
        holders = (self, *self.handlers, self._copying, self.shell)
        return next((a for h in holders if (a := getattr(h, name, None)) is not None), None)

    def await_copy(self, actions: object) -> None:
        """The next key says what is copied; `actions` has the `do_copy_…` methods."""
        self._copying = actions
        self.pending = Place.COPY
        self.draw_lower()

    def no_use(self, key: str) -> None:
        """Say for two seconds that a key does nothing here."""
        words = "screen.no_use_typing" if self.here in TEXT_PLACES else "screen.no_use"
        self.shell.messages.no_use(say(words, key=harmless(shown(spelt(key)))))
        self.draw_lower()
        self.set_timer(NO_USE_STAYS, self._no_use_over)

    def _no_use_over(self) -> None:
        self.shell.messages.no_use_over()
        if self.is_current:
            self.draw_lower()

    def hint(self, text: str) -> None:
        """Say something on the last key until the next one."""
        self.shell.messages.hint(text)
        self.draw_lower()
