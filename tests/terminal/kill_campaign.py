"""Killing the program at random moments of an editing session, and what has become of the texts.

Real: the program in a pty, keys alone, the demo server with faults. One life a kill; every few
lives the outbox is drained and the server compared with what was typed.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGHUP, SIGKILL
from typing import Any

from tests.outbox.server import Server
from tests.terminal.kill_model import Kind, Model, Save, Twist, outbox_rows
from tests.terminal.kill_session import LONG, Dead, Moment, Phase, Session

PEOPLE = 12
"""As many as one screen shows."""
SIGNALS = ("kill -9", "terminal closed")
"""How it dies."""
ROUND = 10
"""Lives between two comparisons."""
OPTIONS = ("--people", "0", "--companies", "0", "--limit", "1000000", "--today", "2026-11-20")
"""Of the server: nobody but the campaign's own people."""

FAULTS: tuple[tuple[dict[str, Any], ...], ...] = (
    (),
    ({"kind": "latency", "seconds": 0.3},),
    ({"kind": "status", "status": 429, "headers": {"Retry-After": "1"}, "count": 2},),
    ({"kind": "status", "status": 503, "path": "/{people}/**", "count": 2},),
    ({"kind": "drop", "when": "before", "method": "PUT", "count": 1},),
    ({"kind": "drop", "when": "after", "method": "PUT", "count": 1},),
    ({"kind": "drop", "when": "before", "method": "POST", "count": 1},),
    ({"kind": "drop", "when": "after", "method": "POST", "count": 1},),
    ({"kind": "cut", "method": "PUT", "count": 1}, {"kind": "cut", "method": "POST", "count": 1}),
    ({"kind": "status", "status": 502, "when": "after", "method": "PUT", "count": 1},),
    ({"kind": "status", "status": 502, "when": "after", "method": "POST", "count": 1},),
)
"""What the server does to a life: one of these. Where no path stands, with all of the people."""


@dataclass
class Campaign:
    """A server, a home, and one life after the other in it."""

    server: Server
    env: Mapping[str, str]
    """Of the program; with folders of its own."""
    folder: Path
    """Where it is started."""
    seed: int = 1
    kills: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Signal and phase -> how often."""
    longest_pause: float = 0.0
    """Seconds from the last key to the kept draft, the longest."""

    def __post_init__(self) -> None:
        """Make the people."""
        self._chance = random.Random(self.seed)
        self.model = Model(self.server)
        names = [f"Aa{number:02}" for number in range(1, PEOPLE + 1)]
        self._people = {name: self.server.make(name) for name in names}
        self._tagged: set[str] = set()
        self._left: Save | None = None
        """What the last life was killed with in hand."""
        self.server.forget()

    def run(self, kills: int) -> Model:
        """So many lives; everything compared in the end."""
        for number in range(1, kills + 1):
            self._life(self._moment())
            if number % ROUND == 0 or number == kills:
                self._life(None)
                self.model.check()
        self.model.wrong += [
            f"crash: {one.name}" for one in Path(self.env["XDG_STATE_HOME"]).glob("**/crash-*")
        ]
        return self.model

    def _moment(self) -> Moment:
        phase = self._chance.choice(list(Phase))
        longest = {Phase.STARTING: 1.2, Phase.SENDING: 1.5, Phase.SAVING: 0.1, Phase.TYPING: 0.3}
        times = self._chance.randrange(14 if phase is Phase.TYPING else 2)
        return Moment(phase, times, self._chance.random() * longest.get(phase, 0.4))

    # --- one life

    def _life(self, moment: Moment | None) -> None:
        session = Session(self.env, self.folder, self.server, self._chance, moment)
        try:
            with suppress(Dead):
                self._edit(session, last=moment is None)
            if moment is not None:
                self._kill(session)
        finally:
            self.longest_pause = max(self.longest_pause, session.longest_pause)
            session.terminal.close()

    def _edit(self, session: Session, *, last: bool) -> None:
        self.server.fail()
        left, self._left = self._left, None
        session.in_hand = left
        if not last and not (left is not None and left.risky):
            people = self.server.wire.people
            faults = [{"path": "/{people}**", **one} for one in self._chance.choice(FAULTS)]
            self.server.fail(
                *({**one, "path": one["path"].format(people=people)} for one in faults)
            )
        session.start()
        if left is not None:
            (session.settle if left.made else session.edit)(left)
        if last:
            session.drain()
            return
        for _ in range(self._chance.randint(1, 2)):
            session.edit(self._save(session))

    def _save(self, session: Session) -> Save:
        """Something new to type, about somebody with nothing on the way."""
        text = f"k{len(self.model.saves):04}{''.join(self._chance.choices('abcdefgh', k=9))}"
        kind = self._chance.choice(list(Kind))
        twist = Twist.NONE
        if kind is Kind.CHANGE:
            twist = self._chance.choice(list(Twist))
        people = self.server.wire.people
        save = Save(kind, text, None, people)
        if kind is not Kind.NEW:
            busy = {row.record for row in session.rows() if row.state != "confirmed"}
            free = [name for name, ref in self._people.items() if ref.id not in busy]
            name = self._chance.choice(free)
            row = list(self._people).index(name)
            ref, follows = self._people[name], name in self._tagged
            title = self.server.wire.title(name)
            save = Save(kind, text, ref, people, title, row, follows, twist)
            if kind is Kind.TAG:
                self._tagged.add(name)
        if save.risky:
            self.server.fail()
        self.model.saves.append(save)
        return save

    def _kill(self, session: Session) -> None:
        """End it, and see what it has left."""
        save, terminal = session.in_hand, session.terminal
        assert terminal.process.poll() is None, f"it has ended by itself:\n{terminal.text}"
        signal = self._chance.choice(SIGNALS)
        if signal == SIGNALS[0]:
            terminal.process.kill()
        else:
            if save is not None and not save.made:
                save.kept = max(save.kept, session.shown(save), key=len)
            terminal.hang_up()
        code = terminal.process.wait(LONG)
        if code not in (-SIGKILL, -SIGHUP, 128 + SIGHUP):  # it may not have begun to listen
            self.model.wrong.append(f"ended with {code} by {signal}, {session.phase}")
        self.kills[signal, session.phase] += 1
        when = f"{signal}, {session.phase}"
        self.model.after_kill(save, outbox_rows(Path(self.env["XDG_DATA_HOME"]), dead=True), when)
        open_question = save is not None and save.made and save.risky and not save.given_up
        self._left = save if save is not None and (not save.made or open_question) else None
