"""What the message line says, and for how long."""

from __future__ import annotations

import pytest

from csc_tui.domain.request_log import RequestLog
from csc_tui.ui.messages import NO_USE_STAYS, SUCCESS_STAYS, Messages
from tests.fake_clock import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def log() -> RequestLog:
    return RequestLog()


@pytest.fixture
def messages(clock: FakeClock, log: RequestLog) -> Messages:
    return Messages(clock, log)


async def test_a_success_stays_until_the_next_key_after_four_seconds(
    messages: Messages, clock: FakeClock
) -> None:
    messages.success("saved")
    await clock.advance(SUCCESS_STAYS - 0.1)
    messages.key_pressed()
    assert (messages.text, messages.bad) == ("saved", False)
    await clock.advance(3_600)
    assert messages.text == "saved"
    messages.key_pressed()
    assert messages.text == ""


async def test_a_failure_stays_until_esc(messages: Messages, clock: FakeClock) -> None:
    messages.failure("No connection.")
    await clock.advance(3_600)
    messages.key_pressed()
    assert (messages.text, messages.bad) == ("No connection.", True)
    assert messages.dismiss()
    assert messages.text == ""
    assert not messages.dismiss()


def test_a_failure_goes_with_its_cause_alone(messages: Messages) -> None:
    messages.failure("No connection.", "line")
    messages.mended("search")
    assert messages.text == "No connection."
    messages.mended("line")
    assert messages.text == ""


def test_a_success_never_covers_a_failure(messages: Messages) -> None:
    messages.failure("No connection.")
    messages.success("saved")
    assert (messages.text, messages.beside) == ("No connection.", "saved")
    messages.dismiss()
    assert (messages.text, messages.beside) == ("saved", "")


def test_a_newer_failure_is_alone(messages: Messages) -> None:
    messages.success("saved")
    messages.failure("No connection.")
    assert (messages.text, messages.beside) == ("No connection.", "")


async def test_that_a_key_has_no_use_covers_all_for_two_seconds(
    messages: Messages, clock: FakeClock
) -> None:
    messages.failure("No connection.")
    messages.no_use("x does nothing here")
    assert (messages.text, messages.bad) == ("x does nothing here", False)
    await clock.advance(NO_USE_STAYS - 0.5)
    messages.no_use_over()
    assert messages.text == "x does nothing here"
    await clock.advance(0.5)
    messages.no_use_over()
    assert messages.text == "No connection."


async def test_a_second_one_has_its_own_two_seconds(messages: Messages, clock: FakeClock) -> None:
    messages.no_use("one")
    await clock.advance(1)
    messages.no_use("other")
    await clock.advance(1)
    messages.no_use_over()  # the first one's timer
    assert messages.text == "other"


async def test_a_hint_stays_until_the_next_key(messages: Messages, clock: FakeClock) -> None:
    messages.no_use("x does nothing here")
    messages.hint("the preview needs 110 columns")
    await clock.advance(3_600)
    messages.no_use_over()  # of the key before
    assert messages.text == "the preview needs 110 columns"
    messages.key_pressed()
    assert messages.text == ""


def test_success_and_failure_are_kept_in_the_log_with_the_time(
    messages: Messages, clock: FakeClock, log: RequestLog
) -> None:
    messages.success("saved")
    messages.failure("No connection.")
    messages.failure("No connection.")
    messages.hint("x does nothing here")
    kept = [(one.kind, one.text, one.at) for one in log.entries()]
    assert kept == [
        ("success", "saved", clock.now()),
        ("failure", "No connection.", clock.now()),
    ]
