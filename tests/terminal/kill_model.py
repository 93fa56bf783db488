"""What ought to be, while the program is killed over and over: saves, drafts, the server's state.

Every text is typed once in a campaign, so that whoever finds it knows where it came from.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from csc_tui.domain.ref import Ref
from csc_tui.store.edits_file import FILE
from tests.outbox.server import Server

MOVING = frozenset({"queued", "sending", "waiting", "unclear"})
"""States in which an edit goes on by itself; what is unclear never asks: every text is unique."""


class Kind(StrEnum):
    """What is typed."""

    CHANGE = "change"
    TAG = "tag"
    NEW = "new"


class Twist(StrEnum):
    """What comes in between."""

    NONE = ""
    BESIDE = "beside"
    """A colleague changes another field of the record."""
    CLASH = "clash"
    """A colleague changes the same field."""
    REFUSAL = "refusal"
    """The server refuses it the first time."""


@dataclass
class Save:
    """One text on its way from the keys to the server."""

    kind: Kind
    text: str
    ref: Ref | None
    """None: a person of that name is to be made."""
    people: str
    """The resource of persons."""
    name: str = ""
    """The person's, as the list has it."""
    row: int = 0
    """The person's place in the list."""
    follows: bool = False
    """Whether the person has tags already."""
    twist: Twist = Twist.NONE
    theirs: str = ""
    """What the colleague wrote; empty before he has."""
    kept: str = ""
    """What a draft has to hold at least."""
    made: bool = False
    """Whether it stands in the outbox, or did: from then on it must arrive, once."""
    given_up: bool = False
    """Whether the user has chosen the colleague's value instead."""

    @property
    def form(self) -> str:
        """The key of its form's draft."""
        if self.ref is None:
            return f"{self.people}/new"
        return f"{self.people}/{self.ref.id}" + ("/tags" if self.kind is Kind.TAG else "")

    @property
    def takes_theirs(self) -> bool:
        """What the user chooses where both have changed it."""
        return int(self.text[1:5]) % 3 == 0

    @property
    def risky(self) -> bool:
        """Whether the user has to be asked before it arrives."""
        return self.twist in (Twist.CLASH, Twist.REFUSAL)


@dataclass(frozen=True)
class Row:
    """What the outbox file holds of an edit."""

    state: str
    record: str
    form: str
    changed: str
    texts: tuple[str, ...]
    """Of its form."""

    def holds(self, save: Save) -> bool:
        """Whether it is that save."""
        return self.state != "draft" and save.text in self.changed


def outbox_rows(data: Path, *, dead: bool) -> list[Row]:
    """All rows of the outbox below a data folder, journal and drafts among them.

    A dead program's file is read from a copy: what it left is for the next one to find.
    """
    file = next(iter(data.glob(f"**/{FILE}")), None)
    if file is None:
        return []
    with tempfile.TemporaryDirectory() as name:
        if dead:
            for one in file.parent.glob(f"{FILE}*"):
                shutil.copy(one, name)
            file = Path(name) / FILE
        return _rows(file, "rw" if dead else "ro")


def _rows(file: Path, mode: str) -> list[Row]:
    with closing(sqlite3.connect(f"{file.as_uri()}?mode={mode}", uri=True, timeout=20)) as db:
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'edits'").fetchone():
            return []
        sql = "SELECT state, record_id, form_key, changed, form FROM edits ORDER BY number"
        return [
            Row(
                state,
                record,
                key,
                changed,
                tuple(json.loads(form)["texts"].values() if form else ()),
            )
            for state, record, key, changed, form in db.execute(sql)
        ]


