"""What went wrong and what to do about it can be read to its end at 80x24."""

from __future__ import annotations

import re
import string
from typing import cast

from csc_tui import words
from csc_tui.domain import errors
from csc_tui.sentences import explain
from csc_tui.ui.frame import Frame
from csc_tui.ui.screens.question import QuestionScreen
from csc_tui.ui.shared_lines import too_small_lines
from csc_tui.words import say
from tests.live_app import Hands
from tests.test_sentences import SENTENCES

HOST = "unternehmensgruppe-mittelrhein.centralstationcrm.net"
"""As long as a host is likely to be."""
LONGEST = {
    "count": "12,345",
    "detail": "certificate has expired on 3 Nov 2026; unable to get local issuer certificate",
    "fields": "Last name: can't be blank, is too long (maximum is 255 characters); City: "
    + "x " * 60,
    "file": "/home/ilse.kruegerin/.local/state/csc-tui/outbox-acme-production.sqlite3",
    "host": HOST,
    "message": "The server's own words are cut where they have two hundred characters. " * 3,
    "other": "CentralStationCRM",
    "seconds": "3,600",
    "status": "503",
    "target": f"https://{HOST}/anmeldung/unternehmen",
    "title": "von der Heydt-Müller-Lüdenscheidt, Prof. Dr. Clemens Maria",
    "where": "/home/ilse.kruegerin/.local/state/csc-tui/crash-2026-12-01.txt",
}
THEMES = ("error.", "edit.", "store.", "ledger.", "merge.stopped", "screen.stumbled", "undo.")


def catalogue() -> list[str]:
    """Every sentence of failures, filled with the longest that is likely."""
    longest = explain(errors.Rejected(400, LONGEST["message"]))
    told = [explain(error) for error, _ in SENTENCES]
    for key in sorted(words.keys()):
        if key.startswith(THEMES):
            names = {name for _, name, _, _ in string.Formatter().parse(say(key)) if name}
            why = longest if key.startswith("edit.") else "No space left on device"
            told.append(say(key, **{n: LONGEST.get(n, why if n == "why" else "x") for n in names}))
    return told


def said(hands: Hands) -> list[str]:
    """The rows of the message line."""
    line = hands.app.screen.query_one("#message")
    return [line.render_line(row).text for row in range(line.size.height)]


def bare(text: str) -> str:
    """Without blanks and position: a word that is longer than a row is broken."""
    return re.sub(r"\s", "", text).removesuffix("row1of2,400")


async def test_every_failure_can_be_read_to_its_end(listed: Hands) -> None:
    told = catalogue()
    assert len(told) > 120
    for sentence in told:
        listed.app.messages.failure(sentence)
        listed.app.redraw_soon()
        await listed.until(lambda one=sentence: bare("".join(said(listed))) == bare(one))
        assert len(said(listed)) <= 6


async def test_why_nothing_is_sent_is_one_row(listed: Hands) -> None:
    for error in (errors.RateLimited(30), errors.Unauthorized(), errors.Forbidden()):
        listed.app.messages.failure(explain(error))
        listed.app.redraw_soon()
        await listed.sees(explain(error))
        assert len(said(listed)) == 1


async def test_rows_above_a_long_message_stay_and_the_cursor_is_in_sight(listed: Hands) -> None:
    before = listed.screen.split("\n")
    listed.app.messages.failure("word " * 30)
    listed.app.redraw_soon()
    await listed.until(lambda: len(said(listed)) == 2)
    after = listed.screen.split("\n")
    assert after[:20] == before[:20]

    await listed.press("escape")  # takes the message away
    await listed.until(lambda: len(said(listed)) == 1)
    assert listed.screen.split("\n")[:22] == before[:22]

    await listed.press(*"j" * 19)
    assert listed.screen.split("\n")[21].startswith("›")
    there = listed.screen.split("\n")[21]
    listed.app.messages.failure("word " * 30)
    listed.app.redraw_soon()
    await listed.until(lambda: listed.screen.split("\n")[20] == there)


async def test_a_question_longer_than_the_screen_is_read_whole(listed: Hands) -> None:
    async def act() -> None: ...

    asked = f"undo: change of Last name, First name of {LONGEST['title']}? ⏎ does it"
    await listed.open(
        QuestionScreen(cast("Frame", listed.app.screen), asked, act, "nothing was undone")
    )
    await listed.until(lambda: bare("".join(said(listed))) == bare(asked))
    rows = listed.app.screen.query_one("#message").region
    assert (rows.y, rows.height) == (21, 2)


def test_too_small_says_all_of_it_however_narrow() -> None:
    def lines(cells: int) -> list[str]:
        return ["".join(run.text for run in line) for line in too_small_lines(cells)]

    assert lines(80) == ["csc-tui needs 40 columns and 12 rows; q quits"]
    assert lines(35) == ["csc-tui needs 40 columns and 12", "rows; q quits"]
    assert lines(20) == ["csc-tui needs 40", "columns and 12 rows;", "q quits"]
    assert "".join(lines(5)).endswith("quits")
