"""The views of a list: opened, kept under a name, renamed, deleted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from textwrap import wrap
from typing import TYPE_CHECKING

from csc_tui.config.refusal import ConfigError
from csc_tui.config.views import LONGEST_NAME, View, Views
from csc_tui.domain.ordering import find_order, order_name
from csc_tui.glyphs import fit, harmless, width
from csc_tui.services.layout import chosen
from csc_tui.ui.commands.command import Place
from csc_tui.ui.frame import Frame
from csc_tui.ui.paint import Line, Role, Run, plain
from csc_tui.ui.screens.name import NameScreen
from csc_tui.ui.screens.question import KEY, QuestionScreen
from csc_tui.ui.widgets.canvas import Canvas
from csc_tui.words import say

if TYPE_CHECKING:
    from textual.widget import Widget

    from csc_tui.ui.screens.list import ListScreen

_NAME = 24
"""Cells of a view's name."""


class ViewsScreen(Frame):
    """The views that there are, a line each."""

    place = Place.VIEWS

    def __init__(self, base: ListScreen, views: Views) -> None:
        """`base` is the list that they are of."""
        super().__init__()
        self._base = base
        self._views = views
        self._resource = base.tab.name
        self._known: dict[str, View] = {}
        self._kept: frozenset[str] = frozenset()
        """The names of those in the file; the others come with the program."""
        self._broken = ""
        """What is wrong with the file."""
        self._cursor = 0
        self._canvas = Canvas(id="views")
        self._asked = ""
        """The name of which it was said that it is there already."""

    def body(self) -> list[Widget]:
        """The views."""
        return [self._canvas]

    def on_mount(self) -> None:
        """Read the file, also where it was edited a moment ago."""
        self._read()

    def _read(self) -> None:
        resource = self._base.csc.desk.resources[self._resource]
        brought = {one.words: View(one.filter, one.sort) for one in resource.views}
        try:
            kept, self._broken = self._views.of(self._resource), ""
        except ConfigError as error:
            kept, self._broken = {}, str(error)
        self._known, self._kept = {**brought, **kept}, frozenset(kept)
        self._cursor = min(self._cursor, max(0, len(self._known) - 1))

    # --- drawing

    def draw(self) -> None:
        """Draw the views, scrolled to the cursor."""
        if self.too_small or not self.is_mounted:
            return
        width, height = self.app.size.width, max(1, self._canvas.size.height)
        top = max(0, self._cursor - height + 1)
        lines: list[Line] = []
        for n, (name, view) in list(enumerate(self._known.items()))[top : top + height]:
            here = n == self._cursor
            said = "  ".join(filter(None, (view.filter, view.sort, ", ".join(view.columns))))
            text = f"{fit(harmless(name), _NAME)} {fit(harmless(said), width - _NAME - 4)}"
            role = Role.CURSOR if here else Role.TEXT
            lines.append((Run("› " if here else "  "), Run(text, role)))
        if self._broken or not lines:
            lines += [(), *self._nothing(width)]
        self._canvas.draw(lines[:height])
        super().draw()

    def _nothing(self, width: int) -> list[Line]:
        text = self._broken or say("views.none", key=self.shell.keymap.of("views.save"))
        role = Role.BAD if self._broken else Role.MUTED
        return [plain(f"  {one}", role) for one in wrap(harmless(text), width - 4)]

    def trail(self) -> list[str]:
        """The list, then what is chosen."""
        return [*self.shell.trail_words(self), say("views.title")]

    def idle_words(self) -> str:
        """Where they are kept."""
        path = self._views.path
        whole = say("views.file", file=path)
        # The end of a long path says more than its beginning, which `csc-tui paths` names.
        return whole if width(whole) < self.app.size.width - 1 else say("views.end", file=path.name)

    # --- keys

    def _move(self, rows: int) -> None:
        self._cursor = min(max(self._cursor + rows, 0), max(0, len(self._known) - 1))
        self.draw()

    def do_views_up(self) -> None:
        """One up."""
        self._move(-1)

    def do_views_down(self) -> None:
        """One down."""
        self._move(1)

    @property
    def _chosen(self) -> str:
        """The view under the cursor; empty, and said so, where there is none."""
        name = next(iter([*self._known][self._cursor : self._cursor + 1]), "")
        if not name:
            self.hint(say("views.nothing"))
        return name

    def do_views_open(self) -> None:
        """Show the list so."""
        if not (name := self._chosen):
            return
        view, base = self._known[name], self._base
        options = base.narrow().options()
        option = find_order(options, view.sort) if view.sort else options[0]
        if option is None:
            known = ", ".join(order_name(one.sort) for one in options)
            words = say("views.no-order", name=name, sort=view.sort, known=known)
            self.shell.messages.failure(words, "views")
            self.draw()
            return
        self.app.pop_screen()
        self.shell.messages.mended("views")
        base.actions.arrange(chosen(base.tab, ",".join(view.columns)))
        base.narrow().show(view.filter, option)

    def do_views_save(self) -> None:
        """Keep what the list shows now."""
        self._ask_name(say("views.save"), "", self._save)

    @property
    def _own(self) -> str:
        """The one of the file under the cursor; empty, and said so, where there is none."""
        name = self._chosen
        if name and name not in self._kept:
            self.hint(say("view.built-in"))
            return ""
        return name

    def do_views_rename(self) -> None:
        """Call it otherwise."""
        if name := self._own:
            self._ask_name(say("views.rename", name=name), name, partial(self._rename, name))

    def _ask_name(self, title: str, text: str, take: Callable[[str], None]) -> None:
        self._asked = ""
        notes = [self._base.idle_words()] if not text else []
        self.app.push_screen(
            NameScreen(title, say("views.name"), text, notes, partial(self._named, take, text))
        )

    def _named(self, take: Callable[[str], None], before: str, name: str) -> str:
        """Take a name that was typed; gives what speaks against it."""
        if not name or len(name) > LONGEST_NAME:
            return say("views.bad-name", most=LONGEST_NAME)
        if name in self._known and name not in (before, self._asked):
            self._asked = name
            return say("views.there", name=name)
        try:
            take(name)
        except ConfigError as error:
            return str(error)
        self._read()
        self._cursor = [*self._known].index(name) if name in self._known else 0
        return ""

    def _save(self, name: str) -> None:
        base = self._base
        sort = base.listing.query.sort
        columns = tuple(base.tab.columns[one].name for one in base.rows.order)
        text = base.narrowing.text if base.narrowing is not None else ""
        usual = sort == base.tab.sorts[0].sort
        view = View(text, "" if usual else order_name(sort), columns)
        self._views.save(self._resource, name, view)
        self.shell.messages.success(say("views.saved", name=name))

    def _rename(self, name: str, new: str) -> None:
        if new != name:
            self._views.rename(self._resource, name, new)

    def do_views_delete(self) -> None:
        """Keep it no more, after a question."""
        if not (name := self._own):
            return

        async def delete() -> None:
            try:
                self._views.delete(self._resource, name)
            except ConfigError as error:
                self.shell.messages.failure(str(error), "views")
            self._read()
            self.draw()

        question = say("views.delete", name=name, key=KEY)
        self.app.push_screen(QuestionScreen(self, question, delete, say("views.kept")))