@dataclass
class Model:
    """Everything that was typed, and what the server has to say in the end."""

    server: Server
    saves: list[Save] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """What is neither lost nor doubled, but not as it should be."""
    writes: int = 0
    """Effective writes of the program that were counted at the server."""
    drafts: int = 0
    """Unsaved texts that were found again after a kill."""

    @property
    def made(self) -> int:
        """Saves that had to arrive."""
        return sum(one.made and not one.given_up for one in self.saves)

    def after_kill(self, save: Save | None, rows: list[Row], when: str) -> None:
        """Judge what the program has left; `save` was in hand when it died."""
        for one in self.saves:
            there = any(row.holds(one) for row in rows)
            if one is save and there:
                one.made = True
                one.given_up = one.given_up and not any(
                    row.state == "conflict" for row in rows if row.holds(one)
                )
                if any(row.state == "draft" and row.form == one.form for row in rows):
                    self.doubled.append(f"{one.text}: saved and a draft too, {when}")
            elif one.made and not there and not one.given_up:
                self.lost.append(f"{one.text}: was queued and is gone, {when}")
        if save is not None and not save.made:
            self._after_kill_unsaved(save, rows, when)

    def _after_kill_unsaved(self, save: Save, rows: list[Row], when: str) -> None:
        drafts = [text for row in rows if row.form == save.form for text in row.texts]
        found = max((_tail(text, save.text) for text in drafts), key=len, default="")
        if len(found) < len(save.kept):
            self.lost.append(f"{save.text}: kept {save.kept!r}, found {drafts}, {when}")
        self.drafts += bool(found)
        save.kept = found

    def check(self) -> None:
        """Compare the server with what was typed; its log is read and emptied."""
        owner = self.server.ask("GET", self.server.wire.me)["id"]
        bodies = Counter[str]()
        for entry in self.server.log():
            if entry["method"] == "GET" or not 200 <= (entry["work"] or 0) < 300:
                continue
            if entry["user"] == owner:
                bodies[json.dumps(self._news(entry))] += 1
        self.server.forget()
        self.writes += bodies.total()
        known = 0
        for save in self.saves:
            if save.text in self._checked:
                continue
            self._checked.add(save.text)
            count = sum(times for body, times in bodies.items() if save.text in body)
            known += count
            wanted = save.made and not save.given_up
            if count < wanted:
                self.lost.append(f"{save.text}: never written")
            elif count > wanted:
                self.doubled.append(f"{save.text}: written {count} times")
        if known != bodies.total():
            self.wrong.append(f"{bodies.total() - known} writes of nothing that was saved")
        self._compare()

    _checked: set[str] = field(default_factory=set)
    _lists: dict[tuple[str, str], list[Any]] = field(default_factory=dict)
    """Path and name -> a list as it was last written."""

    def _news(self, entry: dict[str, Any]) -> dict[str, Any]:
        """What a write says for the first time: some CRMs take lists only as a whole."""
        values = self.server.wire.values(entry["body"] or {})
        news = dict(values)
        for name, value in values.items():
            if isinstance(value, list):
                before = self._lists.get((entry["path"], name), [])
                self._lists[entry["path"], name] = value
                news[name] = [one for one in value if one not in before]
        return news

    def _compare(self) -> None:
        """Every record that was edited, field by field."""
        people: dict[Ref, dict[str, Any]] = {}
        beside, edited = self.server.wire.texts
        for save in self.saves:
            if save.ref is None:
                count = len(self.server.called(save.text))
                if count != save.made:
                    self.wrong.append(f"{save.text}: there {count} times")
                continue
            expected = people.setdefault(save.ref, {beside: None, edited: None, "tags": []})
            if save.kind is Kind.TAG:
                expected["tags"] += [save.text] if save.made else []
                continue
            if save.twist is Twist.BESIDE and save.theirs:
                expected[beside] = save.theirs
            elif save.theirs:
                expected[edited] = save.theirs
            if save.made and not save.given_up:
                expected[edited] = save.text
        for ref, expected in people.items():
            there = self.server.record(ref)
            found: dict[str, Any] = {name: there[name] or None for name in (beside, edited)}
            found["tags"] = sorted(one["name"] for one in there["tags"])
            if found != {**expected, "tags": sorted(expected["tags"])}:
                self.wrong.append(f"{ref.id}: {found}, not {expected}")


def _tail(draft: str, text: str) -> str:
    """How much of a text stands at the end of a draft, behind what stood there before."""
    ends = (text[:length] for length in range(len(text), 0, -1))
    return next((one for one in ends if draft.endswith(one)), "")
