"""Copying: `y` and a second key that says what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.glyphs import harmless
from csc_tui.ui.clipboard import MOST_BYTES, copy, to_copy
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csc_tui.domain import detail
    from csc_tui.services.records import Card
    from csc_tui.ui.app import CscApp
    from csc_tui.ui.frame import Frame
    from csc_tui.ui.widgets.record_view import Stop


class CopyActions:
    """What the second key copies, from the record that `y` was pressed on."""

    def __init__(self, frame: Frame, card: Card, stop: Stop | None) -> None:
        """`stop`: what the cursor is on; None in a list, where that is the phone."""
        self._frame = frame
        self._record = card.record
        self._stop = stop
        self._lines = self._made(card)

    def _made(self, card: Card) -> Sequence[detail.Line]:
        from csc_tui.domain import detail

        desk = self._frame.csc.desk
        names = {ref: one.name for ref, one in card.linked.items()}
        return detail.lines(
            desk.resources[card.record.resource],
            card.record,
            desk.choices(),
            lambda ref: names.get(ref, ""),
            self._frame.csc.zone,
        )

    async def _copy(self, text: str, what: str, *, many: bool = False) -> None:
        """`many`: of several lines. A number with a line break would run in a shell if pasted."""
        text = text if many else harmless(text)
        if not text:
            self._frame.hint(say("screen.nothing_to_copy", what=what))
            return
        await hand_over(self._frame.csc, text)

    def _first(self, role: str) -> str:
        return next((line.copy for line in self._lines if line.role == role), "")

    async def do_copy_here(self) -> None:
        """What the cursor is on."""
        if self._stop is None:
            await self.do_copy_phone()
        else:
            many = self._many(self._stop.line)
            await self._copy(self._stop.text, say("screen.what_this"), many=many)

    def _many(self, line: detail.Line | None) -> bool:
        """Whether a value has lines of its own: an address, a long text."""
        if line is None or line.role == "address":
            return line is not None
        fields = self._frame.csc.desk.resources[self._record.resource].fields
        return any(one.name == line.field and one.kind == "long" for one in fields)

    async def do_copy_phone(self) -> None:
        """The number that one rings first."""
        await self._copy(self._record.cell("phone"), say("screen.what_phone"))

    async def do_copy_email(self) -> None:
        """The first e-mail."""
        await self._copy(self._record.cell("email"), say("screen.what_email"))

    async def do_copy_address(self) -> None:
        """The first address in post form."""
        await self._copy(self._first("address"), say("screen.what_address"), many=True)

    async def do_copy_salutation(self) -> None:
        """How a letter begins."""
        await self._copy(self._record.letter_salutation(), say("screen.what_salutation"))

    async def do_copy_web(self) -> None:
        """The record's page."""
        await self._copy(self._frame.csc.desk.web_address(self._record.ref), say("screen.what_web"))

    async def do_copy_record(self) -> None:
        """All of it, a line for each value."""
        rows = [self._record.head().title]
        rows += [
            ": ".join(part for part in (line.label, line.text) if part) for line in self._lines
        ]
        await self._copy("\n".join(rows), say("screen.what_record"), many=True)

    def do_copy_show(self) -> None:
        """What was copied last, else what the cursor is on, for the mouse to select."""
        last = self._frame.csc.copied
        here = self._stop.text if self._stop else self._record.cell("phone")
        why = say("select.last" if last else "select.here")
        self._frame.csc.show_to_select(to_copy(last or here), why)


async def hand_over(program: CscApp, text: str) -> None:
    """Copy `text` and say so; show it to be selected where no terminal's clipboard is to be used.

    That is so for what is too long for any, and where the setting `clipboard` says it.
    """
    program.copied = text
    if program.settings.clipboard == "show":
        program.show_to_select(to_copy(text), say("select.setting"))
    elif words := await copy(program, text):
        program.messages.success(words)
    else:
        clean = to_copy(text)
        why = say("select.too_long", most=f"{MOST_BYTES:,}", size=f"{len(clean.encode()):,}")
        program.show_to_select(clean, why, say("select.too_long_title"))
