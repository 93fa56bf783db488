"""The pick list of the field with the focus: opening, narrowing while one types, taking."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from csc_tui.domain.field import Choice, Kind
from csc_tui.domain.folding import fold
from csc_tui.domain.form import shown
from csc_tui.ui.forms.pick import Option, PickList, narrowed
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from csc_tui.services.lookup import Lookups
    from csc_tui.ui.forms.field import FormField
    from csc_tui.ui.paint import Line

CODED = frozenset({"countries", "languages"})
"""Lookups that are found by a code too."""


class Picking:
    """At most one open list; its commands are those of the place `pick`."""

    def __init__(self, lookups: Lookups, changed: Callable[[], None]) -> None:
        """`changed` is called when options have arrived that nobody's key brought."""
        self.field: FormField | None = None
        """The field whose list is open."""
        self.taken: FormField | None = None
        """The field for which the last key took an option."""
        self._list = PickList([])
        self._lookups = lookups
        self._changed = changed
        self._task: asyncio.Task[None] | None = None
        self._all = False
        self._moved = False
        """Whether the cursor stands where somebody put it."""

    @property
    def open(self) -> bool:
        """Whether a list is open."""
        return self.field is not None

    def lines(self, cells: int, height: int) -> list[Line]:
        """The open list with the sentence below it, in a box of `cells`; none if it is closed."""
        if self.field is None:
            return []
        from csc_tui.glyphs import clip
        from csc_tui.ui.paint import Role, plain

        lines = self._list.lines(cells, height) if self._list.options else []
        foot = self._list.foot
        return [*lines, plain(clip(foot, cells + 12), Role.MUTED)] if foot else lines

    def ask(self, field: FormField) -> None:
        """Open the list by a key: all of it, but what chooses among the options narrows it."""
        narrow = field.links or field.box.text != field.base
        if narrow and field.problem and not field.links and field.entry.field.kind is Kind.CHOICE:
            made = field.entry.field
            choices = made.choices or self._lookups.choices(made.lookup)
            narrow = bool(narrowed(choices, self._typed(field)))
        self.show(field, narrow=narrow)

    def show(self, field: FormField, *, narrow: bool) -> None:
        """Open or renew the list of a field; `narrow`: by what stands in its box."""
        self.field = field
        self._all = not narrow
        self._moved = False
        if field.links:
            if self._task is not None:
                self._task.cancel()
            self._task = asyncio.create_task(self._find(field, self._typed(field)))
            return
        self._lookups.want(field.entry.field.lookup)
        self._build(field)
        if self._all:
            self._stand_on(field.box.text.strip())

    def renew(self) -> None:
        """Options have arrived: show them where a list is open.

        The cursor stays where it was; on what would be made anew only if it was put there.
        """
        field = self.field
        if field is None or field.links:
            return
        at = self._list.current
        self._build(field)
        if at is not None and (self._moved or at.choice.value):
            self._stand_on(at.words)
        elif self._all:
            self._stand_on(field.box.text.strip())

    def _build(self, field: FormField) -> None:
        """The list of a field's options as they are here now."""
        made = field.entry.field
        choices = list(made.choices or self._lookups.choices(made.lookup))
        typed = "" if self._all else self._typed(field)
        found = narrowed(choices, typed)
        if made.kind is Kind.SEVERAL:
            chosen = {one.value for one in field.ticks()[0]}
            words = {True: "edit.ticked", False: "edit.unticked"}
            options = [Option(it, say(words[it.value in chosen], words=it.words)) for it in found]
        else:
            options = [Option(one, shown(made, one.value, choices) or one.words) for one in found]
        if made.free or made.kind is Kind.TAGS:
            options += self._fresh(typed, found, "edit.new_tag")
        self._list = PickList(options, self._foot(made.lookup, len(found), len(choices)))

    def close(self) -> None:
        """Close the list; what is typed stays."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.field = None
        self._list = PickList([])

    def do_pick_up(self) -> None:
        """One option up."""
        self._moved = True
        self._list.move(-1)

    def do_pick_down(self) -> None:
        """One option down."""
        self._moved = True
        self._list.move(1)

    def do_pick_take(self) -> None:
        """Take the option under the cursor."""
        field, option, at = self.field, self._list.current, self._list.cursor
        self.close()
        if field is not None and option is not None:
            field.take(option.choice)
            self.taken = field
            if field.entry.field.kind is Kind.SEVERAL:
                self.show(field, narrow=False)
                self._list.move(at)

    def do_pick_close(self) -> None:
        """Close the list alone."""
        self.close()

    def _typed(self, field: FormField) -> str:
        text = field.box.text
        if field.entry.field.kind is Kind.TAGS:
            text = text.rpartition(",")[2]
        elif field.entry.field.kind is Kind.SEVERAL:
            text = field.ticks()[1]
        return text.strip()

    async def _find(self, field: FormField, typed: str) -> None:
        """Records out of the store, as the text is typed."""
        found = await self._lookups.records(field.entry.field.lookup, typed) if typed else []
        if self.field is not field:
            return
        field.found = [choice for choice, _ in found]
        options = [Option(one, one.words, linked) for one, linked in found]
        if field.entry.field.free:
            options += self._fresh(typed, field.found, "edit.new_company")
        self._list = PickList(options, "" if options else say("edit.pick_none"))
        self._changed()

    def _fresh(self, typed: str, found: Sequence[Choice], words: str) -> list[Option]:
        """The last line of a list that takes what is no option too."""
        if not typed or any(fold(one.words) == fold(typed) for one in found):
            return []
        return [Option(Choice("", typed), say(words, name=typed))]

    def _foot(self, lookup: str, found: int, total: int) -> str:
        if not found:
            empty = "edit.pick_none" if total else "edit.pick_waiting"
            return say(empty) if lookup != "tags" else ""
        words = "edit.pick_coded" if lookup in CODED else "edit.pick_total"
        return say(words, found=found, total=total)

    def _stand_on(self, words: str) -> None:
        """The cursor on the option that says this; on the first where there is none."""
        options = self._list.options
        self._list.move(next((n for n, one in enumerate(options) if one.words == words), 0))
