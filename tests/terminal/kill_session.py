"""One life of the program at the keys: it edits as told until its moment has come."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from time import monotonic

from tests.outbox.server import Server
from tests.terminal.kill_model import MOVING, Kind, Row, Save, Twist, outbox_rows
from tests.terminal.terminal import Terminal, program

LONG = 60.0
"""Seconds for what must come."""
REFUSED = "this is odd"
"""What a refusal says."""
NUMBER = 5
"""Characters by which a text can be told from all others."""


class Phase(StrEnum):
    """What the user is at."""

    STARTING = "starting"
    OPENING = "opening a form"
    TYPING = "typing"
    PAUSE = "in a pause"
    SAVING = "saving"
    SENDING = "sending"
    SETTLING = "settling"


@dataclass(frozen=True)
class Moment:
    """When to die."""

    phase: Phase
    times: int
    """How often the phase was come to before."""
    delay: float
    """Seconds later."""


class Dead(Exception):
    """The moment has come."""


class Session:
    """Keys, screen and outbox file of one life."""

    def __init__(
        self,
        env: Mapping[str, str],
        folder: Path,
        server: Server,
        chance: random.Random,
        moment: Moment | None,
    ) -> None:
        """`moment`: None for a life that is not cut short."""
        self.terminal = Terminal(program(), env, folder=folder)
        self.in_hand: Save | None = None
        self.phase = Phase.STARTING
        self.longest_pause = 0.0
        """Seconds from the last key to the kept draft, the longest so far."""
        self._data = Path(env["XDG_DATA_HOME"])
        self._server = server
        one = server.wire.one
        self._titles = {
            Kind.CHANGE: f"› Edit {one}",
            Kind.TAG: "› Edit tags",
            Kind.NEW: f"› New {one}",
        }
        self._chance = chance
        self._moment = moment
        self._passed = 0

    # --- the moment

    def at(self, phase: Phase) -> None:
        """The user is now at this; dies here if this is the moment."""
        self.phase = phase
        moment = self._moment
        if moment is None or moment.phase is not phase:
            return
        self._passed += 1
        if self._passed <= moment.times:
            return
        end = monotonic() + moment.delay
        while (left := end - monotonic()) > 0:
            self.terminal.rest(left)
        raise Dead

    def rows(self) -> list[Row]:
        """The outbox file as it is now."""
        return outbox_rows(self._data, dead=False)

    def until(self, wanted: Callable[[], object]) -> None:
        """Wait for what the file shows."""
        end = monotonic() + LONG
        while not wanted():
            assert monotonic() < end, self.terminal.text
            self.terminal.rest(0.05)

    def see(self, *texts: str) -> str:
        """Wait until one of these stands on the screen; which."""
        lines = self.terminal.wait_for(
            lambda lines: any(one in "\n".join(lines) for one in texts), timeout=LONG
        )
        return next(one for one in texts if one in "\n".join(lines))

    # --- what the user does

    def start(self) -> None:
        """Wait for the list, and for the outbox to be read."""
        self.at(Phase.STARTING)
        self.terminal.wait_for(lambda lines: "outbox " in lines[-1], timeout=LONG)
        self.terminal.wait_for(lambda lines: lines[3].strip(), timeout=LONG)

    def edit(self, save: Save) -> None:
        """Open the form, type the rest of the text with pauses, save."""
        self.in_hand = save
        self.at(Phase.OPENING)
        self._open(save)
        if save.kept:
            self.see("draft of")
            self.see(save.kept)
        else:
            self._to_field(save)
        typed = save.kept
        for piece in _pieces(save.text[len(typed) :], self._chance):
            for char in piece:
                self.terminal.press(char)
                self.at(Phase.TYPING)
            typed += piece
            self._pause(save, typed)
        self._twist(save)
        self._save(save)
        if save.risky:
            self.settle(save)

    def _open(self, save: Save) -> None:
        if save.ref is None:
            self.terminal.press("n")
            self.see(self._titles[save.kind])
            return
        key, title = "t" if save.kind is Kind.TAG else "e", self._titles[save.kind]
        end = monotonic() + LONG
        while monotonic() < end:
            self.terminal.press("home", *["down"] * save.row, key)
            found = self.see(f"{save.name} {title}", title, "not loaded yet")
            if found.startswith(save.name):
                return
            if found == title:  # a new record has taken the cursor meanwhile
                self.terminal.press("escape")
                self.terminal.wait_gone(title, LONG)
        raise AssertionError(f"never came to {save.name}:\n{self.terminal.text}")

    def _to_field(self, save: Save) -> None:
        if save.kind is Kind.TAG:
            self.terminal.press("end")
            if save.follows:
                self.terminal.type(", ")
        elif save.kind is Kind.CHANGE:
            self._jump(self._server.wire.label)
        else:
            for name, value in self._server.wire.needs.items():
                self._jump(name.replace("_", " "))
                self.terminal.type(value)
            self._jump("last")

    def _jump(self, label: str) -> None:
        """To the field with this in its label; what stands there goes."""
        self.terminal.press("ctrl+g")
        self.terminal.type(label)
        self.terminal.press("enter", "ctrl+u")

    def _pause(self, save: Save, typed: str) -> None:
        """Type nothing until what was typed is on the disk."""
        begin = monotonic()
        self.at(Phase.PAUSE)
        self.until(lambda: any(text.endswith(typed) for text in self._drafts(save)))
        self.longest_pause = max(self.longest_pause, monotonic() - begin)
        save.kept = typed

    def _drafts(self, save: Save) -> list[str]:
        return [text for row in self.rows() if row.form == save.form for text in row.texts]

    def shown(self, save: Save) -> str:
        """As much of the text as stands on the screen, if it can be told from another one."""
        shown = self.terminal.text
        lengths = range(len(save.text), NUMBER - 1, -1)
        return next((save.text[:one] for one in lengths if save.text[:one] in shown), "")

    def _twist(self, save: Save) -> None:
        """Somebody or something comes in between."""
        if save.twist is Twist.NONE or save.ref is None:
            return
        if save.twist is Twist.REFUSAL:
            body = self._server.wire.refusal(self._server.wire.texts[1], REFUSED)
            fault = {"kind": "status", "status": 422, "body": body, "count": 1}
            path = f"/{save.people}/{save.ref.id}"
            self._server.fail({**fault, "method": "PUT", "path": path})
        elif not save.theirs:
            save.theirs = f"their-{save.text}"
            name = self._server.wire.texts[0 if save.twist is Twist.BESIDE else 1]
            self._server.change(save.ref, **{name: save.theirs})

    def _save(self, save: Save) -> None:
        """`ctrl+s`: the form closes when the save is on the disk."""
        self.terminal.press("ctrl+s")
        self.at(Phase.SAVING)
        self.terminal.wait_for(lambda lines: self._titles[save.kind] not in lines[1], timeout=LONG)
        save.made = True
        self.at(Phase.SENDING)

    def settle(self, save: Save) -> None:
        """See what becomes of a save; answer what is asked."""
        self.in_hand = save
        while (state := self._rest(save)) in ("conflict", "refused"):
            self.at(Phase.SETTLING)
            self._to_question(state)
            self.at(Phase.SETTLING)
            if state == "conflict":
                self._choose(save)
            else:
                self.see(REFUSED)
                self.see(save.text)
                self._save(save)
            self.terminal.press("escape", "escape")
            self.terminal.wait_for(lambda lines: "›" not in lines[1], timeout=LONG)

    def _rest(self, save: Save) -> str:
        """Wait until a save goes no further by itself; its state, empty if it is gone."""

        def states() -> list[str]:
            return [row.state for row in self.rows() if row.holds(save)]

        self.until(lambda: not set(states()) & MOVING)
        return next(iter(states()), "")

    def _to_question(self, state: str) -> None:
        """To the form or the choice: they open by themselves, else by way of the outbox.

        By the palette, which nothing opens over: a key of the list might become text of a form.
        """
        form, palette = self._titles[Kind.CHANGE], "› All commands"
        self.terminal.press("ctrl+p")
        if self.see(palette, *[form] * (state == "refused")) == palette:
            self.terminal.type("writes not yet")
            self.terminal.press("enter")
            self.see("› Outbox")
            self.terminal.press("enter")
            self.see(form if state == "refused" else "› Conflict")

    def _choose(self, save: Save) -> None:
        """Mine or theirs, by the text's number; then send."""
        self.see(save.theirs[:12])
        theirs = save.takes_theirs
        self.terminal.press("t" if theirs else "m")
        self.see("all chosen")
        save.given_up = theirs
        self.terminal.press("ctrl+s")
        self.at(Phase.SETTLING)
        self.terminal.wait_for(lambda lines: "› Conflict" not in lines[1], timeout=LONG)

    def drain(self) -> None:
        """Wait until nothing is left in the outbox, then quit."""
        self.until(lambda: all(row.state == "confirmed" for row in self.rows()))
        self.terminal.wait_for(lambda lines: "outbox 0" in lines[-1], timeout=LONG)
        self.terminal.press("q")
        code = self.terminal.wait_end(LONG)
        assert code == 0, f"ended with {code}:\n{self.terminal.text}"


def _pieces(text: str, chance: random.Random) -> list[str]:
    """A text as it is typed, with a pause behind each piece."""
    if len(text) < 2:
        return [text] if text else []
    cut = chance.randrange(1, len(text))
    return [text[:cut], text[cut:]]
