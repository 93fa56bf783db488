"""One entry of the outbox in full: its fields before and after, and what is to be done. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.change import Verb
from csc_tui.domain.errors import Forbidden, NotFound
from csc_tui.glyphs import ELLIPSIS, clip, fit, harmless, width, wrap
from csc_tui.sentences import explain_wait, explain_write
from csc_tui.services.entries import Standing, said_fields
from csc_tui.ui import edit_words as words
from csc_tui.ui.paint import Line, Role, Run, plain
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.services.entries import Edit
    from csc_tui.ui.edit_words import Around

LABEL = 12
"""Cells of a field's label."""
LEAD = "   "
"""Before every line but the first."""


def lines(edit: Edit, around: Around, columns: int, key: str) -> list[Line]:
    """The entry under the cursor; `key` is the one that settles it."""
    title = words.title_of(edit, around)
    if edit.state == "draft":
        return _draft(edit, around, columns, key)
    said = {
        "title": title,
        "what": words.described(edit, around),
        "day": words.day_of(edit.created, around.zone),
        "time": words.clock(edit.created, around.zone),
    }
    head = [plain(f" {one}", Role.STRONG) for one in wrap(say("outbox.head", **said), columns - 2)]
    changed = [_field(*one, columns) for one in changes(edit, around)]
    ends = [plain(LEAD + one) for one in wrap(_ending(edit, around, key), columns - 4) if one]
    return [*head, *changed, *ends]


def _draft(edit: Edit, around: Around, columns: int, key: str) -> list[Line]:
    form = edit.form
    at = form.at if form else edit.updated
    head = say(
        "outbox.head_draft",
        title=harmless(edit.title),
        day=words.day_of(at, around.zone),
        time=words.clock(at, around.zone),
    )
    typed = [
        _field(_draft_label(edit, path, around), "", text, columns)
        for path, text in (form.texts if form else {}).items()
    ]
    ending = say("outbox.say-draft", key=key)
    return [plain(f" {clip(head, columns - 2)}", Role.STRONG), *typed, plain(LEAD + ending)]


def _draft_label(edit: Edit, path: str, around: Around) -> str:
    """A typed field's label: forms name their fields `last_name` or `phones.0.number`."""
    key = edit.form.key if edit.form else ""
    resource = around.resources.get(key.partition("/")[0])
    if resource is None:
        return harmless(path)
    part = key.split("/")[2] if key.count("/") > 1 else ""
    field = resource.typed_field(path, part)
    return harmless(field.label if field else path.rpartition(".")[2])


def changes(edit: Edit, around: Around) -> list[tuple[str, str, str]]:
    """Label, value before and value after of each field that an edit is about."""
    change = edit.change
    resource = around.resources.get(change.record.resource)
    if resource is None:
        return []
    part = change.ref.resource if change.parent else ""
    after = edit.after if edit.state == "confirmed" else change.values
    found = []
    for name in said_fields(edit):
        before = None if change.verb is Verb.CREATE else change.base.get(name)
        value = None if change.verb is Verb.DELETE else after.get(name, change.values.get(name))
        texts = [
            words.value_words(resource, name, one, around.lookups, part) for one in (before, value)
        ]
        if any(texts):
            found.append((words.label_at(resource, name, {}, part), texts[0], texts[1]))
    return found


def _field(label: str, before: str, after: str, columns: int) -> Line:
    """`Title        Dr. → Dr.-Ing.`; both sides are cut where there is not room for both."""
    lead = f"{LEAD}{fit(harmless(label), LABEL)} "
    return (Run(lead, Role.HEAD), Run(arrow(before, after, columns - width(lead) - 1)))


def arrow(before: str, after: str, cells: int) -> str:
    """`before → after` in so many cells; a side that is not there says so."""
    one, two = harmless(before), harmless(after)
    if not one:
        return clip(two, cells)
    two = two or say("outbox.nothing_there")
    room = cells - 3
    if width(one) + width(two) > room:
        half = room // 2
        one = _begun(one, max(half, room - width(two)))
        two = _begun(two, max(half, room - width(one)))
    return say("outbox.arrow", before=one, after=two)


def _begun(text: str, cells: int) -> str:
    """The text, or as much of its first sentence as there is room for."""
    if width(text) <= cells:
        return text
    first, stop, _ = text.partition(". ")
    return f"{first}{ELLIPSIS}" if stop and width(first) < cells else clip(text, cells)


def _ending(edit: Edit, around: Around, key: str) -> str:
    """What happened, and what can be done about it."""
    match words.stands(edit, around):
        case Standing.CLASH:
            return _clash(edit, around, key)
        case Standing.REFUSED:
            error = edit.answer.error
            why = explain_write(error, edit.change, around.resources) if error else ""
            by_menu = edit.form is None or isinstance(error, Forbidden | NotFound)
            said = "outbox.say-refused" if by_menu else "outbox.say-refused_form"
            return say(said, why=harmless(why), key=key)
        case Standing.UNCLEAR:
            if edit.answer.note == "damaged":
                return say("outbox.say-damaged")
            return say("outbox.say-asks" if edit.asks else "outbox.say-looking", key=key)
        case Standing.HELD:
            return say("outbox.say-held", key=around.undo_key)
        case Standing.WAITING:
            before = words.blocker(around)
            if before and around.place is not None and around.place.after is not None:
                other = words.described(around.place.after, around)
                return say("outbox.say-after", title=before, what=other)
            if around.paused is not None:
                return say("outbox.say-wants_key", key=key)
            error = edit.answer.error
            return harmless(explain_wait(error)) if error is not None else ""
    return ""


def _clash(edit: Edit, around: Around, key: str) -> str:
    name = words.user_name(edit.answer.author, around.lookups)
    when = words.iso_moment(edit.answer.at, around.zone)
    if not name or when is None:
        return say("outbox.say-clash_unknown", key=key)
    told = {"name": name, "time": f"{when:%H:%M}", "key": key}
    if edit.change.verb in (Verb.DELETE, Verb.MERGE):
        return say("outbox.say-clash_delete", **told)
    return say("outbox.say-clash", count=len(edit.answer.clashes), **told)
