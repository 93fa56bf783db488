"""One edit: what it changes, how far it has come, and how a row of the table holds it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from csc_tui.domain import errors
from csc_tui.domain.change import Change, Verb
from csc_tui.domain.errors import Ambiguous, CrmError, Invalid
from csc_tui.domain.field import Plain
from csc_tui.domain.form_text import FormText
from csc_tui.domain.merge import Clash
from csc_tui.domain.ref import Ref

UNMADE = "~"
"""Begins the id of a record that is not at the server yet; the client id of its create follows."""


class State(StrEnum):
    """How far an edit has come."""

    DRAFT = "draft"
    """Being typed."""
    QUEUED = "queued"
    SENDING = "sending"
    WAITING = "waiting"
    """For the line or the server; `not_before` says until when."""
    CONFLICT = "conflict"
    """Somebody else changed the same; the user has to choose."""
    REFUSED = "refused"
    """The CRM said no; the text is kept."""
    UNCLEAR = "unclear"
    """A create whose answer was lost; being looked for, or (`asks`) the user has to say."""
    PAUSED = "paused"
    """Of a batch that the user has stopped; it waits until he lets it go on."""
    CONFIRMED = "confirmed"
    """In the journal."""


UNCONFIRMED = tuple(one for one in State if one not in (State.DRAFT, State.CONFIRMED))
"""What `outbox N` counts."""


CHAINED = ">"
"""Begins the name of a batch whose edits go one after the other, none before the one before it is
confirmed."""

BY_HAND = 2
"""The lane of edits that a person makes one by one."""
BULK_LANE = 4
"""The lane of edits that are some of many: whatever one does by hand goes first."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A record as the user saw it, or as it was before a delete."""

    fields: Mapping[str, Plain] = field(default_factory=dict)
    parts: Mapping[str, Mapping[str, Mapping[str, Plain]]] = field(default_factory=dict)
    """Part kind -> id -> field -> value."""

    def as_values(self) -> dict[str, Plain]:
        """Fields, and parts as lists of objects with their ids: what a merge takes."""
        lists: dict[str, Plain] = {
            kind: [{"id": one, **values} for one, values in items.items()]
            for kind, items in self.parts.items()
        }
        return {**self.fields, **lists}


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of the last try."""

    error: CrmError | None = None
    merged: tuple[str, ...] = ()
    """Paths of what others had changed meanwhile and kept."""
    altered: Mapping[str, Plain] = field(default_factory=dict)
    """Field -> what the server made of what was sent."""
    clashes: tuple[Clash, ...] = ()
    theirs: Mapping[str, Plain] = field(default_factory=dict)
    """Of a conflict: the server's values of the fields of the edit."""
    author: str = ""
    """Of a conflict: the id of the user who changed the record last; may be empty."""
    at: str = ""
    """Of a conflict: when, ISO; it is the record's version too."""
    candidates: tuple[str, ...] = ()
    """Ids of records that may be the one whose answer was lost."""
    note: str = ""
    """`adopted`: the lost one was found; `vanished`: the server had it so already;
    `gone`: it was deleted already; `unread`: saved, and deleted before it could be read back;
    `working`: the CRM does it a little later;
    `damaged`: read out of a damaged file, so it may have been sent already."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user has chosen or typed for one row of a conflict, and not saved yet."""

    side: str = ""
    """As in `services.conflicts.Side`; empty: still to choose."""
    theirs: Plain = None
    """Their value as it was then: beside another one it is no choice any more."""
    text: str | None = None
    """What was typed instead, as typed; None: nothing."""
    value: Plain = None
    """What that text means, once it was taken."""
    typing: bool = False
    """Whether it is being typed."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One row."""

    number: int
    """The order of saving."""
    client_id: str
    state: State
    change: Change
    """Of a draft without meaning. After a confirmation what was really written: `values` as sent,
    `base` as they were just before."""
    title: str = ""
    """Whom it is about, in words."""
    batch: str = ""
    """Edits of one form share it; undo takes them back together."""
    account: str = ""
    """The server's own id of the account it belongs to; empty where it was not known."""
    form: FormText | None = None
    """None for a delete, and once it is confirmed."""
    snapshot: Snapshot = field(default_factory=Snapshot)
    owner: str = ""
    """The process that types it or has saved it, see `presence.Presence.owner`."""
    owned_at: float = 0.0
    lane: int = BY_HAND
    attempts: int = 0
    looks: int = 0
    """How often the twin of a create was looked for."""
    sent: Change | None = None
    """What was sent last; None before."""
    sent_at: float | None = None
    """When, by the server's clock if that was known; None: nothing that may have been done."""
    sent_by: str = ""
    """Of a create: the mark of the key that it was sent with."""
    seen: tuple[str, ...] = ()
    """Ids of the parts of the same kind that were there before a part was sent."""
    done: bool = False
    """Whether the server has said yes; it remains to read the record back."""
    asks: bool = False
    """Of an unclear one: whether the user has to say."""
    not_before: float = 0.0
    answer: Answer = field(default_factory=Answer)
    choices: Mapping[str, Choice] = field(default_factory=dict)
    """Of a conflict: by the row's key (`services.conflicts.Row`)."""
    created: float = 0.0
    updated: float = 0.0
    request_id: str = ""
    after: Mapping[str, Plain] = field(default_factory=dict)
    """Of a confirmed one: the values that were read back."""
    undoes: str = ""
    """The batch that it takes back."""
    undone: bool = False

    @property
    def record(self) -> Ref:
        """The record; its id begins with `~` as long as it is to be made."""
        ref = self.change.record
        return ref if ref.id else Ref(ref.resource, UNMADE + self.client_id)

    @property
    def needs_user(self) -> bool:
        """Whether it goes no further by itself."""
        return self.state in (State.CONFLICT, State.REFUSED) or (
            self.state is State.UNCLEAR and self.asks
        )

    @property
    def moves(self) -> bool:
        """Whether the runner has something to do with it, now or later."""
        return self.state in UNCONFIRMED and self.state is not State.PAUSED and not self.needs_user

    @property
    def bulk(self) -> bool:
        """Whether it is one of many that were asked for together; they go last."""
        return self.lane == BULK_LANE

    @property
    def chained(self) -> bool:
        """Whether it waits until all that was saved with it before it is confirmed."""
        return self.batch.startswith(CHAINED)

    @property
    def idle(self) -> bool:
        """Of a confirmed one: whether it changed nothing, for the server had it so already."""
        return not (self.change.base if self.change.verb is Verb.DELETE else self.change.values)

    @property
    def held(self) -> bool:
        """Whether it is a delete that may be in the seconds in which it can be taken back."""
        return (
            self.change.verb is Verb.DELETE and self.state is State.QUEUED and self.not_before > 0
        )


