"""The question before something is taken back, in the message line of the screen below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.change import Verb
from csc_tui.domain.errors import ReadOnly
from csc_tui.services.entries import State
from csc_tui.services.outbox import OutboxUnusableError
from csc_tui.ui import edit_detail
from csc_tui.ui import edit_words as words
from csc_tui.ui.edit_words import Around
from csc_tui.ui.frame import Frame
from csc_tui.ui.screens.question import KEY, QuestionScreen
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.services.entries import Edit
    from csc_tui.services.undoing import Undo
    from csc_tui.ui.app import CscApp


async def ask_undo(app: CscApp) -> None:
    """Say what would be taken back; a delete that is held still is taken back at once."""
    outbox, screen = app.desk.edits, app.screen
    if not isinstance(screen, Frame):
        return
    try:
        undo = await outbox.undoing.latest()
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
        question = _question(app, undo)
        app.push_screen(
            QuestionScreen(screen, question, lambda: _do(app, undo), say("undo.not_done"))
        )


def _sent(edit: Edit) -> bool:
    """Whether nobody knows yet what becomes of it: it can neither be stopped nor undone."""
    if edit.state is State.DRAFT or edit.undoes:
        return False
    return edit.state is State.SENDING or edit.sent_at is not None or edit.done


async def _take_back(app: CscApp, undo: Undo) -> None:
    """Take back what has not gone yet."""
    outbox = app.desk.edits
    try:
        gone = await outbox.discard_edit(*(edit.client_id for edit in undo.edits))
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
    if edit.chained:
        gone = next((it for it in undo.edits if it.change.removes), edit)
        return say("undo.merge"), words.title_of(gone, around)
    if undo.records > 1 and len({one.record.resource for one in undo.edits}) == 1:
        many = desk.resources[edit.record.resource].many
        title = say("undo.records", count=f"{undo.records:,}", many=many)
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
    key = "undo.ask_new_id" if undo.new_id(app.desk.edits.undoing.has_bin) else "undo.ask"
    return say(key, what=what, title=title, key=KEY)


async def _do(app: CscApp, undo: Undo) -> None:
    if not undo.sent:
        await _take_back(app, undo)
        return
    try:
        made = await app.desk.edits.undoing.take_back(undo)
    except ReadOnly:
        app.messages.failure(say("screen.read_only"), "undo")
    except OutboxUnusableError:
        app.messages.failure(say("outbox.unusable"), "undo")
    else:
        app.messages.mended("undo")
        app.messages.success(say("undo.queued" if made else "undo.nothing"))
