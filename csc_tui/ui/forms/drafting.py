"""Keeping what is typed: at every pause and at every change of the field, until it is saved."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from csc_tui.domain.errors import ReadOnly
from csc_tui.services.outbox import DraftHeldError, OutboxUnusableError
from csc_tui.ui.forms.prompt import Prompt
from csc_tui.words import say

if TYPE_CHECKING:
    from textual.timer import Timer

    from csc_tui.ui.forms.screen import FormScreen

PAUSE = 0.25
"""Seconds without a key after which the text is kept (promised: at most 0.3)."""


class Drafting:
    """The draft of one form."""

    def __init__(self, form: FormScreen) -> None:
        self._form = form
        self._timer: Timer | None = None
        self._kept = form.spec.draft is not None
        self._typed = False
        """Whether there is more than what the form was opened with, which is kept already."""
        self._failed = False
        self._take_over = False
        self._closed = False
        self._turn = asyncio.Lock()

    # --- another terminal

    def look(self) -> None:
        """Somebody else may be typing this very form: ask whether to take it over."""
        holder = self._form.edits.held_by(self._form.spec.key)
        if holder is None:
            return
        pid, since = holder
        time = datetime.fromtimestamp(since, UTC).astimezone().strftime("%H:%M")
        self._form.prompt = Prompt(
            "edit.held", self._take, values={"pid": pid, "time": time}, refused=self._watch
        )

    def _take(self, _: str) -> None:
        self._take_over = True
        self._form.locked = False
        self.touched()

    def _watch(self) -> None:
        self._form.locked = True
        self._form.hint(say("edit.locked"))

    # --- keeping

    @property
    def words(self) -> str:
        """What the message line says of it."""
        if self._failed:
            return say("edit.draft_failed")
        return say("edit.draft_kept") if self._kept else ""

    def touched(self) -> None:
        """Something was typed: keep it at the next pause."""
        self._typed = True
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._form.set_timer(PAUSE, self._pause)

    async def _pause(self) -> None:
        await self.keep()

    async def keep(self) -> bool:
        """Keep what stands in the form now; a form that is as it was keeps none.

        False: the text is not on the disk.
        """
        form = self._form
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._closed or form.locked or not self._typed:
            return True
        async with self._turn:
            if self._closed:
                return True
            text = form.text()
            try:
                if text.texts:
                    await form.edits.save_draft(text, take_over=self._take_over)
                elif self._kept:
                    await form.edits.discard(form.spec.key)
            except DraftHeldError:
                self._kept = False
                self.look()
                return False
            except (OutboxUnusableError, ReadOnly):
                self._failed = True
                return False
            self._take_over = self._failed = False
            self._kept = bool(text.texts)
        form.csc.redraw_soon()
        return True

    async def over(self) -> None:
        """The form is being saved: what was on its way to the disk comes first, nothing after."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        async with self._turn:
            self._closed = True

    def again(self) -> None:
        """The save did not come about: keep on."""
        self._closed = False
