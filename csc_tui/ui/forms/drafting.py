"""Keeping what is typed: at every pause and at every change of the field, until it is saved."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from csc_tui.domain.errors import ReadOnly
from csc_tui.services.outbox import DraftHeldError, OutboxUnusableError
from csc_tui.ui.debounce import Debounce
from csc_tui.ui.forms.prompt import Prompt
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.domain.form_text import FormText
    from csc_tui.ui.forms.screen import FormScreen

PAUSE = 0.25
"""Seconds without a key after which the text is kept (promised: at most 0.3)."""
LONGEST = 1.0
"""Seconds after which it is kept though the keys do not pause."""


class Drafting:
    """The draft of one form."""

    def __init__(self, form: FormScreen) -> None:
        self._form = form
        self._typing = Debounce(form, self.keep, PAUSE, LONGEST)
        self._last: FormText | None = form.spec.draft
        """The text as it is on the disk."""
        self._ours = False
        """Whether there is a draft that was typed here."""
        self._failed = False
        self._take_over = False
        self._closed = form.spec.take is not None
        self._turn = asyncio.Lock()

    # --- another terminal

    async def look_anew(self) -> None:
        """As `look`, and see what others have typed of which this terminal has not heard."""
        self.look()
        with suppress(OutboxUnusableError):
            await self._form.edits.refresh()

    def look(self) -> bool:
        """Whether somebody else is typing this form: then it is read-only, and asks at once."""
        holder = self._form.edits.held_by(self._form.spec.key)
        was, self._form.locked = self._form.locked, holder is not None
        if holder is not None and not was:
            self._ours = False
            self._form.picking.close()
            self.ask()
        return holder is not None

    def ask(self) -> None:
        """Ask whether to take the form over; nobody is asked who need not be."""
        form = self._form
        holder = form.edits.held_by(form.spec.key)
        if holder is None:
            form.locked = False
            self._renew()
            return
        pid, since = holder
        time = datetime.fromtimestamp(since, UTC).astimezone().strftime("%H:%M")
        values = {"pid": pid, "time": time}
        form.prompt = Prompt("edit.held", self._take, values=values, refused=self._watch)

    def _take(self, _: str) -> None:
        form = self._form
        form.locked, self._take_over = False, True
        form.run_worker(self._taken())

    async def _taken(self) -> None:
        self._renew()
        await self.keep()

    def _watch(self) -> None:
        self._form.hint(say("edit.locked"))

    def _renew(self) -> None:
        """Go on from what was typed elsewhere; of what is only here yet nothing is lost."""
        form = self._form
        kept, here = form.edits.draft(form.spec.key), form.text()
        last = self._last.texts if self._last else {}
        only_here = {path: text for path, text in here.texts.items() if last.get(path) != text}
        if kept is not None:
            picks = {path: pick for path, pick in here.picks.items() if path in only_here}
            form.restore(
                replace(
                    kept,
                    texts={**kept.texts, **only_here},
                    picks={**kept.picks, **picks},
                )
            )
        self._last = kept
        form.csc.redraw_soon()

    # --- keeping

    @property
    def words(self) -> str:
        """What the message line says of it."""
        if self._failed:
            return say("edit.draft_failed")
        kept = self._form.edits.has_draft(self._form.spec.key)
        return say("edit.draft_kept") if kept else ""

    def touched(self) -> None:
        """Something was typed: keep it at the next pause, or when it has gone on for long."""
        self._typing.tell()

    async def keep(self) -> bool:
        """Keep what stands in the form now; a form that is as it was keeps none.

        False: the text is not on the disk.
        """
        form = self._form
        self._typing.stop()
        if self._closed or form.locked:
            return True
        async with self._turn:
            if self._closed:
                return True
            text = form.text()
            if not self._take_over and self._is_kept(text):
                return True
            try:
                if text.texts or self._take_over:
                    await form.edits.save_draft(text, take_over=self._take_over)
                elif self._last is not None:
                    await form.edits.discard(form.spec.key, text.over)
            except DraftHeldError:
                await form.edits.refresh()
                self.look()
                return False
            except (OutboxUnusableError, ReadOnly):
                self._failed = True
                return False
            self._take_over = self._failed = False
            self._ours = bool(text.texts)
            self._last = text if text.texts else None
        form.csc.redraw_soon()
        return True

    def _is_kept(self, text: FormText) -> bool:
        last = self._last
        if last is None:
            return not text.texts
        same = (last.texts, last.picks) == (text.texts, text.picks)
        return same and not self._failed and (last.cursor == text.cursor or not self._ours)

    def forgotten(self) -> None:
        """Nothing is kept any more."""
        self._last, self._ours = None, False

    async def over(self) -> None:
        """The form is being saved: what was on its way to the disk comes first, nothing after."""
        self._typing.stop()
        async with self._turn:
            self._closed = True

    def again(self) -> None:
        """The save did not come about: keep on."""
        self._closed = False
