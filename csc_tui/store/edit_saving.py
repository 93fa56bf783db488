"""How a save gets into the table: into a row of its own, or into one that has not gone yet.

Every function works inside a transaction.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.field import Plain
from csc_tui.domain.form_text import FormText
from csc_tui.domain.merge import same
from csc_tui.domain.ref import Ref
from csc_tui.store import edit_table
from csc_tui.store.edit_rows import BY_HAND, CHAINED, UNMADE, Answer, Edit, Snapshot, State

NEW_AGAIN = f"/new{UNMADE}"
"""In the key of a form: something new that was saved once; its client id follows."""

AT_REST = frozenset(State) - {State.SENDING, State.CONFIRMED}
"""States in which an edit may be thrown away."""
_STILL_HERE = frozenset({State.QUEUED, State.WAITING, State.CONFLICT})
"""States in which an edit may be changed, unless it may have reached the server already."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A record as the user saw it when he changed it."""

    title: str
    """Whom it is about, in words."""
    snapshot: Snapshot = field(default_factory=Snapshot)


@dataclass(frozen=True, slots=True)
class Save:
    """What is asked for: the changes of one form, or of one command."""

    changes: Sequence[Change]
    """A part whose parent's id is `~` alone belongs to the record that the save creates."""
    title: str
    """Whom it is about, in words."""
    at: float
    form: FormText | None = None
    snapshot: Snapshot = field(default_factory=Snapshot)
    account: str = ""
    owner: str = ""
    """The process that saves; see `presence.Presence.owner`."""
    lane: int = BY_HAND
    held: float = 0.0
    """Seconds for which deletes are held once all are queued: thousands take some for that."""
    undoes: str = ""
    """The batch that it takes back."""
    instead_of: str = ""
    """Client id of a refused edit in whose place it comes."""
    chained: bool = False
    """Whether each change waits until the one before it is confirmed."""
    seen: Mapping[Ref, Seen] = field(default_factory=dict)
    """Of a save of several records: each of them; others have `title` and `snapshot`."""

    def of(self, change: Change) -> Save:
        """The save as far as it concerns one of its changes.

        The form is of one record alone: a task that a call leaves behind is no text of the call's.
        """
        foreign = self.form and self.form.key.partition("/")[0] != change.record.resource
        return replace(self, form=None) if foreign else self

    def about(self, record: Ref) -> Seen:
        """What is known of the record of a change."""
        return self.seen.get(record) or Seen(self.title, self.snapshot)


class TooLateError(Exception):
    """What was to be changed before it goes is gone, or on its way; nothing was changed."""


def save(
    db: sqlite3.Connection,
    wanted: Save,
    now: Callable[[], float],
    elsewhere: Callable[[Edit], bool] = lambda _: False,
) -> list[Edit]:
    """Put a save into the table; gives the rows that hold it, none where it cancelled itself.

    `now` tells the time, `elsewhere` which drafts others are typing. What is to be taken back or
    replaced and is so already, by another key or terminal, gives none either. Raises TooLateError.
    """
    if wanted.undoes and _is_undone(db, wanted.undoes):
        return []
    if wanted.instead_of:
        edit = edit_table.one(db, wanted.instead_of)
        if edit is None or edit.state is not State.REFUSED:
            return []
        edit_table.delete(db, [edit])
    _replace_kept(db, wanted, elsewhere)
    batch = CHAINED * wanted.chained + os.urandom(8).hex()
    held: list[str] = []
    made = ""
    for change in wanted.changes:
        if change.parent is not None and change.parent.id == UNMADE:
            change = replace(change, parent=Ref(change.parent.resource, UNMADE + made))
        rows = _put(db, wanted.of(change), change, batch)
        if change.verb is Verb.CREATE and change.parent is None:
            made = rows[0]
        held += rows
    if wanted.held:
        db.execute("UPDATE edits SET not_before = ? WHERE batch = ?", (now() + wanted.held, batch))
    if wanted.undoes:
        db.execute("UPDATE edits SET undone = 1 WHERE batch = ?", (wanted.undoes,))
    found = [edit_table.one(db, client_id) for client_id in dict.fromkeys(held)]
    return [edit for edit in found if edit is not None]


def _is_undone(db: sqlite3.Connection, batch: str) -> bool:
    found = db.execute("SELECT 1 FROM edits WHERE batch = ? AND undone", (batch,))
    return found.fetchone() is not None


def not_undone(db: sqlite3.Connection, edit: Edit) -> None:
    """An edit that takes something back is gone: that can be undone anew, if all of it is gone."""
    db.execute(
        "UPDATE edits SET undone = 0 WHERE batch = :undoes"
        " AND NOT EXISTS (SELECT 1 FROM edits WHERE undoes = :undoes)",
        {"undoes": edit.undoes},
    )


