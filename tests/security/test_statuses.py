"""Every status that a CRM may answer with, in list, record and save: the sentence each gets.

Rows and typed text stay, and the program goes on afterwards as if nothing had happened.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from csc_tui.domain.record import Record
from tests.live_app import Hands, running_app
from tests.live_demo import LiveDemo

LATER = {"Retry-After": "1"}
SAID = {"description": "Words of the CRM."}

READ = {
    400: "The CRM did not understand the request (400). Words of the CRM.",
    401: "The key was refused (401): it is wrong or withdrawn. Run csc-tui login.",
    403: "The CRM does not allow this to your user (403).",
    404: "The CRM has no such record (404). Somebody may have deleted it.",
    409: "The change contradicts what the CRM has now (409).",
    418: "The CRM did not accept the request (418). Words of the CRM.",
    422: "The CRM did not accept: description: Words of the CRM.",
    507: "The account is full (507): Words of the CRM.",
}
"""Status -> how the sentence begins, where nothing is tried again."""

WAITED = {
    429: "Waiting 1 s as told: too many requests (429), something else uses this key.",
    503: "The CRM is not available for the moment (503). Waiting 1 s as told.",
}
"""Status -> what is said while one waits as told; then it works by itself."""

BROKEN = "The CRM has an error of its own (500)"


@pytest.fixture
async def hands(demo_server: LiveDemo, tmp_path: Path) -> AsyncIterator[Hands]:
    async with running_app(demo_server, tmp_path, (120, 40)) as at:
        await rows(at)
        yield at


def status(code: int, path: str, method: str = "GET", **more: Any) -> dict[str, Any]:
    fault = {"kind": "status", "status": code, "method": method, "path": path, "body": SAID}
    return fault | more


async def rows(hands: Hands) -> None:
    """The list has its rows and nothing to complain of."""
    await hands.sees("› Abel, Frank")
    base = hands.app.base
    assert base is not None
    await hands.until(lambda: base.listing.loading() is None and base.listing.failure is None)
    await hands.until(lambda: "The CRM" not in hands.screen)
    assert "online" in hands.screen


async def refreshed(hands: Hands, *faults: dict[str, Any]) -> None:
    """`r` while these faults strike; what was asked for has been answered."""
    hands.demo.fail(*faults)
    hands.demo.forget()
    await hands.press("r")
    await hands.until(lambda: any("/people" in one for one in hands.demo.requests()))
    await hands.desk.worker.idle()


async def test_in_the_list(hands: Hands) -> None:
    for code, words in READ.items():
        await refreshed(hands, status(code, "/people"))
        await hands.sees(words)
        assert "› Abel, Frank" in hands.screen
        await refreshed(hands)
        await rows(hands)


async def test_in_a_record(hands: Hands) -> None:
    await hands.press("enter")
    await hands.sees("read ")
    for code, words in READ.items():
        if code != 404:
            await refreshed(hands, status(code, "/people/*"))
            await hands.sees(words)
            assert "Phone" in hands.screen
            await refreshed(hands)
            await hands.sees("read ")
            assert words not in hands.screen
    await refreshed(hands, status(404, "/people/*"))
    await hands.sees(READ[404])
    await hands.press("escape", "escape")
    await hands.sees("Abel, Matthias")


async def typed(hands: Hands, name: str) -> Record:
    """A new person whose last name has been typed anew; the form is open."""
    person = await hands.person(name="Before")
    hands.app.editing.record(person)
    await hands.sees("Edit person")
    await hands.fill("Last name", name)
    return person


async def saved(hands: Hands, person: Record, name: str) -> None:
    """The save has come through, once."""
    await hands.sees("outbox 0")
    await hands.sees("saved")
    assert (await hands.record(person.ref)).value("last_name") == name
    assert "draft" not in hands.screen


async def test_a_save_that_is_refused_keeps_its_text(hands: Hands) -> None:
    for code, words in READ.items():
        if code == 401:
            continue
        person = await typed(hands, f"Kept {code}")
        hands.demo.fail(status(code, "/people/*", "PUT"))
        await hands.press("ctrl+s")
        await hands.sees(f"Your text is kept. {words}")
        hands.demo.fail()
        if code != 422:  # then the form is open again
            hands.app.editing.record(person)
        await hands.sees("Edit person")
        await hands.sees(f"[Kept {code}")
        await hands.press("ctrl+s")
        await saved(hands, person, f"Kept {code}")


async def test_a_key_that_is_refused_is_asked_for_and_the_save_waits(hands: Hands) -> None:
    person = await typed(hands, "Waits for a key")
    hands.demo.fail(status(401, "/people/*", "PUT"))
    await hands.press("ctrl+s")
    await hands.sees(READ[401])
    await hands.sees("API key")
    assert "outbox 1" in hands.screen
    hands.demo.fail()
    await hands.type(hands.demo.key)
    assert hands.demo.key not in hands.screen
    await hands.press("ctrl+s")
    await saved(hands, person, "Waits for a key")


async def test_what_is_waited_out(hands: Hands) -> None:
    for code, words in WAITED.items():
        hands.demo.fail(status(code, "/people", headers=LATER))
        await hands.press("r")
        await hands.sees(words)
        hands.demo.fail()
        await rows(hands)
        person = await typed(hands, f"Sent {code}")
        hands.demo.fail(status(code, "/people/*", "PUT", headers=LATER))
        await hands.press("ctrl+s")
        # A proxy says 503 also for a server that has done the work: it is looked at again.
        await hands.sees(words if code == 429 else "It is not known whether the change")
        assert "outbox 1" in hands.screen
        hands.demo.fail()
        await saved(hands, person, f"Sent {code}")


async def tried_again(hands: Hands, why: str) -> None:
    """It is said that, and why, something is tried again: at one try or the next."""
    await hands.until(lambda: re.search(r"trying again, try \d: " + re.escape(why), hands.screen))


async def test_an_error_of_its_own_is_tried_again_and_then_said(hands: Hands) -> None:
    hands.demo.fail(status(500, "/people"))
    await hands.press("r")
    await tried_again(hands, BROKEN)
    hands.demo.fail()
    await rows(hands)
    hands.demo.fail(status(500, "/people"))
    await hands.press("r")
    await hands.until(lambda: hands.line(BROKEN).lstrip().startswith(BROKEN))
    assert "› Abel, Frank" in hands.screen


async def test_a_save_of_unknown_end_says_so_and_comes_through(hands: Hands) -> None:
    person = await typed(hands, "Unknown")
    hands.demo.fail(status(500, "/people/*", "PUT"))
    await hands.press("ctrl+s")
    await hands.sees("It is not known whether the change reached the CRM")
    hands.demo.fail()
    await saved(hands, person, "Unknown")


TRYING = "trying again: "
NO_ANSWERS: list[tuple[dict[str, Any], str]] = [
    ({"kind": "nonsense", "body": "{{{"}, "The answer of the CRM is not JSON (200)"),
    ({"kind": "nonsense", "body": "<html>"}, "A web page answers there (200), not the API"),
    ({"kind": "nonsense", "body": "[null]"}, "is not built as its documentation says (200)"),
    ({"kind": "nonsense", "body": '{"people": []}'}, "is not built as its documentation"),
    ({"kind": "truncate"}, TRYING + "The answer of the CRM ended in the middle"),
    ({"kind": "cut"}, TRYING + "The answer of the CRM ended in the middle"),
    ({"kind": "drop"}, TRYING + "The connection to 127.0.0.1 was dropped."),
]
"""Fault -> what is said; what is tried again is so until the fault is over."""


async def test_answers_that_are_none(hands: Hands) -> None:
    for fault, words in NO_ANSWERS:
        trying = words.startswith(TRYING)
        hands.demo.fail({"path": "/people", **({} if trying else {"count": 1}), **fault})
        await hands.press("r")
        if trying:
            await tried_again(hands, words.removeprefix(TRYING))
            hands.demo.fail()
        else:
            await hands.sees(words)
        assert "› Abel, Frank" in hands.screen
        await hands.desk.worker.idle()
        await refreshed(hands)
        await rows(hands)
