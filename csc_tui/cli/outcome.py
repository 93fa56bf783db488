"""What became of writes: a sentence for what is not confirmed, and the exit code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from csc_tui.cli.exits import CONFLICT, FAILED, OK, code_of
from csc_tui.cli.output import complain, put
from csc_tui.domain.change import Verb
from csc_tui.domain.dump import dump, json_text
from csc_tui.glyphs import harmless
from csc_tui.sentences import explain_wait, explain_write
from csc_tui.services.confirming import End
from csc_tui.words import say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from csc_tui.services.confirming import Confirming, Ended
    from csc_tui.services.desk import Desk
    from csc_tui.store.edit_rows import Edit

SHORT = 6
"""Characters of an entry's id that are printed; so many tell a hundred entries apart."""


async def report(
    desk: Desk, confirming: Confirming, found: argparse.Namespace, edits: Sequence[Edit]
) -> int:
    """Wait for the edits unless it is not wanted, say what came of them; the exit code.

    Of several that failed the first one's code counts.
    """
    if found.no_wait:
        if sys.stdout.isatty():
            put(say("edit.queued"))
        return OK
    code = OK
    ended = await confirming.wait(edits)
    for one in ended:
        if one.end is not End.CONFIRMED:
            complain(_sentence(desk, one))
            code = code or _code(one)
        elif one.edit.answer.altered:
            complain(_altered(desk, one.edit))
    if code == OK:
        await _print(desk, found, ended)
    return code


def _altered(desk: Desk, edit: Edit) -> str:
    """What the CRM made of it, to be read by a person: for a program it is no failure."""
    from csc_tui.ui.edit_words import made_of_it

    resource = desk.resources[edit.record.resource]
    words = say("edit.altered", values=made_of_it(edit, resource, desk.choices()))
    return f"{harmless(edit.title)}: {words}"


async def _print(desk: Desk, found: argparse.Namespace, ended: Sequence[Ended]) -> None:
    """The records as they are now for a program, ids of new ones, or one word for a person."""
    made = [
        one.edit.record.id
        for one in ended
        if one.edit.change.verb is Verb.CREATE and one.edit.change.parent is None
    ]
    if found.json:
        for ref in dict.fromkeys(one.edit.record for one in ended):
            card = await desk.records.card(ref)
            if card is not None:
                print(json_text(dump(desk.resources[ref.resource], card.record)))
    elif made:
        print("\n".join(made))
    elif sys.stdout.isatty():
        put(say("edit.saved"))


def _code(ended: Ended) -> int:
    if ended.end is End.CONFLICT:
        return CONFLICT
    return code_of(ended.error) if ended.error is not None else FAILED


def _sentence(desk: Desk, ended: Ended) -> str:
    """Whom it is about, what has become of it, and what can be done."""
    error, change = ended.error, ended.edit.change
    why = ""
    if error is not None:
        waits = ended.end is End.WAITS
        why = explain_wait(error) if waits else explain_write(error, change, desk.resources)
    words = say(f"cli.end.{ended.end}", why=why, id=ended.edit.client_id[:SHORT])
    title = harmless(ended.edit.title)
    return f"{title}: {' '.join(words.split())}" if title else " ".join(words.split())