def _replace_kept(db: sqlite3.Connection, wanted: Save, elsewhere: Callable[[Edit], bool]) -> None:
    """Drafts of the form go, but for what others type; refusals whose text is in it go too."""
    form = wanted.form
    if form is None:
        return
    drafts = edit_table.select(db, "form_key = ? AND state = ?", form.key, State.DRAFT)
    over = (edit_table.one(db, one) for one in form.over if one != _saved_before(form))
    refused = [one for one in over if one is not None and one.state is State.REFUSED]
    edit_table.delete(db, [*(one for one in drafts if not elsewhere(one)), *refused])


def _saved_before(form: FormText | None) -> str:
    """The client id of the create that the form of something new was saved as; empty for none."""
    key = form.key if form else ""
    return key.rpartition(NEW_AGAIN)[2] if NEW_AGAIN in key else ""


def _put(db: sqlite3.Connection, wanted: Save, change: Change, batch: str) -> list[str]:
    """One change; gives the client ids of the rows that hold it. Raises TooLateError."""
    mine = edit_table.about(db, change.record)
    if change.verb is Verb.CREATE and (held := _saved_again(db, wanted, change)):
        return [held]
    change = _named(db, change)
    if change.verb is Verb.DELETE and change.ref.id.startswith(UNMADE):
        made = next((one for one in mine if _makes(one, change)), None)
        if made is None and change.parent is not None:
            return []
        if made is not None and (_can_change(made) or made.state is State.REFUSED):
            edit_table.delete(db, with_followers(db, made))
            return []
    if change.verb is Verb.UPDATE:
        for one in reversed(mine):
            if not wanted.chained and _takes(one, change):
                edit_table.write(db, _folded(one, change, wanted))
                return [one.client_id]
            if one.change.verb is Verb.DELETE and one.change.parent is None:
                break
        change = _seen_through(change, mine)
    client_id = os.urandom(8).hex()
    form, seen = wanted.form, wanted.about(change.record)
    if form is not None and change.verb is Verb.CREATE and form.key.endswith("/new"):
        # Each of several new ones keeps a text of its own, should they all come back.
        form = replace(form, key=f"{form.key}{UNMADE}{client_id}")
    edit_table.insert(
        db,
        Edit(
            number=0,
            client_id=client_id,
            state=State.QUEUED,
            change=change,
            title=seen.title,
            batch=batch,
            account=wanted.account,
            form=form,
            snapshot=seen.snapshot,
            owner=wanted.owner,
            lane=wanted.lane,
            created=wanted.at,
            updated=wanted.at,
            undoes=wanted.undoes,
        ),
    )
    return [client_id]


def _saved_again(db: sqlite3.Connection, wanted: Save, change: Change) -> str:
    """A create that was saved before and has not gone: it becomes what is typed now.

    Gives its client id; empty where it is none, or was thrown away. Its row stays the same, so
    that what waits for it goes on waiting for it. Raises TooLateError.
    """
    edit = edit_table.one(db, _saved_before(wanted.form))
    if edit is None or edit.change.verb is not Verb.CREATE:
        return ""
    if not (_can_change(edit) or edit.state is State.REFUSED):
        raise TooLateError
    again = replace(
        edit,
        state=State.QUEUED,
        change=replace(edit.change, values=change.values),
        title=wanted.title,
        form=wanted.form,
        owner=wanted.owner,
        sent_at=None,
        not_before=0.0,
        answer=Answer(),
        updated=wanted.at,
    )
    edit_table.write(db, again)
    return edit.client_id


def _named(db: sqlite3.Connection, change: Change) -> Change:
    """A change of a part that was still to be made when it was seen: by its id, if it has one."""
    if change.parent is None or not change.ref.id.startswith(UNMADE):
        return change
    made = edit_table.one(db, change.ref.id.removeprefix(UNMADE))
    if made is None or not made.done or not made.change.ref.id:
        return change
    return replace(change, ref=made.change.ref)


def _makes(edit: Edit, change: Change) -> bool:
    """Whether an edit makes what a change is about."""
    return edit.change.verb is Verb.CREATE and change.ref == made_by(edit)


def made_by(edit: Edit) -> Ref:
    """What a create makes, by its id or by the one that it has until then."""
    ref = edit.change.ref
    return ref if ref.id else Ref(ref.resource, UNMADE + edit.client_id)


def seen_as(edit: Edit) -> Ref:
    """What an edit is about as screens know it: a part that is made has an id of its own."""
    change = edit.change
    return made_by(edit) if change.verb is Verb.CREATE and change.parent else change.ref


def discard(db: sqlite3.Connection, client_id: str) -> list[Edit]:
    """Throw an edit away with what waits for it; gives what is gone, none where it is too late."""
    edit = edit_table.one(db, client_id)
    if edit is None or edit.state not in AT_REST or edit.done:
        return []
    gone = [one for one in with_followers(db, edit) if one.state in AT_REST]
    edit_table.delete(db, gone)
    if edit.undoes:
        not_undone(db, edit)
    return gone