def written(edit: Edit) -> dict[str, Any]:
    """Column -> value, but for the number."""
    change = edit.change
    return {
        "client_id": edit.client_id,
        "state": edit.state.value,
        "verb": change.verb.value,
        "resource": change.record.resource,
        "record_id": change.record.id,
        "kind": change.ref.resource if change.parent else "",
        "part_id": change.ref.id if change.parent else "",
        "changed": _json(change.values),
        "base": _json(change.base),
        "version": change.version,
        "title": edit.title.encode("utf-8", "replace").decode("utf-8"),
        "batch": edit.batch,
        "account": edit.account,
        "form_key": edit.form.key if edit.form else "",
        "form": _json(asdict(edit.form)) if edit.form else "",
        "snapshot": _json(asdict(edit.snapshot)),
        "owner": edit.owner,
        "owned_at": edit.owned_at,
        "lane": edit.lane,
        "attempts": edit.attempts,
        "looks": edit.looks,
        "sent": _json(_packed_change(edit.sent)) if edit.sent else "",
        "sent_at": edit.sent_at,
        "seen": _json(edit.seen),
        "done": int(edit.done),
        "asks": int(edit.asks),
        "not_before": edit.not_before,
        "answer": _json(_packed_answer(edit.answer) | _packed_beside(edit)),
        "created": edit.created,
        "updated": edit.updated,
        "request_id": edit.request_id,
        "after": _json(edit.after),
        "undoes": edit.undoes,
        "undone": int(edit.undone),
    }


def read(row: Mapping[str, Any]) -> Edit:
    """An edit out of its row. Raises ValueError, TypeError or KeyError for a garbled one."""
    form = json.loads(row["form"]) if row["form"] else None
    snapshot, answer = json.loads(row["snapshot"]), json.loads(row["answer"])
    return Edit(
        number=int(row["number"]),
        client_id=str(row["client_id"]),
        state=State(row["state"]),
        change=_change(row),
        title=str(row["title"]),
        batch=str(row["batch"]),
        account=str(row["account"]),
        form=_form(form) if form else None,
        snapshot=Snapshot(dict(snapshot["fields"]), dict(snapshot["parts"])),
        owner=str(row["owner"]),
        owned_at=float(row["owned_at"]),
        lane=int(row["lane"]),
        attempts=int(row["attempts"]),
        looks=int(row["looks"]),
        sent=_unpacked_change(json.loads(row["sent"])) if row["sent"] else None,
        sent_at=None if row["sent_at"] is None else float(row["sent_at"]),
        sent_by=str(answer.get("by", "")),
        seen=tuple(map(str, json.loads(row["seen"]))),
        done=bool(row["done"]),
        asks=bool(row["asks"]),
        not_before=float(row["not_before"]),
        answer=_unpacked_answer(answer),
        choices={str(key): _choice(one) for key, one in answer.get("choices", {}).items()},
        created=float(row["created"]),
        updated=float(row["updated"]),
        request_id=str(row["request_id"]),
        after=dict(json.loads(row["after"])),
        undoes=str(row["undoes"]),
        undone=bool(row["undone"]),
    )


