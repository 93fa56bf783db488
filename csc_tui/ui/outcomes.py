"""What becomes of saves, in words and screens: queued, saved, refused, clashed, waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.change import Verb
from csc_tui.domain.errors import Ambiguous
from csc_tui.glyphs import harmless
from csc_tui.sentences import explain, explain_wait
from csc_tui.services.entries import Edit, State
from csc_tui.services.outbox_events import (
    EditDropped,
    EditMoved,
    OutboxEvent,
    OutboxPaused,
    OutboxTold,
    OutboxUnusable,
)
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.domain.record import Record
    from csc_tui.domain.ref import Ref
    from csc_tui.ui.app import CscApp

LINE = "outbox-line"
"""Cause of the message that a save waits for line or server."""


class Outcomes:
    """Hears what happens in the outbox and has the screen say it."""

    def __init__(self, app: CscApp) -> None:
        self._app = app
        self._mine: set[Ref] = set()
        """Records of which something is on its way that was saved here, each by itself."""
        self._set_back: dict[str, dict[str, None]] = {}
        """What an undo has set back so far, by its batch, in words; empty for a whole record."""

    def heard(self, event: OutboxEvent) -> None:
        """One event of the outbox."""
        messages = self._app.messages
        if isinstance(event, EditMoved | EditDropped):
            self._note(event)
        match event:
            case EditMoved() if self._app.desk.edits.elsewhere(event.edit):
                pass  # it is said there, and asked there
            case EditMoved() | EditDropped() if event.edit.bulk:
                self._app.bulk.moved(event.edit)
            case EditMoved():
                self._moved(event.edit, event.was)
            case OutboxPaused():
                messages.failure(say("edit.paused", why=explain(event.error)), "outbox-paused")
                self._app.ask_key(event.error)
            case OutboxUnusable():
                messages.failure(say("edit.outbox_unusable"), "outbox-file")
            case OutboxTold():
                key = f"edit.outbox_{event.notice.code}"
                messages.failure(say(key, **dict(event.notice.params)), "outbox-file")
        self._app.redraw_soon()

    def _note(self, event: EditMoved | EditDropped) -> None:
        """Remember what was saved here, as long as it is on its way."""
        edit = event.edit
        over = isinstance(event, EditDropped) or not edit.moves
        if over or edit.bulk or self._app.desk.edits.elsewhere(edit):
            self._mine.discard(edit.record)
        else:
            self._mine.add(edit.record)

    def left(self, record: Record) -> None:
        """A record fits the filter of the list no more: say so if that was changed here."""
        if record.ref in self._mine:
            self._app.messages.success(_gone_words(say("edit.queued"), record.sort_name()))

    def has_left(self, ref: Ref) -> bool:
        """Whether a record fits the filter of the list no more since it was changed."""
        base = self._app.base
        return base is not None and base.narrowing is not None and base.narrowing.has_left(ref)

    def _moved(self, edit: Edit, was: State | None) -> None:
        messages, outbox = self._app.messages, self._app.keymap.of("outbox")
        title = harmless(edit.title)
        match edit.state:
            case State.QUEUED if was in (None, State.DRAFT, State.REFUSED):
                if edit.held:
                    undo = self._app.keymap.of("undo")
                    messages.success(say("edit.delete_held", key=undo))
                else:
                    messages.success(say("edit.queued"))
            case State.CONFIRMED if was is not None:
                self._confirmed(edit)
            case State.REFUSED if was is not State.REFUSED:
                self._app.run_worker(self._app.editing.refused(edit))
            case State.CONFLICT if was is not State.CONFLICT:
                messages.failure(say("edit.clashes", title=title, key=outbox), _cause(edit))
                self._app.run_worker(self._app.open_conflict(edit))
            case State.UNCLEAR if edit.asks:
                messages.failure(say("edit.asks", title=title, key=outbox), _cause(edit))
            case State.WAITING | State.UNCLEAR if isinstance(edit.answer.error, Ambiguous):
                messages.failure(explain_wait(edit.answer.error), LINE)
            case State.WAITING if edit.answer.error is not None:
                messages.failure(say("edit.waits", why=explain_wait(edit.answer.error)), LINE)

    def _confirmed(self, edit: Edit) -> None:
        messages = self._app.messages
        came_back = self._app.desk.edits.refused
        for cause in (LINE, "save", _cause(edit), *(() if came_back else ("edit",))):
            messages.mended(cause)
        if edit.undoes:
            self._set_back.setdefault(edit.batch, {})[self._about(edit)] = None
        if not self._app.desk.edits.of_batch(edit.batch).moves:
            words = self._saved_words(edit)
            left = self.has_left(edit.record)
            messages.success(_gone_words(words, edit.title) if left else words)
        change = edit.change
        if change.verb in (Verb.CREATE, Verb.RESTORE) and change.parent is None:
            self._app.run_worker(self._app.show_new(edit.record))

    def _saved_words(self, edit: Edit) -> str:
        answer = edit.answer
        if edit.change.removes and edit.chained:
            key = "merge.done_elsewhere" if answer.note == "gone" else "merge.done"
            return say(key, title=harmless(edit.title))
        back = self._set_back.pop(edit.batch, {})
        if back and "" not in back and not answer.altered:
            return say("undo.set_back", what=", ".join(back), title=harmless(edit.title))
        if edit.change.verb is Verb.DELETE and edit.change.parent is None:
            return say("edit.gone" if answer.note == "gone" else "edit.deleted")
        if edit.change.verb in (Verb.RESTORE, Verb.DESTROY):
            return say(f"edit.done_{edit.change.verb}")
        if answer.altered:
            return self._altered_words(edit)
        if answer.merged:
            return say("edit.merged", names=self._labels(edit, answer.merged))
        if answer.note == "adopted":
            return say("edit.adopted")
        return say("edit.saved")

    def _about(self, edit: Edit) -> str:
        """What an edit changes of a record, in words: `Last name, Title`, `phone`; else empty."""
        from csc_tui.ui.edit_words import Around, what

        desk, change = self._app.desk, edit.change
        if change.parent is None:
            return self._labels(edit, tuple(change.values)) if change.verb is Verb.UPDATE else ""
        return what(edit, Around(desk.clock.now(), desk.resources, desk.choices(), self._app.zone))

    def _altered_words(self, edit: Edit) -> str:
        """What was typed does not stand there: that goes before what others changed beside it."""
        from csc_tui.ui.edit_words import made_of_it

        desk = self._app.desk
        resource = desk.resources[edit.record.resource]
        return say("edit.altered", values=made_of_it(edit, resource, desk.choices()))

    def _labels(self, edit: Edit, paths: tuple[str, ...]) -> str:
        """Fields by their labels."""
        resource = self._app.desk.resources[edit.record.resource]
        known = {one.name: one.label for one in resource.fields}
        known |= {one.name: one.label for one in resource.all_parts}
        names = (known.get(path.split(".")[0], path.split(".")[0]) for path in paths)
        return ", ".join(dict.fromkeys(names))


def _gone_words(said: str, name: str) -> str:
    return say("filter.left", said=said, name=harmless(name))


def _cause(edit: Edit) -> str:
    return f"edit-{edit.client_id}"