def with_followers(db: sqlite3.Connection, edit: Edit) -> list[Edit]:
    """An edit with the rest of its chain; if it makes something, with all that waits for it."""
    found = {edit.number: edit}
    if edit.chained:
        later = "batch = ? AND number > ? AND state <> 'confirmed'"
        rows = edit_table.select(db, later, edit.batch, edit.number)
        found |= {one.number: one for one in rows}
    if edit.change.verb is Verb.CREATE:
        made, record = made_by(edit), edit.change.parent is None
        rows = edit_table.about(db, edit.record)
        found |= {one.number: one for one in rows if record or one.change.ref == made}
    return list(found.values())


def _can_change(edit: Edit) -> bool:
    settled = edit.sent_at is None or edit.state is State.CONFLICT
    return edit.state in _STILL_HERE and settled and not edit.done


def _takes(edit: Edit, change: Change) -> bool:
    """Whether an update can become part of an edit that has not gone yet."""
    if not _can_change(edit) or edit.undoes or edit.chained:
        return False
    if _makes(edit, change):
        return True
    if edit.change.verb is Verb.UPDATE:
        return edit.change.ref == change.ref and edit.change.parent == change.parent
    return False


def _folded(edit: Edit, change: Change, wanted: Save) -> Edit:
    values = {**edit.change.values, **change.values}
    # What the user saw before his first edit is what a conflict is judged by.
    base: dict[str, Plain] = {**change.base, **edit.change.base}
    if edit.change.verb is Verb.CREATE:
        values = {name: value for name, value in values.items() if not same(value, None)}
        base = {}
    form = wanted.form
    if form is not None and edit.form is not None:
        form = replace(
            form,
            key=edit.form.key,
            texts={**edit.form.texts, **form.texts},
            picks={**edit.form.picks, **form.picks},
        )
    return replace(
        edit,
        state=State.QUEUED,
        change=replace(edit.change, values=values, base=base),
        form=form or edit.form,
        owner=wanted.owner,
        not_before=0.0,
        answer=Answer(),
        # What was chosen in a conflict for a field is older than what is saved for it now.
        choices={key: it for key, it in edit.choices.items() if key not in change.values},
        updated=wanted.at,
    )


def _seen_through(change: Change, mine: Sequence[Edit]) -> Change:
    """The base as the server has it: the user saw the values of edits that are still on their way.

    Once those are confirmed the base follows them (`follow`).
    """
    base = dict(change.base)
    for edit in reversed(mine):
        if edit.change.ref != change.ref or edit.change.verb is not Verb.UPDATE:
            continue
        for name, value in edit.change.values.items():
            if name in base and same(base[name], value):
                base[name] = edit.change.base.get(name)
    return replace(change, base=base)


def follow(db: sqlite3.Connection, done: Edit, part_id: str) -> None:
    """Have later edits of the same record expect what a confirmed one has written."""
    sent = done.change
    for edit in edit_table.about(db, done.record):
        if edit.number == done.number:
            continue
        change = edit.change
        if change.ref == sent.ref and change.parent == sent.parent:
            base = {
                name: sent.values[name]
                if name in sent.values and same(value, sent.base.get(name))
                else value
                for name, value in change.base.items()
            }
            # A part that is named by its value has another id since.
            ref = Ref(sent.ref.resource, part_id) if part_id else change.ref
            change = replace(change, base=base, ref=ref)
        snapshot = _moved(edit.snapshot, sent, part_id)
        edit_table.write(db, replace(edit, change=change, snapshot=snapshot))


def _moved(snapshot: Snapshot, sent: Change, part_id: str) -> Snapshot:
    if sent.parent is None:
        moved = {name: it for name, it in sent.values.items() if name in snapshot.fields}
        return replace(snapshot, fields={**snapshot.fields, **moved})
    kind = sent.ref.resource
    items = dict(snapshot.parts.get(kind, {}))
    before = items.pop(sent.ref.id, None) or items.get(part_id, {})
    if sent.verb is not Verb.DELETE:
        items[part_id] = {**before, **sent.values}
    return replace(snapshot, parts={**snapshot.parts, kind: items})


def name_record(db: sqlite3.Connection, edit: Edit, made: str) -> None:
    """A create has got its id: the edit itself and all that waits for its record learn it."""
    ref, unmade, record = Ref(edit.change.ref.resource, made), made_by(edit), edit.record
    edit_table.write(db, replace(edit, change=replace(edit.change, ref=ref), done=True))
    waiting = "state <> 'confirmed' AND resource = ? AND record_id = ?"
    if edit.change.parent is None:
        db.execute(
            f"UPDATE edits SET record_id = ? WHERE {waiting}",  # noqa: S608 - words of our own
            (made, record.resource, record.id),
        )
    else:
        db.execute(
            f"UPDATE edits SET part_id = ? WHERE {waiting} AND kind = ? AND part_id = ?",  # noqa: S608
            (made, record.resource, record.id, unmade.resource, unmade.id),
        )