def _change(row: Mapping[str, Any]) -> Change:
    record = Ref(str(row["resource"]), str(row["record_id"]))
    part = Ref(str(row["kind"]), str(row["part_id"])) if row["kind"] else None
    return Change(
        Verb(row["verb"]),
        part or record,
        record if part else None,
        dict(json.loads(row["changed"])),
        dict(json.loads(row["base"])),
        str(row["version"]),
    )


def _form(raw: Mapping[str, Any]) -> FormText:
    return FormText(
        key=str(raw["key"]),
        title=str(raw["title"]),
        at=float(raw["at"]),
        texts={str(path): str(text) for path, text in raw["texts"].items()},
        picks={str(path): (str(it[0]), str(it[1])) for path, it in raw["picks"].items()},
        cursor=str(raw["cursor"]),
        over=tuple(map(str, raw.get("over", ()))),
    )


def _packed_change(change: Change) -> list[Any]:
    parent = change.parent
    return [
        change.verb,
        [change.ref.resource, change.ref.id],
        [parent.resource, parent.id] if parent else None,
        change.values,
        change.base,
        change.version,
    ]


def _unpacked_change(raw: list[Any]) -> Change:
    verb, ref, parent, values, base, version = raw
    return Change(Verb(verb), Ref(*ref), Ref(*parent) if parent else None, values, base, version)


def _packed_answer(answer: Answer) -> dict[str, Any]:
    """Only what is not as it begins."""
    empty = Answer()
    packed = {
        name: getattr(answer, name)
        for name in ("merged", "altered", "theirs", "author", "at", "candidates", "note")
        if getattr(answer, name) != getattr(empty, name)
    }
    if answer.clashes:
        packed["clashes"] = [[it.path, it.before, it.mine, it.theirs] for it in answer.clashes]
    if answer.error is not None:
        packed["error"] = packed_error(answer.error)
    return packed


def _packed_beside(edit: Edit) -> dict[str, Any]:
    """What stands in the column of the answer, too: it belongs to it."""
    return {"choices": {k: asdict(one) for k, one in edit.choices.items()}, "by": edit.sent_by}


def _choice(raw: Mapping[str, Any]) -> Choice:
    return Choice(
        side=str(raw["side"]),
        theirs=raw["theirs"],
        text=raw["text"],
        value=raw["value"],
        typing=bool(raw["typing"]),
    )


def _unpacked_answer(raw: Mapping[str, Any]) -> Answer:
    return Answer(
        error=unpacked_error(raw["error"]) if "error" in raw else None,
        merged=tuple(raw.get("merged", ())),
        altered=raw.get("altered", {}),
        clashes=tuple(Clash(*it) for it in raw.get("clashes", ())),
        theirs=raw.get("theirs", {}),
        author=raw.get("author", ""),
        at=raw.get("at", ""),
        candidates=tuple(raw.get("candidates", ())),
        note=raw.get("note", ""),
    )


def packed_error(error: CrmError) -> list[Any]:
    """An error's type and facts as JSON values."""
    if isinstance(error, Ambiguous):
        return ["Ambiguous", packed_error(error.cause)]
    if isinstance(error, Invalid):
        return ["Invalid", {path: list(words) for path, words in error.messages.items()}]
    return [type(error).__name__, *error.args]


def unpacked_error(raw: list[Any]) -> CrmError:
    """The error again. Raises ValueError for one that this version does not know."""
    name, *facts = raw
    kind = getattr(errors, str(name), None)
    if not (isinstance(kind, type) and issubclass(kind, CrmError)):
        raise ValueError(name)
    if kind is Ambiguous:
        return Ambiguous(unpacked_error(facts[0]))
    if kind is Invalid:
        return Invalid({path: tuple(words) for path, words in facts[0].items()})
    return kind(*facts)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


COLUMNS = tuple(written(Edit(0, "", State.DRAFT, Change(Verb.UPDATE, Ref("", "")))).keys())
"""The table's columns, but for the number."""
